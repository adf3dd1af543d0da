"""The form that every export ends in: the name of a CSV file in the person's own folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from examtui.screens.form import FormScreen
from examtui.screens.widgets.fields import Field, Kind


class ExportForm(FormScreen):
    """Name and «remplacer». ``submit`` takes ``name`` and ``overwrite`` and returns the sentence that tells it is done.

    ``what`` begins the introduction («Les messages»), ``folder`` is where the file will be.
    """

    def __init__(
        self, path: tuple[str, ...], submit: Callable[[dict[str, Any]], str], name: str, what: str, folder: Path
    ) -> None:
        super().__init__(
            (*path, "Exporter"),
            (
                Field("name", "Nom du fichier", required=True),
                Field("overwrite", "Remplacer s'il existe", Kind.YES_NO),
            ),
            submit,
            {"name": name},
            intro=f"{what} iront dans un fichier CSV du dossier «{folder}».",
        )
