"""``examtui candidates``: searching candidates, and a candidate's card."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from examtui.cli.frame import Invocation, group, pass_invocation
from examtui.cli.output import say, say_json, say_table, warn
from examtui.cli.params import overwrite_option

if TYPE_CHECKING:
    from examtui.access.actor import Actor
    from examtui.enrolment.candidates import Search
    from examtui.enrolment.candidates_card import AssignmentView, Card, RegistrationView
    from examtui.search.rows import Row


@group("candidates")
def candidates() -> None:
    """Candidats : recherche et fiches."""


@candidates.command("search")
@click.argument("text", metavar="[TEXTE]", nargs=-1)
@click.option("--where", default="", metavar="CRITÈRES", help="Critères, par exemple «classe:3B et salle:205».")
@click.option("--pupils", is_flag=True, help="Seulement les élèves présents de mon établissement.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Au plus N candidats.")
@click.option("--count", "only_count", is_flag=True, help="Seulement leur nombre exact.")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Écrire du CSV pour un tableur.")
@click.option(
    "--output",
    metavar="FICHIER",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Écrire le CSV dans ce fichier.",
)
@overwrite_option
@pass_invocation
def search(
    invocation: Invocation,
    text: tuple[str, ...],
    where: str,
    pupils: bool,
    limit: int | None,
    only_count: bool,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Cherche des candidats par leur nom, leur numéro ou leur INE.

    TEXTE : le début de mots du nom ou des prénoms, dans n'importe quel ordre, ou le début ou la fin d'un n° de candidat
    ou d'un INE. Sans texte ni critère, tous les candidats de votre périmètre.
    """
    if as_json and (as_csv or output):
        raise click.UsageError("choisissez --json ou --csv, pas les deux.")
    from examtui.enrolment.candidates import Search, count
    from examtui.enrolment.candidates_export import HEADERS, all_rows

    actor, wanted = invocation.actor(), Search(" ".join(text), where, pupils)
    if only_count:
        total = count(actor, wanted)
        if as_json:
            say_json({"count": total})
        else:
            say(str(total))
        return
    rows = all_rows(actor, wanted, limit)
    if as_csv or output:
        _write_csv(rows, invocation.file(output) if output else None, overwrite=overwrite)
        return
    found = list(rows)
    if as_json:
        say_json([row._asdict() for row in found])
    elif found:
        say_table(HEADERS, [_shown(row) for row in found])
    if not found:
        _suggest(actor, wanted)


@candidates.command("show")
@click.argument("number", metavar="NUMÉRO")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@pass_invocation
def show(invocation: Invocation, number: str, as_json: bool) -> None:
    """Montre la fiche d'un candidat.

    NUMÉRO : son n° de candidat, 11 chiffres.
    """
    from dataclasses import asdict

    from examtui.enrolment.candidates_card import card_by_number

    card = card_by_number(invocation.actor(), number)
    if as_json:
        say_json(asdict(card))
        return
    for label, value in _facts(card):
        if value:
            say(f"{label:<16}{value}")
    for registration in card.registrations:
        say()
        _say_registration(registration)
    if card.history:
        say()
        say("Historique")
        _say_history(card)


def _shown(row: "Row") -> tuple[str, ...]:
    born = f"{row.birth_date:%d/%m/%Y}" if row.birth_date else ""
    return (
        row.number or "sans numéro",
        row.family_name,
        row.usage_name,
        row.first_names,
        born,
        row.division,
        row.specialities,
        row.state,
    )


def _write_csv(rows: Iterator["Row"], output: Path | None, *, overwrite: bool) -> None:
    from examtui.enrolment.candidates_export import HEADERS, cells
    from examtui.exchange.tables import csv_stream

    pieces = csv_stream(HEADERS, (cells(row) for row in rows))
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
        return
    from examtui.exchange.atomic import whole_file

    with whole_file(output, overwrite=overwrite) as stream:
        stream.writelines(pieces)


def _suggest(actor: "Actor", wanted: "Search") -> None:
    from examtui.enrolment.candidates import suggest

    suggestions = suggest(actor, wanted)
    warn("Aucun candidat ne correspond.")
    if suggestions:
        listed = ", ".join(f"«{suggestion.text}» ({suggestion.count.label})" for suggestion in suggestions)
        warn(f"Orthographes proches : {listed}.")


def _facts(card: "Card") -> list[tuple[str, str]]:
    from examtui.rules.birthplace import birth

    place = (card.birth_commune, card.birth_commune_code, card.birth_department, card.birth_country)
    school = f"{card.school_name} ({card.school_uai})" if card.school_uai else "candidat individuel"
    return [
        ("Nom", card.family_name),
        ("Nom d'usage", card.usage_name),
        ("Prénoms", card.first_names),
        ("Né(e) le", birth(card.birth_date, *place)),
        ("Sexe", card.sex),
        ("Nationalité", card.nationality),
        ("N° candidat", card.number or "sans numéro"),
        ("INE", card.ine or ""),
        ("Académie", card.academy),
        ("Établissement", school),
        ("Classe", card.enrolment.division if card.enrolment else ""),
        ("Sorti(e) le", f"{card.enrolment.left_on:%d/%m/%Y}" if card.enrolment and card.enrolment.left_on else ""),
        ("Mail", card.email),
        ("Responsables", ", ".join(card.guardian_emails)),
        ("Téléphone", " · ".join(number for number in (card.phone, card.mobile) if number)),
        ("Adresse", " · ".join(part for part in (*card.address.splitlines(), _town(card), card.country) if part)),
        ("Liste rouge", "oui" if card.red_list else ""),
        ("Temps majoré", f"{card.extra_time} %" if card.extra_time else ""),
        ("Aménagements", " · ".join(card.accommodations.splitlines())),
        ("Créé par", card.created_by),
    ]


def _town(card: "Card") -> str:
    return f"{card.postcode} {card.town}".strip()


def _say_registration(registration: "RegistrationView") -> None:
    say(f"Candidature {registration.title}, {registration.session}, {registration.speciality} : {registration.state}")
    marks = [
        ("catégorie", registration.category),
        ("classe", registration.division),
        ("groupe de décision", registration.decision_group),
    ]
    notes = [f"{label} {value}" for label, value in marks if value]
    notes += ["session de remplacement"] if registration.replacement else []
    notes += ["présomption de fraude"] if registration.fraud_suspected else []
    if notes:
        say("  " + ", ".join(notes))
    if registration.epreuves:
        rows = [
            (f"  {held.code}", held.label, held.position, *_place(held.assignment)) for held in registration.epreuves
        ]
        say_table(("  Épreuve", "Libellé", "Position", "Date", "Heures", "Centre", "Salle", "Commission"), rows)


def _place(assignment: "AssignmentView | None") -> Sequence[str]:
    if assignment is None:
        return ("", "", "", "", "")
    hours = [f"{hour:%H:%M}" for hour in (assignment.start_time, assignment.end_time) if hour]
    day = f"{assignment.date:%d/%m/%Y}" if assignment.date else ""
    return (day, "–".join(hours), assignment.centre, assignment.room, assignment.commission)


def _say_history(card: "Card") -> None:
    from examtui.audit.labels import action_label
    from examtui.clock import local

    rows: list[tuple[Any, ...]] = []
    for line in card.history:
        told = ", ".join(f"{name} : {before or 'vide'} → {after or 'vide'}" for name, before, after in line.changes)
        rows.append((f"{local(line.at):%d/%m/%Y %H:%M}", line.login, action_label(line.action), told))
    say_table(("Date", "Compte", "Acte", "Ce qui a changé"), rows)
