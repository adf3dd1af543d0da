from examtui.identifiers import Fault
from examtui.imports.problems import Problems, Severity
from examtui.imports.repeated import RepeatedFaults


def test_each_line_of_a_repeated_error_is_told_and_none_crowds_out_another() -> None:
    repeated, problems = RepeatedFaults(), Problems(most_kept=3)
    for line in range(2, 7):
        repeated.add("Session", "X", line, Fault("il n'y a pas de session «X»", "corrigez-la"))
    repeated.add("Salle", "205", 9, Fault("il n'y a pas de salle «205»", "corrigez-la"))
    repeated.tell(problems)
    assert problems.counts[Severity.ERROR] == 6
    assert [(problem.line, problem.field) for problem in problems.kept()] == [
        (2, "Session"),
        (3, "Session"),
        (9, "Salle"),
    ]
    assert problems.told(Severity.ERROR)[-1].sentence == "Et 3 autres erreurs."


def test_what_is_not_kept_is_counted_by_severity() -> None:
    problems = Problems(most_kept=1)
    for _ in range(2):
        problems.warn(Fault("douteux", "vérifiez"), line=1)
        problems.pass_over(Fault("sorti", ""), line=1)
    assert [problem.sentence for problem in problems.told() if problem.line is None] == [
        "Et 1 autre avertissement.",
        "Et 1 autre écarté.",
    ]
