"""Screens of places: schools, centres, delegations, rooms, commissions, services, windows."""

import pytest
from support.screens import opened, press, shown, text

from examtui.model import Centre, Commission, Delegation, Room, School, ServiceOpening, ServiceWindow
from examtui.model.exams import Nature
from examtui.model.places import CentreFunction
from examtui.screens.organisation.rooms import RoomsScreen

HOSTILE = "[bold]O'Connor--[/]\x1b[2J\u202eNULL\x00"
SIZES = [(80, 24), (120, 40)]
PLACES = ["schools", "centres", "rooms", "commissions", "windows"]


@pytest.fixture
def school(home, make) -> School:
    return make.school("LPO BELLEVUE TOULOUSE", "0310038Y", address="1 rue A\nBP 3", postcode="31000", town="TOULOUSE")


@pytest.mark.parametrize("size", SIZES)
async def test_a_school_is_added_and_its_errors_stand_at_their_fields(open_app, school, size):
    async with open_app("manager", size) as pilot:
        seen = await opened(pilot, "schools")
        assert "0310038Y" in seen
        await press(pilot, "n", *"0310039X", "down", *"LYCEE", *["down"] * 4, *"3100", "ctrl+s")
        assert "!" in next(line for line in shown(pilot) if line.startswith(" UAI"))
        keys = ["ctrl+u", *"0310039Z", "down", "down", *"2 rue B", "ctrl+s"]
        seen = await press(pilot, *keys)
        assert "cinq chiffres" in seen
        await press(pilot, *"0", "ctrl+s")
        assert pilot.app.screen.message == "C'est enregistré."
    made = School.get(School.name == "LYCEE")
    assert (made.uai, made.address, made.postcode) == ("0310039Z", "2 rue B", "31000")


async def test_correcting_a_school_keeps_the_lines_of_its_address(open_app, school):
    async with open_app("manager") as pilot:
        await opened(pilot, "schools")
        seen = await press(pilot, "m")
        assert "BP 3" in seen
        await press(pilot, "down", "end", *" 4", "ctrl+s")
    saved = School.get_by_id(school.id)
    assert (saved.name, saved.address) == ("LPO BELLEVUE TOULOUSE 4", "1 rue A\nBP 3")


@pytest.mark.parametrize("size", SIZES)
async def test_a_school_shows_what_there_is_in_it(open_app, make, school, size):
    make.centre(school, autonomous=True)
    make.room(school, "205", 30, accessible=True)
    make.room(school, "206", 20)
    make.commission(school, "3GHG")
    async with open_app("manager", size) as pilot:
        await opened(pilot, "schools")
        seen = await press(pilot, "enter")
        for part in ("31000 TOULOUSE", "épreuves (gestion autonome)", "2, 50 places, 1 accessible", "1 : 3GHG"):
            assert part in seen
        await press(pilot, "down", "down", "enter")
        assert shown(pilot)[0].endswith("> LPO BELLEVUE TOULOUSE (0310038Y) > Salles")
        await press(pilot, "n", *"Gymnase", "down", *"90", "ctrl+s")
        seen = await press(pilot, "escape")
        assert "3, 140 places" in seen


async def test_a_school_in_use_is_not_deleted(open_app, make, school):
    make.room(school)
    async with open_app("manager") as pilot:
        await opened(pilot, "schools")
        seen = await press(pilot, "s")
        assert "Supprimer l'établissement «LPO BELLEVUE TOULOUSE (0310038Y)» ?" in seen
        seen = await press(pilot, "right", "enter")
        assert "1 salle" in seen
    assert School.select().count() == 1


@pytest.mark.parametrize("size", SIZES)
async def test_a_school_user_opens_its_rooms_at_once(open_app, school, size):
    async with open_app("school", size) as pilot:
        seen = await opened(pilot, "rooms")
        assert shown(pilot)[0] == " Organisation > Salles > LPO BELLEVUE TOULOUSE (0310038Y)"
        assert "Aucune salle dans cet établissement." in seen
        await press(pilot, "n", *"205", "down", *"0", "ctrl+s")
        assert "capacité" in next(line for line in shown(pilot) if line.startswith(" Capacité *")).lower()
        await press(pilot, "ctrl+u", *"30", "down", "space", "ctrl+s")
        seen = await press(pilot, "n", *"205", "down", *"30", "ctrl+s")
        assert "existe déjà" in seen
        await press(pilot, "escape", "right", "enter")
        await press(pilot, "enter", "down", "ctrl+u", *"35", "ctrl+s")
        room = Room.get()
        assert (room.name, room.capacity, room.accessible) == ("205", 35, True)
        seen = await press(pilot, "s", "right", "enter")
        assert "C'est supprimé." in seen
        await press(pilot, "escape")
        assert shown(pilot)[0].startswith(" Accueil")
    assert not Room.select().exists()


async def test_a_room_changed_meanwhile_is_read_again(open_app, make, school):
    room = make.room(school)
    async with open_app("school") as pilot:
        await opened(pilot, "rooms")
        Room.update(revision=2, capacity=12).where(Room.id == room.id).execute()
        seen = await press(pilot, "s", "right", "enter")
        assert "Quelqu'un d'autre" in seen
        assert "12" in next(line for line in shown(pilot) if "205" in line)
        seen = await press(pilot, "s", "right", "enter")
        assert "C'est supprimé." in seen


async def test_a_manager_chooses_the_school_first(open_app, make, school):
    make.school("LYCEE ZOLA")
    make.room(school)
    async with open_app("manager") as pilot:
        await opened(pilot, "rooms")
        assert {line.split()[-1] for line in shown(pilot)[4:6]} == {"1", "aucune"}
        seen = await press(pilot, "slash", *"belle", "down", "enter")
        assert isinstance(pilot.app.screen, RoomsScreen)
        assert "205" in seen
        await press(pilot, "escape")
        assert shown(pilot)[0] == " Organisation > Salles"


async def test_commissions_are_kept(open_app, school):
    async with open_app("school") as pilot:
        await opened(pilot, "commissions")
        await press(pilot, "n", *"3GHG", "ctrl+s")
        await press(pilot, "enter", "ctrl+u", *"3GHH", "ctrl+s")
        assert [row.name for row in Commission.select()] == ["3GHH"]
        seen = await press(pilot, "s")
        assert "Supprimer la commission «3GHH» ?" in seen
        await press(pilot, "right", "enter")
    assert not Commission.select().exists()


@pytest.mark.parametrize("size", SIZES)
async def test_a_centre_is_made_autonomous_and_withdrawn(open_app, school, size):
    async with open_app("manager", size) as pilot:
        assert "Aucun centre." in await opened(pilot, "centres")
        seen = await press(pilot, "n", "down", "n", "down", "o", "ctrl+s")
        assert "centre de numérisation" in " ".join(seen.lower().split())
        await press(pilot, "up", "e", "ctrl+s")
        made = Centre.get()
        assert (made.function, made.autonomous) == (CentreFunction.EXAM.value, True)
        seen = await press(pilot, "m")
        assert "LPO BELLEVUE TOULOUSE (0310038Y)" in shown(pilot)[2]
        await press(pilot, "n", "ctrl+s")
        assert not Centre.get().autonomous
        await press(pilot, "s", "right", "enter")
    assert not Centre.select().exists()


@pytest.mark.parametrize("size", SIZES)
async def test_epreuves_are_delegated_by_ticking(open_app, make, school, size):
    centre = make.centre(school)
    history, english = make.epreuve(), make.epreuve("C002CA", "Anglais")
    make.epreuve("PHI1", "Philosophie", nature=Nature.PONCTUELLE, organisable=False)
    make.delegation(centre, history)
    async with open_app("manager", size) as pilot:
        await opened(pilot, "centres")
        seen = await press(pilot, "enter")
        assert "▸ [x] C001C, Histoire-géographie 3ème éval" in seen
        assert "[ ] C002CA, Anglais" in seen
        assert "PHI1" not in seen, "it is not organisable in a school"
        assert "1 déléguée sur 2" in seen
        seen = await press(pilot, "ctrl+s")
        assert "Rien n'a changé" in seen
        seen = await press(pilot, "space", "space")
        assert "1 déléguée sur 2" in seen
        seen = await press(pilot, "ctrl+s")
        assert "1 délégation donnée, 1 délégation retirée" in seen
        assert [row.epreuve_id for row in Delegation.select()] == [english.id]
        seen = await press(pilot, "slash", *"histoire", "down", "asterisk")
        assert "2 déléguées sur 2" in seen
        await press(pilot, "asterisk")
        assert "1 déléguée sur 2" in text(pilot), "only the lines that the filter shows"
        await press(pilot, "asterisk", "escape")
        assert "ne sont pas enregistrées" in text(pilot)
        await press(pilot, "enter", "ctrl+s")
        assert Delegation.select().count() == 2
        await press(pilot, "escape")
        assert shown(pilot)[4].split()[-1] == "2", "counted again"


async def test_a_school_reads_what_is_delegated_to_it(open_app, make, school):
    make.delegation(make.centre(school), make.epreuve())
    async with open_app("school") as pilot:
        await opened(pilot, "centres")
        seen = await press(pilot, "enter")
        assert "[x] C001C" in seen
        assert "cocher" not in shown(pilot)[-1]
        seen = await press(pilot, "space", "asterisk", "ctrl+s")
        assert "1 déléguée sur 1" in seen
    assert Delegation.select().count() == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_administrator_opens_a_service(open_app, make, school, size):
    make.school("LYCEE ZOLA")
    async with open_app("admin", size) as pilot:
        seen = await opened(pilot, "services")
        assert "convoquer les intervenants aux missions" in seen
        assert "saisir les signatures des convocations" in seen
        assert seen.count("0 sur 2") == 2
        await press(pilot, "enter", "asterisk", "ctrl+s")
        assert pilot.app.screen.message == "Service «convocation» ouvert à 2 établissements."
        await press(pilot, "home", "space", "ctrl+s")
        assert pilot.app.screen.message == "Service «convocation» fermé à 1 établissement."
        seen = await press(pilot, "escape")
        assert "1 sur 2" in seen
    assert [row.service for row in ServiceOpening.select()] == ["convocation"]


@pytest.mark.parametrize("role", ["school", "head", "manager", "coordinator"])
async def test_nobody_else_opens_services(open_app, school, role):
    async with open_app(role) as pilot:
        await opened(pilot, "services")
        assert shown(pilot)[0].startswith(" Accueil")


@pytest.mark.parametrize("size", SIZES)
async def test_the_manager_opens_a_service_for_results(open_app, make, school, size):
    make.session()
    async with open_app("manager", size) as pilot:
        assert "Aucun service" in await opened(pilot, "windows")
        form = ["n", "down", "down", *"1/7/2027", "down", "down", *"30/6/2027", "ctrl+s"]
        await press(pilot, *form)
        line = next(line for line in shown(pilot) if line.startswith(" au *"))
        assert "30/6/2027" in line
        assert "avant" in line
        await press(pilot, "ctrl+u", *"14/7/2027", "ctrl+s")
        seen = text(pilot)
        assert "01/07/2027 08:00" in seen
        assert "14/07/2027 18:00" in seen
        seen = " ".join((await press(pilot, *form)).split())
        assert "a déjà ses dates" in seen
        await press(pilot, "escape", "right", "enter")
        await press(pilot, "enter", "down", "ctrl+u", *"9h30", "ctrl+s")
        assert "01/07/2027 09:30" in text(pilot)
        seen = await press(pilot, "s")
        assert "Extraction des notes, 470, BCG, 2021 ,BGT 2021" in " ".join(seen.replace("│", " ").split())
        await press(pilot, "right", "enter")
    assert not ServiceWindow.select().exists()


@pytest.mark.parametrize("role", ["coordinator", "admin"])
@pytest.mark.parametrize("activity", PLACES)
async def test_those_who_read_have_no_key_that_changes(open_app, make, school, role, activity):
    make.school("LYCEE ZOLA")
    make.centre(school)
    make.room(school)
    async with open_app(role) as pilot:
        await opened(pilot, activity)
        for _ in range(2):
            offered = {offer.action for offer in pilot.app.screen.offers()}
            assert {"new", "correct", "delete", "tick", "save"}.isdisjoint(offered)
            await press(pilot, "enter")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("activity", PLACES[:4])
async def test_hostile_names_of_places_are_plain_text(open_app, make, size, activity):
    school = make.school(HOSTILE, address=f"{HOSTILE}\n{HOSTILE}", town="a Nguyễn Şükrü Łuczak " * 10)
    make.school("=cmd|' /C calc'!A0")
    make.centre(school)
    make.room(school, HOSTILE)
    make.commission(school, HOSTILE)
    make.epreuve("C1", HOSTILE)
    async with open_app("manager", size) as pilot:
        pages = [
            await opened(pilot, activity),
            await press(pilot, "slash", *"connor", "down"),
            await press(pilot, "enter"),
        ]
        pages += [await press(pilot, "enter"), await press(pilot, "f1")]
        assert "[bold]O'Connor" in pages[1]
        for page in pages:
            assert not any(character in page for character in "\x1b\x00\u202e")


@pytest.mark.parametrize("activity", [*PLACES, "services"])
async def test_the_help_explains_each_screen(open_app, make, school, activity):
    async with open_app("admin" if activity == "services" else "manager", (80, 60)) as pilot:
        await opened(pilot, activity)
        screen = pilot.app.screen
        seen = " ".join((await press(pilot, "question_mark")).split())
        assert " ".join(screen.HELP.split()) in seen
        for rule in screen.RULES:
            assert rule in seen
