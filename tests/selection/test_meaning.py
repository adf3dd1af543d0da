"""What criteria mean, on SQLite and PostgreSQL: by their predicate and by the ids that drive a search alike."""

import pytest

from examtui.errors import InvalidInput
from examtui.model import Centre, Epreuve
from examtui.selection import compile_text
from examtui.selection.catalogue import CATALOGUE

CASES = {
    "": "ABCDE",
    "état:inscrit": "ABCD",
    "état:demissionnaire": "B",
    "état:inconnu": "",
    "spécialité:BCG": "ABCD",
    "spécialité:«baccalauréat général»": "ABCD",
    "session:2021": "ABCD",
    "session:«bgt 2021»": "ABCD",
    "examen:470": "ABCD",
    "examen:bcg": "ABCD",
    "établissement:«lyc villefictive»": "C",
    "établissement:aucun": "D",
    "établissement:*": "ABCE",
    "classe:3b": "AB",
    "classe:3*": "ABC",
    "classe:aucune": "D",
    "classe:aucune,TG1": "DE",
    "catégorie:scolaire": "AB",
    "catégorie:aucune": "BC",
    "groupe:aucun": "ABCD",
    "notation:calculee": "A",
    "épreuve:C001C": "ABCD",
    "épreuve:c002ca": "A",
    "épreuve:CFG/ORAL": "B",
    "épreuve:C0*": "ABCD",
    "position:benefice": "D",
    "position:Inscrit & Bénéfice": "ABCD",
    "position:Dispensé": "",
    "centre:«lyc villefictive»": "C",
    "centre:aucun": "BD",
    "date:15/03/2021": "A",
    "date:15/03/2021..17/03/2021": "AB",
    "date>15/03/2021": "AB",
    "date<=15/03/2021": "A",
    "date:aucune": "BCD",
    "salle:205": "A",
    "salle:205,206": "AB",
    "salle:2*": "AB",
    "sans_salle": "BCD",
    "épreuve:C001C et sans_salle": "CD",
    "commission:3ghg": "A",
    "épreuve:C001C et position:Inscrit et commission:aucune": "BC",
    "liste_rouge": "B",
    "liste_rouge:non": "ACDE",
    "liste_rouge:oui,non": "ABCDE",
    "fraude": "C",
    "fraude:non": "ABD",
    "non fraude": "ABDE",
    "remplacement": "D",
    "aménagement:ordi": "C",
    "aménagement:secretaire": "C",
    "aménagement:*": "C",
    "aménagement:aucun": "ABDE",
    "temps_majoré:33": "B",
    "temps_majoré>0": "B",
    "temps_majoré:aucun": "ACDE",
    "tiers_temps": "B",
    "tiers_temps:non": "ACDE",
    "nom:dartagnan": "A",
    "nom:«d’artagnan»": "A",
    "nom:dupont": "C",
    "nom:dup*": "CD",
    "nom:«dupont m*»": "D",
    "nom:martin": "C",
    "nom:lukasiewicz": "B",
    "nom:nguyen": "E",
    "prénom:marie": "A",
    "prénom:jean-dan": "D",
    "prénom:elis*": "E",
    "numéro:01921021719": "A",
    "numéro:019*": "AD",
    "numéro:aucun": "BCE",
    "ine:123456789ab": "A",
    "sans_ine": "BCDE",
    "élève": "ABCE",
    "élève:non": "D",
    "mail": "A",
    "mail:non": "BCDE",
    "classe:3B et (salle:205 ou salle:206)": "AB",
    "non établissement:«lyc villefictive»": "ABDE",
    # One and the same candidature: Bruno's general one has been given up, the one that he keeps is of the CFG.
    "état:Inscrit et spécialité:BCG": "ACD",
    "spécialité:CFG et épreuve:C001C": "",
    "spécialité:CFG et non non épreuve:C001C": "B",
    # One and the same assignment: Anna sits in 206, but not for C001C.
    "épreuve:C001C et salle:206": "B",
    "épreuve:C001C et (salle:205 ou salle:206)": "AB",
    "épreuve:C001C et (salle:206 ou commission:3GHG)": "AB",
    "épreuve:C001C et date>=17/03/2021": "B",
    "épreuve:C001C et (date>=17/03/2021 et salle:206)": "AB",
    "épreuve:C001C et non salle:206": "CD",
    # A choice named twice asks for a row each.
    "épreuve:C001C et épreuve:C002CA": "A",
    "spécialité:BCG et spécialité:CFG": "B",
    "épreuve:C001C et (épreuve:C002CA ou épreuve:ORAL)": "AB",
    "état:Inscrit et spécialité:BCG et spécialité:CFG": "",
    "classe:3B ou nom:dup*": "ABCD",
    "(classe:3B ou fraude) et nom:dup*": "C",
    "nom:dup* ou prénom:marie": "ACD",
    "établissement:aucun ou épreuve:ORAL ou nom:nguy*": "BDE",
    "non (classe:3B ou fraude)": "DE",
    "nom:«%»": "",
    "prénom:«%»": "",
    "aménagement:«_»": "",
    "nom:«' OR 1=1 --»": "",
    "nom:«_*»": "",
    "classe:«3'B»": "",
    "classe:«a%*»": "",
}


@pytest.mark.parametrize("text", CASES)
def test_selects(selected, text):
    assert selected(text) == set(CASES[text])


def test_names_longer_than_the_index_holds(selected, make):
    make.candidate("A" * 50, "Zoé")
    make.candidate("A" * 41, "Yann")
    assert selected(f"nom:{'a' * 50}") == {"Z"}
    assert selected(f"nom:{'a' * 45}*") == {"Z"}
    assert selected(f"nom:{'a' * 40}*") == {"Z", "Y"}
    assert selected(f"nom:{'a' * 40}") == set()


def test_every_criterion_has_a_case():
    known = " ".join(CASES)
    assert [entry.name for entry in CATALOGUE if entry.name not in known] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("spécialité:BCH", "voulez-vous dire «BCG» ?"),
        ("épreuve:C001D", "voulez-vous dire «C001C» ?"),
        ("centre:0990001Z", "Aucun centre"),
        ("salle:205 et épreuve:zzz", "Aucune épreuve ne s'appelle «zzz»"),
    ],
)
def test_names_what_does_not_exist(selected, text, said):
    with pytest.raises(InvalidInput, match=said.replace("?", r"\?")):
        selected(text)


def test_the_largest_tree_runs(selected):
    many = " et ".join(f"(salle:{number} ou épreuve:C001C et non classe:{number})" for number in range(20))
    assert selected(many) == {"A", "B", "C", "D"}
    step = "non (état:Démissionnaire ou fraude et "
    deep = step * 3 + "salle:205" + ")" * 3
    assert selected(f"nom:dartagnan et ({deep} ou salle:205)") == {"A"}
    assert selected("non (" * 10 + "salle:205 ou fraude" + ")" * 10) == {"A", "C"}
    repeated = " ou ".join(["nom:dup*"] * 60)
    assert selected(repeated) == {"C", "D"}


def test_refuses_a_product_without_end(selected):
    with pytest.raises(InvalidInput, match="Trop de critères répétés"):
        selected(" et ".join(["épreuve:C001C"] * 6 + ["salle:205"] * 6))


@pytest.fixture
def places(crowd, make):
    """A school and the manager of an academy, each a stranger to the crowd; Chloé's school knows its own."""
    rennes = make.academy("14", "Rennes")
    make.school("LYC VILLEFICTION", "0350024L", academy=rennes)
    return {
        "other manager": make.actor("manager", academy=rennes),
        "there": make.actor("school", school=crowd.there),
        "here": make.actor("school", school=crowd.here),
    }


@pytest.mark.parametrize("name", ["établissement", "centre"])
@pytest.mark.parametrize("value", ["uai", "name", "start", "near"])
def test_a_place_of_others_does_not_exist(crowd, places, name, value):
    """«LPO BELLEVUE» is a stranger to the manager of Rennes: no hint, and the words for what is not there."""
    text = {"uai": crowd.here.uai, "name": crowd.here.name, "start": "lpo b*", "near": "LPO BELLEVU"}[value]
    with pytest.raises(InvalidInput) as caught:
        compile_text(f"{name}:«{text}»", places["other manager"])
    with pytest.raises(InvalidInput) as absent:
        compile_text(f"{name}:«ZZZ ZZZ ZZZ»", places["other manager"])
    assert str(caught.value).replace(text, "…") == str(absent.value).replace("ZZZ ZZZ ZZZ", "…")


def test_a_name_mistyped_is_answered_with_ones_own(places):
    with pytest.raises(InvalidInput, match="voulez-vous dire «LYC VILLEFICTION»"):
        compile_text("établissement:«lyc villefictiv»", places["other manager"])


def test_a_school_knows_where_its_candidates_sit_and_whence_others_come(crowd, places, make):
    with pytest.raises(InvalidInput):
        compile_text(f"centre:{crowd.there.uai}", places["here"])
    anna, _, chloe, *_ = crowd.everyone
    centre = Centre.get(Centre.school == crowd.there)
    make.assignment(anna.registrations.get(), Epreuve.get(Epreuve.code == "ORAL"), centre)
    assert compile_text(f"centre:{crowd.there.uai}", places["here"])
    assert compile_text(f"établissement:{crowd.here.uai}", places["there"])
    assert chloe.school_id == crowd.there.id
