"""The settings file: checked with key and line, written without losing what a person put in it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from examtui.errors import InvalidInput, SettingsError
from examtui.settings.keys import KEYS, Key, key_for, without_password
from examtui.settings.lines import lines_of
from examtui.settings.store import FILE_NAME, load, set_value, typed


def written(home: Path, text: str) -> Path:
    (home / FILE_NAME).write_text(text, "utf-8")
    return home


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert [settings.get(key.name) for key in KEYS] == [key.default for key in KEYS]
    assert settings.unknown() == []


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_is_documented_and_its_default_is_sound(key: Key) -> None:
    assert key.meaning.endswith(".")
    assert key.fault(key.default) is None


@pytest.mark.parametrize(
    ("text", "name", "line", "words"),
    [
        ("# a\n[display]\nmouse = 1\n", "display.mouse", 3, "true ou false"),
        ("[display]\ntheme = 'x'\n\n\n# é\nascii = 'oui'\n", "display.theme", 2, "«sombre» ou «clair»"),
        ("imports.max_size_mib = true", "imports.max_size_mib", 1, "nombre entier"),
        ("[imports]\nmax_size_mib = 0\n", "imports.max_size_mib", 2, "de 1 à 4096"),
        ("[database]\n\nurl = 'mysql://h/b'", "database.url", 3, "postgresql://"),
        ("[database]\nurl = 'postgresql://h:port/b'", "database.url", 2, "postgresql://"),
        ("x = '''\n[display]\nmouse = 3\n'''\n[display]\n\nmouse = 3", "display.mouse", 7, "true ou false"),
        ("[keymap]\nsave = 'ctrl+s'\nopen = 3", "keymap.open", 3, "texte"),
        ("[keymap]\nexport = 'e'\nnimporte = 'ctrl+w'", "keymap.nimporte", 3, "aucune action ne porte ce nom"),
        ("[keymap]\n# é\nexport = 'e ctrl+foo'", "keymap.export", 3, "«ctrl+foo» n'est pas une touche"),
        ("[keymap]\nexport = ' , '", "keymap.export", 2, "indiquez une touche"),
        ("[keymap]\nexport = 'n'", "keymap.export", 2, "la touche «n» sert déjà à «nouveau»"),
        ("[keymap]\nexport = 'e'\nnew = 'f2'\ndelete = 'F2'", "keymap.delete", 4, "la touche «F2» sert déjà à «nouv"),
        ("[keymap]\nexport = 'down'", "keymap.export", 2, "la touche «↓» a toujours le même effet"),
        ("keymap.export = 'ctrl+c'", "keymap.export", 1, "la touche «Ctrl+C» a toujours le même effet"),
        ("keymap = 3", "keymap", 1, "une table"),
        ("a = 1\ndisplay = 3", "display", 2, "[display]"),
        ("database = {url = 'x:'}", "database.url", 1, "sqlite:examtui.db"),
        ("[database]\nurl = '''\nsqlite:\n'''", "database.url", 2, "sqlite:examtui.db"),
    ],
)
def test_a_wrong_value_is_told_with_its_key_and_line(
    text: str, name: str, line: int, words: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(written(tmp_path, text))
    assert f"«{name}», ligne {line} de" in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[display\n", 1),
        ("a = 1\nb = \n", 2),
        ("a = 1\na = 2\n", 2),
        ('a = """\nb', 2),
        ("\n\nb = [1,", 3),
        ("é = 1", 1),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^Ligne {line} de"):
        load(written(tmp_path, text))


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes("a = 1\nb = 'é'".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"^Ligne 2 .* UTF-8"):
        load(tmp_path)


def test_writing_keeps_comments_unknown_keys_and_order(tmp_path: Path) -> None:
    written(tmp_path, "# en tête\n[autre]\ncle = 1 # à garder\n\n[display]  # écran\ntheme = 'sombre'\nmouse = false\n")
    set_value(tmp_path, "display.theme", "clair")
    set_value(tmp_path, "display.ascii", True)
    set_value(tmp_path, "keymap.save", "ctrl+w")
    assert (tmp_path / FILE_NAME).read_text("utf-8") == (
        '# en tête\n[autre]\ncle = 1 # à garder\n\n[display]  # écran\nascii = true\ntheme = "clair"\nmouse = false\n'
        '\n[keymap]\nsave = "ctrl+w"\n'
    )
    assert load(tmp_path).unknown() == ["autre.cle"]


@pytest.mark.parametrize(
    "text",
    [
        "display = {mouse = false}",
        "[display]\nmouse = false # x\n",
        "display.mouse = false",
        '"display"."mouse" = false',
    ],
)
def test_writing_reads_back_whatever_the_form_of_the_file(text: str, tmp_path: Path) -> None:
    written(tmp_path, text)
    set_value(tmp_path, "display.mouse", True)
    set_value(tmp_path, "display.theme", "clair")
    settings = load(tmp_path)
    assert (settings.get("display.mouse"), settings.get("display.theme")) == (True, "clair")


@pytest.mark.parametrize("value", ['a"b\\c', "é\u2028'", "x\ny", "[table]", "# non"])
def test_any_text_survives_writing(value: str, tmp_path: Path) -> None:
    set_value(tmp_path, "database.url", f"sqlite:a{value}")
    assert tomllib.loads((tmp_path / FILE_NAME).read_text("utf-8")) == {"database": {"url": f"sqlite:a{value}"}}


def test_the_file_is_private_and_a_refused_value_changes_nothing(tmp_path: Path) -> None:
    set_value(tmp_path, "display.mouse", True)
    path = tmp_path / FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(InvalidInput):
        set_value(tmp_path, "display.theme", "rose")
    with pytest.raises(InvalidInput, match="n'existe pas"):
        set_value(tmp_path, "display.couleur", "rose")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE_NAME]


def test_a_file_that_is_wrong_already_is_not_written_over(tmp_path: Path) -> None:
    written(tmp_path, "[display\n")
    with pytest.raises(SettingsError):
        set_value(tmp_path, "display.mouse", True)
    assert (tmp_path / FILE_NAME).read_text() == "[display\n"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("display.mouse", "oui", True),
        ("display.mouse", "FALSE", False),
        ("imports.max_size_mib", " 40 ", 40),
        ("display.theme", "clair", "clair"),
        ("keymap.save", "ctrl+s f2", "ctrl+s f2"),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_right_type(name: str, text: str, value: Any) -> None:
    assert typed(name, text) == value
    assert type(typed(name, text)) is type(value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("display.mouse", "peut-être"),
        ("imports.max_size_mib", "20.5"),
        ("imports.max_size_mib", "999999"),
        ("display.theme", "Clair "),
        ("keymap", "x"),
        ("keymap.nimporte", "ctrl+w"),
        ("keymap.export", "ctrl+foo"),
        ("keymap.export", "n"),
        ("nimporte.quoi", "x"),
    ],
)
def test_what_is_typed_wrongly_is_refused_with_the_key(name: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=name):
        set_value(tmp_path, name, typed(name, text))


def test_two_actions_may_exchange_their_keys(tmp_path: Path) -> None:
    load(written(tmp_path, "[keymap]\nsave = 'ctrl+q'\nleave = 'ctrl+s'\n"))


def test_a_key_is_taken_by_what_the_file_gives(tmp_path: Path) -> None:
    set_value(tmp_path, "keymap.save", "ctrl+w")
    set_value(tmp_path, "keymap.leave", "ctrl+s")
    with pytest.raises(InvalidInput, match=r"«keymap\.save» : la touche «Ctrl\+S» sert déjà à «quitter»"):
        set_value(tmp_path, "keymap.save", "ctrl+s")
    assert load(tmp_path).get("keymap") == {"save": "ctrl+w", "leave": "ctrl+s"}


def test_a_key_is_found_on_the_lines_of_its_statement() -> None:
    assert lines_of("a = 1\n\n# b\nb = [\n 1,\n 2,\n]\nc = 3\n", "b") == (4, 7)
    assert lines_of("a = 1\n", "b") is None


def test_entries_of_a_table_of_texts_belong_to_it() -> None:
    assert key_for("keymap.save") is key_for("keymap")
    assert key_for("display.autre") is None
    assert key_for("keymap.") is None


def test_a_password_is_hidden() -> None:
    assert without_password("postgresql://lea:s3cr:et@serveur:5432/b?x=1") == "postgresql://lea:•••@serveur:5432/b?x=1"
    assert without_password("sqlite:examtui.db") == "sqlite:examtui.db"
