"""What criteria tell strangers of the one school of the access matrix: one case for each criterion of the catalogue."""

from typing import Any

import pytest
from support.matrix import MARK, Ids

from examtui.access import Actor, actor_for
from examtui.enrolment.candidates import Search, count, search
from examtui.errors import InvalidInput
from examtui.model import Assignment
from examtui.selection.catalogue import CATALOGUE
from examtui.selection.values import propose

STRANGERS = ("school-elsewhere", "head-elsewhere", "manager-elsewhere", "school-neighbour", "head-neighbour")
OWN = ("school", "head", "manager", "admin")

CASES: dict[str, tuple[str, str]] = {
    "état": (f"{MARK} inscrit", "Pas d'état"),
    "spécialité": ("BCG", ""),
    "session": ("BGT 2021", ""),
    "examen": ("470", ""),
    "établissement": ("0310038Y", "0310038Z"),
    "classe": (f"3{MARK}", "3ZZZ"),
    "catégorie": (f"{MARK} scolaire", "Sans"),
    "groupe": (f"{MARK} JURY", "JURY 99"),
    "notation": ("Saisie", ""),
    "épreuve": ("C001C", ""),
    "position": ("Inscrit", ""),
    "centre": ("0310038Y", "0310038Z"),
    "date": ("01/02/2021", "03/02/2021"),
    "salle": (f"{MARK} 205", "999"),
    "commission": (f"{MARK} COM", "999"),
    "liste_rouge": ("non", ""),
    "fraude": ("non", ""),
    "remplacement": ("non", ""),
    "aménagement": ("aucun", ""),
    "temps_majoré": ("aucun", ""),
    "tiers_temps": ("non", ""),
    "nom": (MARK, "ZZZ"),
    "prénom": ("Anna", "Zzz"),
    "numéro": ("01843006787", "01999999999"),
    "ine": ("123456789AB", "999999999ZZ"),
    "élève": ("oui", ""),
    "mail": ("non", ""),
}
"""For each criterion a value of the one candidate, and one of nobody; none where the value says nothing of anybody."""

TELLING = {"état", "établissement", "classe", "catégorie", "groupe", "centre", "salle", "commission"}
"""The criteria whose values tell of places and people, so that only those in scope are proposed."""


@pytest.fixture
def ids(ids: Ids) -> Ids:
    """The base, with the candidate in a room and before a commission."""
    Assignment.update(room=ids.room, commission=ids.commission).execute()
    return ids


def test_every_criterion_has_a_case() -> None:
    assert list(CASES) == [entry.name for entry in CATALOGUE]


def _answer(actor: Actor, name: str, value: str) -> Any:
    wanted = Search(where=f"{name}:«{value}»")
    try:
        return search(actor, wanted), count(actor, wanted)
    except InvalidInput as error:
        return str(error).replace(value, "…")


@pytest.mark.parametrize("name", CASES)
def test_a_value_of_another_school_is_answered_as_nobodys(name: str, ids: Ids) -> None:
    held, absent = CASES[name]
    for login in STRANGERS:
        actor = actor_for(login)
        answer = _answer(actor, name, held)
        assert MARK not in repr(answer)
        assert not absent or answer == _answer(actor, name, absent)
    for login in OWN:
        assert _answer(actor_for(login), name, held)[1] >= 1


@pytest.mark.parametrize("name", ["établissement", "centre"])
def test_a_name_mistyped_is_not_put_right_by_another_schools(name: str, ids: Ids) -> None:
    for value in ("LPO ALPAH", "0310038Z"):
        for login in STRANGERS:
            assert MARK not in _answer(actor_for(login), name, value)
            assert "0310038Y" not in _answer(actor_for(login), name, value)
        assert "«LPO ALPHA»" in _answer(actor_for("school"), name, "LPO ALPAH")


@pytest.mark.parametrize("name", CASES)
def test_proposes_nothing_of_another_school(name: str, ids: Ids) -> None:
    for login in STRANGERS:
        assert MARK not in repr(propose(actor_for(login), name))
        assert "0310038Y" not in repr(propose(actor_for(login), name))
    for login in OWN:
        assert (MARK in repr(propose(actor_for(login), name))) is (name in TELLING)
