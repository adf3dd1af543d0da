"""What wants doing in Inscription, as the home screen tells it."""

from examtui.access.actor import actor_for
from examtui.demo.build import fill
from examtui.enrolment.todo import enrolment_todo


def test_candidates_who_lack_something_are_counted_out_below_a_thousand(home):
    fill(2_500, 1)
    sentences = [todo.sentence for todo in enrolment_todo(actor_for("gestionnaire"))]
    assert any(sentence.endswith("sans numéro : importez la liste de Cyclades") for sentence in sentences)
    assert not any("au moins" in sentence for sentence in sentences)
