"""The accounts of the demonstration, one of each role, and what the academy has opened to its schools."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from examtui.clock import PARIS, local, utc_now
from examtui.database.bulk import insert_rows
from examtui.demo.exams import Programme
from examtui.demo.places import ACADEMIES, SchoolPlan
from examtui.model import Delegation, Grant, SavedSelection, ServiceWindow, User
from examtui.model.identity import Role
from examtui.model.places import WindowKind
from examtui.selection.parser import parse
from examtui.selection.printer import to_text

MAIL_DOMAIN = "academie.example.org"
_OPEN_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Account:
    """An account that one can look around with; ``place`` is the number of a school or of an academy, from 1."""

    login: str
    name: str
    role: Role
    place: int | None


ACCOUNTS: tuple[Account, ...] = (
    Account("secretariat", "Maryvonne Le Gall", Role.SCHOOL, 1),
    Account("proviseure", "Hélène d'Estienne", Role.HEAD, 1),
    Account("gestionnaire", "Stéphane Vandenbroucke", Role.MANAGER, 1),
    Account("coordinatrice", "Aïcha Benyahia", Role.COORDINATOR, 1),
    Account("administratrice", "Małgorzata Wiśniewski", Role.ADMIN, None),
    Account("secretariat-college", "Jean-Noël Çelik", Role.SCHOOL, 2),
    Account("gestionnaire-rennes", "Gwenaëlle Trần", Role.MANAGER, 2),
)
SELECTIONS: tuple[tuple[str, str, str, bool], ...] = (
    ("secretariat", "C001C sans salle", "épreuve:C001C et salle:aucune", True),
    ("secretariat", "TG1 hors liste rouge", "classe:TG1 et non liste_rouge", False),
    ("gestionnaire", "Philosophie, groupe 470 - JURY 01", 'épreuve:PHI1 et groupe:"470 - JURY 01"', True),
)
"""Saved selections: whose, name, criteria in their text form, and whether they are shared."""

_OF_A_SCHOOL = (Role.SCHOOL, Role.HEAD)


def make_staff() -> None:
    """Write the accounts with their grants and their saved selections."""
    now = utc_now()
    for account in ACCOUNTS:
        user = User.create(
            login=account.login, name=account.name, email=f"{account.login}@{MAIL_DOMAIN}", created_at=now
        )
        in_school = account.role in _OF_A_SCHOOL
        Grant.create(
            user=user,
            role=account.role.value,
            school=account.place if in_school else None,
            academy=None if in_school else account.place,
        )
    for login, name, criteria, shared in SELECTIONS:
        owner = User.get(User.login == login)
        SavedSelection.create(owner=owner, name=name, criteria=to_text(parse(criteria)), shared=shared, updated_at=now)


def make_openings(schools: list[SchoolPlan], programmes: dict[tuple[str, str], Programme]) -> None:
    """Write the delegations to centres that are not autonomous, and the windows of the services of results.

    The baccalauréat général is delegated and the first year's épreuves are not, so that both can be seen. Results of
    the CFG can be extracted now; the other windows stand where seed 001, section 4, has them.
    """
    delegations = [
        (school.exam_centre, number)
        for school in schools
        if not school.is_autonomous
        for number, plan in programmes[("CFG", "CFG") if school.kind == "CLG" else ("470", "BCG")].epreuves
        if plan.organisable
    ]
    insert_rows(Delegation, ["centre_id", "epreuve_id"], delegations)
    sessions = {programme.session: exam for (exam, _), programme in programmes.items()}
    windows = [
        (kind.value, academy, session, *_window(exam))
        for academy in range(1, len(ACADEMIES) + 1)
        for session, exam in sessions.items()
        for kind in WindowKind
    ]
    insert_rows(ServiceWindow, ["kind", "academy_id", "exam_session_id", "opens_at", "closes_at"], windows)


def _window(exam: str) -> tuple[datetime, datetime]:
    if exam == "CFG":
        today = local(utc_now()).date()
        return _moment(today - _OPEN_FOR, 8), _moment(today + _OPEN_FOR, 18)
    summer = date(2021, 7, 1)
    return _moment(summer, 8), _moment(summer + timedelta(days=13), 18)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), PARIS).astimezone(UTC).replace(tzinfo=None)
