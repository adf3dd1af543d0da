"""Schools, and what there is in one: its details, centres, rooms and commissions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.organisation import centres, rooms, schools
from examtui.organisation.schools import AcademyView, SchoolValues, SchoolView
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.several_lines import line_fields, line_values, with_lines_joined
from examtui.screens.sheet import SheetScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column

_LINES = 3
"""Lines of an address that the form shows, at least."""


class SchoolForm(FormScreen):
    """The form of a school."""

    HELP = "Un établissement : ce que les convocations impriment de lui, et où lui écrire."
    RULES: ClassVar = (
        "L'UAI a sept chiffres et une lettre, qui se déduit des chiffres : une lettre fausse est refusée.",
        "L'adresse s'imprime sur les convocations de ses centres : écrivez-la comme sur une enveloppe.",
        *FormScreen.RULES,
    )


class _SchoolList(RecordsScreen[SchoolView]):
    """The actor's schools, by name; what Enter does is the subclass's."""

    COLUMNS: ClassVar[Sequence[Column]] = (
        Column("UAI", 8),
        Column("Nom", 26, flex=3, most=60),
        Column("Commune", 14, flex=1, most=30, rank=1),
        Column("Centre de", 35),
    )
    EMPTY = "Aucun établissement."
    NOUN = "l'établissement"

    def load(self) -> Sequence[SchoolView]:
        """List the schools."""
        return schools.list_schools(self.actor)

    def identity(self, record: SchoolView) -> Any:
        """Return the school's id."""
        return record.id

    def cells(self, record: SchoolView) -> tuple[str, ...]:
        """Show who and where the school is, and what it serves as."""
        return (record.values.uai, record.values.name, record.values.town, ", ".join(record.functions))

    def name_of(self, record: SchoolView) -> str:
        """Name the school as the memos do."""
        return record.title


class SchoolsScreen(_SchoolList):
    """The schools, to keep them; Enter shows what there is in one."""

    OFFERS: ClassVar = (
        Offer("open", help="Voir l'établissement : coordonnées, centres, salles, commissions."),
        Offer("new", help="Ajouter un établissement."),
        Offer("correct", help="Modifier les coordonnées de l'établissement."),
        Offer("delete", help="Supprimer l'établissement, après confirmation."),
    )
    HELP = (
        "Les établissements. Entrée montre ce qu'il y a dans l'un d'eux : ses coordonnées, les fonctions de centre "
        "qu'il remplit, ses salles et ses commissions."
    )
    RULES: ClassVar = (
        "Vous voyez votre établissement, ou ceux de votre académie.",
        "Un établissement qui a servi ne se supprime pas : le message dit ce qui en dépend.",
        "Plusieurs établissements à la fois : importez le fichier des établissements et centres.",
    )
    NEW_TITLE = "Nouvel établissement"
    CHANGES = Permission.MANAGE_PLACES
    FORM = SchoolForm

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self._academies: Sequence[AcademyView] = ()

    def load(self) -> Sequence[SchoolView]:
        """List the schools, and the academies that a new one can belong to."""
        self._academies = schools.list_academies(self.actor)
        return super().load()

    def opened(self, record: SchoolView) -> None:
        """Show what there is in the school."""
        self.app.push_screen(SchoolScreen(record, (*self.path, record.title)), lambda _: self.reload())

    def fields(self, record: SchoolView | None) -> Sequence[Field]:
        """Ask for the details; a new school's academy too where there are several."""
        return school_fields(record, self._academies)

    def values(self, record: SchoolView | None) -> dict[str, Any]:
        """Start from the school."""
        return school_values(record)

    def add_record(self, values: dict[str, Any]) -> SchoolView:
        """Make a school."""
        academy = values.pop("academy", None) or self._academies[0].id
        return schools.create_school(self.actor, academy, _typed(values))

    def save_record(self, record: SchoolView, values: dict[str, Any]) -> SchoolView:
        """Correct a school."""
        return schools.correct_school(self.actor, record.id, record.revision, _typed(values))

    def delete_record(self, record: SchoolView) -> None:
        """Delete a school."""
        schools.delete_school(self.actor, record.id, record.revision)


@dataclass(frozen=True)
class _Part:
    """A line of the screen of a school."""

    name: str
    label: str
    summary: str


class SchoolScreen(RecordsScreen[_Part]):
    """What there is in a school; Enter opens each part."""

    OFFERS: ClassVar = (Offer("open"),)
    COLUMNS: ClassVar = (Column("Rubrique", 16), Column("Contenu", 40, flex=1))
    FILTERED = False
    HELP = "Ce qu'il y a dans l'établissement. Entrée ouvre la ligne marquée."

    def __init__(self, school: SchoolView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._school = school

    def load(self) -> Sequence[_Part]:
        """Read the school and count its parts."""
        school = schools.read_school(self.actor, self._school.id)
        self._school = school
        held = rooms.list_rooms(self.actor, school.id)
        seats = sum(room.values.capacity for room in held)
        accessible = sum(room.values.accessible for room in held)
        commissions = rooms.list_commissions(self.actor, school.id)
        functions = [
            f"{centre.function}{' (gestion autonome)' if centre.autonomous else ''}"
            for centre in centres.list_centres(self.actor, school.id)
        ]
        values = school.values
        where = f"{values.postcode} {values.town}".strip()
        return (
            _Part("details", "Coordonnées", ", ".join(text for text in (where, values.email) if text) or "–"),
            _Part("centres", "Centres", ", ".join(functions) or "aucune fonction de centre"),
            _Part("rooms", "Salles", f"{len(held)}, {seats} places, {accessible} accessibles" if held else "aucune"),
            _Part("commissions", "Commissions", _some([commission.name for commission in commissions])),
        )

    def identity(self, record: _Part) -> Any:
        """Return the part's name."""
        return record.name

    def cells(self, record: _Part) -> tuple[str, ...]:
        """Show the part and what it holds."""
        return (record.label, record.summary)

    def opened(self, record: _Part) -> None:
        """Open the part."""
        self.app.push_screen(self._screen_of(record.name), lambda _: self.reload())

    def _screen_of(self, part: str) -> BaseScreen:
        from examtui.screens.organisation.centres import SchoolCentresScreen
        from examtui.screens.organisation.rooms import CommissionsScreen, RoomsScreen

        school = self._school
        if part == "centres":
            return SchoolCentresScreen(school, (*self.path, "Centres"))
        if part == "rooms":
            return RoomsScreen(school, (*self.path, "Salles"))
        if part == "commissions":
            return CommissionsScreen(school, (*self.path, "Commissions"))
        path, values = (*self.path, "Coordonnées"), school_values(school)
        if not self.actor.can(Permission.MANAGE_PLACES):
            return SheetScreen(path, school_fields(school, lines=1), values)
        return SchoolForm(path, school_fields(school), lambda typed: self._save(school, typed), values)

    def _save(self, school: SchoolView, values: dict[str, Any]) -> SchoolView:
        return schools.correct_school(self.actor, school.id, school.revision, _typed(values))


class SchoolChoiceScreen(_SchoolList):
    """An activity about one school: it is chosen first, or taken at once by those who have only one."""

    OFFERS: ClassVar = (Offer("open", label="choisir", help="Prendre cet établissement."),)
    COLUMNS: ClassVar[Sequence[Column]] = (
        Column("UAI", 8),
        Column("Nom", 26, flex=3, most=60),
        Column("Commune", 20, flex=1, most=30),
    )
    HELP = "Choisissez l'établissement : tapez / puis un mot de son nom, de sa commune, ou son UAI, puis Entrée."

    def cells(self, record: SchoolView) -> tuple[str, ...]:
        """Show who and where the school is."""
        return super().cells(record)[:3]

    def screen_of(self, school: SchoolView) -> BaseScreen:
        """Return the screen of the activity for a school."""
        raise NotImplementedError

    def _read(self, records: Sequence[SchoolView], select: Any) -> None:
        if len(records) == 1 and not self._loaded:
            self.app.switch_screen(self.screen_of(records[0]))
        else:
            super()._read(records, select)

    def opened(self, record: SchoolView) -> None:
        """Go on with the school."""
        self.app.push_screen(self.screen_of(record))


def school_fields(
    record: SchoolView | None, academies: Sequence[AcademyView] = (), *, lines: int = _LINES
) -> Sequence[Field]:
    """Return the fields of a school, with ``lines`` or more for its address, and a new one's academy if several are."""
    fields = [
        Field("uai", "UAI", required=True, max_length=16, hint="sept chiffres et une lettre"),
        Field("name", "Nom", required=True),
        *line_fields("address", "Adresse", record.values.address if record else "", lines),
        Field("postcode", "Code postal", max_length=16),
        Field("town", "Commune"),
        Field("email", "Mail"),
        Field("head_name", "Chef d'établissement"),
    ]
    if record is not None:
        fields.insert(2, Field("academy", "Académie", Kind.SHOWN))
    elif len(academies) > 1:
        choices = tuple((academy.id, academy.name) for academy in academies)
        fields.insert(2, Field("academy", "Académie", Kind.CHOICE, choices=choices))
    return fields


def school_values(record: SchoolView | None) -> dict[str, Any]:
    """Return what the fields of a school start with."""
    if record is None:
        return {}
    values = record.values
    return {**vars(values), **line_values("address", values.address), "academy": record.academy_name}


def _typed(values: dict[str, Any]) -> SchoolValues:
    typed = with_lines_joined("address", values)
    return SchoolValues(**{name: value for name, value in typed.items() if name != "academy"})


def _some(names: Sequence[str], most: int = 8) -> str:
    if not names:
        return "aucune"
    more = f" et {len(names) - most} autres" if len(names) > most else ""
    return f"{len(names)} : {', '.join(names[:most])}{more}"
