"""The examples of the templates tell one story: imported one after another, each finds what the ones before made."""

from pathlib import Path

import pytest
from support.factory import Factory
from support.importing import Files

from examtui.home import Home
from examtui.imports.kinds import importer_for
from examtui.model import Assignment, Candidate

ORDER = ("epreuves", "centres", "rooms", "candidates", "registrations", "assignments", "complements")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_the_templates_are_imported_one_after_another(
    any_home: Home, make: Factory, tmp_path: Path, encoding: str
) -> None:
    manager = make.actor("manager", academy=make.academy())
    files = Files(tmp_path)
    for kind in ORDER:
        content = importer_for(kind).template().encode(encoding)
        assert files.recognised(content) == kind
        assert files.preview(manager, kind, content).problems == ()
        files.apply(manager, kind, content)
        assert files.preview(manager, kind, content).counts.unchanged == 1
    row = Assignment.get()
    assert (row.room.name, row.commission.name, row.epreuve.code) == ("205", "3GHG", "C001C")
    assert Candidate.get().extra_time == 33


@pytest.mark.parametrize("kind", [kind for kind in ORDER if kind != "candidates"])
def test_the_fiche_memo_names_every_column(kind: str) -> None:
    memo = (Path(__file__).parents[2] / "docs" / "memo-fichiers.md").read_text("utf-8")
    listed = [column.title + ("\\*" if column.required else "") for column in importer_for(kind).columns]
    rows = [row.replace(" (O/N)", "") for row in memo.splitlines() if row.startswith("| ")]
    assert any(row.split(" | ")[-1].removesuffix(" |") == ", ".join(listed) for row in rows)
