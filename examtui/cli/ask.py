"""Asking the person at the terminal."""

import sys
from collections.abc import Callable

import click

from examtui.cli.output import clean, warn


def ask(question: str, option: str, fault: Callable[[str], str | None], default: str | None = None) -> str:
    """Ask until the answer has no ``fault``; where nobody can answer, say which ``option`` gives it.

    Raises:
        click.UsageError: there is no terminal to ask at.
        click.Abort: the person left.
    """
    if not sys.stdin.isatty():
        raise click.UsageError(f"Il manque l'option «{option}» : sans terminal, rien ne peut être demandé.")
    suffix = " (Entrée pour passer) : " if default == "" else " : "
    while True:
        answer = str(click.prompt(question, default=default, show_default=False, prompt_suffix=suffix)).strip()
        wrong = fault(answer)
        if wrong is None:
            return answer
        warn(f"  {wrong}")


def confirm(question: str, *, default: bool) -> bool:
    """Ask for a yes or a no, in French; an empty answer is ``default``.

    Raises:
        click.Abort: the person left, or there is nobody to answer.
    """
    choices = "[O/n]" if default else "[o/N]"
    while True:
        answer = (
            click.prompt(clean(question), default="", show_default=False, prompt_suffix=f" {choices} ")
            .strip()
            .casefold()
        )
        if not answer:
            return default
        if answer in ("o", "oui", "y", "yes"):
            return True
        if answer in ("n", "non", "no"):
            return False
        warn("  Répondez «o» (oui) ou «n» (non).")
