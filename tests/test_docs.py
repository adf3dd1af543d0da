"""What the pages promise is there: each command that they show is one that examtui takes, each link leads somewhere."""

import re
import shlex
from pathlib import Path

import click
import pytest

from examtui.cli.root import root

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def _commands(page: Path) -> list[str]:
    blocks = re.findall(r"^```(?:sh|console)?\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("examtui ")]


SHOWN = [pytest.param(line, id=f"{page.name}: {line}") for page in PAGES for line in _commands(page)]


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_that_a_page_shows_is_understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = root
    context = root.make_context("examtui", words)
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, [*context._protected_args, *context.args])
        assert found is not None
        command = found
        context = found.make_context(name, words, parent=context)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []
