"""A screen for a list of records that are added, changed and deleted by hand: list, filter, form.

Most activities of organisation and administration are one subclass of ``RecordsScreen``: columns, how a record reads,
the fields of its form, and the use cases.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from examtui.access import Permission
from examtui.errors import ExamtuiError
from examtui.plaintext import plain
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.form import FormScreen
from examtui.screens.widgets.fields import Field, FieldLeft, LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable
from examtui.search.fold import fold

R = TypeVar("R")


class RecordsScreen(BaseScreen, Generic[R]):
    """The list, in the order that ``load`` gives.

    A subclass gives ``COLUMNS``, ``EMPTY`` (what to do when there is none), ``NOUN`` (as in «supprimer la salle»), and
    ``load``, ``identity`` and ``cells``; a few fixed lines are not ``FILTERED``. To let records be changed it gives
    ``CHANGES`` (the permission), ``fields`` and the methods ``add_record(values)``, ``save_record(record, values)``,
    ``delete_record(record)``, which call the use cases (in a thread); each that is missing takes its key away. ``FORM``
    is the form, a ``FormScreen`` with the help and rules of these fields. ``opened`` does what Enter does: by default
    the form.
    """

    OFFERS: ClassVar[tuple[Offer, ...]] = (
        Offer("open"),
        Offer("new"),
        Offer("correct"),
        Offer("delete"),
        Offer("search", label="filtrer"),
        Offer("jump", shown=False),
    )
    COLUMNS: ClassVar[Sequence[Column]] = ()
    EMPTY: ClassVar[str] = "Rien ici pour l'instant."
    FILTERED: ClassVar[bool] = True
    NOUN: ClassVar[str] = "l'enregistrement"
    NEW_TITLE: ClassVar[str] = "Ajouter"
    CHANGES: ClassVar[Permission | None] = None
    FORM: ClassVar[type[FormScreen]] = FormScreen
    AUTO_FOCUS = "VirtualTable"

    add_record: ClassVar[Callable[..., Any] | None] = None
    save_record: ClassVar[Callable[..., Any] | None] = None
    delete_record: ClassVar[Callable[..., Any] | None] = None

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self.records: list[R] = []
        self._folded: list[str] | None = None
        self._loaded = False

    # What a subclass gives

    def load(self) -> Sequence[R]:
        """Call the use case that lists the records (in a thread)."""
        raise NotImplementedError

    def identity(self, record: R) -> Any:
        """Return what makes the record itself: its id."""
        raise NotImplementedError

    def cells(self, record: R) -> tuple[str, ...]:
        """Return the texts of the columns."""
        raise NotImplementedError

    def fields(self, record: R | None) -> Sequence[Field]:
        """Return the fields of the form, for a record or (None) for a new one."""
        del record
        return ()

    def values(self, record: R | None) -> Mapping[str, Any]:
        """Return what the form starts with; by default the record's attributes of the fields' names."""
        if record is None:
            return {}
        return {field.name: getattr(record, field.name, None) for field in self.fields(record)}

    def name_of(self, record: R) -> str:
        """Name a record in breadcrumbs and questions; by default its first cell."""
        return plain(self.cells(record)[0])

    def consequences(self, record: R) -> str:
        """Say what deleting the record takes along, for the question."""
        del record
        return ""

    def opened(self, record: R) -> None:
        """Do what Enter does."""
        if self._may_change("save_record"):
            self.edit(record)

    # The screen

    def body(self) -> ComposeResult:
        """Compose filter and list."""
        if self.FILTERED:
            with Horizontal(id="filter-line"):
                yield PlainText(" Filtre ", classes="field-label")
                yield LineInput(id="filter")
                yield PlainText("", id="count")
        yield VirtualTable(self.COLUMNS, empty="Lecture…", id="list")

    def on_mount(self) -> None:
        """Read the list."""
        self.reload()

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#list", VirtualTable)

    @property
    def record(self) -> R | None:
        """The record under the cursor."""
        row = self.table.row
        return row.record if row is not None else None

    def reload(self, select: Any = None) -> None:
        """Read the list again and stay on the record, or go to the one of identity ``select``."""
        self.call(self.load, then=lambda records: self._read(records, select), group="load")

    def _read(self, records: Sequence[R], select: Any) -> None:
        if select is None and self.record is not None:
            select = self.identity(self.record)
        self.records = list(records)
        self._folded = None
        self._loaded = True
        self.table.empty = self.EMPTY
        self._filter(select)
        self.show_keys()

    def _words(self) -> list[str]:
        return fold(self.query_one("#filter", LineInput).value).split() if self.FILTERED else []

    def matching(self) -> list[R]:
        """Return the records that the filter lets through."""
        words = self._words()
        if not words:
            return self.records
        if self._folded is None:
            self._folded = [fold(" ".join(self.cells(record))) for record in self.records]
        texts = zip(self.records, self._folded, strict=True)
        return [record for record, text in texts if all(word in text for word in words)]

    def _filter(self, select: Any = None) -> None:
        words = self._words()
        rows = [Row(0, self.identity(record), self.cells(record), record) for record in self.matching()]
        source = ListSource(rows)
        place = next((row.key for row in source.rows if row.id == select), None) if select is not None else None
        if self._loaded:
            self.table.empty = "Rien ne correspond au filtre." if words else self.EMPTY
        self.table.show(source, at=place)
        total = len(self.records)
        for count in self.query("#count").results(PlainText):
            count.show(f"{len(rows)} sur {total} " if words else f"{total} ")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self._filter()

    def on_input_submitted(self) -> None:
        """Go from the filter to the list."""
        self.set_focus(self.table)

    def on_field_left(self, event: FieldLeft) -> None:
        """↓ goes to the list."""
        if event.step > 0:
            self.set_focus(self.table)

    def on_virtual_table_left_top(self) -> None:
        """↑ on the first line goes to the filter."""
        self.action_search()

    def on_virtual_table_moved(self) -> None:
        """What can be done depends on the record."""
        self.show_keys()

    def available(self, action: str) -> bool:
        """Offer what the role may do with the record there is."""
        if action == "new":
            return self._may_change("add_record")
        if action == "correct":
            return self._may_change("save_record") and self._has_record()
        if action == "delete":
            return self._may_change("delete_record") and self._has_record()
        if action == "search":
            return self.FILTERED
        if action == "open":
            opens = type(self).opened is not RecordsScreen.opened or self._may_change("save_record")
            return opens and self._has_record()
        return True

    def _has_record(self) -> bool:
        return self.is_mounted and self.record is not None

    def _may_change(self, use_case: str) -> bool:
        given = getattr(type(self), use_case) is not None
        return given and (self.CHANGES is None or self.actor.can(self.CHANGES))

    # Actions

    def action_search(self) -> None:
        """Go to the filter."""
        if self.FILTERED:
            self.set_focus(self.query_one("#filter", LineInput))

    def action_jump(self) -> None:
        """Take the beginning of a name."""
        self.set_focus(self.table)
        self.table.start_jump()

    def action_open(self) -> None:
        """Open the record."""
        if self.record is not None:
            self.opened(self.record)

    def action_new(self) -> None:
        """Show an empty form."""
        add = type(self).add_record
        if add is None:
            return
        form = self.FORM(
            (*self.path, self.NEW_TITLE),
            self.fields(None),
            lambda values: add(self, values),
            self.values(None),
        )
        self.app.push_screen(form, self._changed)

    def action_correct(self) -> None:
        """Show the form of the record."""
        if self.record is not None:
            self.edit(self.record)

    def edit(self, record: R) -> None:
        """Show the form of a record."""
        save = type(self).save_record
        if save is None:
            return
        form = self.FORM(
            (*self.path, self.name_of(record)),
            self.fields(record),
            lambda values: save(self, record, values),
            self.values(record),
        )
        self.app.push_screen(form, self._changed)

    def action_delete(self) -> None:
        """Delete the record, after confirmation."""
        record, remove = self.record, type(self).delete_record
        if record is None or remove is None:
            return
        more = self.consequences(record)
        self.confirm(
            f"Supprimer {self.NOUN} «{self.name_of(record)}» ?" + (f" {more}" if more else ""),
            lambda: self.call(remove, self, record, then=self._deleted, failed=self._not_deleted),
            yes="Supprimer",
        )

    def _changed(self, result: Any) -> None:
        if result is None:
            self.reload()  # what was given up may have been refused because the record had changed
        else:
            self.reload(select=None if result is True else getattr(result, "id", result))
            self.tell("C'est enregistré.")

    def _not_deleted(self, error: ExamtuiError) -> None:
        self.reload()
        self.tell_error(error)

    def _deleted(self, _: Any) -> None:
        self.reload()
        self.tell("C'est supprimé.")
