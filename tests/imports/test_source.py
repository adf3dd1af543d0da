import io
import os
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from examtui.imports.problems import FileRefused, Problems
from examtui.imports.source import Shape, read_source

Write = Callable[..., Path]
XML = b"<?xml version='1.0'?><BEE_ELEVES/>"


def zipped(*entries: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_zip_gives_its_only_xml(in_file: Write) -> None:
    path = in_file(
        zipped(("dossier/Eleves.XML", XML), ("__MACOSX/._Eleves.xml", b"x"), (".cache.xml", b"y"), ("lisez.txt", b"z")),
        "export.xml",
    )
    source = read_source(path)
    assert (source.shape, source.content) == (Shape.XML, XML)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((("a.xml", XML), ("b.xml", XML)), "2 fichiers XML"),
        ((("a.txt", b"x"),), "aucun fichier XML"),
        ((("__MACOSX/a.xml", XML),), "aucun fichier XML"),
        ((("a.xml", b""),), "est vide"),
        ((("a.xml", b"pas du tout"),), "n'est pas un XML"),
        ((("a.xml", b"<a>" + b" " * 3_000_000),), "dépasse 2 Mio"),
    ],
)
def test_zips_that_are_refused(in_file: Write, entries: tuple[tuple[str, bytes], ...], told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        read_source(in_file(zipped(*entries)), 2)


def test_a_zip_that_lies_about_its_size_is_refused(in_file: Write) -> None:
    raw = bytearray(zipped(("a.xml", b"<a>" + b" " * 5_000_000)))
    place = raw.rindex(b"PK\x01\x02")
    struct.pack_into("<I", raw, place + 24, 100)
    with pytest.raises(FileRefused):
        read_source(in_file(bytes(raw)), 2)


def test_a_zip_with_a_password_cut_or_abused_is_refused(in_file: Write) -> None:
    raw = zipped(("a.xml", XML * 50))
    locked = bytearray(raw)
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileRefused, match="mot de passe"):
        read_source(in_file(bytes(locked)))
    with pytest.raises(FileRefused, match="abîmée"):
        read_source(in_file(raw[: len(raw) // 2]))
    with pytest.raises(FileRefused, match="trop de fichiers"):
        read_source(in_file(zipped(*((f"{number}.txt", b"") for number in range(2001)))))


def test_damage_anywhere_in_a_zip_is_refused_or_harmless(in_file: Write) -> None:
    raw = zipped(("a.xml", XML * 20))
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(raw)
        damaged[chance.randrange(2, len(raw))] = chance.randrange(256)
        try:
            source = read_source(in_file(bytes(damaged)), 1)
        except FileRefused:
            continue
        assert source.content == XML * 20


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau")
    (tmp_path / "vide.csv").write_bytes(b"\xef\xbb\xbf\r\n")
    for name, told in (
        (".", "est un dossier"),
        ("tuyau", "pas un fichier ordinaire"),
        ("absent.csv", "n'existe pas"),
        ("vide.csv/dedans", "n'existe pas"),
        ("vide.csv", "est vide"),
        ("nul\0", "n'existe pas"),
        ("x" * 300, "ne peut pas être ouvert"),
    ):
        with pytest.raises(FileRefused, match=told):
            read_source(tmp_path / name)
    with pytest.raises(FileRefused, match="pas un fichier ordinaire"):
        read_source(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Excel"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (bytes(range(256)) * 20, "ni un texte"),
        (b"a;b\n" * 1_000_000, "dépasse 2 Mio"),
    ],
)
def test_other_files(in_file: Write, content: bytes, told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        read_source(in_file(content), 2)


NAMES = "Identifiant;Premier prénom;Libellé\n1;Zoé Noël;Forêt d'Œuvre à Çà\n2;Łukasz;x\n"
WESTERN = "Identifiant;Premier prénom;Libellé\n1;Zoé Noël;Forêt à Çà, 5 €\n"
BARE = "1;Zoé;Noël\n2;Hélène;Forêt à Çà\n3;Théo;Maël\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read(in_file: Write, encoding: str) -> None:
    source = read_source(in_file(NAMES.encode(encoding)))
    assert source.text().read() == NAMES


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("text", [WESTERN, BARE, "a;b\n1;L’été à Orléans\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_accents_without_a_label(in_file: Write, encoding: str, text: str, end: str) -> None:
    text = text.replace("\n", end)
    assert read_source(in_file(text.encode(encoding))).text().read() == text


def test_nearly_utf8_is_not_taken_for_another_encoding(in_file: Write) -> None:
    content = "a;é\nb;è\nc;ï\n".encode() + b"d;\xff\n"
    for start in (b"", b"\xef\xbb\xbf"):
        with pytest.raises(FileRefused, match="ligne 4"):
            _ = read_source(in_file(start + content)).encoding


def rows(in_file: Write, text: str) -> tuple[list[tuple[int, list[str]]], Problems]:
    problems = Problems()
    return list(read_source(in_file(text)).grid.rows(problems)), problems


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_the_separator_is_found(in_file: Write, mark: str) -> None:
    found, _ = rows(in_file, f"a{mark}b{mark}c\n1{mark}2{mark}3\n")
    assert [cells for _, cells in found] == [["a", "b", "c"], ["1", "2", "3"]]


def test_lines_are_counted_through_cells_of_several_lines(in_file: Write) -> None:
    found, problems = rows(in_file, 'a;b\n"deux\nlignes";x\n\ny;z\n')
    assert [line for line, _ in found] == [1, 2, 4, 5]
    assert not problems.has_errors


def test_a_quote_that_is_not_closed_is_told_with_its_line(in_file: Write) -> None:
    found, problems = rows(in_file, 'a;b\n1;2\n3;"reste\n4;5\n')
    assert [cells for _, cells in found] == [["a", "b"], ["1", "2"]]
    assert [(problem.line, "pas fermé" in problem.reason) for problem in problems.kept()] == [(3, True)]


def test_a_misplaced_quote_does_not_hide_the_other_lines(in_file: Write) -> None:
    found, problems = rows(in_file, 'a;b\n"x"y;1\nz;2\n')
    assert [problem.line for problem in problems.kept()] == [2]
    assert found[-1] == (3, ["z", "2"])


def spreadsheet(rows: str) -> bytes:
    cells = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="F">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", cells)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return stream.getvalue()


def ods_row(*cells: str) -> str:
    return "<table:table-row>" + "".join(cells) + "</table:table-row>"


def ods_text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def test_a_spreadsheet_is_a_table(in_file: Write) -> None:
    content = spreadsheet(
        ods_row(ods_text("Nom"), ods_text("Date"), ods_text("Capacité"), ods_text("Heure"))
        + ods_row(
            ods_text("Zoé"),
            '<table:table-cell office:value-type="date" office:date-value="2021-03-15"/>',
            '<table:table-cell office:value-type="float" office:value="30"/>',
            '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>',
        )
    )
    source = read_source(in_file(content))
    assert source.shape is Shape.SPREADSHEET
    assert list(source.grid.rows(Problems())) == [
        (1, ["Nom", "Date", "Capacité", "Heure"]),
        (2, ["Zoé", "2021-03-15", "30", "08:30"]),
    ]


def test_a_spreadsheet_that_stands_for_too_many_cells_or_is_broken_is_refused(in_file: Write) -> None:
    bomb = spreadsheet('<table:table-row table:number-rows-repeated="99999999999"/>' + ods_row(ods_text("x")))
    with pytest.raises(FileRefused, match="trop de cellules"):
        read_source(in_file(bomb)).head()
    with pytest.raises(FileRefused, match=r"ne se lit pas|est vide"):
        read_source(in_file(spreadsheet("<broken"))).head()


def workbook(rows: str, **parts: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    start = '<?xml version="1.0"?>'
    return zipped(
        (
            "_rels/.rels",
            f'{start}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            f'Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        ),
        (
            "[Content_Types].xml",
            f'{start}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
            f'PartName="/xl/workbook.xml" ContentType="{kind}.spreadsheetml.sheet.main+xml"/></Types>'.encode(),
        ),
        (
            "xl/workbook.xml",
            f'{start}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="F" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'{start}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            f'Id="r1" Type="{relations}/worksheet" Target="{parts.get("target", "worksheets/sheet1.xml")}"/>'
            "</Relationships>".encode(),
        ),
        (
            f"xl/{parts.get('target', 'worksheets/sheet1.xml')}",
            f'{start}<worksheet xmlns="{main}">{parts.get("before", "")}<sheetData>{rows}</sheetData>'
            "</worksheet>".encode(),
        ),
    )


CORNER = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HUGE_ODS = (
    '<table:table-row table:number-rows-repeated="20000"><table:table-cell table:number-columns-repeated="5000" '
    'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
)


@pytest.mark.parametrize(
    "content",
    [
        workbook(CORNER),
        workbook(CORNER.replace("A1", "A2").replace(' r="1048576"', "")),
        workbook(CORNER.replace("XFD1048576", "XFD&#49;048576")),
        workbook('<row r="99999999999999999999"><c><v>1</v></c></row>'),
        workbook('<row><c r="ABCDEFG1"><v>1</v></c></row>'),
        spreadsheet(HUGE_ODS),
        spreadsheet(HUGE_ODS.replace(' office:value-type="string"', "")),
        spreadsheet("".join(HUGE_ODS.replace("20000", "400") for _ in range(50))),
        spreadsheet(HUGE_ODS.replace("5000", "1").replace("20000", "5000000000")),
        spreadsheet(
            ods_row('<table:table-cell table:number-columns-repeated="99999999"/>', ods_text("x")),
        ),
    ],
    ids=["corner", "bare-row", "escaped", "far-row", "far-column", "repeated", "untyped", "summed", "rows", "columns"],
)
def test_a_few_bytes_that_stand_for_a_great_sheet_are_refused(in_file: Write, content: bytes) -> None:
    # In a process of its own: where this fails, the process that reads is killed.
    path = in_file(content)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
        "from pathlib import Path\n"
        "from examtui.imports.problems import FileRefused\n"
        "from examtui.imports.source import read_source\n"
        "try: read_source(Path(sys.argv[1])).head()\n"
        "except FileRefused as refused: print(refused)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert "trop de cellules" in done.stdout, (done.returncode, done.stderr[-300:])


def test_a_sheet_in_disguise_is_refused(in_file: Write) -> None:
    with pytest.raises(FileRefused, match="ne se lit pas"):
        read_source(in_file(workbook(CORNER, target="worksheets/sheet1.dat"))).head()


def test_the_empty_rest_of_a_sheet_does_no_harm(in_file: Write) -> None:
    rest = '<table:table-cell table:number-columns-repeated="16383"/>'
    filled = ods_row(ods_text("Nom"), rest)
    below = f'<table:table-row table:number-rows-repeated="1048575">{rest}</table:table-row>'
    assert read_source(in_file(spreadsheet(filled + below))).head() == [["Nom"]]
    styled = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    told = '<dimension ref="A1:XFD1048576"/>'
    assert read_source(in_file(workbook(styled, before=told))).head() == [["1"]]


def test_tables_have_a_limit_of_their_own(in_file: Write) -> None:
    text, xml = b"a;b\n" * 500_000, b"<a>" + b" " * 2_000_000
    assert read_source(in_file(text), 1, 2).shape is Shape.TEXT
    with pytest.raises(FileRefused, match=r"dépasse 1 Mio.*imports\.max_table_mib"):
        read_source(in_file(text), 2, 1)
    with pytest.raises(FileRefused, match=r"dépasse 1 Mio.*imports\.max_size_mib"):
        read_source(in_file(xml), 1, 2)
    with pytest.raises(FileRefused, match="dépasse 1 Mio"):
        read_source(in_file(text), 1)
