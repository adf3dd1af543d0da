"""Where exams take place: academies, schools and their functions as centres, rooms, and what is opened to them."""

from enum import StrEnum

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, IntegerField, TextField

from examtui.model.base import Base
from examtui.model.exams import Epreuve, ExamSession

LARGEST_CAPACITY = 9999
"""Places in a room."""


class CentreFunction(StrEnum):
    """What a school serves as (PRODUCT.md, glossary): its French label is the value that files and screens show."""

    SCANNING = "numérisation"
    EXAM = "épreuves"
    SITTING = "déroulement"


class Service(StrEnum):
    """The services that the administrator opens to schools (seed 002, section 2)."""

    CONVOCATION = "convocation"
    SIGNATURE = "signature"


class WindowKind(StrEnum):
    """The services that the manager opens from a moment to a moment (seed 001, sections 4 to 6)."""

    EXTRACTION = "extraction"
    PUBLICATION = "publication"


class Academy(Base):
    """An academy: its two-digit code (FORMATS.md, Codes) and its name."""

    code = CharField(max_length=2, unique=True)
    name = CharField()


class School(Base):
    """An établissement, known by its UAI."""

    uai = CharField(max_length=8, unique=True)
    name = CharField()
    address = TextField(default="")
    postcode = CharField(max_length=5, default="")
    town = CharField(default="")
    academy = ForeignKeyField(Academy, backref="schools", on_delete="RESTRICT")
    academy_id: int
    email = CharField(default="")
    head_name = CharField(default="")
    revision = IntegerField(default=1)


class Centre(Base):
    """A school in one of its functions; ``autonomous`` is «gestion autonome» (seed 000, note)."""

    school = ForeignKeyField(School, backref="centres", on_delete="RESTRICT")
    school_id: int
    function = CharField(max_length=16, choices=[(value.value, value.value) for value in CentreFunction])
    autonomous = BooleanField(default=False)
    revision = IntegerField(default=1)

    class Meta:
        """One centre for a school and a function."""

        indexes = ((("school", "function"), True),)


class Room(Base):
    """A room of a school; ``capacity`` in seats."""

    school = ForeignKeyField(School, backref="rooms", on_delete="RESTRICT")
    school_id: int
    name = CharField()
    capacity = IntegerField()
    accessible = BooleanField(default=False)
    revision = IntegerField(default=1)

    class Meta:
        """A name stands once in a school; criteria ask for it in all of them."""

        indexes = ((("school", "name"), True), (("name",), False))


class Commission(Base):
    """A commission (jury group) of a school."""

    school = ForeignKeyField(School, backref="commissions", on_delete="RESTRICT")
    school_id: int
    name = CharField()
    revision = IntegerField(default=1)

    class Meta:
        """A name stands once in a school; criteria ask for it in all of them."""

        indexes = ((("school", "name"), True), (("name",), False))


class Delegation(Base):
    """The manager gives a centre the assignment of an épreuve (PRODUCT.md §3)."""

    centre = ForeignKeyField(Centre, backref="delegations", on_delete="CASCADE")
    centre_id: int
    epreuve = ForeignKeyField(Epreuve, backref="delegations", on_delete="CASCADE")
    epreuve_id: int

    class Meta:
        """A delegation stands once."""

        indexes = ((("centre", "epreuve"), True),)


class ServiceOpening(Base):
    """A service that the administrator has opened to a school; no row means closed."""

    service = CharField(max_length=16, choices=[(value.value, value.value) for value in Service])
    school = ForeignKeyField(School, backref="openings", on_delete="CASCADE")
    school_id: int

    class Meta:
        """Opened once."""

        indexes = ((("service", "school"), True),)


class ServiceWindow(Base):
    """A service open from a moment to a moment (UTC) for a session in an academy: «Service … ouvert du … au …»."""

    kind = CharField(max_length=16, choices=[(value.value, value.value) for value in WindowKind])
    academy = ForeignKeyField(Academy, backref="windows", on_delete="CASCADE")
    academy_id: int
    exam_session = ForeignKeyField(ExamSession, backref="windows", on_delete="CASCADE")
    exam_session_id: int
    opens_at = DateTimeField()
    closes_at = DateTimeField()
    revision = IntegerField(default=1)

    class Meta:
        """One window for a kind, an academy and a session."""

        indexes = ((("kind", "academy", "exam_session"), True),)
