"""The list of candidates found as a CSV file for spreadsheets and other systems (FORMATS.md, last section)."""

from collections.abc import Collection, Iterator
from pathlib import Path

from examtui.access import Actor, Permission, use_case
from examtui.access.folders import folder_for
from examtui.clock import today
from examtui.enrolment.candidates import Search, search
from examtui.exchange.atomic import csv_name, whole_file
from examtui.exchange.tables import csv_stream
from examtui.search.rows import Row

HEADERS = ("N° candidat", "Nom", "Nom d'usage", "Prénoms", "Né(e) le", "Classe", "Spécialité", "État")
_PAGE = 500


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


@use_case("candidates.export", Permission.READ_CANDIDATES)
def export(
    actor: Actor,
    wanted: Search,
    name: str,
    *,
    but: Collection[int] = (),
    only: Collection[int] | None = None,
    overwrite: bool = False,
) -> tuple[Path, int]:
    """Write the candidates found to the file ``name`` in the actor's folder; return its path and how many there are.

    ``only`` keeps these ids, ``but`` leaves these out. The file appears whole, mode 0600.

    Raises:
        InvalidInput: the criteria are wrong, or ``name`` is no file name, or is taken and not to be overwritten.
        Unavailable: the file cannot be written.
    """
    path = folder_for(actor) / csv_name(name)
    written = 0

    def kept() -> Iterator[tuple[object, ...]]:
        nonlocal written
        for row in all_rows(actor, wanted):
            if row.id not in but and (only is None or row.id in only):
                written += 1
                yield cells(row)

    with whole_file(path, overwrite=overwrite) as stream:
        stream.writelines(csv_stream(HEADERS, kept()))
    return path, written
