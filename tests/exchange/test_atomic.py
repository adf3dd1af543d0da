import errno
import os
from pathlib import Path

import pytest

from examtui.errors import InvalidInput, Unavailable
from examtui.exchange.atomic import whole_file


def test_a_file_appears_whole_and_private(tmp_path: Path) -> None:
    target = tmp_path / "liste.csv"
    with whole_file(target) as stream:
        stream.write(b"a;b\r\n")
        assert not target.exists()
    assert target.read_bytes() == b"a;b\r\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["liste.csv"]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "liste.csv"
    target.write_bytes(b"avant")
    with pytest.raises(RuntimeError), whole_file(target, overwrite=True) as stream:
        stream.write(b"moiti")
        raise RuntimeError
    assert target.read_bytes() == b"avant"
    assert [path.name for path in tmp_path.iterdir()] == ["liste.csv"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="choisissez un autre dossier"), whole_file(tmp_path / "absent" / "x.csv"):
        raise AssertionError


def test_a_file_is_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "liste.csv"
    target.write_bytes(b"avant")
    with pytest.raises(InvalidInput, match=r"«liste\.csv» existe déjà"), whole_file(target):
        raise AssertionError
    assert target.read_bytes() == b"avant"
    with whole_file(target, overwrite=True) as stream:
        stream.write(b"apr\xc3\xa8s")
    assert target.read_text("utf-8") == "après"


def test_one_that_came_while_writing_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "liste.csv"
    with pytest.raises(InvalidInput, match="existe déjà"), whole_file(target):
        target.write_bytes(b"l'autre")
    assert target.read_bytes() == b"l'autre"
    assert [path.name for path in tmp_path.iterdir()] == ["liste.csv"]


def test_a_link_that_leads_nowhere_counts_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(InvalidInput, match="existe déjà"), whole_file(tmp_path / "liste.csv"):
        raise AssertionError


@pytest.mark.parametrize("name", ["a" * 300, "a\0b"])
def test_what_is_no_name_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match="nom de fichier"), whole_file(tmp_path / name):
        raise AssertionError


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "liste").mkdir()
    with pytest.raises(InvalidInput, match="est un dossier"), whole_file(tmp_path / "liste", overwrite=True):
        raise AssertionError


def test_a_folder_that_cannot_be_flushed_has_the_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = os.fsync

    def fsync(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112
            raise OSError(errno.EINVAL, "Invalid argument")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with whole_file(tmp_path / "liste.csv") as stream:
        stream.write(b"a;b\r\n")
    assert (tmp_path / "liste.csv").read_bytes() == b"a;b\r\n"
