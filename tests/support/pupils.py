"""Files of pupils made in code, of the shapes of FORMATS.md."""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

HEADER = (
    "Identifiant unique*;Premier prénom*;Deuxième prénom;Troisième prénom;Nom de famille*;Nom d'usage;Code sexe*;"
    "Date de naissance (jj/mm/aaaa)*;Code commune naissance**;Libellé commune naissance**;"
    "Code département naissance*;Code pays naissance*;Statut*;Code MEF*;Division*"
)
ELEVE = {
    "ID_NATIONAL": "123456789AB",
    "NOM_DE_FAMILLE": "ROSE BONBON",
    "PRENOM": "Ludivine",
    "DATE_NAISS": "12/03/2006",
    "CODE_SEXE": "2",
    "CODE_PAYS": "100",
    "CODE_DEPARTEMENT_NAISS": "031",
    "CODE_COMMUNE_INSEE_NAISS": "31555",
    "CODE_REGIME": "2",
    "DATE_ENTREE": "01/09/2020",
    "CODE_MEF": "20110019110",
    "CODE_STATUT": "ST",
}
ROW = {
    "ine": "123456789AB",
    "first": "Ludivine",
    "second": "",
    "third": "",
    "family": "ROSE BONBON",
    "usage": "",
    "sex": "F",
    "birth": "12/03/2006",
    "commune_code": "31555",
    "commune": "Toulouse",
    "department": "31",
    "country": "99100",
    "status": "ST",
    "mef": "20110019110",
    "division": "1G3",
}


def ine(number: int) -> str:
    """The INE of a made-up pupil."""
    return f"{number:09}AB"


def eleve(number: int = 1, **changes: str | None) -> dict[str, str]:
    """The children of an ELEVE; None leaves an element out."""
    values: dict[str, Any] = {**ELEVE, "ID_NATIONAL": ine(number), **changes}
    return {name: value for name, value in values.items() if value is not None}


def siecle(
    pupils: Iterable[Mapping[str, str]],
    classes: Iterable[str | None] = (),
    uaj: str | None = "0310038Y",
    encoding: str = "ISO-8859-15",
    order: tuple[str, str] = ("ELEVES", "STRUCTURES"),
) -> bytes:
    """A base élèves; ``classes`` are those of the pupils (1G3 by default), None for none."""
    listed = list(pupils)
    given = list(classes) or ["1G3"] * len(listed)
    lines = []
    for number, pupil in enumerate(listed, 1):
        children = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in pupil.items())
        last_year = "<SCOLARITE_AN_DERNIER><CODE_MEF>999</CODE_MEF><PRENOM>autre</PRENOM></SCOLARITE_AN_DERNIER>"
        lines.append(f'<ELEVE ELEVE_ID="{number}" ELENOET="{number + 5000}">{children}{last_year}</ELEVE>')
    structures = [
        f'<STRUCTURES_ELEVE ELEVE_ID="{number}">{_structure("LATIN", "G")}{_structure(code, "D")}</STRUCTURES_ELEVE>'
        for number, code in enumerate(given, 1)
        if code is not None
    ]
    parts = {"ELEVES": "\n".join(lines), "STRUCTURES": "\n".join(structures)}
    named = f"<UAJ>{uaj}</UAJ>" if uaj is not None else ""
    data = "\n".join(f"<{name}>\n{parts[name]}\n</{name}>" for name in order)
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<BEE_ELEVES VERSION="2.1"><PARAMETRES>{named}'
        f"<ANNEE_SCOLAIRE>2020</ANNEE_SCOLAIRE></PARAMETRES><DONNEES>\n{data}\n</DONNEES></BEE_ELEVES>\n"
    )
    return text.encode(encoding)


def _structure(code: str, kind: str) -> str:
    return (
        f"<STRUCTURE><CODE_STRUCTURE>{escape(code)}</CODE_STRUCTURE><TYPE_STRUCTURE>{kind}</TYPE_STRUCTURE></STRUCTURE>"
    )


def row(number: int = 1, **changes: str) -> str:
    """A line of the 15-column CSV."""
    return ";".join({**ROW, "ine": ine(number), **changes}.values())


def table(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    """A 15-column CSV."""
    return end.join([header, *rows]) + end
