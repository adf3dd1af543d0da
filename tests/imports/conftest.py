from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.factory import Factory

from examtui.access import Actor
from examtui.enrolment import imports
from examtui.enrolment.imports import FullReport
from examtui.home import Home
from examtui.imports.engine import Preview
from examtui.imports.problems import Problem, Severity
from examtui.model import School


class School1:
    """A school, its user, and its files of pupils."""

    def __init__(self, make: Factory, folder: Path) -> None:
        self.school: School = make.school(uai="0310038Y")
        self.actor: Actor = make.actor("school", school=self.school)
        self._folder = folder

    def path(self, content: str | bytes, name: str = "eleves.xml") -> Path:
        path = self._folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def preview(self, content: str | bytes) -> Preview:
        return imports.preview(self.actor, imports.read_file(self.actor, self.path(content), "students"))

    def apply(self, content: str | bytes) -> FullReport:
        return imports.apply(self.actor, imports.read_file(self.actor, self.path(content), "students"))

    def problems(self, content: str | bytes, severity: Severity = Severity.ERROR) -> list[Problem]:
        return [problem for problem in self.preview(content).problems if problem.severity is severity]

    def told(self, content: str | bytes, severity: Severity = Severity.ERROR) -> list[tuple[Any, str, str]]:
        return [(problem.line, problem.field, problem.reason) for problem in self.problems(content, severity)]


@pytest.fixture
def own(home: Home, make: Factory, tmp_path: Path) -> School1:
    """The school «0310038Y» on SQLite."""
    return School1(make, tmp_path)


@pytest.fixture
def any_own(any_home: Home, make: Factory, tmp_path: Path) -> School1:
    """The school «0310038Y» on SQLite, and on PostgreSQL."""
    return School1(make, tmp_path)


@pytest.fixture
def in_file(tmp_path: Path) -> Callable[[bytes | str, str], Path]:
    """Write a file."""

    def write(content: bytes | str, name: str = "fichier") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
