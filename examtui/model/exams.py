"""What is examined: exams, their sessions, specialities and épreuves."""

from enum import StrEnum

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    ForeignKeyField,
    IntegerField,
    TimeField,
)

from examtui import texts
from examtui.model.base import Base


class Nature(StrEnum):
    """The nature of an épreuve (PRODUCT.md, Épreuves); EC is also called E3C."""

    PONCTUELLE = "ponctuelle"
    EC = "EC"
    ECE = "ECE"


class Form(StrEnum):
    """The form of an épreuve."""

    WRITTEN = "écrit"
    ORAL = "oral"
    PRACTICAL = "pratique"


class MarkingMode(StrEnum):
    """How an épreuve gets its mark (seed 001, section 4: «Le mode de notation»)."""

    ENTERED = "Saisie"
    CALCULATED = "Calculée"


def session_title(code: str, exam: str, year: int, label: str) -> str:
    """The title of a session in the notation of seed 002 (list of missions), blank before the comma included."""
    return texts.SESSION_TITLE.format(code=code, exam=exam, year=year, label=label)


class Exam(Base):
    """An exam: code ``470`` and label ``BCG``; CFG and DNB have their name as code."""

    code = CharField(max_length=16, unique=True)
    label = CharField()
    revision = IntegerField(default=1)


class ExamSession(Base):
    """A session of an exam, shown as seed 002 does: ``470, BCG, 2021 ,BGT 2021``."""

    exam = ForeignKeyField(Exam, backref="sessions", on_delete="RESTRICT")
    exam_id: int
    year = IntegerField()
    label = CharField()
    revision = IntegerField(default=1)

    class Meta:
        """A label stands once in an exam."""

        indexes = ((("exam", "label"), True),)

    @property
    def title(self) -> str:
        """The session as the lists of missions show it (see ``session_title``)."""
        return session_title(self.exam.code, self.exam.label, self.year, self.label)


class Speciality(Base):
    """A speciality of a session: ``BCG - BACCALAUREAT GENERAL``."""

    exam_session = ForeignKeyField(ExamSession, backref="specialities", on_delete="RESTRICT")
    exam_session_id: int
    code = CharField()
    label = CharField(default="")
    revision = IntegerField(default=1)

    class Meta:
        """A code stands once in a session."""

        indexes = ((("exam_session", "code"), True),)

    @property
    def title(self) -> str:
        """Code and label as seed 002 shows them."""
        return f"{self.code} - {self.label}" if self.label else str(self.code)


class Epreuve(Base):
    """An épreuve-option; code and label together name it within its speciality.

    ``coefficient`` and ``scale`` (the mark's maximum) are exact decimals, ``duration`` is in minutes, dates and hours
    are the wall clock of the centre, ``twin`` is the other half of a two-profile épreuve (HLP).
    """

    speciality = ForeignKeyField(Speciality, backref="epreuves", on_delete="RESTRICT")
    speciality_id: int
    code = CharField()
    label = CharField()
    nature = CharField(max_length=16, choices=[(value.value, value.value) for value in Nature])
    form = CharField(max_length=16, choices=[(value.value, value.value) for value in Form])
    discipline = CharField(default="")
    coefficient = DecimalField(max_digits=6, decimal_places=2, null=True)
    scale = DecimalField(max_digits=6, decimal_places=2, null=True)
    duration = IntegerField(null=True)
    start_date = DateField(null=True)
    end_date = DateField(null=True)
    start_time = TimeField(null=True)
    end_time = TimeField(null=True)
    organisable = BooleanField(default=False)
    marking_mode = CharField(max_length=16, default=MarkingMode.ENTERED.value)
    twin = ForeignKeyField("self", null=True, on_delete="SET NULL")
    twin_id: int | None
    revision = IntegerField(default=1)

    class Meta:
        """Code and label stand once in a speciality (C009 stands twice, with two labels)."""

        indexes = ((("speciality", "code", "label"), True),)

    @property
    def title(self) -> str:
        """Code and label as seed 002 shows them: ``C001C, Histoire-géographie 3ème éval``."""
        return f"{self.code}, {self.label}"


class DecisionGroup(Base):
    """A groupe de décision of a session: the candidates on whom one jury decides."""

    exam_session = ForeignKeyField(ExamSession, backref="decision_groups", on_delete="RESTRICT")
    exam_session_id: int
    label = CharField()

    class Meta:
        """A label stands once in a session."""

        indexes = ((("exam_session", "label"), True),)
