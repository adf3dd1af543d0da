"""Where files are read and written when several people share one system account."""

from pathlib import Path

import pytest

from examtui.access.folders import first_folder, folder_for, is_confined, within
from examtui.access.login import system_login
from examtui.errors import Forbidden
from examtui.home import DEMO_FILE


@pytest.fixture(autouse=True)
def _at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_CONNECTION", raising=False)


def test_ones_own_account_is_free(home, make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    own = make.actor("school", login=system_login())
    assert not is_confined(own)
    assert (folder_for(own), first_folder(own)) == (tmp_path, tmp_path)
    assert within(own, Path("/etc/hosts")) == Path("/etc/hosts")


def test_the_environment_does_not_tell_whose_account_it_is(home, actor, monkeypatch: pytest.MonkeyPatch) -> None:
    person = actor("school")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, person.login)
    assert is_confined(person)
    assert folder_for(person) == home.path / "depots" / person.login


def test_each_person_has_a_private_folder(home, actor) -> None:
    folder = folder_for(actor("school"))
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("login", "name"), [("..", "%2E."), ("a/b", "a%2Fb"), ("a_b", "a_b"), (".ssh", "%2Essh"), ("c.martin", "c.martin")]
)
def test_no_login_leads_elsewhere_or_to_anothers_folder(home, make, login: str, name: str) -> None:
    assert folder_for(make.actor("school", login=login)) == home.path / "depots" / name


def test_what_is_outside_is_refused_by_whatever_way(home, actor, tmp_path: Path) -> None:
    person = actor("school")
    folder = folder_for(person)
    (folder / "eleves.csv").touch()
    (folder / "lien").symlink_to(tmp_path)
    assert within(person, Path("eleves.csv")) == folder / "eleves.csv"
    assert within(person, folder) == folder
    for path in ("/etc/passwd", "../../examtui.toml", "lien/x", "lien", "..", "/", f"{folder}x"):
        with pytest.raises(Forbidden, match="compte système partagé"):
            within(person, Path(path))


def test_a_demonstration_is_free_at_ones_own_machine_alone(home, actor, monkeypatch: pytest.MonkeyPatch) -> None:
    (home.path / DEMO_FILE).write_text("{}")
    assert not is_confined(actor("school"))
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    assert is_confined(actor("school"))
