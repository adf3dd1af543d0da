"""HORS BEE, 34 columns (FORMATS.md): candidates who are in no school's base, and have no number yet."""

from __future__ import annotations

import re
from typing import ClassVar

from examtui.identifiers import tidy, uai_fault
from examtui.imports import fields
from examtui.imports.candidates.cyclades import first_names
from examtui.imports.candidates.rows import CandidateRows, CandidateTable
from examtui.imports.people_index import subject_of
from examtui.imports.problems import Problems
from examtui.imports.tables import Column, Row
from examtui.rules.candidates import is_abroad

_UAI = re.compile(r"(?<![0-9A-Za-z])[0-9]{7}\s?[A-Za-z](?![0-9A-Za-z])")
_TEACHINGS: tuple[tuple[str, str], ...] = (
    ("enseignement", ""),
    ("specialite1", "Spécialité 1 : "),
    ("specialite2", "Spécialité 2 : "),
    ("specialite3", "Spécialité 3 : "),
    ("LVA", "LVA : "),
    ("LVB", "LVB : "),
    ("langue_section_inter", "Section internationale : "),
    ("langue_section_euro", "Section européenne : "),
    ("dnl", "DNL : "),
    ("zone_geo_souhaitee", "Zone souhaitée : "),
)
_JOINED = frozenset({"address", "teachings", "birth_department"})
_ADDRESS = ("adresse_1", "adresse_2", "adresse_3", "adresse_4")

_sex = fields.one_of(
    {"m": "M", "m.": "M", "mr": "M", "monsieur": "M", "1": "M"}
    | {"mme": "F", "mlle": "F", "madame": "F", "mademoiselle": "F", "f": "F", "2": "F"},
    "écrivez «M.» ou «Mme»",
)


def school_uai(cell: str) -> str:
    """The UAI of a school, alone or beside its name."""
    found = _UAI.search(cell)
    if found is None:
        raise fields.BadCell(
            f"«{fields.echo(cell)}» ne contient pas d'UAI", "écrivez celui de l'établissement, ou videz la cellule"
        )
    uai = tidy(found[0])
    fault = uai_fault(uai)
    if fault is not None:
        raise fields.BadCell(fault.reason, fault.cure)
    return uai


class HorsBeeTable(CandidateTable):
    """Reads HORS BEE. A column ``session`` may be added, where the série alone does not tell the session."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("civilite", "sex", _sex),
        Column("nom_famille", "family_name", fields.text, True),
        Column("prenoms", "first_names", first_names, True),
        Column("ine", "ine", fields.ine),
        Column("pays_naissance", "birth_country"),
        Column("date_naissance", "birth_date", fields.day, True),
        Column("depCOM_naissance", "birth_commune_code", fields.commune),
        Column("commune_naissance", "birth_commune"),
        Column("nationalite", "nationality"),
        Column("pays", "country"),
        *(Column(name, name) for name in _ADDRESS),
        Column("code_postal", "postcode"),
        Column("localite", "town"),
        Column("telephone", "phone", fields.phone),
        Column("telephone_mobile", "mobile", fields.phone),
        Column("adresse_mail", "email", fields.email),
        Column("categ_socio_pro", "categ_socio_pro"),
        Column("etablissement", "uai", school_uai),
        Column("division_classe", "division"),
        Column("serie", "speciality", fields.text, True),
        Column("categorie", "category"),
        *(Column(name, name) for name, _ in _TEACHINGS),
        Column("session", "session"),
    )

    def gathered(self, rows: list[Row], problems: Problems) -> CandidateRows:
        """Join addresses and teachings; the socio-professional category is not kept."""
        for row in rows:
            values = row.values
            values["address"] = "\n".join(values[name] for name in _ADDRESS if values[name]) or None
            values["teachings"] = (
                " ; ".join(f"{told}{values[name]}" for name, told in _TEACHINGS if values[name]) or None
            )
            values["postcode"] = _postcode(row, problems)
            code = values["birth_commune_code"]
            values["birth_department"] = (code[:3] if code.startswith(("97", "98")) else code[:2]) if code else None
        return CandidateRows(rows, "HORS BEE", self._in_file | _JOINED)


def _postcode(row: Row, problems: Problems) -> str | None:
    """Check the postal code of an address in France; another country writes its own."""
    told: str | None = row.values["postcode"]
    if not told or is_abroad(row.values["country"] or ""):
        return told
    try:
        value = fields.postcode(told)
    except fields.BadCell as bad:
        problems.error(bad.fault, line=row.line, subject=subject_of(row.values), field="code_postal")
        return None
    if isinstance(value, fields.Mended):
        problems.warn(value.warning, line=row.line, subject=subject_of(row.values), field="code_postal")
        return str(value.value)
    return value
