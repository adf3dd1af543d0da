"""Choosing a file to import: its path is typed, and what begins so in the folder is listed below."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from examtui.access import Actor
from examtui.access.folders import first_folder, within
from examtui.clock import local
from examtui.enrolment import imports
from examtui.errors import ExamtuiError, Forbidden, InvalidInput, Unavailable
from examtui.files import reason
from examtui.imports.engine import Preview, Progress, ReadFile
from examtui.imports.problems import Problem
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.imports.lines import Line, LinesScreen, change_line, problem_line
from examtui.screens.widgets.dialogs import ChoiceDialog
from examtui.screens.widgets.fields import FieldLeft, LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable

_MOST_ENTRIES = 5000
_TELL_EVERY = 0.3


def list_folder(actor: Actor, folder: Path, beginning: str) -> list[tuple[str, bool, int, float]]:
    """Return what is in ``folder`` and begins so: name, whether a folder, size in bytes, when changed; folders first.

    Raises:
        Forbidden: the folder is not the actor's to read.
        Unavailable: it cannot be read.
    """
    wanted = beginning.casefold()
    found = []
    try:
        folder = within(actor, folder)
        for entry in folder.iterdir():
            hidden = entry.name.startswith(".") and not beginning.startswith(".")
            if hidden or not entry.name.casefold().startswith(wanted):
                continue
            try:
                about = entry.stat()
            except OSError:
                continue
            found.append((entry.name, entry.is_dir(), about.st_size, about.st_mtime))
            if len(found) >= _MOST_ENTRIES:
                break
    except (OSError, ValueError) as error:
        told = reason(error) if isinstance(error, OSError) else "le nom n'est pas valable"
        raise Unavailable(f"Le dossier «{folder}» ne peut pas être lu : {told}.") from error
    return sorted(found, key=lambda entry: (not entry[1], entry[0].casefold()))


def whole_path(typed: str) -> str:
    """Return the path that is meant where one was typed behind another: ``/home/x//tmp/f`` means ``/tmp/f``."""
    start = max(typed.rfind("//"), typed.rfind("/~")) + 1
    return typed[start:] if start else typed


class FileScreen(BaseScreen):
    """A path and the files that begin so. Ends with the ``FullReport`` of the import, or None."""

    OFFERS: ClassVar = (Offer("open", label="choisir", help="Entrer dans le dossier, ou choisir le fichier."),)
    HELP = (
        "Tapez le chemin du fichier, ou choisissez-le dans la liste. Il est reconnu à son contenu : base élèves "
        "(SIECLE, XML ou ZIP), élèves en CSV, liste de Cyclades, HORS BEE, et nos tableaux."
    )
    RULES: ClassVar = (
        "Entrée dans le champ complète le nom quand un seul fichier commence ainsi.",
        "Choisir un fichier ne change rien : il est contrôlé, puis l'aperçu s'affiche.",
        "Le modèle de chaque tableau s'obtient par «examtui import template».",
    )
    AUTO_FOCUS = "#path"

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self._file: ReadFile | None = None
        self._told_at = 0.0

    def body(self) -> ComposeResult:
        """Compose path and list."""
        with Horizontal(id="filter-line"):
            yield PlainText(" Fichier ", classes="field-label")
            yield LineInput(id="path", max_length=4000)
        columns = (Column("Nom", 30, flex=1), Column("Taille", 10, right=True), Column("Modifié le", 16, rank=1))
        yield VirtualTable(columns, empty="Rien ne commence ainsi.", id="list")

    def on_mount(self) -> None:
        """Begin in the folder where the person's files are."""
        super().on_mount()
        self.call(first_folder, self.actor, then=self._enter)

    @property
    def _typed(self) -> LineInput:
        return self.query_one("#path", LineInput)

    @property
    def _table(self) -> VirtualTable:
        return self.query_one("#list", VirtualTable)

    def _parts(self) -> tuple[Path, str]:
        head, _, tail = self._typed.value.rpartition("/")
        return Path(f"{head}/" if head else ("/" if self._typed.value.startswith("/") else ".")).expanduser(), tail

    def _list(self) -> None:
        self.call(list_folder, self.actor, *self._parts(), then=self._show, failed=self._unreadable, group="list")

    def _show(self, entries: list[tuple[str, bool, int, float]]) -> None:
        rows = [
            Row(
                number,
                number,
                (f"{name}/" if folder else name, "" if folder else _size(size), f"{_moment(changed):%d/%m/%Y %H:%M}"),
                (name, folder),
            )
            for number, (name, folder, size, changed) in enumerate(entries)
        ]
        self._table.show(ListSource(rows))

    def _unreadable(self, error: ExamtuiError) -> None:
        self._table.show(ListSource([]))
        self.tell_error(error)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List again while typing; a whole path typed after the folder that stands there takes its place."""
        event.stop()
        whole = whole_path(self._typed.value)
        if whole != self._typed.value:
            self._typed.value = whole
            self._typed.cursor_position = len(whole)
            return
        self._list()

    def on_input_submitted(self) -> None:
        """Choose what is typed, or the only one that begins so."""
        path = Path(self._typed.value.strip()).expanduser()
        try:
            path = within(self.actor, path)
            is_file, is_folder = path.is_file(), path.is_dir()
        except Forbidden as error:
            self.tell_error(error)
            return
        except (OSError, ValueError):
            is_file = is_folder = False
        if is_file:
            self._choose(path)
        elif is_folder:
            self._enter(path)
        elif self._table.row is not None:
            self.action_open()
        else:
            self.tell_error(f"Le fichier «{path}» n'existe pas : vérifiez le nom et le dossier.")

    def on_field_left(self, event: FieldLeft) -> None:
        """↓ goes to the list."""
        if event.step > 0:
            self.set_focus(self._table)

    def on_virtual_table_left_top(self) -> None:
        """↑ on the first line goes to the path."""
        self.set_focus(self._typed)

    def action_open(self) -> None:
        """Enter the folder, or choose the file."""
        row = self._table.row
        if row is None:
            return
        name, is_folder = row.record
        path = self._parts()[0] / name
        if is_folder:
            self._enter(path)
        else:
            self._choose(path)

    def _enter(self, folder: Path) -> None:
        self._typed.value = f"{folder}/".replace("//", "/")
        self._typed.cursor_position = len(self._typed.value)
        self.set_focus(self._typed)

    def _progress(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY:
            self._told_at = now
            share = f" {min(99, 100 * done // total)} %" if total else ""
            self.app.call_from_thread(self.tell, f"{stage}…{share}")

    def _choose(self, path: Path) -> None:
        self.tell("Lecture du fichier…")
        self.call(_read_file, self.actor, path, self._progress, then=self._read, group="read")

    def _read(self, file: ReadFile) -> None:
        self._file = file
        self._preview(None)

    def _preview(self, uai: str | None) -> None:
        def failed(error: ExamtuiError) -> None:
            if isinstance(error, InvalidInput) and error.field == "school" and uai is None:
                self.call(imports.schools_to_import_for, self.actor, then=self._ask_school)
            else:
                self.tell_error(error)

        self.call(
            imports.preview,
            self.actor,
            self._file,
            uai,
            self._progress,
            then=lambda shown: self._show_preview(shown, uai),
            failed=failed,
            group="read",
        )

    def _ask_school(self, schools: Sequence[tuple[str, str]]) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                self._preview(schools[place][0])

        self.app.push_screen(ChoiceDialog("Élèves de quel établissement ?", [name for _, name in schools]), chosen)

    def _show_preview(self, shown: Preview, uai: str | None) -> None:
        self.tell("")
        if self._file is not None:
            self.app.push_screen(PreviewScreen((*self.path, "Aperçu"), self._file, shown, uai), self._previewed)

    def _previewed(self, full: Any) -> None:
        if full is not None:
            self.dismiss(full)


class PreviewScreen(LinesScreen):
    """What the file would do, or all that is wrong with it; Ctrl+S imports. Ends with the ``FullReport``."""

    OFFERS: ClassVar = (Offer("save", label="importer", help="Importer le fichier, tel que l'aperçu le montre."),)
    HELP = "Ce que le fichier changerait. Rien n'est encore écrit : Ctrl+S importe, Esc revient sans rien changer."
    RULES: ClassVar = (
        "S'il y a une erreur, rien ne peut être importé : corrigez le fichier, puis choisissez-le de nouveau.",
        "La liste montre d'abord les messages, puis qui sort, ce qui change et ce qui est nouveau (les 200 premiers).",
    )

    def __init__(self, path: tuple[str, ...], file: ReadFile, shown: Preview, uai: str | None) -> None:
        super().__init__(path)
        self._file = file
        self._shown = shown
        self._uai = uai
        self._importing = False

    def head(self) -> list[str]:
        """File, school, counts, and what to do."""
        shown = self._shown
        if shown.errors:
            told = "une erreur" if shown.errors == 1 else f"{shown.errors} erreurs"
            result = f"{told} : rien ne peut être importé. Corrigez le fichier, puis choisissez-le de nouveau."
        elif shown.can_apply:
            result = f"{shown.counts.sentence}. Ctrl+S importe."
        else:
            result = f"{shown.counts.sentence}. La base est déjà à jour : il n'y a rien à importer."
        return [f"{shown.file_name} ({shown.title.removeprefix('des ')})", shown.school, result]

    def lines(self) -> list[Line]:
        """Errors, warnings, what is passed over, then the changes."""
        told = [problem_line(problem) for problem in self._shown.problems]
        return told + [change_line(change) for change in self._shown.changes]

    def problems(self) -> Sequence[Problem]:
        """What reading had to say."""
        return self._shown.problems

    def available(self, action: str) -> bool:
        """Importing needs something to do and no error."""
        return self._shown.can_apply if action == "save" else super().available(action)

    def action_save(self) -> None:
        """Import; ask first where pupils would leave."""
        if self._importing:
            return
        gone = self._shown.counts.gone
        if gone:
            told = "Un élève sera noté sorti" if gone == 1 else f"{gone} élèves seront notés sortis"
            self.confirm(f"{told} de l'établissement. Importer ?", self._import, yes="Importer")
        else:
            self._import()

    def _import(self) -> None:
        self._importing = True
        self.tell("Enregistrement…")
        self.call(
            imports.apply,
            self.actor,
            self._file,
            self._uai,
            self._shown.digest,
            then=self.dismiss,
            failed=self._refused,
        )

    def _refused(self, error: ExamtuiError) -> None:
        self._importing = False
        self.tell_error(error)

    def action_back(self) -> None:
        """Go back, unless the import is being written."""
        if self._importing:
            self.tell("L'import est en cours d'enregistrement.")
        else:
            self.dismiss(None)


def _read_file(actor: Actor, path: Path, progress: Progress) -> ReadFile:
    return imports.read_file(actor, within(actor, path), None, progress)


def _size(size: int) -> str:
    for unit in ("o", "Kio", "Mio"):
        if size < 1024:
            return f"{size} {unit}"
        size //= 1024
    return f"{size} Gio"


def _moment(changed: float) -> Any:
    from datetime import UTC, datetime

    return local(datetime.fromtimestamp(changed, UTC).replace(tzinfo=None))
