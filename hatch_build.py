"""Refuses to build where the package's links were turned into text files, as a ZIP download does."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        for name in ("screens", "templates"):
            inside = root / "examtui" / name
            if not inside.is_dir():
                message = (
                    f"examtui/{name} doit être un lien vers ../{name} : "
                    "récupérez le projet avec «git clone», pas en téléchargeant une archive ZIP."
                )
                raise RuntimeError(message)
