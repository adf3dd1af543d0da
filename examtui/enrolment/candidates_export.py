"""The list of candidates found as a CSV file for spreadsheets and other systems (FORMATS.md, last section)."""

import getpass
from collections.abc import Collection, Iterator
from pathlib import Path

from examtui import home
from examtui.access import Actor, Permission, use_case
from examtui.clock import today
from examtui.enrolment.candidates import Search, search
from examtui.errors import InvalidInput
from examtui.exchange.atomic import whole_file
from examtui.exchange.tables import csv_stream
from examtui.search.rows import Row

HEADERS = ("N° candidat", "Nom", "Nom d'usage", "Prénoms", "Né(e) le", "Classe", "Spécialité", "État")
_PAGE = 500
_LONGEST_NAME = 120


def cells(row: Row) -> tuple[object, ...]:
    """Return the columns of ``HEADERS`` for a candidate."""
    return (
        row.number,
        row.family_name,
        row.usage_name,
        row.first_names,
        row.birth_date,
        row.division,
        row.specialities,
        row.state,
    )


def all_rows(actor: Actor, wanted: Search, limit: int | None = None) -> Iterator[Row]:
    """Give the candidates found in alphabetical order, at most ``limit``, page by page."""
    after, left = None, limit
    while left is None or left > 0:
        rows = search(actor, wanted, after=after, limit=_PAGE if left is None else min(_PAGE, left)).rows
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1].rank
        left = None if left is None else left - len(rows)


def suggested_name(wanted: Search) -> str:
    """Return a name for the file: what it lists and the day."""
    return f"{'eleves' if wanted.pupils else 'candidats'}-{today():%Y-%m-%d}.csv"


def folder_for(actor: Actor) -> Path:
    """Return where the actor's files go, made if need be: the person's own folder, if the program runs as that person.

    Behind a forced SSH command everybody runs as the account of the data, whose own folder is nobody's: there each
    login has a folder (0700) in the home.
    """
    if getpass.getuser() == actor.login:
        return Path.home()
    login = actor.login.replace("/", "_").lstrip(".") or "_"
    folder = home.current().path / "exports" / login
    for part in (folder.parent, folder):
        part.mkdir(mode=0o700, exist_ok=True)
    return folder


@use_case("candidates.export", Permission.READ_CANDIDATES)
def export(
    actor: Actor,
    wanted: Search,
    folder: Path,
    name: str,
    *,
    but: Collection[int] = (),
    only: Collection[int] | None = None,
    overwrite: bool = False,
) -> int:
    """Write the candidates found to the file ``name`` in ``folder``, and return how many.

    ``only`` keeps these ids, ``but`` leaves these out. The file appears whole, mode 0600.

    Raises:
        InvalidInput: the criteria are wrong, or ``name`` is no file name, or is taken and not to be overwritten.
        Unavailable: the file cannot be written.
    """
    path = folder / _checked(name)
    if path.exists() and not overwrite:
        raise InvalidInput(f"«{path.name}» existe déjà : choisissez un autre nom.", "name")
    written = 0

    def kept() -> Iterator[tuple[object, ...]]:
        nonlocal written
        for row in all_rows(actor, wanted):
            if row.id not in but and (only is None or row.id in only):
                written += 1
                yield cells(row)

    with whole_file(path) as stream:
        stream.writelines(csv_stream(HEADERS, kept()))
    return written


def _checked(name: str) -> str:
    tidy = name.strip()
    if not tidy or tidy.startswith(".") or "/" in tidy or "\0" in tidy or len(tidy.encode()) > _LONGEST_NAME:
        raise InvalidInput("Donnez un nom de fichier simple, par exemple candidats.csv.", "name")
    return tidy if tidy.lower().endswith(".csv") else f"{tidy}.csv"
