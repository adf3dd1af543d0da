from pathlib import Path

import pytest
from support.factory import Factory
from support.pupils import eleve, row, siecle, table
from support.screens import settle, shown

from examtui.model import Candidate, Grant, Student
from examtui.screens.imports.files import list_folder, whole_path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "fichiers"
    path.mkdir()
    (path / "eleves.xml").write_bytes(
        siecle([eleve(1, NOM_DE_FAMILLE="[bold]ROSE[/]"), eleve(2, DATE_SORTIE="01/10/2020")])
    )
    (path / "moins.xml").write_bytes(siecle([eleve(3)]))
    (path / "faux.csv").write_text(table(row(1, sex="?"), row(2, division="")), "utf-8")
    (path / ".cache").mkdir()
    (path / "sous").mkdir()
    monkeypatch.chdir(path)
    monkeypatch.setenv("HOME", str(path))
    monkeypatch.setattr("examtui.access.folders.is_confined", lambda _: False)
    return path


async def press(pilot, *keys: str) -> list[str]:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    return shown(pilot)


async def open_files(pilot) -> None:
    pilot.app.open_activity("imports")
    await settle(pilot)
    await press(pilot, "i")


async def choose(pilot, name: str) -> list[str]:
    return await press(pilot, *name, "enter")


async def test_files_are_offered_and_another_schools_is_refused(open_app, folder: Path) -> None:
    async with open_app("school") as pilot:
        await open_files(pilot)
        assert any("sous/" in line for line in shown(pilot))
        assert not any(".cache" in line for line in shown(pilot))
        assert "une erreur : rien ne peut être importé" in "\n".join(await choose(pilot, "ele"))


async def test_the_whole_way_at_80_by_24(open_app, home, make: Factory, folder: Path) -> None:
    make.school(uai="0310038Y")
    async with open_app("school") as pilot:
        await open_files(pilot)
        text = "\n".join(await choose(pilot, "ele"))
        assert "2 lignes lues : 1 nouveau, 1 écarté. Ctrl+S importe." in text
        assert "[bold]ROSE[/]" in text
        assert Candidate.select().count() == 0
        text = "\n".join(await press(pilot, "ctrl+s"))
        assert "Compte rendu n° 1" in text
        assert Candidate.select().count() == 1
        text = "\n".join(await press(pilot, "escape"))
        assert "eleves.xml" in text


async def test_errors_are_listed_told_whole_and_exported_and_nothing_can_be_imported(
    open_app, home, make: Factory, folder: Path
) -> None:
    make.school(uai="0310038Y")
    async with open_app("school") as pilot:
        await open_files(pilot)
        text = "\n".join(await choose(pilot, "fau"))
        assert "2 erreurs : rien ne peut être importé" in text
        assert "Ctrl+S" not in text
        text = " ".join("\n".join(await press(pilot, "enter")).split())
        assert "ligne 2, INE 000000001AB, Code sexe" in text
        await press(pilot, "ctrl+s")
        assert Candidate.select().count() == 0
        await press(pilot, "x", "ctrl+s")
        assert (folder / "messages-import.csv").read_text("utf-8-sig").count("erreur") == 2


async def test_pupils_who_would_leave_are_asked_about(open_app, home, make: Factory, folder: Path) -> None:
    school = make.school(uai="0310038Y")
    make.candidate(school=school, division="3B", ine="123456789ZZ")
    async with open_app("school") as pilot:
        await open_files(pilot)
        await choose(pilot, "moi")
        text = "\n".join(await press(pilot, "ctrl+s"))
        assert "Un élève sera noté sorti" in text
        await press(pilot, "enter")
        assert Student.select().where(Student.left_on.is_null(False)).count() == 0
        await press(pilot, "ctrl+s", "o", "enter")
        assert Student.select().where(Student.left_on.is_null(False)).count() == 1


async def test_who_has_several_schools_is_asked_for_which(open_app, home, make: Factory, folder: Path) -> None:
    school = make.school(uai="0310038Y", name="BELLEVUE")
    actor_row = make.user("deux", "school", school=school)
    Grant.create(user=actor_row, role="school", school=make.school("AUTRE LYCEE"))
    from examtui.access import actor_for

    async with open_app(actor_for("deux")) as pilot:
        await open_files(pilot)
        text = "\n".join(await choose(pilot, "ele"))
        assert "AUTRE LYCEE" in text
        text = "\n".join(await press(pilot, "down", "enter"))
        assert "1 nouveau" in text


async def test_a_reader_without_import_right_sees_reports_only(open_app, folder: Path) -> None:
    async with open_app("admin") as pilot:
        pilot.app.open_activity("imports")
        await settle(pilot)
        assert "importer" not in shown(pilot)[-1]


def test_a_folder_is_listed_folders_first_without_hidden_files(home, actor, folder: Path) -> None:
    assert [entry[0] for entry in list_folder(actor("school"), folder, "")] == [
        "sous",
        "eleves.xml",
        "faux.csv",
        "moins.xml",
    ]
    assert [entry[0] for entry in list_folder(actor("school"), folder, "EL")] == ["eleves.xml"]


async def test_through_a_shared_account_only_ones_own_folder_is_seen(
    open_app, home, make: Factory, tmp_path: Path
) -> None:
    make.school(uai="0310038Y")
    async with open_app("school") as pilot:
        mine = home.path / "depots" / pilot.app.actor.login
        await open_files(pilot)
        assert pilot.app.screen.query_one("#path").value == f"{mine}/"
        (mine / "eleves.csv").write_text(table(row(1)), "utf-8")
        (mine / "lien").symlink_to(tmp_path)
        (tmp_path / "secret.csv").write_text(table(row(2)), "utf-8")
        for path in (f"{tmp_path}/", f"{tmp_path}/sec", f"{mine}/../../", "/etc/", "~/", f"{mine}/lien/"):
            pilot.app.screen.query_one("#path").value = path
            await settle(pilot)
            text = " ".join("\n".join(shown(pilot)).split())
            assert "compte système partagé" in text, path
            assert "secret" not in text.replace(path, "")
        pilot.app.screen.query_one("#path").value = str(tmp_path / "secret.csv")
        await settle(pilot)
        assert "compte système partagé" in " ".join("\n".join(await press(pilot, "enter")).split())
        pilot.app.screen.query_one("#path").value = f"{mine}/el"
        await settle(pilot)
        assert "1 nouveau" in "\n".join(await press(pilot, "enter"))


async def test_messages_go_to_ones_own_folder_whatever_name_is_typed(open_app, home, make: Factory) -> None:
    make.school(uai="0310038Y")
    async with open_app("school") as pilot:
        await open_files(pilot)
        mine = home.path / "depots" / pilot.app.actor.login
        (mine / "faux.csv").write_text(table(row(1, sex="?")), "utf-8")
        pilot.app.screen.query_one("#path").value = f"{mine}/faux.csv"
        await press(pilot, "enter")
        await press(pilot, "x")
        for name in (str(home.path / "examtui.toml"), "../../examtui.toml", ".cache", "sous/liste"):
            pilot.app.screen.query("LineInput").first().value = name
            text = " ".join("\n".join(await press(pilot, "ctrl+s")).split())
            assert "Donnez un nom de fichier simple" in text, name
        pilot.app.screen.query("LineInput").first().value = "faux"
        assert "existe déjà" in "\n".join(await press(pilot, "ctrl+s"))
        assert sorted(path.name for path in mine.iterdir()) == ["faux.csv"]
        pilot.app.screen.query("LineInput").first().value = "examtui.toml"
        await press(pilot, "ctrl+s")
        assert sorted(path.name for path in mine.iterdir()) == ["examtui.toml.csv", "faux.csv"]
        assert not (home.path / "examtui.toml").exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/home/x/", "/home/x/"),
        ("/home/x//tmp/f.csv", "/tmp/f.csv"),
        ("/home/x/~/f.csv", "~/f.csv"),
        ("/a//b//c", "/c"),
        ("f.csv", "f.csv"),
        ("~/f", "~/f"),
    ],
)
def test_a_whole_path_typed_behind_the_folder_takes_its_place(typed: str, meant: str) -> None:
    assert whole_path(typed) == meant
