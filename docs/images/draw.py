"""Draws the pictures of the README from the program itself, over a demonstration made in a temporary folder.

Run it from the root of the project when the home screen changes: ``python docs/images/draw.py``.
"""

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from examtui import home
from examtui.access.actor import actor_for
from examtui.clock import frozen
from examtui.demo.home import prepare
from examtui.screens.app import ExamtuiApp

FOLDER = Path(__file__).parent
SIZE = (80, 24)
DAY = datetime(2021, 1, 20, 9, 0, tzinfo=UTC)


async def draw(login: str, keys: list[str], name: str) -> None:
    """Open the program as ``login``, press ``keys``, and write what it shows to ``name``."""
    with home.connected():
        actor = actor_for(login)
    app = ExamtuiApp(actor)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        for key in keys:
            await pilot.press(key)
        await pilot.pause(1)
        (FOLDER / name).write_text(portable(app.export_screenshot(title="examtui")), "utf-8")


def portable(picture: str) -> str:
    """Leave out the fonts that the picture would fetch from elsewhere, and keep its blanks in every viewer."""
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return picture.replace("<svg ", '<svg xml:space="preserve" ', 1)


def main() -> None:
    """Draw them all."""
    with tempfile.TemporaryDirectory() as folder, frozen(DAY):
        prepare(Path(folder) / "demo")
        asyncio.run(draw("gestionnaire", [], "accueil.svg"))
        asyncio.run(draw("gestionnaire", ["slash", *"mar", "space", *"lou"], "candidats.svg"))


if __name__ == "__main__":
    main()
