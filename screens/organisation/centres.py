"""Centres: the functions that schools serve in; Enter shows the épreuves delegated to one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.model.places import CentreFunction
from examtui.organisation import centres, schools
from examtui.organisation.centres import CentreView
from examtui.organisation.schools import SchoolView
from examtui.screens.actions import Offer
from examtui.screens.form import FormScreen
from examtui.screens.organisation.delegations import DelegationsScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column


class CentreForm(FormScreen):
    """The form of a centre."""

    HELP = "Un établissement dans une fonction de centre d'examen."
    RULES: ClassVar = (
        "Centre d'épreuves : les épreuves ponctuelles et EC s'y passent. Centre de déroulement : les ECE. "
        "Centre de numérisation : les copies y sont numérisées.",
        "En gestion autonome, le centre affecte lui-même toutes les épreuves organisables en établissement ; sinon, "
        "celles que le gestionnaire lui délègue.",
        *FormScreen.RULES,
    )


class CentresScreen(RecordsScreen[CentreView]):
    """The centres of the actor's places, or of one school."""

    OFFERS: ClassVar = (
        Offer("open", label="épreuves", help="Afficher les épreuves déléguées au centre."),
        Offer("new", help="Donner à un établissement une fonction de centre."),
        Offer("correct", help="Mettre le centre en gestion autonome, ou l'en retirer."),
        Offer("delete", help="Retirer sa fonction à l'établissement, après confirmation."),
    )
    COLUMNS: ClassVar[Sequence[Column]] = (
        Column("Établissement", 34, flex=1, most=60),
        Column("Fonction", 12),
        Column("Autonome", 8),
        Column("Délégations", 11, right=True),
    )
    HELP = (
        "Les centres d'examen : chaque établissement, dans chacune de ses fonctions. Entrée montre les épreuves "
        "déléguées au centre, et le gestionnaire les y coche."
    )
    RULES: ClassVar = (*CentreForm.RULES[:2], "Un centre qui a des affectations ou des délégations ne se retire pas.")
    EMPTY = "Aucun centre."
    NOUN = "le centre"
    NEW_TITLE = "Nouveau centre"
    CHANGES = Permission.MANAGE_PLACES
    FORM = CentreForm

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self._schools: Sequence[SchoolView] = ()

    def load(self) -> Sequence[CentreView]:
        """List the centres, and the schools that can become one."""
        self._schools = schools.list_schools(self.actor)
        return centres.list_centres(self.actor)

    def identity(self, record: CentreView) -> Any:
        """Return the centre's id."""
        return record.id

    def cells(self, record: CentreView) -> tuple[str, ...]:
        """Show school, function, autonomy and how many épreuves are delegated."""
        autonomous = "oui" if record.autonomous else ""
        return (record.school_title, record.function, autonomous, str(record.delegations or ""))

    def name_of(self, record: CentreView) -> str:
        """Name the centre by school and function."""
        return f"{record.school_title}, {record.function}"

    def fields(self, record: CentreView | None) -> Sequence[Field]:
        """Ask for school and function of a new centre, and for its autonomy."""
        autonomous = Field("autonomous", "Gestion autonome", Kind.YES_NO)
        if record is not None:
            return (Field("school", "Établissement", Kind.SHOWN), Field("function", "Fonction", Kind.SHOWN), autonomous)
        choices = tuple((school.id, school.title) for school in self._schools)
        functions = tuple((function.value, function.value) for function in CentreFunction)
        hint = "" if choices else "ajoutez d'abord un établissement"
        return (
            Field("school", "Établissement", Kind.CHOICE, choices=choices, required=True, hint=hint),
            Field("function", "Fonction", Kind.CHOICE, choices=functions),
            autonomous,
        )

    def values(self, record: CentreView | None) -> dict[str, Any]:
        """Start from the centre; a new one is one of épreuves."""
        if record is None:
            return {"function": CentreFunction.EXAM.value}
        return {"school": record.school_title, "function": record.function, "autonomous": record.autonomous}

    def opened(self, record: CentreView) -> None:
        """Show the delegations."""
        path = (*self.path, self.name_of(record))
        self.app.push_screen(DelegationsScreen(record, path), lambda _: self.reload())

    def add_record(self, values: dict[str, Any]) -> CentreView:
        """Make a school serve in a function."""
        return centres.create_centre(self.actor, values["school"], values["function"], autonomous=values["autonomous"])

    def save_record(self, record: CentreView, values: dict[str, Any]) -> CentreView:
        """Say whether the centre is autonomous."""
        return centres.correct_centre(self.actor, record.id, record.revision, autonomous=values["autonomous"])

    def delete_record(self, record: CentreView) -> None:
        """Take the function from the school."""
        centres.delete_centre(self.actor, record.id, record.revision)


class SchoolCentresScreen(CentresScreen):
    """The functions of one school."""

    COLUMNS: ClassVar = (Column("Fonction", 20), Column("Gestion autonome", 20), Column("Délégations", 11, right=True))
    HELP = (
        "Les fonctions de centre d'examen que l'établissement remplit. Entrée montre les épreuves déléguées au centre, "
        "et le gestionnaire les y coche."
    )
    EMPTY = "Cet établissement n'est pas centre d'examen."

    def __init__(self, school: SchoolView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._school = school

    def load(self) -> Sequence[CentreView]:
        """List the school's centres."""
        self._schools = (self._school,)
        return centres.list_centres(self.actor, self._school.id)

    def cells(self, record: CentreView) -> tuple[str, ...]:
        """Show function, autonomy and how many épreuves are delegated."""
        return super().cells(record)[1:]
