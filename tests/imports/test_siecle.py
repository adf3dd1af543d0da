from datetime import date

import pytest
from support.pupils import eleve, ine, siecle

from examtui.imports.problems import FileRefused, Severity
from examtui.model import Candidate, Student


def test_a_pupil_is_read_whole(own) -> None:
    pupil = eleve(
        1, NOM_DE_FAMILLE="D'ŒUVRE-ŠMÍD", NOM_USAGE="ÉTÉ", PRENOM="Zoé", PRENOM2="Anne-Lise", PRENOM3="Élodie"
    )
    pupil["NOM_DE_FAMILLE"] = "D'ŒUVRE-LÉ"
    assert own.apply(siecle([pupil], ["3ème B"])).report.counts.created == 1
    candidate, student = Candidate.get(), Student.get()
    assert (candidate.ine, candidate.family_name, candidate.usage_name) == (ine(1), "D'ŒUVRE-LÉ", "ÉTÉ")
    assert (candidate.first_names, candidate.sex, candidate.birth_date) == (
        "Zoé Anne-Lise Élodie",
        "F",
        date(2006, 3, 12),
    )
    assert (candidate.birth_country, candidate.birth_department, candidate.birth_commune_code) == (
        "99100",
        "31",
        "31555",
    )
    assert (candidate.school_id, candidate.academy_id) == (own.school.id, own.school.academy_id)
    assert {"oeuvre", "le", "zoe", "annelise", "elodie", "ete", "doeuvrele"} <= set(candidate.words.split())
    assert candidate.ine_reversed == ine(1)[::-1]
    assert (student.division, student.siecle_id, student.local_number, student.mef) == (
        "3ème B",
        "1",
        "5001",
        "20110019110",
    )
    assert (student.status, student.regime, student.entered_on, student.left_on) == ("ST", "2", date(2020, 9, 1), None)


@pytest.mark.parametrize("encoding", ["ISO-8859-15", "ISO-8859-1", "Windows-1252", "UTF-8", "UTF-16"])
def test_the_prologue_names_the_encoding(own, encoding: str) -> None:
    own.apply(siecle([eleve(1, PRENOM="Zoé-Françoise")], encoding=encoding))
    assert Candidate.get().first_names == "Zoé-Françoise"


def test_a_mark_of_utf8_counts_for_more_than_the_prologue(own) -> None:
    content = siecle([eleve(1, PRENOM="Zoé")]).decode("iso-8859-15").encode("utf-8-sig")
    own.apply(content)
    assert Candidate.get().first_names == "Zoé"


def test_the_structures_may_come_first_and_the_name_be_the_old_element(own) -> None:
    pupil = eleve(1, NOM_DE_FAMILLE=None, NOM="ANCIEN")
    own.apply(siecle([pupil], ["3B"], order=("STRUCTURES", "ELEVES")))
    assert (Candidate.get().family_name, Student.get().division) == ("ANCIEN", "3B")


def test_who_is_passed_over_is_counted_and_listed(own) -> None:
    pupils = [
        eleve(1),
        eleve(2, DATE_SORTIE="01/10/2020"),
        eleve(3, ID_NATIONAL=None),
        eleve(4),
        eleve(5),
        eleve(6, DATE_SORTIE="01/10/2020", ID_NATIONAL="", PRENOM=""),
    ]
    content = siecle(pupils, ["3B", "3B", "3B", None, "Inactifs", "3B"])
    report = own.apply(content)
    assert report.report.counts.as_dict() == {
        "total": 6,
        "created": 1,
        "changed": 0,
        "unchanged": 0,
        "gone": 0,
        "passed_over": 5,
    }
    told = [message.reason for message in report.messages if message.severity is Severity.PASSED_OVER]
    assert told == [
        "élève sorti de l'établissement",
        "élève sans identifiant national",
        "élève sans classe",
        "élève sans classe",
        "élève sorti de l'établissement",
    ]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"ID_NATIONAL": ""}, "ID_NATIONAL", "l'INE est vide"),
        ({"ID_NATIONAL": "12345"}, "ID_NATIONAL", "n'a pas la forme"),
        ({"NOM_DE_FAMILLE": ""}, "NOM_DE_FAMILLE", "il manque le nom"),
        ({"PRENOM": None}, "PRENOM", "il manque le prénom"),
        ({"CODE_SEXE": ""}, "CODE_SEXE", "il manque le sexe"),
        ({"CODE_SEXE": "3"}, "CODE_SEXE", "code sexe"),
        ({"DATE_NAISS": ""}, "DATE_NAISS", "il manque la date"),
        ({"DATE_NAISS": "2006-03-12"}, "DATE_NAISS", "jj/mm/aaaa"),
        ({"DATE_NAISS": "31/02/2006"}, "DATE_NAISS", "n'existe pas"),
        ({"CODE_COMMUNE_INSEE_NAISS": ""}, "CODE_COMMUNE_INSEE_NAISS", "né en France sans code"),
        ({"PRENOM": "x" * 256}, "PRENOM", "256 lettres"),
        ({"PRENOM": "a\x92b"}, "PRENOM", "illisible"),
    ],
)
def test_every_error_is_told_with_line_and_pupil(own, changes, field: str, reason: str) -> None:
    problems = own.problems(siecle([eleve(2), eleve(1, **changes)]))
    assert [(problem.line, problem.field) for problem in problems] == [(5, field)]
    assert reason in problems[0].reason
    assert problems[0].cure
    assert problems[0].subject
    assert Candidate.select().count() == 0


def test_all_errors_are_told_at_once_and_a_number_stands_once(own) -> None:
    pupils = [eleve(1, PRENOM="", CODE_SEXE="9"), eleve(2), eleve(2), eleve(3, DATE_NAISS="x")]
    told = own.told(siecle(pupils, uaj="0310039Z"))
    assert [field for _, field, _ in told] == ["UAJ", "PRENOM", "CODE_SEXE", "ID_NATIONAL", "DATE_NAISS"]
    assert "deux fois" in told[3][2]


def test_a_pupil_born_abroad_needs_no_commune_code(own) -> None:
    pupil = eleve(1, CODE_PAYS="212", CODE_COMMUNE_INSEE_NAISS="", CODE_DEPARTEMENT_NAISS="099", VILLE_NAISS="Alger")
    assert own.problems(siecle([pupil])) == []


def test_a_file_without_its_school_or_of_another_is_refused(own) -> None:
    assert own.told(siecle([eleve()], uaj=None))[0][1:] == (
        "UAJ",
        "le fichier ne dit pas de quel établissement il vient (UAJ)",
    )
    assert "celui de l'établissement «0311323V»" in own.told(siecle([eleve()], uaj="0311323V"))[0][2]


LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><BEE_ELEVES>&b;</BEE_ELEVES>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><BEE_ELEVES>&x;</BEE_ELEVES>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (LAUGHS.encode(), "définition de document"),
        (OUTSIDE.encode(), "définition de document"),
        (b'<!DOCTYPE BEE_ELEVES SYSTEM "http://x/y.dtd"><BEE_ELEVES/>', "définition de document"),
        (siecle([eleve(number) for number in range(30)])[:4000], "est coupé|mal formé"),
        (siecle([eleve()]).replace(b"</ELEVES>", b"</ELEVE>"), "mal formé"),
        (siecle([eleve()]).replace(b"ISO-8859-15", b"KLINGON"), "«KLINGON»"),
        (siecle([eleve()]).replace(b"ISO-8859-15", b"shift_jis"), "«shift_jis»"),
        (siecle([eleve(1, PRENOM="Zoé")]).replace(b"ISO-8859-15", b"UTF-8"), "ligne 4, des octets"),
        (b"\xef\xbb\xbf" + siecle([eleve(1, PRENOM="Zoé")]), "ligne 4, des octets"),
        (b"<?xml version='1.0'?><BEE_NOMENCLATURES/>", "BEE_NOMENCLATURES"),
        (b"<?xml version='1.0'?><html><BEE_ELEVES/></html>", "html"),
        (b"<BEE_ELEVES", "est coupé|mal formé"),
        (b"<?xml version='1.0'?>", "pas un XML lisible"),
        (b"<BEE_ELEVES><PARAMETRES><UAJ>0310038Y</UAJ></PARAMETRES></BEE_ELEVES>", "aucune ligne"),
    ],
)
def test_files_that_are_refused_whole(own, content: bytes, told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        own.apply(content)
    assert Candidate.select().count() == 0


def test_text_deep_inside_changes_nothing(own) -> None:
    content = siecle([eleve()]).replace(b"</ELEVES>", b"<A>" * 20000 + b"</A>" * 20000 + b"</ELEVES>")
    assert own.preview(content).counts.created == 1
