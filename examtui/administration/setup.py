"""A new installation: its home, its academy, its first school and its first administrator, all or nothing."""

from dataclasses import dataclass
from pathlib import Path

from examtui import inputs
from examtui.access.login import system_login
from examtui.administration.places import academy_code
from examtui.audit import record
from examtui.clock import utc_now
from examtui.errors import InvalidInput
from examtui.home import Home, new_home
from examtui.identifiers import tidy, uai_fault
from examtui.model import Academy, Grant, School, User
from examtui.model.base import database
from examtui.model.identity import Role
from examtui.rules.academies import ACADEMIES


@dataclass(frozen=True)
class Setup:
    """What the installer answers: academy by code or name, school by UAI and name, and who she is.

    Without ``small`` the installer is administrator only, who changes no exam data. A small installation has nobody
    else yet: she is manager of the academy and head of the school too.
    """

    academy: str
    uai: str
    school_name: str
    name: str = ""
    email: str = ""
    small: bool = True
    database_url: str | None = None


def checked(setup: Setup) -> Setup:
    """Return ``setup`` with each value as it is kept; ``academy`` becomes the code.

    Raises:
        InvalidInput: a value is wrong; its ``field`` is that of ``Setup``.
    """
    uai = tidy(setup.uai)
    fault = uai_fault(uai)
    if fault is not None:
        raise InvalidInput(fault.sentence[:1].upper() + fault.sentence[1:], "uai")
    return Setup(
        academy_code(setup.academy),
        uai,
        inputs.required(setup.school_name, "school_name", "le nom de l'établissement"),
        inputs.text(setup.name, "name", "le nom"),
        inputs.email(setup.email, "email"),
        setup.small,
        setup.database_url,
    )


def initialise(path: Path, setup: Setup) -> Home:
    """Make the home at ``path`` and put into it what ``setup`` says; if anything fails, nothing stays.

    The system's login becomes administrator: it is the account that owns the data.

    Raises:
        InvalidInput: a value is wrong.
        HomeError: the folder or the database holds something already, or cannot be made.
        SettingsError: the database's URL is wrong.
    """
    values = checked(setup)
    login = system_login()
    with new_home(path, values.database_url) as home, database.atomic():
        academy = Academy.create(code=values.academy, name=ACADEMIES[values.academy])
        school = School.create(uai=values.uai, name=values.school_name, academy=academy)
        user = User.create(login=login, name=values.name, email=values.email, created_at=utc_now())
        roles = [Role.ADMIN.value]
        Grant.create(user=user, role=Role.ADMIN.value)
        if values.small:
            Grant.create(user=user, role=Role.MANAGER.value, academy=academy)
            Grant.create(user=user, role=Role.HEAD.value, school=school)
            roles += [Role.MANAGER.value, Role.HEAD.value]
        record(
            login,
            "setup.init",
            "user",
            user.id,
            after={"academy": values.academy, "school": values.uai, "login": login, "roles": roles},
        )
        return home
