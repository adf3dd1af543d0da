"""The fictional academies and their schools; only the name and number of «LPO BELLEVUE TOULOUSE» are the seeds' own."""

from dataclasses import dataclass
from random import Random

from examtui.database.bulk import continue_numbering, insert_rows
from examtui.demo.people import Population
from examtui.demo.words import mail_word
from examtui.identifiers import uai_letter
from examtui.model import Academy, Centre, Commission, Room, School, ServiceOpening
from examtui.model.base import Base
from examtui.model.places import CentreFunction, Service

CANDIDATES_A_SCHOOL = 330
FEWEST_SCHOOLS = 6
MOST_SCHOOLS = 4000
ROOM_SEATS = (35, 30, 24, 18)
_CANDIDATES_A_ROOM = 24
_FEWEST_ROOMS = 4


@dataclass(frozen=True)
class Department:
    """A department: its academy's code, the first three digits of its schools' numbers, a postcode and towns."""

    academy: str
    digits: str
    postcode: str
    towns: tuple[str, ...]


@dataclass(frozen=True)
class SchoolPlan:
    """A school that was made: its number, its centre of épreuves, its class rooms with their seats, its commissions."""

    id: int
    uai: str
    name: str
    academy_id: int
    kind: str
    exam_centre: int
    is_autonomous: bool
    seats: tuple[tuple[int, int], ...]
    commissions: tuple[int, ...]


ACADEMIES = (("16", "Toulouse"), ("14", "Rennes"))
_DEPARTMENTS = (
    Department("16", "031", "31", ("TOULOUSE", "MURET", "SAINT-GAUDENS", "L'UNION")),
    Department("14", "035", "35", ("RENNES", "FOUGÈRES", "SAINT-MALO", "VITRÉ")),
    Department("16", "081", "81", ("ALBI", "CASTRES", "GAILLAC")),
    Department("16", "082", "82", ("MONTAUBAN", "MOISSAC")),
    Department("14", "029", "29", ("BREST", "QUIMPER", "MORLAIX", "L'HÔPITAL-CAMFROUT")),
    Department("16", "032", "32", ("AUCH", "L'ISLE-JOURDAIN")),
    Department("14", "056", "56", ("VANNES", "LORIENT")),
    Department("16", "065", "65", ("TARBES", "BAGNÈRES-DE-BIGORRE")),
)
_KINDS = ("CLG", "LGT", "CLG", "LPO", "CLG")
_PATRONS = (
    "LES ÉRABLES",
    "GEORGE SAND",
    "L'OLIVIER",
    "SIMONE VEIL",
    "JULES VERNE",
    "LES QUATRE-VENTS",
    "OLYMPE DE GOUGES",
    "LA GARENNE",
    "JEAN MOULIN",
    "MARIE CURIE",
    "VICTOR HUGO",
    "L'ÉTOILE-DU-MATIN",
    "PAUL ÉLUARD",
    "SAINT-EXUPÉRY",
    "LES HAUTS-DE-L'AUTAN",
    "JOSÉPHINE BAKER",
    "ANATOLE LE BRAZ",
    "LOUISE MICHEL",
    "PIERRE-PAUL RIQUET",
    "LA TOUR-D'AUVERGNE",
)
_FIRST_SCHOOLS = (
    ("0310038", "LPO", "LPO BELLEVUE TOULOUSE", "31031", "TOULOUSE CEDEX 4", "16"),
    ("0319002", "CLG", "CLG LES ÉRABLES TOULOUSE", "31000", "TOULOUSE", "16"),
    ("0359001", "LGT", "LGT ANATOLE LE BRAZ RENNES", "35000", "RENNES", "14"),
    ("0319003", "LGT", "LGT OLYMPE DE GOUGES MURET", "31600", "MURET", "16"),
    ("0359002", "CLG", "CLG LA TOUR-D'AUVERGNE FOUGÈRES", "35300", "FOUGÈRES", "14"),
    ("0819001", "CLG", "CLG L'ÉTOILE-DU-MATIN ALBI", "81000", "ALBI", "16"),
)
_COMMISSIONS = ("3GHG", "TGPCECE", "TGLVA", "TGLVB", "1STMG", "JURY CFG")


def make_places(candidates: int, seed: int) -> list[SchoolPlan]:
    """Write the academies, and schools enough for that many candidates; returns the schools by their id."""
    random = Random(f"{seed}/places")
    staff = Population(seed)
    for number, (code, name) in enumerate(ACADEMIES, 1):
        Academy.create(id=number, code=code, name=name)
    continue_numbering(Academy)
    wanted = min(max(FEWEST_SCHOOLS, round(candidates / CANDIDATES_A_SCHOOL)), MOST_SCHOOLS)
    plans = _PlacesWriter(candidates / wanted, random, staff)
    for position in range(wanted):
        plans.add(*(_FIRST_SCHOOLS[position] if position < len(_FIRST_SCHOOLS) else _invented(position)))
    plans.write()
    return plans.schools


def _invented(position: int) -> tuple[str, str, str, str, str, str]:
    """Name a school by its place in the list, so that a larger academy holds the smaller one's schools."""
    place, department = divmod(position, len(_DEPARTMENTS))
    home = _DEPARTMENTS[department]
    kind = _KINDS[position % len(_KINDS)]
    town = home.towns[place % len(home.towns)]
    patron = _PATRONS[(position * 7 + place) % len(_PATRONS)]
    digits = f"{home.digits}{9100 + place:04}"
    return digits, kind, f"{kind} {patron} {town}", f"{home.postcode}{place % 9 + 1}00", town, home.academy


class _PlacesWriter:
    def __init__(self, size: float, random: Random, staff: Population) -> None:
        self.schools: list[SchoolPlan] = []
        self._size = size
        self._random = random
        self._staff = staff
        self._rows: dict[type[Base], list[tuple[object, ...]]] = {
            model: [] for model in (School, Centre, Room, Commission, ServiceOpening)
        }

    def add(self, digits: str, kind: str, name: str, postcode: str, town: str, academy: str) -> None:
        uai = digits + uai_letter(digits)
        number = len(self.schools) + 1
        academy_id = [code for code, _ in ACADEMIES].index(academy) + 1
        sex = self._random.choice("FM")
        head = f"{'Mme' if sex == 'F' else 'M.'} {self._staff.first_name(sex)} {self._staff.surname()}"
        mail = f"{mail_word(uai)}@{mail_word(ACADEMIES[academy_id - 1][1])}.example.org"
        street = f"{self._random.randint(1, 98)} rue de l'Égalité"
        self._rows[School].append((number, uai, name, street, postcode, town, academy_id, mail, head))
        is_autonomous = number % 3 == 0
        self.schools.append(
            SchoolPlan(
                number,
                uai,
                name,
                academy_id,
                kind,
                self._add_centres(number, kind, is_autonomous),
                is_autonomous,
                self._add_rooms(number),
                self._add_commissions(number),
            )
        )
        for service in Service:
            # Every fifth school waits for its administrator: what a closed service says must be seen too.
            if number % 5 != 4:
                self._rows[ServiceOpening].append((service.value, number))

    def _add_centres(self, school: int, kind: str, is_autonomous: bool) -> int:
        functions = [CentreFunction.EXAM, CentreFunction.SITTING]
        if kind != "CLG":
            functions.append(CentreFunction.SCANNING)
        rows = self._rows[Centre]
        first = len(rows) + 1
        for function in functions:
            rows.append((len(rows) + 1, school, function.value, is_autonomous))
        return first

    def _add_rooms(self, school: int) -> tuple[tuple[int, int], ...]:
        rows = self._rows[Room]
        first = len(rows)
        for position in range(max(_FEWEST_ROOMS, round(self._size / _CANDIDATES_A_ROOM))):
            storey, door = divmod(position, 6)
            seats = ROOM_SEATS[position % len(ROOM_SEATS)]
            rows.append((len(rows) + 1, school, str((storey + 2) * 100 + door + 4), seats, storey == 0))
        rows.append((len(rows) + 1, school, "CDI", 16, True))
        rows.append((len(rows) + 1, school, "Gymnase", 90, True))
        return tuple((int(str(row[0])), int(str(row[3]))) for row in rows[first:-2])

    def _add_commissions(self, school: int) -> tuple[int, ...]:
        rows = self._rows[Commission]
        first = len(rows) + 1
        rows.extend((first + position, school, name) for position, name in enumerate(_COMMISSIONS))
        return tuple(range(first, len(rows) + 1))

    def write(self) -> None:
        columns: dict[type[Base], str] = {
            School: "id uai name address postcode town academy_id email head_name",
            Centre: "id school_id function autonomous",
            Room: "id school_id name capacity accessible",
            Commission: "id school_id name",
            ServiceOpening: "service school_id",
        }
        for model, rows in self._rows.items():
            insert_rows(model, columns[model].split(), rows)
            if "id" in columns[model].split():
                continue_numbering(model)
