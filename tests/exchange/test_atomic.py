from pathlib import Path

import pytest

from examtui.errors import Unavailable
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
    with pytest.raises(RuntimeError), whole_file(target) as stream:
        stream.write(b"moiti")
        raise RuntimeError
    assert target.read_bytes() == b"avant"
    assert [path.name for path in tmp_path.iterdir()] == ["liste.csv"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="choisissez un autre dossier"), whole_file(tmp_path / "absent" / "x.csv"):
        raise AssertionError
