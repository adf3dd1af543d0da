"""Running an importer on a text made in the test: read, preview, apply."""

from pathlib import Path

from examtui.access import Actor
from examtui.imports import engine
from examtui.imports.engine import Preview
from examtui.imports.kinds import importer_for
from examtui.imports.problems import Severity
from examtui.imports.recognise import recognise
from examtui.imports.source import Source, read_source
from examtui.model import ImportReport
from examtui.model.base import database


class Files:
    """Writes files in a folder and imports them as an actor."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def source(self, text: str | bytes, name: str = "fichier.csv") -> Source:
        """A file with this content (a text is written in UTF-8)."""
        path = self._folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_source(path)

    def preview(self, actor: Actor, kind: str, text: str | bytes) -> Preview:
        """What importing would do."""
        importer = importer_for(kind)
        file = engine.read(importer, self.source(text))
        return engine.preview(file, engine.context_for(actor, importer, None, engine.no_progress))

    def apply(self, actor: Actor, kind: str, text: str | bytes) -> ImportReport:
        """Import it, as it was previewed."""
        importer = importer_for(kind)
        file = engine.read(importer, self.source(text))
        context = engine.context_for(actor, importer, None, engine.no_progress)
        confirmed = engine.preview(file, context).digest or None
        with database.atomic():
            return engine.apply(file, context, "imports.test", confirmed)

    def errors(self, actor: Actor, kind: str, text: str | bytes) -> list[str]:
        """The sentences of the errors."""
        return self._told(actor, kind, text, Severity.ERROR)

    def warnings(self, actor: Actor, kind: str, text: str | bytes) -> list[str]:
        """The sentences of the warnings."""
        return self._told(actor, kind, text, Severity.WARNING)

    def recognised(self, text: str | bytes) -> str:
        """The kind that the content is recognised as."""
        return recognise(self.source(text)).kind

    def _told(self, actor: Actor, kind: str, text: str | bytes, severity: Severity) -> list[str]:
        problems = self.preview(actor, kind, text).problems
        return [problem.sentence for problem in problems if problem.severity is severity]
