"""The text form: what is read, what is printed, and what is said of mistakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.errors import InvalidInput
from examtui.selection.catalogue import CATALOGUE, Kind, lookup
from examtui.selection.checks import checked
from examtui.selection.lexer import MAX_LENGTH, CriteriaSyntax
from examtui.selection.parser import MAX_CRITERIA, MAX_DEPTH, parse
from examtui.selection.printer import describe, to_text
from examtui.selection.tree import Connective, Criterion, Defaults, Group, Node, Not, Operator, criteria_of, depth_of

CLASS = Criterion("classe", ("3B",))
ROOMS = Group(Connective.OR, (Criterion("salle", ("205",)), Criterion("salle", ("206",))))
RED = Criterion("liste_rouge", ("oui",))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        (" \t\n", None),
        ("classe:3B et (salle:205 ou salle:206)", Group(Connective.AND, (CLASS, ROOMS))),
        ("CLASSE : 3B ET (Salle=205 OR SALLE=206)", Group(Connective.AND, (CLASS, ROOMS))),
        ("non liste_rouge", Not(RED)),
        ("NOT Liste-Rouge:o", Not(RED)),
        ("not rouge", Not(RED)),
        ("liste_rouge:Non", Criterion("liste_rouge", ("non",))),
        ("non non rouge", Not(Not(RED))),
        ("classe:3B ou rouge et rouge", Group(Connective.OR, (CLASS, Group(Connective.AND, (RED, RED))))),
        ("non classe:3B et rouge", Group(Connective.AND, (Not(CLASS), RED))),
        ("(classe:3B et rouge) et rouge", Group(Connective.AND, (Group(Connective.AND, (CLASS, RED)), RED))),
        ("((classe:3B))", CLASS),
        ("classe:3A,3B , 3A", Criterion("classe", ("3A", "3B"))),
        ("position:Inscrit & Bénéfice", Criterion("position", ("Inscrit", "Bénéfice"))),
        ('Specialite:"BACCALAUREAT GENERAL"', Criterion("spécialité", ("BACCALAUREAT GENERAL",))),
        ("spe:«\u202fBACCALAUREAT  GENERAL »", Criterion("spécialité", ("BACCALAUREAT GENERAL",))),
        ('nom:"a""b"', Criterion("nom", ('a"b',))),
        ("nom:«et»", Criterion("nom", ("et",))),
        ("nom:dup*", Criterion("nom", ("dup*",))),
        ("date:1/3/2021", Criterion("date", ("01/03/2021",))),
        ("date:2021-03-15", Criterion("date", ("15/03/2021",))),
        ("date:15/03/2021..19/03/2021", Criterion("date", ("15/03/2021", "19/03/2021"), Operator.BETWEEN)),
        ("date >= 15/03/2021", Criterion("date", ("15/03/2021",), Operator.AT_LEAST)),
        ("date≤15/03/2021", Criterion("date", ("15/03/2021",), Operator.AT_MOST)),
        ("temps_majoré>33%", Criterion("temps_majoré", ("33",), Operator.MORE)),
        ("sans_salle", Criterion("salle", ("aucune",))),
        ("salle:AUCUN", Criterion("salle", ("aucune",))),
        ("n°:aucun", Criterion("numéro", ("aucun",))),
        ("sans_numero", Criterion("numéro", ("aucun",))),
        ("nom:O'Connor--", Criterion("nom", ("O'Connor--",))),
        ("classe:3e\u0301", Criterion("classe", ("3é",))),
        ("nom:[bold]x[/]", Criterion("nom", ("[bold]x[/]",))),
    ],
)
def test_reads(text, tree):
    assert parse(text) == tree
    assert parse(to_text(tree)) == tree


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("clase:3B", 0, "Critère «clase» inconnu : voulez-vous dire «classe» ?"),
        ("rouge et sale:205", 9, "voulez-vous dire «salle» ?"),
        ("xyzzy:1", 0, "Critère «xyzzy» inconnu"),
        ("liste rouge", 0, "voulez-vous dire «liste_rouge» ?"),
        ("classe:3B salle:205", 10, "«salle» n'est pas à sa place, il faut ici «et», «ou» ou la fin"),
        ("(classe:3B", 10, "la parenthèse ouverte au caractère 1"),
        ("classe:3B)", 9, "«)» n'est pas à sa place"),
        ("classe", 6, "il faut ici «:» et une valeur après «classe»"),
        ("classe:", 7, "une valeur pour «classe»"),
        ("classe:et rouge", 7, "une valeur pour «classe»"),
        ("classe:3B et", 12, "il faut ici un critère"),
        ("et rouge", 0, "il faut ici un critère"),
        ("()", 1, "il faut ici un critère"),
        ("nom:«abc", 4, "Il manque «»» pour fermer les guillemets"),
        ("nom:abc»", 7, "ferme des guillemets qui ne sont pas ouverts"),
        ("nom:''\0", 6, "caractère invisible"),
        ('nom:"a\x1b[2J"', 6, "caractère invisible"),
        ("nom:\u202eabc", 4, "caractère invisible"),
        ('nom:""', 0, "Il manque une valeur à «nom»"),
        ("nom:**", 0, "Il manque une valeur à «nom»"),
        ("date:31/02/2021", 0, "«31/02/2021» n'est pas une date pour «date»"),
        ("date:15/03/21", 0, "écrivez jj/mm/aaaa"),
        ("date:²/03/2021", 0, "n'est pas une date"),
        ("date:15/03/2021..", 0, "Il manque une valeur à «date»"),
        ("date:19/03/2021..15/03/2021", 0, "mettez les bornes dans l'ordre"),
        ("date:1/1/2021..2/1/2021..3/1/2021", 0, "prend deux bornes"),
        ("date>=aucune", 0, "«aucune» ne se compare que par «:»"),
        ("classe:3A..3C", 0, "«classe» se compare par «:»"),
        ("temps_majoré:beaucoup", 0, "n'est pas un nombre"),
        ("temps_majoré:99999", 0, "n'est pas un nombre"),
        ("fraude:peut-être", 0, "prend oui ou non, pas «peut-être»"),
        ("nom:" + "x" * 300, 0, "trop longue"),
        ("(" * 5000, None, "Trop de parenthèses"),
        ("non " * 2000 + "rouge", None, "Trop de «non»"),
        ("a" * (MAX_LENGTH + 1), MAX_LENGTH, "trop long"),
        (" ou ".join(["rouge"] * (MAX_CRITERIA + 1)), 0, "Trop de critères"),
        ("salle:" + ",".join(map(str, range(101))), 0, "plus de 100 valeurs"),
    ],
)
def test_says_what_is_wrong_and_where(text, position, said):
    with pytest.raises(CriteriaSyntax) as caught:
        parse(text)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()
    assert position is None or caught.value.position == position
    assert f"(caractère {caught.value.position + 1})" in str(caught.value)


@given(st.text(max_size=300))
def test_any_text_reads_or_is_refused(text):
    try:
        tree = parse(text)
    except InvalidInput as error:
        assert str(error).isprintable()
    else:
        assert parse(to_text(tree)) == tree


@given(
    st.lists(
        st.sampled_from(
            [
                "classe",
                "rouge",
                "date",
                ":",
                ">=",
                "..",
                "3B",
                "15/03/2021",
                "(",
                ")",
                ",",
                "et",
                "ou",
                "non",
                "«",
                "»",
                '"',
            ]
        ),
        max_size=25,
    )
)
def test_any_words_read_or_are_refused(words):
    for text in ("".join(words), " ".join(words)):
        try:
            tree = parse(text)
        except InvalidInput:
            continue
        assert parse(to_text(tree)) == tree


def _values(kind: Kind) -> st.SearchStrategy[str]:
    if kind is Kind.YES_NO:
        return st.sampled_from(["oui", "non"])
    if kind is Kind.DATE:
        return st.dates().filter(lambda day: 1900 <= day.year <= 2100).map(lambda day: f"{day:%d/%m/%Y}")
    if kind is Kind.NUMBER:
        return st.integers(0, 1000).map(str)
    return st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=12)


@st.composite
def _criteria(draw: st.DrawFn) -> Criterion:
    entry = draw(st.sampled_from(CATALOGUE))
    operator = draw(st.sampled_from(entry.operators))
    count = {Operator.IS: 3, Operator.BETWEEN: 2}.get(operator, 1)
    least = 2 if operator is Operator.BETWEEN else 1
    values = draw(st.lists(_values(entry.kind), min_size=least, max_size=count))
    try:
        return checked(Criterion(entry.name, tuple(values), operator))
    except InvalidInput:
        return RED


def _inner(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    children = st.lists(nodes, min_size=2, max_size=4).map(tuple)
    return st.builds(Not, nodes) | st.builds(Group, st.sampled_from(Connective), children)


@given(
    st.recursive(_criteria(), _inner, max_leaves=20).filter(
        lambda tree: depth_of(tree) <= MAX_DEPTH and sum(1 for _ in criteria_of(tree)) <= MAX_CRITERIA
    )
)
def test_printing_reads_back(tree):
    text = to_text(tree)
    assert parse(text) == tree
    assert to_text(parse(text)) == text
    assert all(describe(criterion) for criterion in criteria_of(tree))


def test_words_for_a_list():
    assert describe(Criterion("salle", ("205", "206"))) == "Salle : 205 ou 206"
    assert describe(Criterion("date", ("15/03/2021", "19/03/2021"), Operator.BETWEEN)) == (
        "Date de l'épreuve : de 15/03/2021 à 19/03/2021"
    )
    assert describe(Criterion("temps_majoré", ("33",), Operator.AT_LEAST)) == "Temps majoré (%) ≥ 33"


def test_keywords_are_found_in_any_spelling():
    for entry in CATALOGUE:
        for word in (entry.name, entry.label, *entry.aliases):
            assert lookup(word.upper()) is entry
    assert lookup("Etablissement d’inscription").name == "établissement"


def test_fixed_criteria_join_the_outermost_group():
    fixed = (Criterion("état", ("Inscrit",)), Criterion("fraude", ("non",)))
    defaults = Defaults(fixed, Criterion("liste_rouge", ("non",)))
    assert to_text(defaults.whole(defaults.changeable)) == "état:Inscrit et fraude:non et liste_rouge:non"
    assert to_text(defaults.whole(ROOMS)) == "état:Inscrit et fraude:non et (salle:205 ou salle:206)"
    assert to_text(defaults.whole(None)) == "état:Inscrit et fraude:non"
    assert Defaults().whole(None) is None
