"""The audit log: the entries by page, one entry with what changed, and the check of the chain."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult

from examtui.access import Actor
from examtui.administration.journal import EntryLine, Filter, list_entries, verify_log
from examtui.audit import Verification
from examtui.audit.labels import ACTION_LABELS
from examtui.clock import local
from examtui.errors import InvalidInput
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.form import FormScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable
from examtui.search.fold import fold

_COLUMNS = (
    Column("N°", 6, right=True),
    Column("Date", 16),
    Column("Compte", 10, flex=1, most=20),
    Column("Action", 24, flex=2, most=40),
    Column("Sujet", 14, flex=1, most=30),
)


class EntrySource:
    """The entries that a filter leaves, the newest first; keys are their numbers."""

    immediate = False

    def __init__(self, actor: Actor, wanted: Filter) -> None:
        self._actor = actor
        self._wanted = wanted

    def after(self, key: int | None, limit: int) -> Sequence[Row]:
        """Return the entries older than ``key``."""
        return _rows(list_entries(self._actor, self._wanted, below=key, limit=limit))

    def before(self, key: int | None, limit: int) -> Sequence[Row]:
        """Return the entries newer than ``key``; the oldest of all for None."""
        return _rows(list_entries(self._actor, self._wanted, above=key or 0, limit=limit))

    def seek(self, prefix: str, limit: int) -> Sequence[Row]:
        """Return the entries from the number typed on."""
        below = int(prefix) + 1 if prefix.isascii() and prefix.isdecimal() else None
        return _rows(list_entries(self._actor, self._wanted, below=below, limit=limit))


def _rows(entries: Sequence[EntryLine]) -> list[Row]:
    return [
        Row(
            entry.number,
            entry.number,
            (str(entry.number), f"{local(entry.at):%d/%m/%Y %H:%M}", entry.login, entry.label, entry.subject),
            entry,
        )
        for entry in entries
    ]


class JournalScreen(BaseScreen):
    """The log; Enter opens an entry."""

    OFFERS: ClassVar = (
        Offer("open", label="détail", help="Voir ce que l'entrée a changé, avant et après."),
        Offer("criteria", label="filtrer", help="Choisir le compte, l'action et les jours."),
        Offer("verify"),
        Offer("jump", label="n°", help="Aller à l'entrée dont vous tapez le numéro."),
    )
    HELP = "Qui a fait quoi, et quand. Rien n'y peut être modifié ni effacé."
    RULES: ClassVar = (
        "L'entrée la plus récente est en haut.",
        "Chaque entrée est liée à la précédente : «contrôler» relit tout le journal et montre si quelqu'un y a touché.",
        "Un import laisse une entrée pour lui-même, et une pour chaque fiche qu'il a changée.",
    )
    AUTO_FOCUS = "VirtualTable"

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self._filter = Filter()

    def body(self) -> ComposeResult:
        """Compose the list under the filter in force."""
        yield PlainText("", id="in-force")
        yield VirtualTable(_COLUMNS, empty="Lecture…", id="list")

    def on_mount(self) -> None:
        """Read the newest entries."""
        self._show()

    @property
    def table(self) -> VirtualTable:
        """The entries."""
        return self.query_one("#list", VirtualTable)

    def _show(self) -> None:
        line = self.query_one("#in-force", PlainText)
        line.show(f" Filtre : {_described(self._filter)}")
        line.display = self._filter != Filter()
        self.table.empty = "Aucune entrée ne répond à ce filtre."
        self.table.show(EntrySource(self.actor, self._filter))

    def on_virtual_table_moved(self) -> None:
        """What can be done depends on the entry."""
        self.show_keys()

    def available(self, action: str) -> bool:
        """An entry must be there to be opened."""
        return action != "open" or (self.is_mounted and self.table.row is not None)

    def action_open(self) -> None:
        """Show an entry."""
        row = self.table.row
        if row is not None:
            self.app.push_screen(EntryScreen((*self.path, f"n° {row.key}"), row.record))

    def action_jump(self) -> None:
        """Take a number."""
        self.table.start_jump()

    def action_criteria(self) -> None:
        """Ask for the filter."""
        actions = sorted(ACTION_LABELS.items(), key=lambda item: fold(item[1]))
        fields = (
            Field("login", "Compte", max_length=64, hint="vide : tous"),
            Field("action", "Action", Kind.CHOICE, choices=(("", "toutes"), *actions)),
            Field("since", "Du", Kind.DATE, past=True),
            Field("until", "Au", Kind.DATE, past=True, hint="ce jour compris"),
        )
        now = {name: getattr(self._filter, name) for name in ("login", "action", "since", "until")}
        self.app.push_screen(FormScreen((*self.path, "Filtrer"), fields, _filter_of, now), self._filtered)

    def _filtered(self, wanted: Filter | None) -> None:
        if wanted is not None:
            self._filter = wanted
            self._show()

    def action_verify(self) -> None:
        """Check the chain."""
        self.tell("Contrôle du journal…")
        self.call(verify_log, self.actor, then=self._verified, group="verify")

    def _verified(self, found: Verification) -> None:
        if found.sound:
            plural = "s" if found.entries > 1 else ""
            self.tell(f"Le journal est intact : {found.entries} entrée{plural} relue{plural}.")
        else:
            more = f" ({len(found.faults)} anomalies ; «examtui audit verify» les liste)" if found.faults[1:] else ""
            self.tell_error(f"{found.faults[0]}{more}")


class EntryScreen(BaseScreen):
    """One entry of the log: who, when, what, before and after."""

    HELP = "Ce qu'une entrée du journal a changé."
    AUTO_FOCUS = "VirtualTable"

    def __init__(self, path: tuple[str, ...], entry: EntryLine) -> None:
        super().__init__(path)
        self._entry = entry

    def body(self) -> ComposeResult:
        """Compose the facts and the changes."""
        entry = self._entry
        yield PlainText(f" {entry.label}{f' · {entry.subject}' if entry.subject else ''}")
        yield PlainText(f" {local(entry.at):%d/%m/%Y %H:%M:%S} · {entry.login}\n")
        yield VirtualTable(
            (Column("Champ", 20, flex=1, most=30), Column("Changement", 40, flex=4)), empty="Aucun détail.", id="list"
        )

    def on_mount(self) -> None:
        """Show the changes."""
        rows = [Row(place, place, change) for place, change in enumerate(self._entry.changes())]
        self.query_one("#list", VirtualTable).show(ListSource(rows))


def _filter_of(values: dict[str, Any]) -> Filter:
    since, until = values["since"], values["until"]
    if since is not None and until is not None and until < since:
        raise InvalidInput("Cette date est avant la première.", "until")
    return Filter(values["login"], values["action"], since=since, until=until)


def _described(wanted: Filter) -> str:
    parts = [
        f"compte {wanted.login}" if wanted.login else "",
        f"action «{ACTION_LABELS.get(wanted.action, wanted.action)}»" if wanted.action else "",
        _day("du", wanted.since),
        _day("au", wanted.until),
    ]
    return ", ".join(part for part in parts if part)


def _day(word: str, day: date | None) -> str:
    return f"{word} {day:%d/%m/%Y}" if day is not None else ""
