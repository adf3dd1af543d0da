"""Looking for candidates as one types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input

from examtui.access import Actor, Permission
from examtui.access.folders import folder_for
from examtui.enrolment.candidates import Page, Search, count, search, suggest
from examtui.enrolment.candidates_card import card
from examtui.enrolment.candidates_export import export, suggested_name
from examtui.errors import ExamtuiError
from examtui.organisation.schools import list_schools
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.enrolment.candidate_list import COLUMNS, CandidateSource
from examtui.screens.enrolment.card_view import CardView
from examtui.screens.export import ExportForm
from examtui.screens.widgets.fields import FieldLeft, LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import PAGE, VirtualTable
from examtui.search.query import Count
from examtui.search.spelling import Suggestion

_IDLE_SECONDS = 0.4
_ROOM_FOR_CARD = 120
_NOBODY_MATCHES = "Personne ne répond à cette recherche."


class CandidatesScreen(BaseScreen):
    """The search: a field for the text, a line for the criteria, the candidates found.

    ``criteria`` is their text form, to begin with; ``text`` what is looked for.
    """

    OFFERS: ClassVar[tuple[Offer, ...]] = (
        Offer("open", label="fiche", help="Ouvrir la fiche du candidat."),
        Offer("search"),
        Offer("criteria"),
        Offer("tick"),
        Offer("export"),
        Offer("new", help="Ajouter un candidat à la main.", permission=Permission.MANAGE_CANDIDATURES),
        Offer("tick_all"),
        Offer("jump", shown=False),
    )
    HELP = "Trouver un candidat parmi tous ceux que vous pouvez voir, et ouvrir sa fiche."
    RULES: ClassVar[tuple[str, ...]] = (
        "Tapez le début d'un ou de plusieurs mots du nom ou des prénoms, dans l'ordre que vous voulez.",
        "Accents, majuscules, traits d'union et apostrophes ne comptent pas : «jean pierre» trouve Jean-Pierre.",
        "Un numéro de candidat ou un INE se tape par son début ou par sa fin.",
        "Les critères s'ajoutent à la recherche ; Entrée les applique. Exemple : classe:3B et non liste_rouge.",
    )
    PUPILS: ClassVar = False
    NOUN: ClassVar = "candidat"
    NOBODY: ClassVar = "Aucun candidat : importez une liste de candidats ou la base élèves."

    def __init__(self, path: tuple[str, ...] = (), *, text: str = "", criteria: str = "") -> None:
        super().__init__(path)
        self._wanted = Search(text, criteria, pupils=self.PUPILS)
        self._schools: dict[int, str] = {}
        self._all: int | None = None
        self._found: Count | None = None
        self._idle: Timer | None = None
        self._searching = False
        self._when_found: Callable[[], object] | None = None

    def body(self) -> ComposeResult:
        """Compose fields and list."""
        with Horizontal(classes="line"):
            yield PlainText(" Recherche ", classes="field-label")
            yield LineInput(self._wanted.text, id="text")
            yield PlainText("", id="count")
        with Horizontal(classes="line"):
            yield from self.compose_criteria()
        with Horizontal(id="found"):
            yield VirtualTable(COLUMNS, tickable=True, empty="Recherche…", id="list")
            yield VirtualTable([Column("Vouliez-vous dire", 30, flex=1), Column("Trouvés", 24)], id="near")
            yield CardView(id="beside", can_focus=False)

    def compose_criteria(self) -> ComposeResult:
        """Compose the line of criteria."""
        yield PlainText(" Critères  ", classes="field-label")
        yield LineInput(self._wanted.where, id="where", max_length=4000)

    def on_mount(self) -> None:
        """Begin to search."""
        self.near.display = False
        self.set_focus(self.query_one("#text", LineInput))
        self._search()

    def on_screen_resume(self) -> None:
        """Count all candidates again: an import may have come between."""
        self.call(_surroundings, self.actor, Search(pupils=self.PUPILS), then=self._know, group="surroundings")

    @property
    def table(self) -> VirtualTable:
        """The candidates found."""
        return self.query_one("#list", VirtualTable)

    @property
    def near(self) -> VirtualTable:
        """Near spellings, when nobody is found."""
        return self.query_one("#near", VirtualTable)

    @property
    def wanted(self) -> Search:
        """What is searched."""
        return self._wanted

    # Searching

    def want(self, **changes: Any) -> None:
        """Search for something else: changes of the fields of ``Search``."""
        from dataclasses import replace

        wanted = replace(self._wanted, **changes)
        if wanted != self._wanted:
            self._wanted = wanted
            self.table.ticks.clear()
            self._search()

    def _search(self) -> None:
        wanted = self._wanted
        self._searching = True
        self.call(
            search,
            self.actor,
            wanted,
            limit=PAGE,
            then=lambda page: self._show(wanted, page),
            failed=self._refuse,
            group="search",
        )

    def _refuse(self, error: ExamtuiError) -> None:
        self._searching = False
        self.tell_error(error)

    def _once_found(self, act: Callable[[], object]) -> bool:
        """Put off what was asked for before the answer came: it would be done to a row of the search before."""
        self.want(text=self.query_one("#text", LineInput).value)
        if self._searching:
            self._when_found = act
        return self._searching

    def _show(self, wanted: Search, page: Page) -> None:
        self._searching = False
        source = CandidateSource(self.actor, wanted, self._schools)
        self.table.empty = _NOBODY_MATCHES if self._restricted() else self.NOBODY
        self.table.show(source, first=(source.rows(page.rows), PAGE))
        self._show_count(page.count)
        self._calls.forget("near")
        self._show_near([])
        if not page.rows and wanted.text:
            self.call(suggest, self.actor, wanted, then=self._show_near, group="near")
        if self._idle is not None:
            self._idle.stop()
        if not page.count.exact:
            self._idle = self.set_timer(_IDLE_SECONDS, self._count)
        self.show_keys()
        act, self._when_found = self._when_found, None
        if act is not None and page.rows:
            act()

    def _count(self) -> None:
        self.call(
            count, self.actor, self._wanted, then=lambda value: self._show_count(Count(value, True)), group="count"
        )

    def _know(self, known: tuple[int, dict[int, str]]) -> None:
        self._all, schools = known
        if schools != self._schools:
            self._schools.update(schools)
            self.table.reload()
        if self._found is not None:
            self._show_count(self._found)

    def _show_count(self, found: Count) -> None:
        self._found = found
        everybody = f" sur {self._all:,}".replace(",", " ") if self._all is not None and self._restricted() else ""
        self.query_one("#count", PlainText).show(f" {found.of(self.NOUN)}{everybody} ")

    def _restricted(self) -> bool:
        return bool(self._wanted.text.strip() or self._wanted.where.strip() or self._wanted.division)

    def _show_near(self, found: Any) -> None:
        suggestions: tuple[Suggestion, ...] = tuple(found)
        rows = [Row(0, near.text, (near.text, near.count.label)) for near in suggestions]
        self.near.display = bool(rows)
        self.table.display = not rows
        self.near.show(ListSource(rows))
        self._show_beside()

    # Moving

    @on(Input.Changed, "#text")
    def _type(self, event: Input.Changed) -> None:
        self.tell("")
        if event.value != self._wanted.text:
            self._when_found = None
        self.want(text=event.value)

    @on(Input.Submitted, "#text")
    def _enter(self) -> None:
        if self._once_found(self._enter):
            return
        alone = self._found is not None and self._found.exact and self._found.value == 1
        if self.near.display or alone:
            self.action_open()
        else:
            self.set_focus(self._list())

    @on(Input.Submitted, "#where")
    def _apply(self, event: Input.Submitted) -> None:
        self.want(where=event.value)
        self.set_focus(self._list())

    def on_field_left(self, event: FieldLeft) -> None:
        """↓ goes from the text to the list, and from the criteria; ↑ from the criteria to the text."""
        if isinstance(self.focused, LineInput) and self.focused.id == "where":
            self.want(where=self.focused.value)
            if event.step < 0:
                self.action_search()
                return
        if event.step > 0:
            self.set_focus(self._list())

    def on_virtual_table_left_top(self) -> None:
        """↑ on the first line goes to the field."""
        self.action_search()

    def on_virtual_table_moved(self) -> None:
        """What can be done depends on the row, and its card stands beside the list where there is room."""
        self.show_keys()
        self._show_beside()

    def on_resize(self) -> None:
        """Show the card beside the list where there is room."""
        self._show_beside()

    def _show_beside(self) -> None:
        beside = self.query_one("#beside", CardView)
        row = self.table.row
        beside.display = self.size.width >= _ROOM_FOR_CARD and row is not None and not self.near.display
        if beside.display and row is not None:
            identity = int(str(row.id))
            if beside.candidate is None or beside.candidate.id != identity:
                self.call(
                    card, self.actor, identity, then=beside.show, failed=lambda _: beside.show(None), group="card"
                )

    def _card_changed(self) -> None:
        self.query_one("#beside", CardView).show(None)
        self.table.reload()
        self._show_beside()

    def on_virtual_table_ticked(self) -> None:
        """Say how many are ticked."""
        ticks = self.table.ticks
        others = len(ticks.ids)
        if not ticks:
            self.tell("")
        elif ticks.all:
            self.tell(f"Tous les candidats trouvés sont cochés{f', sauf {others}' if others else ''}.")
        else:
            self.tell(f"{others} candidats cochés." if others > 1 else "1 candidat coché.")

    def _list(self) -> VirtualTable:
        return self.near if self.near.display else self.table

    def available(self, action: str) -> bool:
        """Offer what the rows allow; a pupil comes from the school's base."""
        if action == "new":
            return not self.PUPILS
        if not self.is_mounted:
            return True
        if action in ("tick", "tick_all", "jump", "export"):
            return self.table.display and self.table.row is not None
        if action == "open":
            return self._list().row is not None
        return True

    # Actions

    def action_search(self) -> None:
        """Go to the field."""
        self.set_focus(self.query_one("#text", LineInput))

    def action_criteria(self) -> None:
        """Compose the criteria, beginning with those of the field."""
        from examtui.screens.selection.criteria import CriteriaScreen

        self.app.push_screen(CriteriaScreen(self.path, self.query_one("#where", LineInput).value), self._take_criteria)

    def _take_criteria(self, criteria: str | None) -> None:
        if criteria is not None:
            self.query_one("#where", LineInput).value = criteria
            self.want(where=criteria)
            self.set_focus(self._list())

    def action_tick(self) -> None:
        """Tick the row."""
        self.table.tick()

    def action_tick_all(self) -> None:
        """Tick all rows, or none."""
        self.table.tick_all()

    def action_jump(self) -> None:
        """Go to the names that begin with the letters typed next."""
        self.set_focus(self.table)
        self.table.start_jump()

    def action_open(self) -> None:
        """Open the card, or take the near spelling."""
        if self._once_found(self.action_open):
            return
        if self.near.display:
            row = self.near.row
            if row is not None:
                field = self.query_one("#text", LineInput)
                field.value = str(row.id)
                self.set_focus(field)
            return
        if self.table.row is not None:
            self.open_card(int(str(self.table.row.id)))

    def action_new(self) -> None:
        """Ask who the candidate is, then show the card: candidatures are added there."""
        from examtui.screens.enrolment.candidate_form import add_candidate

        add_candidate(self, self._made)

    def _made(self, candidate_id: int | None) -> None:
        if candidate_id is not None:
            self._search()
            self.open_card(candidate_id)

    def action_export(self) -> None:
        """Ask for a name, and write the candidates ticked, or all that were found, to a CSV file."""
        self.call(folder_for, self.actor, then=self._ask_export)

    def _ask_export(self, folder: Path) -> None:
        actor, wanted, ticks = self.actor, self._wanted, self.table.ticks
        chosen = {int(str(identity)) for identity in ticks.ids}
        if ticks.all or not ticks:
            who = "Tous les candidats trouvés" + (f", sauf {len(chosen)}," if chosen else "")
            kept: dict[str, Any] = {"but": chosen}
        else:
            who = "Les candidats cochés"
            kept = {"only": chosen}

        def submit(typed: dict[str, Any]) -> str:
            path, written = export(actor, wanted, **typed, **kept)
            several = "s" if written > 1 else ""
            return f"{written} candidat{several} exporté{several} dans «{path}»."

        self.app.push_screen(ExportForm(self.path, submit, suggested_name(wanted), who, folder), self._exported)

    def _exported(self, told: str | None) -> None:
        if told is not None:
            self.tell(told)

    def open_card(self, candidate_id: int) -> None:
        """Open the card of a candidate."""
        from examtui.screens.enrolment.card import CardScreen

        self.app.push_screen(CardScreen((*self.path, "Fiche"), candidate_id), lambda _: self._card_changed())


def _surroundings(actor: Actor, everybody: Search) -> tuple[int, dict[int, str]]:
    return count(actor, everybody), {school.id: school.values.name for school in list_schools(actor)}
