"""Who is examined: candidates, their enrolment as pupils, candidatures, épreuves and assignments."""

from enum import StrEnum

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
    TimeField,
)

from examtui.model.base import Base
from examtui.model.exams import DecisionGroup, Epreuve, ExamSession, Speciality
from examtui.model.journal import ImportReport
from examtui.model.places import Academy, Centre, Commission, Room, School


class Position(StrEnum):
    """Position épreuve (PRODUCT.md, glossary): Bénéfice keeps an earlier mark, Dispensé sits nothing."""

    REGISTERED = "Inscrit"
    KEPT = "Bénéfice"
    EXEMPT = "Dispensé"


class Candidate(Base):
    """A person who is, or is to be, examined: imported as a pupil, from a list of candidates, or both.

    ``school`` is the établissement d'inscription, empty for an individual candidate; an INE stands once in a school.
    ``number`` is given by Cyclades and may be missing until its list is imported. ``rank`` is the place in the
    alphabetical order of all candidates and ``words`` the folded names: both belong to ``examtui.search``, which alone
    writes them, with ``number_reversed`` and ``ine_reversed`` (searches by ending). ``revision`` grows with each
    correction, so that two people at once notice each other. ``created_by``, here and on what a candidate holds, is the
    import that made the record: the audit log has no entry of its own for it.
    """

    academy = ForeignKeyField(Academy, backref="candidates", on_delete="RESTRICT", index=False)
    academy_id: int
    school = ForeignKeyField(School, null=True, backref="candidates", on_delete="RESTRICT", index=False)
    school_id: int | None
    number = CharField(max_length=11, null=True)
    number_reversed = CharField(max_length=11, null=True)
    ine = CharField(max_length=11, null=True)
    ine_reversed = CharField(max_length=11, null=True)
    family_name = CharField()
    usage_name = CharField(default="")
    first_names = CharField()
    sex = CharField(max_length=1, default="")
    birth_date = DateField(null=True)
    birth_country = CharField(default="")
    birth_department = CharField(default="")
    birth_commune_code = CharField(default="")
    birth_commune = CharField(default="")
    nationality = CharField(default="")
    email = CharField(default="")
    guardian_emails = TextField(default="")
    phone = CharField(default="")
    mobile = CharField(default="")
    address = TextField(default="")
    postcode = CharField(default="")
    town = CharField(default="")
    country = CharField(default="")
    red_list = BooleanField(default=False)
    extra_time = IntegerField(default=0)
    accommodations = TextField(default="")
    rank = BigIntegerField(unique=True)
    words = TextField(default="")
    created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)
    created_by_id: int | None
    revision = IntegerField(default=1)

    class Meta:
        """The partial indexes cost nothing to a pupil who has no number yet."""

        indexes = (
            (("ine", "school"), True),
            (("school", "rank"), False),
            (("academy", "rank"), False),
        )


Candidate.add_index(
    Candidate.index(Candidate.number, unique=True, where=SQL("number IS NOT NULL"), name="candidate_number_given")
)
# Searches by the start and by the end of a number read places in the order from these, and no row.
for _column, _name in (
    (Candidate.number, "candidate_number_beginning"),
    (Candidate.number_reversed, "candidate_number_ending"),
    (Candidate.ine, "candidate_ine_beginning"),
    (Candidate.ine_reversed, "candidate_ine_ending"),
):
    Candidate.add_index(
        Candidate.index(_column, Candidate.rank, where=SQL(f"{_column.column_name} IS NOT NULL"), name=_name)
    )
# What criteria ask for and few rows have: read from these in no time, and nothing to write for all the others.
Candidate.add_index(Candidate.index(Candidate.rank, where=SQL("red_list"), name="candidate_red_list"))
Candidate.add_index(Candidate.index(Candidate.rank, where=SQL("extra_time > 0"), name="candidate_extra_time"))


class Student(Base):
    """The enrolment of a pupil in the school's base (SIECLE): class, programme, status.

    ``division`` is the class, ``mef`` the code of the programme, ``status`` ST or AP, ``left_on`` the day on which an
    import no longer held the pupil or the base said that it left.
    """

    candidate = ForeignKeyField(Candidate, unique=True, backref="enrolment", on_delete="CASCADE")
    candidate_id: int
    school = ForeignKeyField(School, backref="students", on_delete="RESTRICT", index=False)
    school_id: int
    siecle_id = CharField(default="")
    local_number = CharField(default="")
    division = CharField(default="")
    mef = CharField(default="")
    status = CharField(max_length=8, default="")
    regime = CharField(default="")
    entered_on = DateField(null=True)
    left_on = DateField(null=True)
    created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)
    created_by_id: int | None

    class Meta:
        """A school's classes."""

        indexes = ((("school", "division"), False),)


class Registration(Base):
    """A candidature: a candidate in a session and speciality, with Cyclades' number ``001`` and version ``03``."""

    candidate = ForeignKeyField(Candidate, backref="registrations", on_delete="CASCADE", index=False)
    candidate_id: int
    exam_session = ForeignKeyField(ExamSession, backref="registrations", on_delete="RESTRICT", index=False)
    exam_session_id: int
    speciality = ForeignKeyField(Speciality, backref="registrations", on_delete="RESTRICT", index=False)
    speciality_id: int
    school = ForeignKeyField(School, null=True, backref="registrations", on_delete="RESTRICT", index=False)
    school_id: int | None
    number = CharField(max_length=8)
    version = CharField(max_length=8, default="")
    ocean_number = CharField(default="")
    division = CharField(default="")
    category = CharField(default="")
    state = CharField(default="Inscrit")
    teachings = TextField(default="")
    decision_group = ForeignKeyField(
        DecisionGroup, null=True, backref="registrations", on_delete="SET NULL", index=False
    )
    decision_group_id: int | None
    replacement = BooleanField(default=False)
    fraud_suspected = BooleanField(default=False)
    created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)
    created_by_id: int | None
    revision = IntegerField(default=1)

    class Meta:
        """A number stands once for a candidate and a session.

        The others serve criteria both ways: who has the value, and whether this candidate has it. An index of the value
        alone would be taken for the second question too, and read everybody who has it for each candidate.
        """

        indexes = (
            (("candidate", "exam_session", "number"), True),
            (("school", "division"), False),
            (("exam_session", "candidate"), False),
            (("speciality", "candidate"), False),
            (("decision_group", "candidate"), False),
            (("state", "candidate"), False),
            (("category", "candidate"), False),
        )

    @property
    def title(self) -> str:
        """The n° d'inscription as Cyclades shows it: ``001 Version 03``."""
        return f"{self.number} Version {self.version}" if self.version else str(self.number)


Registration.add_index(
    Registration.index(Registration.candidate, where=SQL("fraud_suspected"), name="registration_fraud")
)
Registration.add_index(
    Registration.index(Registration.candidate, where=SQL("replacement"), name="registration_replacement")
)


class EpreuveRegistration(Base):
    """An épreuve that a candidature holds, with its position."""

    registration = ForeignKeyField(Registration, backref="epreuves", on_delete="CASCADE", index=False)
    registration_id: int
    epreuve = ForeignKeyField(Epreuve, backref="registrations", on_delete="RESTRICT")
    epreuve_id: int
    position = CharField(max_length=16, default=Position.REGISTERED.value)
    created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)
    created_by_id: int | None

    class Meta:
        """An épreuve stands once in a candidature."""

        indexes = ((("registration", "epreuve"), True),)


EpreuveRegistration.add_index(
    EpreuveRegistration.index(
        EpreuveRegistration.registration, where=SQL("position <> 'Inscrit'"), name="epreuve_registration_not_sat"
    )
)


class Assignment(Base):
    """An affectation: where and when a candidature sits an épreuve (wall clock of the centre)."""

    registration = ForeignKeyField(Registration, backref="assignments", on_delete="CASCADE", index=False)
    registration_id: int
    epreuve = ForeignKeyField(Epreuve, backref="assignments", on_delete="RESTRICT", index=False)
    epreuve_id: int
    centre = ForeignKeyField(Centre, backref="assignments", on_delete="RESTRICT", index=False)
    centre_id: int
    date = DateField(null=True)
    start_time = TimeField(null=True)
    end_time = TimeField(null=True)
    room = ForeignKeyField(Room, null=True, backref="assignments", on_delete="RESTRICT", index=False)
    room_id: int | None
    commission = ForeignKeyField(Commission, null=True, backref="assignments", on_delete="RESTRICT", index=False)
    commission_id: int | None
    created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)
    created_by_id: int | None

    class Meta:
        """One assignment for a candidature and an épreuve."""

        indexes = (
            (("registration", "epreuve"), True),
            (("epreuve", "centre"), False),
            (("centre", "registration"), False),
            (("date", "registration"), False),
            (("room", "registration"), False),
            (("commission", "registration"), False),
        )
