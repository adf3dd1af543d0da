"""Exam sessions, and the specialities of each: Enter goes down to the épreuves."""

from collections.abc import Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.enrolment import exams
from examtui.enrolment.exams import SessionValues, SessionView, SpecialityView
from examtui.screens.actions import Offer
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column


class SessionForm(FormScreen):
    """The form of a session."""

    HELP = (
        "Une session d'examen, telle que Cyclades la nomme : «470, BCG, 2021 ,BGT 2021» est l'examen 470 (BCG), "
        "année 2021, session «BGT 2021»."
    )
    RULES: ClassVar = (
        "L'examen est ajouté avec sa première session, et disparaît avec la dernière.",
        "Changer le code ou le libellé de l'examen les change pour toutes ses sessions.",
        *FormScreen.RULES,
    )


class SessionsScreen(RecordsScreen[SessionView]):
    """The sessions, the newest first."""

    OFFERS: ClassVar = (
        Offer("open", help="Afficher les spécialités de la session."),
        Offer("new", label="nouvelle", help="Ajouter une session."),
        Offer("correct", help="Modifier la session."),
        Offer(
            "decision_groups",
            help="Afficher les groupes de décision de la session.",
            permission=Permission.READ_CANDIDATES,
        ),
        Offer("delete", help="Supprimer la session, après confirmation."),
    )
    COLUMNS: ClassVar = (
        Column("Session", 16, flex=2, most=40),
        Column("Année", 5),
        Column("Examen", 18, flex=1, most=50),
        Column("Spécialités", 11, right=True),
        Column("Épreuves", 8, right=True),
    )
    HELP = (
        "Les sessions d'examen. Entrée descend aux spécialités de la session, puis aux épreuves ; d montre ses groupes "
        "de décision."
    )
    RULES: ClassVar = (
        "Une session qui a des spécialités, des candidatures ou des services ouverts ne se supprime pas.",
        "Pour une session entière, importez le fichier des épreuves : il ajoute session, spécialités et épreuves.",
    )
    EMPTY = "Aucune session d'examen."
    NOUN = "la session"
    NEW_TITLE = "Nouvelle session"
    CHANGES = Permission.MANAGE_EXAMS
    FORM = SessionForm

    def load(self) -> Sequence[SessionView]:
        """List the sessions."""
        return exams.list_sessions(self.actor)

    def identity(self, record: SessionView) -> Any:
        """Return the session's id."""
        return record.id

    def cells(self, record: SessionView) -> tuple[str, ...]:
        """Show session, year, exam and how much there is under it."""
        exam = f"{record.exam_code} {record.exam_label}"
        return (record.label, str(record.year), exam, str(record.specialities), str(record.epreuves))

    def fields(self, record: SessionView | None) -> Sequence[Field]:
        """Ask for exam, year and session."""
        del record
        return (
            Field("exam_code", "Code de l'examen", required=True, hint="par exemple 470", max_length=16),
            Field("exam_label", "Libellé de l'examen", required=True, hint="par exemple BCG"),
            Field("year", "Année", Kind.INTEGER, required=True),
            Field("label", "Libellé de la session", required=True, hint="par exemple BGT 2021"),
        )

    def opened(self, record: SessionView) -> None:
        """Go down to the specialities."""
        self.app.push_screen(SpecialitiesScreen(record, (*self.path, record.label)), lambda _: self.reload())

    def available(self, action: str) -> bool:
        """The groups are those of a session."""
        return self._has_record() if action == "decision_groups" else super().available(action)

    def action_decision_groups(self) -> None:
        """Show the groups of the session."""
        from examtui.screens.enrolment.decision_groups import DecisionGroupsScreen

        if self.record is not None:
            path = (*self.path, self.record.label, "Groupes de décision")
            self.app.push_screen(DecisionGroupsScreen(self.record, path))

    def add_record(self, values: dict[str, Any]) -> SessionView:
        """Make a session."""
        return exams.create_session(self.actor, SessionValues(**values))

    def save_record(self, record: SessionView, values: dict[str, Any]) -> SessionView:
        """Correct a session."""
        typed = SessionValues(**values)
        return exams.correct_session(self.actor, record.id, record.revision, record.exam_revision, typed)

    def delete_record(self, record: SessionView) -> None:
        """Delete a session."""
        exams.delete_session(self.actor, record.id, record.revision)


class SpecialityForm(FormScreen):
    """The form of a speciality."""

    HELP = "Une spécialité de la session, telle que Cyclades la nomme : «BCG - BACCALAUREAT GENERAL»."
    RULES: ClassVar = ("Un code n'existe qu'une fois dans une session.", *FormScreen.RULES)


class SpecialitiesScreen(RecordsScreen[SpecialityView]):
    """The specialities of a session, by code."""

    OFFERS: ClassVar = (
        Offer("open", label="épreuves", help="Afficher les épreuves de la spécialité."),
        Offer("new", label="nouvelle", help="Ajouter une spécialité."),
        Offer("correct", help="Modifier la spécialité."),
        Offer("delete", help="Supprimer la spécialité, après confirmation."),
    )
    COLUMNS: ClassVar = (Column("Code", 12), Column("Libellé", 30, flex=1), Column("Épreuves", 8, right=True))
    HELP = "Les spécialités de la session. Entrée descend aux épreuves de la spécialité."
    RULES: ClassVar = ("Une spécialité qui a des épreuves ou des candidatures ne se supprime pas.",)
    EMPTY = "Aucune spécialité dans cette session."
    NOUN = "la spécialité"
    NEW_TITLE = "Nouvelle spécialité"
    CHANGES = Permission.MANAGE_EXAMS
    FORM = SpecialityForm

    def __init__(self, session: SessionView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._session = session

    def load(self) -> Sequence[SpecialityView]:
        """List the session's specialities."""
        return exams.list_specialities(self.actor, self._session.id)

    def identity(self, record: SpecialityView) -> Any:
        """Return the speciality's id."""
        return record.id

    def cells(self, record: SpecialityView) -> tuple[str, ...]:
        """Show code, label and how many épreuves there are."""
        return (record.code, record.label, str(record.epreuves))

    def fields(self, record: SpecialityView | None) -> Sequence[Field]:
        """Ask for code and label."""
        del record
        return (
            Field("code", "Code", required=True, hint="par exemple BCG"),
            Field("label", "Libellé"),
        )

    def opened(self, record: SpecialityView) -> None:
        """Go down to the épreuves."""
        from examtui.screens.enrolment.epreuves import SpecialityEpreuvesScreen

        screen = SpecialityEpreuvesScreen(record, (*self.path, record.code))
        self.app.push_screen(screen, lambda _: self.reload())

    def add_record(self, values: dict[str, Any]) -> SpecialityView:
        """Make a speciality."""
        return exams.create_speciality(self.actor, self._session.id, values["code"], values["label"])

    def save_record(self, record: SpecialityView, values: dict[str, Any]) -> SpecialityView:
        """Correct a speciality."""
        return exams.correct_speciality(self.actor, record.id, record.revision, values["code"], values["label"])

    def delete_record(self, record: SpecialityView) -> None:
        """Delete a speciality."""
        exams.delete_speciality(self.actor, record.id, record.revision)
