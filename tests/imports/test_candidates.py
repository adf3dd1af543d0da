from datetime import date
from pathlib import Path

import pytest
from support.factory import Factory
from support.importing import Files
from support.world import World, small_world

from examtui.home import Home
from examtui.imports.candidates.cyclades import CycladesTable, registration_number
from examtui.imports.kinds import importer_for
from examtui.imports.problems import ImportRefused
from examtui.model import Candidate, Registration, Student

PREAMBLE = (
    "{session}\n«Listes simples»\nLPO BELLEVUE – TOULOUSE  ({uai})\nListe des candidats\n"
    "Edité le 23/01/2021 10:49\nCritères : aucun\nRegroupement : aucun\nTri : nom de famille\n"
)
HEADER = (
    "Division de classe;N° Candidat;N° Inscription;N° Océan;Nom de famille;Nom d'usage;Prénom(s);Date de Naissance;"
    "Division de classe;INE;Catégorie Candidat;Code Spécialité;Spécialité;Etat;Enseignements\n"
)
LUDIVINE = (
    "'1G3';'01843006787';'001 Version 03'; -;'ROSE BONBON'; -;'Ludivine';'12/03/2004';'1G3';'123456789AB';"
    "'SCOLAIRE';'BCG';'BACCALAUREAT GENERAL';'Inscrit'; -\n"
)
HEADINGS = (
    "civilite;nom_famille;prenoms;ine;pays_naissance;date_naissance;depCOM_naissance;commune_naissance;nationalite;pays;"
    "adresse_1;adresse_2;adresse_3;adresse_4;code_postal;localite;telephone;telephone_mobile;adresse_mail;"
    "categ_socio_pro;etablissement;division_classe;serie;enseignement;categorie;langue_section_inter;"
    "langue_section_euro;specialite1;specialite2;specialite3;LVA;LVB;zone_geo_souhaitee;dnl"
)


def cyclades(*lines: str, session: str = "Session : BGT 2021", uai: str = "0310038Y") -> str:
    return "\ufeff" + PREAMBLE.format(session=session, uai=uai) + HEADER + "".join(lines)


def hors_bee(*people: dict[str, str], more: str = "") -> str:
    """A file of people, each given by the columns that are not blank."""
    columns = f"{HEADINGS}{more}".split(";")
    base = {"nom_famille": "KOWALSKA", "prenoms": "Zofia", "date_naissance": "01/02/2003", "serie": "BCG"}
    rows = [";".join((base | person).get(column, "") for column in columns) for person in people]
    return "\n".join([";".join(columns), *rows]) + "\n"


@pytest.fixture
def world(home: Home, make: Factory) -> World:
    small = small_world(make)
    make.speciality()
    return small


@pytest.fixture
def both(any_home: Home, make: Factory) -> World:
    """The same on SQLite and on PostgreSQL."""
    small = small_world(make)
    make.speciality()
    return small


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_a_list_of_cyclades_makes_candidates_and_candidatures(both: World, files: Files) -> None:
    text = cyclades(LUDIVINE)
    assert files.recognised(text) == "candidates"
    assert files.apply(both.manager, "candidates", text).created == 1
    candidate = Candidate.get()
    assert (candidate.number, candidate.ine, candidate.family_name) == ("01843006787", "123456789AB", "ROSE BONBON")
    assert (candidate.birth_date, candidate.school_id, candidate.usage_name) == (date(2004, 3, 12), both.school.id, "")
    registration = Registration.get()
    assert registration.title == "001 Version 03"
    assert (registration.division, registration.state, registration.category) == ("1G3", "Inscrit", "SCOLAIRE")
    assert registration.speciality.code == "BCG"
    again = files.preview(both.manager, "candidates", text)
    assert (again.counts.unchanged, again.counts.touched, again.problems) == (1, 0, ())


@pytest.mark.parametrize("name", ["D'ARTAGNAN", "O'Connor--", "'T HOOFT", "[bold]X[/]", "ÇELİK", "NGUYỄN", "NULL"])
def test_apostrophes_around_a_value_go_and_those_inside_stay(world: World, files: Files, name: str) -> None:
    files.apply(world.manager, "candidates", cyclades(LUDIVINE.replace("ROSE BONBON", name)))
    assert Candidate.get().family_name == name


@pytest.mark.parametrize("value", [" -", "'-'", "' - '", "-", "", "' '"])
def test_what_means_nothing(value: str) -> None:
    assert CycladesTable().cell(value) == ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("001 Version 03", ("001", "03")), ("001", ("001", "")), ("1", ("001", "")), ("002-3", ("002", "03"))],
)
def test_registration_numbers(cell: str, expected: tuple[str, str]) -> None:
    assert registration_number(cell) == expected


def test_an_eaten_zero_is_given_back_with_a_warning(world: World, files: Files) -> None:
    text = cyclades(LUDIVINE.replace("'01843006787'", "1843006787"))
    assert ["01843006787" in warning for warning in files.warnings(world.manager, "candidates", text)] == [True]
    files.apply(world.manager, "candidates", text)
    assert Candidate.get().number == "01843006787"


def test_a_wrong_letter_in_the_preamble_is_a_warning(world: World, files: Files) -> None:
    text = cyclades(LUDIVINE, uai="0310038A")
    (warning,) = files.warnings(world.manager, "candidates", text)
    assert "0310038Y" in warning
    assert warning.startswith("ligne 3")
    files.apply(world.manager, "candidates", text)
    assert Candidate.get().school_id == world.school.id


@pytest.mark.parametrize(
    "session", ["BGT 2021", "Session : BGT 2021", "BACCALAUREAT BCG - BGT 2021", "470, BCG, 2021 ,BGT 2021", "BCG 2021"]
)
def test_the_session_is_taken_from_the_preamble(world: World, files: Files, session: str) -> None:
    assert files.errors(world.manager, "candidates", cyclades(LUDIVINE, session=f'"{session}"')) == []


def test_an_unknown_session_or_speciality_says_what_there_is_and_what_to_do(world: World, files: Files) -> None:
    (error,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE, session="Session : BGT 2019"))
    assert "BGT 2021" in error
    assert "examtui import epreuves" in error
    other = LUDIVINE.replace("'BCG'", "'STMG'")
    again = other.replace("01843006787", "01843006788").replace("123456789AB", "123456789AC")
    errors = files.errors(world.manager, "candidates", cyclades(other, again))
    assert [("«STMG»" in error, error.split(",")[0]) for error in errors] == [(True, "ligne 10"), (True, "ligne 11")]


def test_two_sessions_of_one_name_are_told_apart_by_their_specialities(
    world: World, files: Files, make: Factory
) -> None:
    general = make.session("47A", "EA-BCG", name="EA 2021")
    techno = make.session("43A", "EA-BTN", name="EA 2021")
    make.speciality(general)
    make.speciality(techno, "STMG", "SCIEN. TECHNO. MANAG. ET GESTION")
    text = cyclades(LUDIVINE.replace("'BCG'", "'STMG'"), session="Session : EA 2021")
    files.apply(world.manager, "candidates", text)
    assert Registration.get().exam_session_id == techno.id
    make.speciality(techno)
    (error,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE, session="Session : EA 2021"))
    assert "plusieurs sessions" in error


def test_another_academys_school_is_as_one_that_is_not_there(world: World, files: Files) -> None:
    (stranger,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE, uai=world.elsewhere.uai))
    (absent,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE, uai="0311323V"))
    assert stranger.replace(world.elsewhere.uai, "X") == absent.replace("0311323V", "X")


def test_linking_a_pupil_gives_it_its_number(both: World, files: Files, make: Factory) -> None:
    pupil = make.candidate(school=both.school, division="1G3", ine="123456789AB", birth_date=date(2004, 3, 12))
    preview = files.preview(both.manager, "candidates", cyclades(LUDIVINE))
    assert (preview.counts.created, preview.counts.changed) == (0, 1)
    assert ("N° candidat", "", "01843006787") in preview.changes[0].fields
    files.apply(both.manager, "candidates", cyclades(LUDIVINE))
    assert Candidate.get().number == "01843006787"
    assert Candidate.get().id == pupil.id == Student.get().candidate_id


def test_a_pupil_who_moves_leaves_its_old_school(both: World, files: Files, make: Factory) -> None:
    old = make.school(uai="0312290W", academy=both.school.academy)
    pupil = make.candidate("ROSE BONBON", "Ludivine", school=old, number="01843006787", birth_date=date(2004, 3, 12))
    student = Student.create(candidate=pupil, school=old, division="3A")
    files.apply(both.manager, "candidates", cyclades(LUDIVINE))
    assert Candidate.get_by_id(pupil.id).school_id == both.school.id
    assert Student.get_by_id(student.id).school_id == both.school.id


def test_a_pupil_without_ine_is_known_by_name_and_birth_date(world: World, files: Files, make: Factory) -> None:
    make.candidate("Rose-Bonbon", "LUDIVINE Marie", school=world.school, birth_date=date(2004, 3, 12))
    files.apply(world.manager, "candidates", cyclades(LUDIVINE))
    candidate = Candidate.get()
    assert (candidate.number, candidate.ine, candidate.family_name) == ("01843006787", "123456789AB", "Rose-Bonbon")


def test_the_same_name_in_another_school_is_another_person(world: World, files: Files, make: Factory) -> None:
    make.candidate(school=world.neighbour, ine="123456789AB", birth_date=date(2004, 3, 12))
    files.apply(world.manager, "candidates", cyclades(LUDIVINE))
    assert Candidate.select().count() == 2


def test_doubtful_matches_are_told_and_never_guessed(world: World, files: Files, make: Factory) -> None:
    for ine in (None, "999999999ZZ"):
        make.candidate(school=world.school, ine=ine, number=None, birth_date=date(2004, 3, 12))
    make.candidate(school=world.school, birth_date=date(2004, 3, 12))
    (warning,) = files.warnings(world.manager, "candidates", cyclades(LUDIVINE))
    assert "une nouvelle fiche est créée" in warning
    assert files.apply(world.manager, "candidates", cyclades(LUDIVINE)).created == 1


def test_two_namesakes_of_a_file_are_not_one_pupil(world: World, files: Files, make: Factory) -> None:
    make.candidate(school=world.school, birth_date=date(2004, 3, 12))
    one = LUDIVINE.replace("'123456789AB'", " -")
    text = cyclades(one, one.replace("01843006787", "01843006788"))
    assert len(files.warnings(world.manager, "candidates", text)) == 2
    assert files.apply(world.manager, "candidates", text).created == 2
    assert files.preview(world.manager, "candidates", text).counts.unchanged == 2


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({"number": "01843006787", "family_name": "AUTRE"}, "le n° 01843006787 est celui de AUTRE"),
        ({"ine": "123456789AB", "family_name": "AUTRE"}, "l'INE 123456789AB est celui de AUTRE"),
        (
            {"ine": "123456789AB", "number": "09999999999", "birth_date": date(2004, 3, 12)},
            "a déjà le n° 09999999999",
        ),
    ],
)
def test_a_number_or_ine_of_somebody_else_is_an_error(
    world: World, files: Files, make: Factory, held: dict[str, object], told: str
) -> None:
    make.candidate(school=world.school, **held)
    (error,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE))
    assert told in error
    with pytest.raises(ImportRefused):
        files.apply(world.manager, "candidates", cyclades(LUDIVINE))


def test_a_number_held_in_another_academy_shows_nothing_of_it(world: World, files: Files, make: Factory) -> None:
    make.candidate("SECRET", school=world.elsewhere, number="01843006787")
    (error,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE))
    assert "SECRET" not in error.replace("ROSE BONBON", "")
    assert "autre personne" in error


def test_the_preview_tells_a_new_candidate_once(world: World, files: Files) -> None:
    assert len(files.preview(world.manager, "candidates", cyclades(LUDIVINE)).changes) == 1
    files.apply(world.manager, "candidates", cyclades(LUDIVINE))
    (change,) = files.preview(
        world.manager, "candidates", cyclades(LUDIVINE.replace("001 Version", "002 Version"))
    ).changes
    assert change.subject.startswith("Candidature BGT 2021 : ROSE BONBON")


def test_a_candidate_may_have_two_candidatures_but_not_one_twice(world: World, files: Files) -> None:
    second = LUDIVINE.replace("001 Version 03", "002")
    assert files.apply(world.manager, "candidates", cyclades(LUDIVINE, second)).total == 2
    assert (Candidate.select().count(), Registration.select().count()) == (1, 2)
    (error,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE, LUDIVINE))
    assert "déjà à la ligne 10" in error


def test_one_ine_under_two_numbers_is_an_error(world: World, files: Files) -> None:
    other = LUDIVINE.replace("01843006787", "01843006788").replace("ROSE BONBON", "AUTRE")
    (error,) = files.errors(world.manager, "candidates", cyclades(LUDIVINE, other))
    assert "l'INE 123456789AB est déjà à la ligne 10" in error


def test_a_blank_never_overwrites(world: World, files: Files) -> None:
    files.apply(world.manager, "candidates", cyclades(LUDIVINE))
    blank = LUDIVINE.replace("'123456789AB'", " -").replace("'SCOLAIRE'", " -").replace("'Inscrit'", "'Démissionnaire'")
    files.apply(world.manager, "candidates", cyclades(blank))
    assert Candidate.get().ine == "123456789AB"
    assert (Registration.get().category, Registration.get().state) == ("SCOLAIRE", "Démissionnaire")


def test_every_error_is_told_at_once(world: World, files: Files) -> None:
    lines = [
        LUDIVINE.replace("01843006787", "X"),
        LUDIVINE.replace("12/03/2004", "31/02/2004"),
        LUDIVINE.replace("123456789AB", "12"),
        LUDIVINE.replace("ROSE BONBON", "A\x1b[2JB"),
        LUDIVINE.replace("'Ludivine'", " -"),
        LUDIVINE.replace("'001 Version 03'", "'A12'"),
    ]
    errors = files.errors(world.manager, "candidates", cyclades(*lines))
    assert [int(error.split()[1].rstrip(",")) for error in errors] == [10, 11, 12, 13, 14, 15]
    assert all("\x1b" not in error for error in errors)


def test_a_list_without_its_preamble_says_so(world: World, files: Files) -> None:
    errors = files.errors(world.manager, "candidates", HEADER + LUDIVINE)
    assert len(errors) == 2
    assert all("laissez au-dessus" in error for error in errors)


def test_hors_bee_makes_candidates_without_number(both: World, files: Files) -> None:
    person = {
        "civilite": "Mme",
        "pays_naissance": "FRANCE",
        "depCOM_naissance": "31555",
        "adresse_1": "12 rue des Lois",
        "adresse_2": "Bât. B",
        "code_postal": "31000",
        "telephone_mobile": "06 01 02 03 04",
        "adresse_mail": "zofia@exemple.fr",
        "LVA": "ANGLAIS",
        "specialite1": "Mathématiques",
        "categorie": "INDIVIDUEL",
    }
    text = hors_bee(person, {"nom_famille": "DE LA TOUR", "etablissement": f"LPO BELLEVUE ({both.school.uai})"})
    assert files.recognised(text) == "candidates"
    assert files.apply(both.manager, "candidates", text).created == 2
    zofia = Candidate.get(Candidate.family_name == "KOWALSKA")
    assert (zofia.number, zofia.school_id, zofia.academy_id) == (None, None, both.academy.id)
    assert (zofia.sex, zofia.birth_department, zofia.address) == ("F", "31", "12 rue des Lois\nBât. B")
    registration = zofia.registrations.get()
    assert (registration.number, registration.category) == ("001", "INDIVIDUEL")
    assert registration.teachings == "Spécialité 1 : Mathématiques ; LVA : ANGLAIS"
    assert Candidate.get(Candidate.family_name == "DE LA TOUR").school_id == both.school.id
    assert files.preview(both.manager, "candidates", text).counts.unchanged == 2


def test_the_list_of_cyclades_gives_hors_bee_its_number(world: World, files: Files) -> None:
    files.apply(
        world.manager,
        "candidates",
        hors_bee(
            {
                "etablissement": world.school.uai,
                "nom_famille": "ROSE-BONBON",
                "prenoms": "Ludivine Anne",
                "date_naissance": "12/03/2004",
            }
        ),
    )
    files.apply(world.manager, "candidates", cyclades(LUDIVINE))
    assert (Candidate.select().count(), Registration.select().count()) == (1, 1)
    assert Candidate.get().number == "01843006787"
    assert Registration.get().version == "03"


def test_the_serie_tells_the_session_or_a_column_does(world: World, files: Files, make: Factory) -> None:
    assert files.errors(world.manager, "candidates", hors_bee({"serie": "baccalauréat général"})) == []
    newer = make.speciality(make.session(year=2022, name="BGT 2022"))
    files.apply(world.manager, "candidates", hors_bee({}))
    assert Registration.get().exam_session_id == newer.exam_session_id
    make.speciality(make.session("47A", "EA-BCG", 2022, "EA 2022"))
    (error,) = files.errors(world.manager, "candidates", hors_bee({}))
    assert "colonne «session»" in error
    assert files.errors(world.manager, "candidates", hors_bee({"session": "EA 2022"}, more=";session")) == []
    (error,) = files.errors(world.manager, "candidates", hors_bee({"serie": "XYZ"}))
    assert "«XYZ»" in error


def test_what_is_wrong_with_hors_bee(world: World, files: Files) -> None:
    people = [
        {"adresse_mail": "zofia@"},
        {"civilite": "Maître"},
        {"etablissement": "0310038A"},
        {"etablissement": world.elsewhere.uai},
        {"code_postal": "1"},
    ]
    errors = files.errors(world.manager, "candidates", hors_bee(*people))
    assert [int(error.split()[1].rstrip(",")) for error in errors] == [2, 3, 4, 5, 6]


def test_what_the_card_would_refuse_is_refused_and_foreign_addresses_are_kept(world: World, files: Files) -> None:
    abroad = {"code_postal": "SW1A 1AA", "pays": "ROYAUME-UNI", "telephone": "+44 20 7946 0018"}
    assert files.errors(world.manager, "candidates", hors_bee(abroad)) == []
    (error,) = files.errors(world.manager, "candidates", hors_bee({"code_postal": "SW1A 1AA", "pays": "FRANCE"}))
    assert "code_postal" in error
    (error,) = files.errors(world.manager, "candidates", hors_bee({"telephone": "tel: inconnu"}))
    assert "telephone" in error
    files.apply(world.manager, "candidates", hors_bee(abroad | {"ine": "123456789AZ"}, {"code_postal": "1000"}))
    assert {row.postcode for row in Candidate.select()} == {"SW1A 1AA", "01000"}


def test_the_template_can_be_imported(world: World, files: Files) -> None:
    template = importer_for("candidates").template()
    assert files.recognised(template) == "candidates"
    preview = files.preview(world.manager, "candidates", template)
    assert (preview.problems, preview.counts.created) == ((), 1)
