"""A deterministic base of very many candidates, for benchmarks: built in bulk, names as unevenly spread as in France.

Half of the people bear one of a few thousand surnames, and the commonest is borne by a few in a thousand.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from examtui import home
from examtui.database.triggers import install_triggers
from examtui.model import Academy, Centre, Exam, ExamSession, Room, School, Speciality, User
from examtui.model.base import database
from examtui.model.exams import Epreuve
from examtui.model.identity import Grant
from examtui.search.fold import index_words, reverse_of, sort_key

SURNAMES = (
    "MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL LEFEBVRE LEROY ROUX DAVID "
    "BERTRAND MOREL FOURNIER GIRARD BONNET DUPONT LAMBERT FONTAINE ROUSSEAU VINCENT MULLER LEFÈVRE FAURE ANDRÉ MERCIER "
    "BLANC GUÉRIN BOYER GARNIER CHEVALIER FRANÇOIS LEGRAND GAUTHIER GARCIA PERRIN ROBIN CLÉMENT MORIN NICOLAS HENRY "
    "ROUSSEL MATHIEU GAUTIER MASSON MARCHAND DUVAL DENIS DUMONT MARIE LEMAIRE NOËL MEYER DUFOUR MEUNIER BRUN BLANCHARD "
    "GIRAUD JOLY RIVIÈRE LUCAS BRUNET GAILLARD BARBIER ARNAUD MARTINEZ GÉRARD ROCHE RENARD SCHMITT ROY LEROUX COLIN "
    "VIDAL CARON PICARD ROGER FABRE AUBERT LEMOINE RENAUD DUMAS LACROIX OLIVIER PHILIPPE BOURGEOIS PIERRE BENOÎT REY "
    "LECLERC PAYET ROLLAND LECLERCQ GUILLAUME LECOMTE LOPEZ JEAN DUPUY GUILLOT HUBERT BERGER CARPENTIER SANCHEZ DUPUIS "
    "MOULIN LOUIS DESCHAMPS HUET VASSEUR PEREZ BOUCHER FLEURY ROYER KLEIN JACQUET ADAM PARIS POIRIER MARTY AUBRY NGUYỄN "
    "GUYOT CARRÉ CHARLES RENAULT CHARPENTIER MÉNARD MAILLARD BARON BERTIN BAILLY HERVÉ SCHNEIDER FERNANDEZ LE·GALL "
    "COLLET LÉGER BOUVIER JULIEN PRÉVOST MILLET PERROT DANIEL LE·ROUX COUSIN GERMAIN BRETON BESSON LANGLOIS RÉMY "
    "LE·GOFF PELLETIER LÉVÊQUE PERRIER LEBLANC BARRÉ LEBRUN MARCHAL WEBER MALLET HAMON BOULANGER JACOB MONNIER MICHAUD "
    "RODRIGUEZ GUICHARD GILLET ÉTIENNE GRONDIN POULAIN TESSIER CHEVALLIER COLLIN CHAUVIN DA·SILVA BOUCHET GAY LEMAÎTRE "
    "BÉNARD MARÉCHAL HUMBERT REYNAUD ANTOINE HOARAU PERRET BARTHÉLEMY CORDIER PICHON LEJEUNE GILBERT LAMY DELAUNAY "
    "D'ARTAGNAN DE·LA·TOUR O'CONNOR SAINT-PIERRE KOWALSKI WIŚNIEWSKI ŁUKASIEWICZ YILMAZ ÖZTÜRK ŞAHIN TRẦN PHẠM DIALLO "
    "TRAORÉ BENALI HADDAD BEN·SALAH EL·AMRANI FERREIRA DOS·SANTOS VAN·DEN·BERG"
).split()
FIRST_NAMES = (
    "Emma Louise Jade Alice Chloé Lina Léa Manon Rose Anna Inès Camille Lola Ambre Léna Zoé Juliette Julia Lou Sarah Lucie "
    "Mila Jeanne Romane Agathe Éva Nina Charlotte Inaya Léonie Sofia Margaux Louna Clara Luna Maëlys Olivia Adèle Élise "
    "Anaïs Clémence Ludivine Mathilde Pauline Marion Océane Justine Laura Célia Noémie Yasmine Fatima Aïcha Zofia Elif "
    "Gabriel Léo Raphaël Arthur Louis Lucas Adam Jules Hugo Maël Liam Noah Paul Ethan Tiago Sacha Gabin Nathan Mohamed "
    "Aaron Éden Tom Noé Léon Martin Mathis Timéo Nolan Théo Victor Malo Antoine Maxime Robin Samuel Axel Clément Baptiste "
    "Alexandre Enzo Valentin Thomas Quentin Rémi Benoît François Loïc Kévin Jean-Pierre Jean-Baptiste Marie-Lou Anne-Sophie "
    "Łukasz Paweł Mehmet İbrahim Đức Minh Ousmane Mamadou Youssef Karim Pedro"
).split()
SYLLABLES = "ba be bo bri bu cha che co dé du fa fe gau gi jo la le lo ma mé mo na né pé pi ra ré ro sa se tau te vi vo".split()
ENDINGS = "ard aud eau el et ier in on ot oux y ez ault ert is an ac ic us eur".split()
EPREUVES = (("C001C", "Histoire-géographie 3ème éval"), ("C006", "Langue vivante A"), ("PHI1", "Philosophie"))
SCHOOL_SIZE = 2000
ROOMS_A_SCHOOL = 20
CHUNK = 20_000


def surname_list(chance: random.Random, how_many: int) -> list[str]:
    names = [name.replace("·", " ") for name in SURNAMES]
    seen = set(names)
    while len(names) < how_many:
        made = "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3)))) + chance.choice(ENDINGS)
        if chance.random() < 0.03:
            made = f"{made}-{chance.choice(names)}"
        made = made.upper()
        if made not in seen:
            seen.add(made)
            names.append(made)
    return names


def people(count: int, seed: int) -> list[tuple[str, str]]:
    """``count`` pairs of surname and first names, in alphabetical order."""
    chance = random.Random(seed)
    surnames = surname_list(chance, max(2000, count // 10))
    weights = [1 / (rank + 40) ** 0.75 for rank in range(len(surnames))]
    first_weights = [1 / (rank + 8) ** 0.6 for rank in range(len(FIRST_NAMES))]
    drawn = chance.choices(surnames, weights, k=count)
    firsts = chance.choices(FIRST_NAMES, first_weights, k=count)
    seconds = chance.choices([*FIRST_NAMES, *[""] * 300], k=count)
    rows = [
        (surname, f"{first} {second}" if second else first)
        for surname, first, second in zip(drawn, firsts, seconds, strict=True)
    ]
    rows.sort(key=lambda row: sort_key(*row))
    return rows


def build(path: Path, count: int, seed: int = 1) -> None:
    """Make a home at ``path`` with ``count`` candidates of one academy, their candidatures and assignments."""
    home.create(path)
    with home.connected():
        database.execute_sql("PRAGMA synchronous = 0")
        with database.atomic():
            places = _places(count)
            _insert(count, seed, places)
            install_triggers(database)
        database.execute_sql("ANALYZE")
    database.close()


def _places(count: int) -> tuple[int, list[int], int, int, list[int]]:
    academy = Academy.create(code="16", name="Toulouse")
    schools, rooms = [], []
    for number in range(max(1, count // SCHOOL_SIZE)):
        digits = f"{3_100_000 + number:07d}"
        uai = digits + "ABCDEFGHJKLMNPRSTUVWXYZ"[int(digits) % 23]
        school = School.create(uai=uai, name=f"LYCEE {number}", academy=academy)
        schools.append(school.id)
        Centre.create(school=school, function="épreuves")
    rows = [(school, f"S{number}", 30) for school in schools for number in range(ROOMS_A_SCHOOL)]
    _many("room", "school_id, name, capacity, accessible, revision", [(*row, 0, 1) for row in rows])
    rooms = [row.id for row in Room.select(Room.id).order_by(Room.id)]
    exam = Exam.create(code="470", label="BCG")
    session = ExamSession.create(exam=exam, year=2021, label="BGT 2021")
    speciality = Speciality.create(exam_session=session, code="BCG", label="BACCALAUREAT GENERAL")
    for code, label in EPREUVES:
        Epreuve.create(speciality=speciality, code=code, label=label, nature="EC", form="écrit")
    for login, role, place in (
        ("gestion", "manager", {"academy": academy}),
        ("lycee", "school", {"school": schools[len(schools) // 2]}),
    ):
        user = User.create(login=login, created_at="2021-01-01 00:00:00")
        Grant.create(user=user, role=role, **place)
    return academy.id, schools, session.id, speciality.id, rooms


def _insert(count: int, seed: int, places: tuple[int, list[int], int, int, list[int]]) -> None:
    for name in ("candidate_indexed", "candidate_unindexed", "candidate_reindexed"):
        database.execute_sql(f"DROP TRIGGER {name}")
    database.execute_sql("DROP TABLE candidate_index")
    academy, schools, session, speciality, rooms = places
    chance = random.Random(seed + 1)
    batch: list[tuple[object, ...]] = []
    for id_, (surname, first) in enumerate(people(count, seed), 1):
        number = f"{1_000_000_000 + id_ * 37 % 8_999_999_999:011d}"
        ine = f"{id_ * 7919 % 1_000_000_000:09d}AB"
        born = date(2003, 1, 1) + timedelta(days=chance.randrange(1500))
        school = chance.choice(schools)
        batch.append(
            (
                *(id_, academy, school, number, reverse_of(number), ine, reverse_of(ine), surname, first),
                *(chance.choice("MF"), born.isoformat(), id_ * 1024, index_words(surname, "", first)),
                *("e@exemple.fr", "31000", "TOULOUSE", int(chance.random() < 0.02), chance.choice((0,) * 20 + (33,))),
            )
        )
        if len(batch) == CHUNK:
            _write(batch, schools, session, speciality, rooms, chance)
            batch = []
    _write(batch, schools, session, speciality, rooms, chance)


def _write(
    batch: list[tuple[object, ...]],
    schools: list[int],
    session: int,
    speciality: int,
    rooms: list[int],
    chance: random.Random,
) -> None:
    _many(
        "candidate",
        "id, academy_id, school_id, number, number_reversed, ine, ine_reversed, family_name, first_names, sex, "
        "birth_date, rank, words, email, postcode, town, red_list, extra_time, usage_name, birth_country, "
        "birth_department, birth_commune_code, birth_commune, nationality, guardian_emails, phone, mobile, address, "
        "country, accommodations, revision",
        [(*row, *("",) * 12, 1) for row in batch],
    )
    divisions = [f"{level}{letter}" for level in ("T", "1", "3") for letter in "ABCDEFGH"]
    _many(
        "registration",
        "id, candidate_id, exam_session_id, speciality_id, school_id, number, version, division, category, state, "
        "ocean_number, teachings, replacement, fraud_suspected, revision",
        [
            (*(row[0], row[0], session, speciality, row[2], "001", "03", chance.choice(divisions), "SCOLAIRE"),)
            + ("Inscrit", "", "", 0, 0, 1)
            for row in batch
        ],
    )
    sat = list(_sittings(batch, schools, rooms, chance))
    _many("epreuve_registration", "registration_id, epreuve_id, position", [(*row[:2], "Inscrit") for row in sat])
    _many("assignment", "registration_id, epreuve_id, centre_id, date, start_time, end_time, room_id", sat)


def _sittings(
    batch: list[tuple[object, ...]], schools: list[int], rooms: list[int], chance: random.Random
) -> Iterator[tuple[object, ...]]:
    for row in batch:
        place = schools.index(int(str(row[2]))) if chance.random() < 0.8 else chance.randrange(len(schools))
        for epreuve in chance.sample(range(1, len(EPREUVES) + 1), 2):
            room = rooms[place * ROOMS_A_SCHOOL + chance.randrange(ROOMS_A_SCHOOL)]
            yield row[0], epreuve, place + 1, f"2021-03-{epreuve:02d}", "08:00:00", "12:00:00", room


def _many(table: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (columns.count(",") + 1))
    database.connection().executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
