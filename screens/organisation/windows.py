"""From when to when the services for results are open: «extraction des notes», «publication des résultats»."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.enrolment import exams
from examtui.enrolment.exams import SessionView
from examtui.model.places import WindowKind
from examtui.organisation import schools, windows
from examtui.organisation.schools import AcademyView
from examtui.organisation.windows import WindowView
from examtui.rules.windows import WINDOW_LABELS
from examtui.screens.actions import Offer
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column

_OPENING_HOUR, _CLOSING_HOUR = time(8), time(18)
"""The hours of the memo's example: «ouvert du 01/07/2019 08:00 au 14/07/2019 18:00»."""


class WindowForm(FormScreen):
    """The form of a service window."""

    HELP = "De quand à quand le service est ouvert aux établissements, pour une session."
    RULES: ClassVar = (
        "Un service a ses dates une seule fois par session : pour les changer, modifiez-les.",
        "À l'heure de fin, le service est fermé.",
        "Les heures sont celles de Paris.",
        *FormScreen.RULES,
    )


class WindowsScreen(RecordsScreen[WindowView]):
    """The service windows, the newest opening first."""

    OFFERS: ClassVar = (
        Offer("open", label="modifier", help="Modifier les dates du service."),
        Offer("new", label="ouvrir un service", help="Ouvrir un service pour une session."),
        Offer(
            "delete", label="fermer", help="Fermer le service tout de suite : retirer ses dates, après confirmation."
        ),
        Offer("correct", help="Modifier les dates du service.", shown=False),
    )
    COLUMNS: ClassVar = (
        Column("Service", 11),
        Column("Session", 16, flex=1, most=40),
        Column("Du", 16),
        Column("Au", 16),
        Column("État", 6),
        Column("Académie", 10, flex=1, most=20, rank=1),
    )
    HELP = (
        "Les services ouverts aux établissements pour les résultats. Extraction des notes : l'établissement peut "
        "extraire les notes de ses élèves. Publication des résultats : il peut éditer ses listes d'affichage et ses "
        "relevés de notes."
    )
    RULES: ClassVar = ("Hors de ces dates, l'établissement lit que le service n'est pas ouvert.",)
    EMPTY = "Aucun service n'a de dates d'ouverture."
    NOUN = "les dates de"
    NEW_TITLE = "Ouvrir un service"
    CHANGES = Permission.MANAGE_WINDOWS
    FORM = WindowForm

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self._sessions: Sequence[SessionView] = ()
        self._academies: Sequence[AcademyView] = ()

    def load(self) -> Sequence[WindowView]:
        """List the windows, and the sessions and academies of a new one."""
        self._academies = schools.list_academies(self.actor)
        self._sessions = exams.list_sessions(self.actor)
        return windows.list_windows(self.actor)

    def identity(self, record: WindowView) -> Any:
        """Return the window's id."""
        return record.id

    def cells(self, record: WindowView) -> tuple[str, ...]:
        """Show service, session, and from when to when."""
        opens, closes = (f"{moment:%d/%m/%Y %H:%M}" for moment in (record.opens, record.closes))
        state = "ouvert" if record.is_open else "fermé"
        return (record.kind.capitalize(), self._session_of(record), opens, closes, state, record.academy_name)

    def _session_of(self, record: WindowView) -> str:
        session = next((known for known in self._sessions if known.id == record.session_id), None)
        return f"{session.exam_label} {session.label}" if session is not None else record.session_title

    def name_of(self, record: WindowView) -> str:
        """Name the window by service and session."""
        return f"{record.label}, {record.session_title}"

    def consequences(self, record: WindowView) -> str:
        """Say who notices."""
        return "Le service sera fermé aux établissements." if record.is_open else ""

    def fields(self, record: WindowView | None) -> Sequence[Field]:
        """Ask for service and session of a new window, and for its moments."""
        moments = (
            Field("opens_at", "Ouvert du", Kind.DATE, required=True, hint="15/03, lun, +7…"),
            Field("opens_time", "à", Kind.TIME, required=True),
            Field("closes_at", "au", Kind.DATE, required=True),
            Field("closes_time", "à", Kind.TIME, required=True),
        )
        if record is not None:
            return (Field("kind", "Service", Kind.SHOWN), Field("session", "Session", Kind.SHOWN), *moments)
        kinds = tuple((kind.value, label) for kind, label in WINDOW_LABELS.items())
        sessions = tuple((session.id, session.title) for session in self._sessions)
        academies = tuple((academy.id, academy.name) for academy in self._academies)
        hint = "" if sessions else "ajoutez d'abord une session d'examen"
        return (
            Field("kind", "Service", Kind.CHOICE, choices=kinds),
            Field("session", "Session", Kind.CHOICE, choices=sessions, required=True, hint=hint),
            *([Field("academy", "Académie", Kind.CHOICE, choices=academies)] if len(academies) > 1 else ()),
            *moments,
        )

    def values(self, record: WindowView | None) -> dict[str, Any]:
        """Start from the window; a new one opens in the morning and closes in the evening."""
        if record is None:
            return {"kind": WindowKind.EXTRACTION.value, "opens_time": _OPENING_HOUR, "closes_time": _CLOSING_HOUR}
        return {
            "kind": record.label,
            "session": record.session_title,
            "opens_at": record.opens.date(),
            "opens_time": record.opens.time(),
            "closes_at": record.closes.date(),
            "closes_time": record.closes.time(),
        }

    def add_record(self, values: dict[str, Any]) -> WindowView:
        """Open a service."""
        academy = values.get("academy") or self._academies[0].id
        return windows.create_window(self.actor, values["kind"], academy, values["session"], *_moments(values))

    def save_record(self, record: WindowView, values: dict[str, Any]) -> WindowView:
        """Give the window other moments."""
        return windows.correct_window(self.actor, record.id, record.revision, *_moments(values))

    def delete_record(self, record: WindowView) -> None:
        """Take the window away."""
        windows.delete_window(self.actor, record.id, record.revision)


def _moments(values: dict[str, Any]) -> tuple[datetime, datetime]:
    return (
        datetime.combine(values["opens_at"], values["opens_time"]),
        datetime.combine(values["closes_at"], values["closes_time"]),
    )
