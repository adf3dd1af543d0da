"""Épreuves: all of them in one list that a code or a word filters, or those of one speciality."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.enrolment import epreuves, exams
from examtui.enrolment.epreuves import EpreuveValues, EpreuveView
from examtui.enrolment.exams import SpecialityView
from examtui.model.exams import Form, MarkingMode, Nature
from examtui.screens.actions import Offer
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.sheet import SheetScreen
from examtui.screens.typed import show_time
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column

_NATURES = {
    Nature.PONCTUELLE.value: "ponctuelle",
    Nature.EC.value: "EC (ou E3C)",
    Nature.ECE.value: "ECE",
}
_NO_TWIN = (None, "aucune")


class EpreuveForm(FormScreen):
    """The form of an épreuve."""

    HELP = "Une épreuve, avec tout ce que les affectations, les convocations et les notes en utilisent."
    RULES: ClassVar = (
        "Code et libellé nomment ensemble l'épreuve : un code peut servir deux fois, avec deux libellés.",
        "Le barème est la note la plus haute, par exemple 20.",
        "Une épreuve d'un seul jour n'a besoin que de la date de début.",
        "Les heures sont celles du centre, sans temps majoré : il est ajouté sur chaque convocation.",
        "Une épreuve organisable en établissement peut être déléguée aux centres.",
        "L'épreuve liée est l'autre partie d'une épreuve à deux profils (HLP : «Partie littér» et «partie philo»). "
        "Le lien vaut dans les deux sens.",
        *FormScreen.RULES,
    )


@dataclass(frozen=True)
class _Loaded:
    """The épreuves of the list, and what a form can be filled with."""

    specialities: tuple[tuple[int, str], ...] = ()
    twins: tuple[EpreuveView, ...] = ()


class EpreuvesScreen(RecordsScreen[EpreuveView]):
    """All épreuves: the newest session first, then by speciality and code."""

    OFFERS: ClassVar = (
        Offer("open", label="fiche", help="Afficher la fiche de l'épreuve."),
        Offer("new", label="nouvelle", help="Ajouter une épreuve."),
        Offer("delete", help="Supprimer l'épreuve, après confirmation."),
        Offer("correct", help="Modifier l'épreuve.", shown=False),
    )
    COLUMNS: ClassVar[Sequence[Column]] = (
        Column("Code", 9),
        Column("Libellé", 34, flex=4, most=70),
        Column("Spéc.", 6, flex=1, most=14),
        Column("Session", 9, flex=1, most=24),
        Column("Début", 10),
        Column("Nature", 10, rank=1),
        Column("Fin", 10, rank=2),
        Column("Heures", 11, rank=3),
        Column("Forme", 8, rank=4),
    )
    HELP = (
        "Toutes les épreuves. Tapez / puis un code, un mot du libellé, une spécialité, une session ou une date : "
        "la liste se réduit à mesure. Entrée ouvre la fiche."
    )
    RULES: ClassVar = (
        "Une épreuve qui a des inscriptions, des affectations ou des délégations ne se supprime pas.",
        "Plusieurs épreuves à la fois : importez le fichier des épreuves.",
    )
    EMPTY = "Aucune épreuve."
    NOUN = "l'épreuve"
    NEW_TITLE = "Nouvelle épreuve"
    CHANGES = Permission.MANAGE_EXAMS
    FORM = EpreuveForm

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self._around = _Loaded()

    # Reading

    def load(self) -> Sequence[EpreuveView]:
        """List the épreuves, and the specialities that a new one can be put into."""
        views = epreuves.list_epreuves(self.actor)
        specialities = [
            (speciality.id, f"{speciality.title} ({session.label})")
            for session in exams.list_sessions(self.actor)
            for speciality in exams.list_specialities(self.actor, session.id)
        ]
        self._around = _Loaded(tuple(specialities), tuple(views))
        return views

    def identity(self, record: EpreuveView) -> Any:
        """Return the épreuve's number."""
        return record.id

    def cells(self, record: EpreuveView) -> tuple[str, ...]:
        """Show what the épreuve is known by, and when it takes place."""
        values = record.values
        return (
            values.code,
            values.label,
            record.speciality_code,
            record.session_label,
            *_when(values),
        )

    def name_of(self, record: EpreuveView) -> str:
        """Name the épreuve by code and label."""
        return record.title

    # The form

    def fields(self, record: EpreuveView | None) -> Sequence[Field]:
        """Ask for everything that an épreuve has."""
        return (self._speciality_field(record), *_FIELDS, self._twin_field(record))

    def _speciality_field(self, record: EpreuveView | None) -> Field:
        if record is None:
            choices = self._around.specialities
            hint = "" if choices else "ajoutez d'abord une session et sa spécialité"
            return Field("speciality", "Spécialité", Kind.CHOICE, choices=choices, required=True, hint=hint)
        return Field("speciality", "Spécialité", Kind.SHOWN)

    def _twin_field(self, record: EpreuveView | None) -> Field:
        choices = [
            (twin.id, f"{twin.speciality_code}/{twin.title}" + ("" if record else f" ({twin.session_label})"))
            for twin in self._around.twins
            if record is None or (twin.session_id == record.session_id and twin.id != record.id)
        ]
        return Field("twin", "Épreuve liée", Kind.CHOICE, choices=(_NO_TWIN, *choices))

    def values(self, record: EpreuveView | None) -> dict[str, Any]:
        """Start from the épreuve; a new one from that under the cursor's speciality."""
        if record is None:
            here = self.record
            return {"speciality": here.speciality_id if here is not None else None, **vars(EpreuveValues("", ""))}
        speciality = f"{record.speciality_code} ({record.session_label})"
        return {"speciality": speciality, "twin": record.twin_id, **vars(record.values)}

    def opened(self, record: EpreuveView) -> None:
        """Show the form, or the sheet to those who only read."""
        if self._may_change("save_record"):
            self.edit(record)
        else:
            path = (*self.path, self.name_of(record))
            self.app.push_screen(SheetScreen(path, self.fields(record), self.values(record)))

    def add_record(self, values: dict[str, Any]) -> EpreuveView:
        """Make an épreuve."""
        speciality, twin = values.pop("speciality"), values.pop("twin")
        return epreuves.create_epreuve(self.actor, speciality, EpreuveValues(**values), twin_id=twin)

    def save_record(self, record: EpreuveView, values: dict[str, Any]) -> EpreuveView:
        """Correct an épreuve."""
        twin = values.pop("twin")
        typed = EpreuveValues(**values)
        return epreuves.correct_epreuve(self.actor, record.id, record.revision, typed, twin_id=twin)

    def delete_record(self, record: EpreuveView) -> None:
        """Delete an épreuve."""
        epreuves.delete_epreuve(self.actor, record.id, record.revision)


class SpecialityEpreuvesScreen(EpreuvesScreen):
    """The épreuves of one speciality."""

    COLUMNS: ClassVar = (
        Column("Code", 9),
        Column("Libellé", 42, flex=1, most=70),
        Column("Début", 10),
        Column("Nature", 10),
        Column("Fin", 10, rank=2),
        Column("Heures", 11, rank=3),
        Column("Forme", 8, rank=1),
    )
    HELP = "Les épreuves de la spécialité, avec la date de leur premier jour. Entrée ouvre la fiche."

    def __init__(self, speciality: SpecialityView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._speciality = speciality

    def load(self) -> Sequence[EpreuveView]:
        """List the speciality's épreuves; its session's can be linked."""
        here = self._speciality
        twins = epreuves.list_epreuves(self.actor, session_id=here.session_id)
        self._around = _Loaded(((here.id, here.title),), tuple(twins))
        return [view for view in twins if view.speciality_id == here.id]

    def cells(self, record: EpreuveView) -> tuple[str, ...]:
        """Show what tells the épreuve from its neighbours."""
        return (record.values.code, record.values.label, *_when(record.values))


_FIELDS = (
    Field("code", "Code", required=True, hint="par exemple C001C"),
    Field("label", "Libellé", required=True),
    Field("nature", "Nature", Kind.CHOICE, choices=tuple(_NATURES.items())),
    Field("form", "Forme", Kind.CHOICE, choices=tuple((form.value, form.value) for form in Form)),
    Field("discipline", "Discipline"),
    Field("coefficient", "Coefficient", Kind.DECIMAL),
    Field("scale", "Barème", Kind.DECIMAL, hint="note la plus haute : 20"),
    Field("duration", "Durée (minutes)", Kind.INTEGER),
    Field("start_date", "Date de début", Kind.DATE, hint="15/03, lun, +7…"),
    Field("end_date", "Date de fin", Kind.DATE, hint="si plusieurs jours"),
    Field("start_time", "Heure de début", Kind.TIME),
    Field("end_time", "Heure de fin", Kind.TIME),
    Field("organisable", "Organisable", Kind.YES_NO, hint="en établissement, par un centre"),
    Field(
        "marking_mode", "Mode de notation", Kind.CHOICE, choices=tuple((mode.value, mode.value) for mode in MarkingMode)
    ),
)


def _when(values: EpreuveValues) -> tuple[str, str, str, str, str]:
    start, end = (f"{day:%d/%m/%Y}" if day else "" for day in (values.start_date, values.end_date))
    hours = "–".join(show_time(hour) for hour in (values.start_time, values.end_time) if hour is not None)
    return (start, values.nature, end, hours, values.form)
