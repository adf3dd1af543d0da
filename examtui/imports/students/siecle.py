"""Reading SIECLE's base élèves (FORMATS.md): XML, streamed, so that memory holds the pupils and nothing else.

A document type, an entity or an external reference is refused: no export of SIECLE has one, and they are what XML bombs
are made of.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any

from examtui.identifiers import Fault, ine_fault, tidy
from examtui.imports import fields
from examtui.imports.engine import Progress
from examtui.imports.problems import FileRefused, Problems
from examtui.imports.source import Source
from examtui.imports.students.pupils import Pupils
from examtui.imports.students.table import NO_COMMUNE_CODE

ROOT = "BEE_ELEVES"
INACTIVE = "inactifs"
_CHUNK = 64 * 1024
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UNKNOWN_ENCODING, _WRONG_ENCODING, _INVALID_TOKEN = 18, 19, 4
_CUT_CODES = frozenset({3, 5, 6})
_EXPORT_AGAIN = "exportez le fichier de SIECLE de nouveau, sans l'ouvrir ni le modifier"
_NO_UAJ = Fault("le fichier ne dit pas de quel établissement il vient (UAJ)", _EXPORT_AGAIN)
_EMPTY_INE = Fault("l'INE est vide", "complétez-le dans SIECLE, puis exportez de nouveau")
_TWICE = Fault(
    "cet INE est deux fois dans le fichier", "fusionnez les deux fiches dans SIECLE, puis exportez de nouveau"
)
_IN_SIECLE = "complétez la fiche dans SIECLE, puis exportez de nouveau"
_HAS_LEFT = Fault("élève sorti de l'établissement", "")
_NO_NATIONAL_ID = Fault("élève sans identifiant national", "s'il doit être importé, complétez sa fiche dans SIECLE")
_NO_CLASS = Fault("élève sans classe", "s'il doit être importé, affectez-le à une division dans SIECLE")

_REQUIRED: tuple[tuple[str, str, str, fields.Converter], ...] = (
    ("family_name", "NOM_DE_FAMILLE", "il manque le nom de famille", fields.text),
    ("first_name", "PRENOM", "il manque le prénom", fields.text),
    ("sex", "CODE_SEXE", "il manque le sexe", fields.sex),
    ("birth_date", "DATE_NAISS", "il manque la date de naissance", fields.strict_day),
)
_OPTIONAL: tuple[tuple[str, str, fields.Converter], ...] = (
    ("usage_name", "NOM_USAGE", fields.text),
    ("second_name", "PRENOM2", fields.text),
    ("third_name", "PRENOM3", fields.text),
    ("birth_country", "CODE_PAYS", fields.country),
    ("birth_department", "CODE_DEPARTEMENT_NAISS", fields.department),
    ("birth_commune_code", "CODE_COMMUNE_INSEE_NAISS", fields.commune),
    ("birth_commune", "VILLE_NAISS", fields.text),
    ("local_number", "ELENOET", fields.text_of(32)),
    ("mef", "CODE_MEF", fields.text_of(32)),
    ("status", "CODE_STATUT", fields.text_of(8)),
    ("regime", "CODE_REGIME", fields.text_of(32)),
    ("entered_on", "DATE_ENTREE", fields.strict_day),
)


def read_siecle(source: Source, problems: Problems, progress: Progress) -> Pupils:
    """Read the pupils of a base élèves.

    Raises:
        FileRefused: not well-formed, not SIECLE, of an unknown encoding, or with bytes that it does not allow.
    """
    target = _Elements(problems)
    _parse(source, target, progress)
    if not target.uaj:
        problems.error(_NO_UAJ, field="UAJ")
    pupils = Pupils(is_whole=True, uaj=target.uaj, total=len(target.pupils))
    seen: set[str] = set()
    for number, (eleve_id, line, record) in enumerate(target.pupils):
        if number % 5000 == 0:
            progress("Contrôle des élèves", number, pupils.total)
        _add(pupils, eleve_id, line, record, target.classes.get(eleve_id, ""), seen, problems)
    return pupils


def _add(
    pupils: Pupils,
    eleve_id: str,
    line: int,
    record: dict[str, str],
    division: str,
    seen: set[str],
    problems: Problems,
) -> None:
    national = record.get("ID_NATIONAL")
    ine = tidy(national or "")
    subject = _subject(ine, eleve_id, record)
    reason = None
    if record.get("DATE_SORTIE"):
        reason = _HAS_LEFT
        _note_leaving(pupils, ine, record["DATE_SORTIE"], line, subject, problems)
    elif national is None:
        reason = _NO_NATIONAL_ID
    elif not division:
        reason = _NO_CLASS
    if reason is not None:
        pupils.passed_over += 1
        if reason is not _HAS_LEFT:
            pupils.present.update(name for name in (eleve_id, ine) if name)
        problems.pass_over(reason, line=line, subject=subject)
        return
    values = _values(record, line, subject, problems)
    fault = ine_fault(ine) if ine else _EMPTY_INE
    if fault is None and ine in seen:
        fault = _TWICE
    if fault is not None:
        problems.error(fault, line=line, subject=subject, field="ID_NATIONAL")
        return
    seen.add(ine)
    if values is None:
        return
    names = (values["first_name"], values["second_name"], values["third_name"])
    pupils.lines.append(line)
    pupils.rows.append(
        (
            ine,
            values["family_name"],
            values["usage_name"],
            " ".join(name for name in names if name),
            values["sex"],
            values["birth_date"],
            values["birth_country"],
            values["birth_department"],
            values["birth_commune_code"],
            values["birth_commune"],
            eleve_id[:255],
            values["local_number"],
            division[:255],
            values["mef"],
            values["status"],
            values["regime"],
            values["entered_on"] or None,
        )
    )


def _values(record: dict[str, str], line: int, subject: str, problems: Problems) -> dict[str, Any] | None:
    """Return the values of an ELEVE; None if one has an error, which is told."""
    values: dict[str, Any] = {}
    sound = True
    record.setdefault("NOM_DE_FAMILLE", record.get("NOM", ""))
    for name, element, missing, convert in _REQUIRED:
        text = record.get(element, "")
        try:
            if not text:
                raise fields.BadCell(missing, _IN_SIECLE)
            values[name] = convert(text)
        except fields.BadCell as bad:
            problems.error(bad.fault, line=line, subject=subject, field=element)
            sound = False
    for name, element, convert in _OPTIONAL:
        text = record.get(element, "")
        try:
            values[name] = convert(text) if text else ""
        except fields.BadCell as bad:
            values[name] = ""
            problems.warn(
                Fault(f"{bad.fault.reason} : il n'est pas repris", _IN_SIECLE),
                line=line,
                subject=subject,
                field=element,
            )
    if values["birth_country"] == fields.FRANCE and not values["birth_commune_code"]:
        problems.error(NO_COMMUNE_CODE, line=line, subject=subject, field="CODE_COMMUNE_INSEE_NAISS")
        sound = False
    return values if sound else None


def _note_leaving(pupils: Pupils, ine: str, text: str, line: int, subject: str, problems: Problems) -> None:
    try:
        left = fields.strict_day(text)
    except fields.BadCell as bad:
        problems.error(bad.fault, line=line, subject=subject, field="DATE_SORTIE")
        return
    if ine:
        pupils.left[ine] = left


def _subject(ine: str, eleve_id: str, record: dict[str, str]) -> str:
    if ine:
        return f"INE {fields.echo(ine)}"
    name = f"{record.get('NOM_DE_FAMILLE') or record.get('NOM', '')} {record.get('PRENOM', '')}".strip()
    return fields.echo(name) or f"ELEVE_ID {fields.echo(eleve_id)}"


class _Elements:
    """What the parser calls: keeps the direct children of each ELEVE, and the class of each."""

    def __init__(self, problems: Problems) -> None:
        self.uaj = ""
        self.pupils: list[tuple[str, int, dict[str, str]]] = []
        self.classes: dict[str, str] = {}
        self.line_of: Callable[[], int] = int
        self._problems = problems
        self._path: list[str] = []
        self._text: list[str] = []
        self._record: dict[str, str] | None = None
        self._structures_of = ""
        self._structure: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self._path and tag != ROOT:
            raise _NotSiecle(tag)
        if tag == "ELEVE" and self._path[-1] == "ELEVES":
            self._record = {}
            self.pupils.append((attributes.get("ELEVE_ID", "").strip(), self.line_of(), self._record))
            if attributes.get("ELENOET"):
                self._record["ELENOET"] = attributes["ELENOET"].strip()
        elif tag == "STRUCTURES_ELEVE":
            self._structures_of = attributes.get("ELEVE_ID", "").strip()
        elif tag == "STRUCTURE":
            self._structure = {}
        self._path.append(tag)
        self._text = []

    def data(self, text: str) -> None:
        """Text of the element."""
        self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        text = "".join(self._text).strip()
        self._text = []
        if parent == "ELEVE" and self._record is not None:
            self._record[tag] = text
        elif parent == "STRUCTURE":
            self._structure[tag] = text
        elif tag == "STRUCTURE":
            self._keep_class()
        elif tag == "ELEVE":
            self._record = None
        elif tag == "UAJ" and parent == "PARAMETRES":
            self.uaj = tidy(text)

    def close(self) -> None:
        """The document ends."""

    def _keep_class(self) -> None:
        code = self._structure.get("CODE_STRUCTURE", "")
        if self._structure.get("TYPE_STRUCTURE") == "D" and code and code.casefold() != INACTIVE:
            self.classes.setdefault(self._structures_of, code)


class _NotSiecle(Exception):
    """The root is another element."""


def _parse(source: Source, target: _Elements, progress: Progress) -> None:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    content, name = source.content, source.name
    encoding = _encoding(content, name)
    try:
        parser = DefusedXMLParser(target=target, encoding=encoding, forbid_dtd=True)
        target.line_of = lambda: int(parser.parser.CurrentLineNumber)
        for start in range(0, len(content), _CHUNK):
            progress("Lecture du fichier", start, len(content))
            parser.feed(content[start : start + _CHUNK])
        parser.close()
    except _NotSiecle as other:
        raise FileRefused(
            f"Le fichier «{name}» est un XML «{fields.echo(str(other))}», et non la base élèves de SIECLE "
            "(BEE_ELEVES) : choisissez l'export «ElevesAvecAdresses» ou «ElevesSansAdresses»."
        ) from None
    except DefusedXmlException as error:
        raise FileRefused(
            f"Le fichier «{name}» contient une définition de document ou d'entité, ce qu'un export de SIECLE n'a "
            f"jamais : il n'a pas été lu. Pour vos élèves, {_EXPORT_AGAIN}."
        ) from error
    except ParseError as error:
        raise FileRefused(_malformed(source, error)) from error
    except (LookupError, ValueError) as error:
        raise FileRefused(_unknown_encoding(name, content)) from error


def _encoding(content: bytes, name: str) -> str | None:
    """Return the encoding to force on the parser: UTF-8 where the bytes say so whatever the prologue declares."""
    if not content.startswith(codecs.BOM_UTF8):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(_wrong_bytes(name, "UTF-8", content, error.start)) from error
    return "utf-8"


def _malformed(source: Source, error: Any) -> str:
    name, content = source.name, source.content
    line = error.position[0]
    if error.code in (_UNKNOWN_ENCODING, _WRONG_ENCODING):
        return _unknown_encoding(name, content)
    if error.code == _INVALID_TOKEN:
        declared = _declared(content)
        try:
            content.decode(declared)
        except UnicodeDecodeError as wrong:
            return _wrong_bytes(name, declared.upper(), content, wrong.start)
        except LookupError:
            return _unknown_encoding(name, content)
    if error.code in _CUT_CODES:
        return f"Le fichier «{name}» est coupé à la ligne {line} : {_EXPORT_AGAIN}."
    return f"Le fichier «{name}» est un XML mal formé (ligne {line}) : {_EXPORT_AGAIN}."


def _declared(content: bytes) -> str:
    found = _DECLARED.search(content[:200])
    return found[1].decode("ascii") if found else "utf-8"


def _unknown_encoding(name: str, content: bytes) -> str:
    return f"L'encodage «{_declared(content)[:40]}» du fichier «{name}» n'est pas connu : {_EXPORT_AGAIN}."


def _wrong_bytes(name: str, encoding: str, content: bytes, place: int) -> str:
    line = content.count(b"\n", 0, place) + 1
    return (
        f"Le fichier «{name}» contient, à la ligne {line}, des octets que son encodage ({encoding}) ne permet pas : "
        f"{_EXPORT_AGAIN}."
    )
