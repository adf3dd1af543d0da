"""What a file is, by its content: one of our importers' kinds, or a format that people mistake for one."""

from __future__ import annotations

import re
from typing import Any

from examtui.imports.engine import Importer
from examtui.imports.kinds import KINDS, importer_for
from examtui.imports.problems import FileRefused
from examtui.imports.source import Source
from examtui.imports.tables import folded_title

_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")

_FOREIGN_TABLES: tuple[tuple[str, frozenset[str]], ...] = (
    ("un export de notes et de résultats de Cyclades", frozenset({"Nom candidat", "Prénom candidat", "INE"})),
    ("un modèle de sessions de certification en masse", frozenset({"Nom du site", "Nom de la salle"})),
    ("une liste de candidats à la certification", frozenset({"Nom de naissance", "Temps majoré ?"})),
    ("une liste de personnels", frozenset({"Identifiant", "Nom", "Discipline poste"})),
    ("une liste de missions pour Santorin", frozenset({"Type de mission", "N° mission"})),
)


def recognise(source: Source) -> Importer[Any]:
    """Return the importer of the kind of file that ``source`` is.

    Raises:
        FileRefused: it is of none; the sentence says what it looks like instead.
    """
    found = _recognised(source)
    if found is None:
        raise FileRefused(
            f"Le fichier «{source.name}» {_looks_like(source)}. Choisissez un export de la base élèves "
            "(SIECLE ou CSV), une liste de Cyclades, ou un tableau fait sur nos modèles («examtui import template»)."
        )
    return found


def check_kind(importer: Importer[Any], source: Source) -> None:
    """Refuse a file that is of another kind than ``importer``'s; one that is of no kind is left to the importer.

    Raises:
        FileRefused: the sentence says what the file is and what to do.
    """
    if importer.recognises(source):
        return
    other = _recognised(source)
    if other is not None:
        raise FileRefused(
            f"Le fichier «{source.name}» contient {other.title}, et non {importer.title} : "
            f"importez-le avec «examtui import {other.kind}», ou choisissez un autre fichier."
        )
    foreign = _foreign(source)
    if foreign or not source.is_table:
        raise FileRefused(
            f"Le fichier «{source.name}» {_looks_like(source)} : il ne sert pas à importer {importer.title}. "
            "Choisissez un autre fichier."
        )


def root_of(source: Source) -> str:
    """Return the name of the root element of an XML, as far as its first bytes tell."""
    start = source.content[:65536]
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    text = start.decode(encoding, "replace")
    text = re.sub(r"<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", "", text, flags=re.DOTALL)
    found = _ROOT.search(text)
    return found[1] if found else ""


def _recognised(source: Source) -> Importer[Any] | None:
    for kind in KINDS:
        importer = importer_for(kind)
        if importer.recognises(source):
            return importer
    return None


def _foreign(source: Source) -> str:
    for row in source.head():
        headings = {folded_title(cell) for cell in row}
        for what, titles in _FOREIGN_TABLES:
            if headings.issuperset(map(folded_title, titles)):
                return what
    return ""


def _looks_like(source: Source) -> str:
    if not source.is_table:
        root = root_of(source)
        if not root:
            return "n'est pas un XML lisible"
        return f"est un XML «{root[:40]}», et non un export SIECLE de la base élèves"
    foreign = _foreign(source)
    return f"est {foreign}" if foreign else "n'a les colonnes d'aucun fichier connu"
