"""The form of an affectation: centre, day, hours, room and commission; a school gives the last two."""

from typing import Any, ClassVar

from examtui.access import Actor
from examtui.enrolment import assignments
from examtui.enrolment.assignments import AssignmentSheet, AssignmentValues, CentreView
from examtui.screens.asking import AskingForm, AskingSubmit
from examtui.screens.form import FormScreen
from examtui.screens.typed import show_date, show_time
from examtui.screens.widgets.fields import ChoiceField, Field, FormRow, Kind

_NO_ROOM = (None, "aucune")


class AssignmentForm(AskingForm):
    """The form. What is unusual is asked about before it is saved."""

    HELP = "Où et quand le candidat passe l'épreuve. Les heures sont celles du centre, sans temps majoré."
    RULES: ClassVar = (
        "Les salles proposées sont celles du centre. Une commission qui n'existe pas encore est créée.",
        "Deux épreuves en même temps, une autre date que celle de l'épreuve : le programme vous demande confirmation.",
        *FormScreen.RULES,
    )

    def __init__(self, path: tuple[str, ...], sheet: AssignmentSheet, assign: AskingSubmit) -> None:
        self._centres = {centre.id: centre for centre in sheet.centres}
        values = {
            "epreuve": sheet.epreuve,
            "together": sheet.together,
            "centre": self._centres[sheet.values.centre_id].title,
            "when": _when(sheet.values),
            **vars(sheet.values),
        }
        intro = f"L'épreuve liée {sheet.together} est affectée avec elle." if sheet.together else ""
        super().__init__(path, _fields(sheet, self._centres[sheet.values.centre_id]), assign, values, intro)

    def on_choice_field_changed(self, event: ChoiceField.Changed) -> None:
        """Offer the rooms of the centre that was chosen."""
        rows = {row.field.name: row for row in self.form.rows}
        centre = rows.get("centre_id")
        if centre is None or event.field is not centre.editor:
            return
        chosen = self._centres[event.field.value]
        rooms = rows["room_id"].editor
        if isinstance(rooms, ChoiceField):
            rooms.offer(_rooms(chosen))
        _keep_commission(rows["commission"], chosen)


def assign_as(actor: Actor, epreuve_registration_id: int, sheet: AssignmentSheet) -> AskingSubmit:
    """Return what the form of ``sheet`` saves by: the whole affectation, or room and commission alone."""

    def give(values: dict[str, Any], confirmed: bool) -> None:
        assignments.give(actor, epreuve_registration_id, sheet.seen, AssignmentValues(**values), confirmed=confirmed)

    def place(values: dict[str, Any], confirmed: bool) -> None:
        assignments.place(actor, epreuve_registration_id, sheet.seen, **values, confirmed=confirmed)

    return give if sheet.manages else place


def _fields(sheet: AssignmentSheet, centre: CentreView) -> tuple[Field, ...]:
    where = (
        Field("room_id", "Salle", Kind.CHOICE, choices=_rooms(centre)),
        Field("commission", "Commission", hint="vide : aucune"),
    )
    if not sheet.manages:
        shown = (Field("centre", "Centre", Kind.SHOWN), Field("when", "Date et heures", Kind.SHOWN))
        return (Field("epreuve", "Épreuve", Kind.SHOWN), *shown, *where)
    return (
        Field("epreuve", "Épreuve", Kind.SHOWN),
        Field("centre_id", "Centre", Kind.CHOICE, choices=[(one.id, one.title) for one in sheet.centres]),
        Field("day", "Date", Kind.DATE),
        Field("start_time", "Heure de début", Kind.TIME),
        Field("end_time", "Heure de fin", Kind.TIME),
        *where,
    )


def _rooms(centre: CentreView) -> list[tuple[int | None, str]]:
    return [_NO_ROOM, *centre.rooms]


def _keep_commission(row: FormRow, centre: CentreView) -> None:
    """A commission of the former centre is not taken along to one that does not have it."""
    name = str(row.value() or "")
    if name and name.casefold() not in {known.casefold() for known in centre.commissions}:
        row.set_value("")


def _when(values: AssignmentValues) -> str:
    hours = " – ".join(show_time(hour) for hour in (values.start_time, values.end_time) if hour)
    return " ".join(part for part in (show_date(values.day), hours) if part) or "sans date"
