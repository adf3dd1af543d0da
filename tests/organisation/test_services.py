from datetime import datetime

import pytest
from support.factory import Factory
from support.world import World

from examtui import clock
from examtui.administration.journal import Filter, list_entries
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound
from examtui.model import AuditEntry, ServiceOpening, ServiceWindow
from examtui.organisation import services, windows

OPENS, CLOSES = datetime(2019, 7, 1, 8), datetime(2019, 7, 14, 18)


def test_a_service_opens_to_schools_and_closes_to_others_at_once(both: World) -> None:
    mine, others = both.school.id, [both.neighbour.id, both.elsewhere.id]
    assert services.change_service(both.admin, "convocation", opened=[mine]) == (1, 0)
    (own,) = services.list_services(both.staff)
    assert own.services == {"convocation"}
    assert services.change_service(both.admin, "convocation", opened=[*others, mine], closed=[]) == (2, 0)
    assert services.change_service(both.admin, "signature", opened=[mine]) == (1, 0)
    assert services.change_service(both.admin, "signature", opened=others, closed=[mine, mine]) == (2, 1)
    states = {view.school_id: set(view.services) for view in services.list_services(both.admin)}
    assert states == {mine: {"convocation"}, **{school: {"convocation", "signature"} for school in others}}
    entry = list_entries(both.admin, Filter(subject_type="school", subject_id=mine))[0]
    assert sorted(entry.changes()) == [("ouvert", "oui → non"), ("service", "signature")]
    assert AuditEntry.select().count() == 7


def test_only_the_administrator_opens_services(world: World) -> None:
    for actor in (world.staff, world.manager):
        with pytest.raises(Forbidden, match="Administrateur"):
            services.change_service(actor, "convocation", opened=[world.school.id])
    with pytest.raises(InvalidInput, match="«convocation», «signature»"):
        services.change_service(world.admin, "cantine")
    with pytest.raises(NotFound):
        services.change_service(world.admin, "convocation", opened=[world.school.id], closed=[9999])
    assert ServiceOpening.select().count() == 0


def test_a_window_is_told_in_the_words_of_the_memo(both: World, make: Factory) -> None:
    session = make.session()
    made = windows.create_window(both.manager, "extraction", both.academy.id, session.id, OPENS, CLOSES)
    assert made.sentence == "Service extraction des notes établissement ouvert du 01/07/2019 08:00 au 14/07/2019 18:00."
    assert (made.opens, made.closes) == (OPENS, CLOSES)
    assert ServiceWindow.get_by_id(made.id).opens_at == datetime(2019, 7, 1, 6)
    assert windows.list_windows(both.staff)[0].session_title == session.title
    assert windows.list_windows(both.other_manager) == []


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2019, 7, 1, 7, 59, 59), False),
        (datetime(2019, 7, 1, 8), True),
        (datetime(2019, 7, 14, 17, 59, 59), True),
        (datetime(2019, 7, 14, 18), False),
    ],
)
def test_open_from_the_first_moment_to_the_last(world: World, make: Factory, moment: datetime, expected: bool) -> None:
    windows.create_window(world.manager, "publication", world.academy.id, make.session().id, OPENS, CLOSES)
    with clock.frozen(moment.replace(tzinfo=clock.PARIS)):
        assert windows.list_windows(world.staff)[0].is_open is expected


def test_winter_and_summer_hours_come_back_as_typed(world: World, make: Factory) -> None:
    opens, closes = datetime(2021, 1, 10, 8, 30), datetime(2021, 6, 10, 18, 15)
    made = windows.create_window(world.manager, "extraction", world.academy.id, make.session().id, opens, closes)
    assert (made.opens, made.closes) == (opens, closes)


def test_wrong_windows(world: World, make: Factory) -> None:
    session = make.session()
    create = (world.manager, "extraction", world.academy.id, session.id)
    for opens, closes, field in (
        (CLOSES, OPENS, "closes_at"),
        (OPENS, OPENS, "closes_at"),
        (datetime(19, 7, 1), CLOSES, "opens_at"),
    ):
        with pytest.raises(InvalidInput) as caught:
            windows.create_window(*create, opens, closes)
        assert caught.value.field == field
    windows.create_window(*create, OPENS, CLOSES)
    with pytest.raises(InvalidInput, match="corrigez-les"):
        windows.create_window(*create, OPENS, CLOSES)
    with pytest.raises(InvalidInput):
        windows.create_window(world.manager, "cantine", world.academy.id, session.id, OPENS, CLOSES)
    with pytest.raises(NotFound):
        windows.create_window(world.other_manager, "publication", world.academy.id, session.id, OPENS, CLOSES)
    with pytest.raises(NotFound):
        windows.create_window(world.manager, "publication", world.academy.id, 999, OPENS, CLOSES)
    for actor in (world.staff, world.admin):
        with pytest.raises(Forbidden):
            windows.create_window(actor, "publication", world.academy.id, session.id, OPENS, CLOSES)


def test_correcting_and_closing_a_window(both: World, make: Factory) -> None:
    made = windows.create_window(both.manager, "extraction", both.academy.id, make.session().id, OPENS, CLOSES)
    later = windows.correct_window(both.manager, made.id, made.revision, OPENS, datetime(2019, 7, 20, 18))
    with pytest.raises(Conflict):
        windows.correct_window(both.manager, made.id, made.revision, OPENS, CLOSES)
    with pytest.raises(NotFound):
        windows.delete_window(both.other_manager, made.id, later.revision)
    windows.delete_window(both.manager, made.id, later.revision)
    assert windows.list_windows(both.manager) == []
