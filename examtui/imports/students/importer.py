"""The importer of a school's pupils."""

from __future__ import annotations

from typing import Any

from examtui.access import Permission
from examtui.exchange.tables import csv_line
from examtui.identifiers import Fault
from examtui.imports import fields
from examtui.imports.engine import Context, Importer, Progress
from examtui.imports.problems import Problems
from examtui.imports.recognise import root_of
from examtui.imports.source import Source
from examtui.imports.students.plan import StudentsPlan, plan_students
from examtui.imports.students.pupils import Pupils
from examtui.imports.students.siecle import ROOT, read_siecle
from examtui.imports.students.table import COLUMNS, HEADINGS, is_table_of_pupils, read_table
from examtui.model import Candidate, Student


class StudentImporter(Importer[Pupils]):
    """SIECLE's base élèves (plain or in a ZIP), or the 15-column CSV, into one school."""

    kind = "students"
    title = "des élèves"
    permission = Permission.IMPORT_STUDENTS
    needs_school = True
    tables = (Candidate, Student)

    def recognises(self, source: Source) -> bool:
        """The root of SIECLE's XML, or the columns of the table."""
        return is_table_of_pupils(source) if source.is_table else root_of(source) == ROOT

    def read(self, source: Source, problems: Problems, progress: Progress) -> Pupils:
        """Read either form."""
        if source.is_table:
            return read_table(self.kind, source, problems, progress)
        return read_siecle(source, problems, progress)

    def total(self, rows: Pupils) -> int:
        """The pupils of the file, those that are passed over included."""
        return rows.total

    def plan(self, rows: Pupils, context: Context, problems: Problems) -> StudentsPlan:
        """Compare with the school's pupils; the file must be of that school, where it says of which it is."""
        school: Any = context.school
        if rows.uaj and rows.uaj != school.uai:
            problems.error(
                Fault(
                    f"ce fichier est celui de l'établissement «{fields.echo(rows.uaj)}», et non de «{school.uai}»",
                    "choisissez l'export de votre établissement",
                ),
                field="UAJ",
            )
        return plan_students(rows, context, problems)

    def template(self) -> str:
        """The 15 columns."""
        return HEADINGS + "\r\n" + csv_line([column.example for column in COLUMNS])
