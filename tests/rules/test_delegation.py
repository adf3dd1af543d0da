from itertools import product

from examtui.rules.delegation import is_delegated, why_not_delegated
from examtui.rules.usage import Use, deletion_refusal

TITLE = "C001C, Histoire-géographie 3ème éval"


def test_an_autonomous_centre_has_all_that_are_organisable() -> None:
    assert is_delegated(organisable=True, autonomous=True, delegated=False)
    assert not is_delegated(organisable=False, autonomous=True, delegated=True)


def test_another_centre_has_what_the_manager_gave_it() -> None:
    assert is_delegated(organisable=True, autonomous=False, delegated=True)
    assert not is_delegated(organisable=True, autonomous=False, delegated=False)


def test_a_reason_is_given_exactly_where_it_is_not() -> None:
    for organisable, autonomous, delegated in product((True, False), repeat=3):
        state = {"organisable": organisable, "autonomous": autonomous, "delegated": delegated}
        reason = why_not_delegated(TITLE, **state)
        assert (reason is None) == is_delegated(**state)
        if reason is not None:
            assert reason.startswith(TITLE)
            assert ("gestion autonome" in reason) == organisable


def test_what_is_used_is_told_with_its_users() -> None:
    uses = [Use(1, "centre", "centres"), Use(0, "mission", "missions"), Use(12, "candidature", "candidatures")]
    refusal = deletion_refusal("La salle 205", uses, "Affectez-les ailleurs.")
    assert refusal == (
        "La salle 205 sert encore (1 centre et 12 candidatures) : rien n'a été supprimé. Affectez-les ailleurs."
    )
    assert deletion_refusal("La salle 205", [Use(0, "mission", "missions")], "x") is None
