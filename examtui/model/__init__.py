"""The tables, one module a subject, as Peewee models that SQLite and PostgreSQL share.

``database`` is a proxy: ``examtui.database.connection`` says which server it stands for. Import the models from here.
"""

from examtui.model.base import Base, database
from examtui.model.candidates import Assignment, Candidate, EpreuveRegistration, Registration, Student
from examtui.model.exams import DecisionGroup, Epreuve, Exam, ExamSession, Speciality
from examtui.model.identity import Grant, User
from examtui.model.journal import AuditEntry, AuditHead, AuditPayload, ImportMessage, ImportReport
from examtui.model.places import (
    Academy,
    Centre,
    Commission,
    Delegation,
    Room,
    School,
    ServiceOpening,
    ServiceWindow,
)
from examtui.model.selections import SavedSelection

ALL_MODELS: tuple[type[Base], ...] = (
    Academy,
    School,
    Centre,
    Room,
    Commission,
    Exam,
    ExamSession,
    Speciality,
    Epreuve,
    DecisionGroup,
    User,
    Grant,
    ImportReport,
    ImportMessage,
    Candidate,
    Student,
    Registration,
    EpreuveRegistration,
    Assignment,
    Delegation,
    ServiceOpening,
    ServiceWindow,
    SavedSelection,
    AuditEntry,
    AuditPayload,
    AuditHead,
)

__all__ = [
    "ALL_MODELS",
    "Academy",
    "Assignment",
    "AuditEntry",
    "AuditHead",
    "AuditPayload",
    "Base",
    "Candidate",
    "Centre",
    "Commission",
    "DecisionGroup",
    "Delegation",
    "Epreuve",
    "EpreuveRegistration",
    "Exam",
    "ExamSession",
    "Grant",
    "ImportMessage",
    "ImportReport",
    "Registration",
    "Room",
    "SavedSelection",
    "School",
    "ServiceOpening",
    "ServiceWindow",
    "Speciality",
    "Student",
    "User",
    "database",
]
