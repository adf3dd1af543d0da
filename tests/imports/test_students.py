import json
import os
import threading
from datetime import date
from pathlib import Path

import pytest
from support.factory import Factory
from support.pupils import eleve, ine, row, siecle, table

from examtui import audit, home
from examtui.access import Actor, actor_for
from examtui.enrolment import imports
from examtui.errors import Conflict, ExamtuiError, Forbidden, InvalidInput, NotFound
from examtui.imports import write
from examtui.imports.problems import ImportRefused
from examtui.model import AuditEntry, AuditPayload, Candidate, ImportReport, School, Student
from examtui.model.base import database
from examtui.model.identity import Grant
from examtui.search.fold import sort_key


def test_importing_again_changes_nothing(any_own) -> None:
    content = siecle([eleve(number, PRENOM=f"Zoé{number}") for number in range(20)])
    assert any_own.apply(content).report.counts.created == 20
    again = any_own.preview(content)
    assert (again.counts.unchanged, again.counts.touched, again.can_apply) == (20, 0, False)
    rows = list(Candidate.select().order_by(Candidate.rank))
    assert [row.ine for row in rows] == [
        row.ine for row in sorted(rows, key=lambda row: sort_key(row.family_name, row.first_names))
    ]


def test_what_changed_is_shown_before_and_after_and_logged(any_own) -> None:
    any_own.apply(siecle([eleve(1), eleve(2)]))
    content = siecle([eleve(1, NOM_DE_FAMILLE="AUTRE", CODE_SEXE="1"), eleve(2)], ["3C", "1G3"])
    preview = any_own.preview(content)
    assert (preview.counts.changed, preview.counts.unchanged) == (1, 1)
    shown = [field for change in preview.changes for field in change.fields]
    assert shown == [("Nom de famille", "ROSE BONBON", "AUTRE"), ("Sexe", "F", "M"), ("Classe", "1G3", "3C")]
    report = any_own.apply(content).report
    changed = Candidate.get(Candidate.family_name == "AUTRE")
    assert (changed.revision, "autre" in changed.words.split()) == (2, True)
    entries = AuditEntry.select().where(AuditEntry.action == "import.students").order_by(AuditEntry.id)
    assert [entry.subject_type for entry in entries] == ["import_report", "import_report", "candidate", "student"]
    body = json.loads(AuditPayload.get(AuditPayload.entry == entries[2]).body)
    assert body["before"] == {"family_name": "ROSE BONBON", "sex": "F"}
    assert body["after"] == {"family_name": "AUTRE", "sex": "M"}
    assert json.loads(AuditPayload.get(AuditPayload.entry == entries[1]).body)["sha256"] == report.sha256
    assert audit.verify().faults == ()


def test_a_blank_keeps_the_value_and_a_warning_counts_it(own) -> None:
    own.apply(siecle([eleve(1, NOM_USAGE="DUVAL"), eleve(2, NOM_USAGE="PETIT")]))
    preview = own.preview(siecle([eleve(1), eleve(2)]))
    assert preview.counts.unchanged == 2
    assert [(problem.field, problem.reason) for problem in preview.problems] == [
        ("Nom d'usage", "vide pour 2 lignes, où des valeurs étaient enregistrées : elles sont gardées")
    ]


def test_siecle_is_the_whole_list_and_the_table_is_not(any_own) -> None:
    any_own.apply(siecle([eleve(1), eleve(2), eleve(3), eleve(4)]))
    assert any_own.preview(table(row(1))).counts.gone == 0
    less = siecle([eleve(1), eleve(3, DATE_SORTIE="05/01/2021"), eleve(4)], ["1G3", "1G3", None])
    preview = any_own.preview(less)
    assert (preview.counts.gone, preview.counts.passed_over, preview.counts.unchanged) == (2, 2, 1)
    assert [change.outcome for change in preview.changes] == ["sorti", "sorti"]
    any_own.apply(less)
    left = {student.candidate.ine: student.left_on for student in Student.select()}
    assert left[ine(1)] is None
    assert left[ine(3)] == date(2021, 1, 5)
    assert left[ine(2)] is not None
    assert left[ine(4)] is None
    assert any_own.apply(siecle([eleve(1), eleve(2), eleve(3), eleve(4)])).report.counts.changed == 2
    assert Student.select().where(Student.left_on.is_null(False)).count() == 0


def test_a_pupil_whose_number_is_gone_from_siecle_has_not_left(own) -> None:
    own.apply(siecle([eleve(1), eleve(2)]))
    assert own.preview(siecle([eleve(1), eleve(2, ID_NATIONAL=None)])).counts.gone == 0


def test_a_school_that_empties_is_warned_of(own) -> None:
    own.apply(siecle([eleve(number) for number in range(30)]))
    preview = own.preview(siecle([eleve(1)]))
    assert preview.counts.gone == 29
    assert "29 élèves sur 30" in preview.problems[0].reason


def test_a_candidate_without_number_is_found_by_name_and_birth(any_own, make: Factory) -> None:
    known = make.candidate("Rose-Bonbon", "Ludivine Anne", school=any_own.school, number="01843006787")
    assert any_own.apply(siecle([eleve(1)])).report.counts.changed == 1
    found = Candidate.get()
    assert (found.id, found.ine, found.number) == (known.id, ine(1), "01843006787")
    assert Student.get().candidate_id == known.id


def test_a_doubtful_match_is_shown_and_not_guessed(own, make: Factory) -> None:
    make.candidate("ROSE BONBON", "Ludivine", school=own.school)
    make.candidate("ROSE BONBON", "Ludivine", school=own.school)
    preview = own.preview(siecle([eleve(1)]))
    assert preview.counts.created == 1
    assert "2 candidats sans INE" in preview.problems[0].reason


def test_the_same_pupil_in_two_schools_is_two_records(own, make: Factory) -> None:
    elsewhere = make.candidate("ROSE BONBON", "Ludivine", school=make.school("AUTRE"), ine=ine(1))
    own.apply(siecle([eleve(1)]))
    assert Candidate.select().where(Candidate.ine == ine(1)).count() == 2
    assert Candidate.get_by_id(elsewhere.id).revision == 1


def test_another_school_answers_as_none(own, make: Factory) -> None:
    other = make.school("AUTRE")
    file = imports.read_file(own.actor, own.path(table(row(1))), "students")
    said = []
    for uai in (other.uai, "0999999Z"):
        for call in (imports.preview, imports.apply):
            with pytest.raises(NotFound) as refused:
                call(own.actor, file, uai)
            said.append(str(refused.value).replace(uai, ""))
    assert len(set(said)) == 1


@pytest.mark.parametrize("role", ["manager", "coordinator", "admin"])
def test_only_a_school_imports_its_pupils(own, actor, role: str) -> None:
    other: Actor = actor(role)
    path = own.path(table(row(1)))
    with pytest.raises(Forbidden):
        imports.read_file(other, path, "students")
    with pytest.raises(Forbidden):
        imports.read_file(other, path)
    file = imports.read_file(own.actor, path)
    for call in (imports.preview, imports.apply):
        with pytest.raises(Forbidden):
            call(other, file, own.school.uai)


def test_a_grant_revoked_a_moment_ago_no_longer_counts(own) -> None:
    file = imports.read_file(own.actor, own.path(table(row(1))), "students")
    Grant.delete().execute()
    with pytest.raises(Forbidden):
        imports.apply(own.actor, file)


def test_a_user_of_two_schools_says_which(own, make: Factory) -> None:
    user = make.user("deux", "school", school=own.school)
    Grant.create(user=user, role="school", school=make.school("AUTRE"))
    from examtui.access import actor_for

    file = imports.read_file(own.actor, own.path(table(row(1))), "students")
    with pytest.raises(InvalidInput):
        imports.preview(actor_for("deux"), file)
    assert imports.preview(actor_for("deux"), file, "0310038y").counts.created == 1


def test_what_changed_since_the_preview_must_be_seen_again(own) -> None:
    own.apply(siecle([eleve(1)]))
    file = imports.read_file(own.actor, own.path(siecle([eleve(1), eleve(2)])), "students")
    shown = imports.preview(own.actor, file)
    own.apply(table(row(2)))
    with pytest.raises(Conflict):
        imports.apply(own.actor, file, None, shown.digest)
    assert Candidate.select().count() == 2
    assert imports.apply(own.actor, file, None, imports.preview(own.actor, file).digest).report.counts.changed > 0


def test_errors_change_nothing(own) -> None:
    file = imports.read_file(own.actor, own.path(table(row(1), row(2, sex="?"))), "students")
    with pytest.raises(ImportRefused) as refused:
        imports.apply(own.actor, file)
    assert (refused.value.count, Candidate.select().count(), ImportReport.select().count()) == (1, 0, 0)


def test_a_failure_on_the_way_leaves_nothing(any_own, monkeypatch: pytest.MonkeyPatch) -> None:
    any_own.apply(siecle([eleve(1)]))
    before = (Candidate.select().count(), AuditEntry.select().count(), ImportReport.select().count())
    content = siecle([eleve(1, NOM_DE_FAMILLE="AUTRE"), *(eleve(number) for number in range(2, 50))])

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(write, "record_audit", fail)
    with pytest.raises(RuntimeError):
        any_own.apply(content)
    assert (Candidate.select().count(), AuditEntry.select().count(), ImportReport.select().count()) == before
    monkeypatch.undo()
    assert any_own.apply(content).report.counts.created == 48
    assert home.current() is not None


def test_the_text_index_holds_what_was_imported(own) -> None:
    own.apply(table(*(row(number, family=f"NOM{number}") for number in range(50))))
    own.apply(table(row(3, family="CHANGÉ"), row(99, family="TARD VENU")))
    rows = dict(Candidate.select(Candidate.rank, Candidate.family_name).tuples())

    def found(word: str) -> list[str]:
        sql = "SELECT rowid FROM candidate_index WHERE candidate_index MATCH ?"
        return [rows[rank] for (rank,) in database.execute_sql(sql, (word,))]

    assert found("nom7") == ["NOM7"]
    assert (found("nom3"), found("change"), found("tard")) == ([], ["CHANGÉ"], ["TARD VENU"])
    database.execute_sql("INSERT INTO candidate_index(candidate_index) VALUES ('integrity-check')")


def test_two_imports_at_once_make_each_pupil_once(any_own) -> None:
    content = table(*(row(number) for number in range(200)))
    file = imports.read_file(any_own.actor, any_own.path(content), "students")
    results: list[object] = []

    def work() -> None:
        with home.connected():
            try:
                results.append(imports.apply(any_own.actor, file).report.counts.created)
            except ExamtuiError as error:
                results.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == [0, 0, 0, 200]
    assert Candidate.select().count() == Student.select().count() == 200


def test_reports_stay_for_those_of_the_school(own, make: Factory, actor) -> None:
    done = own.apply(siecle([eleve(1), eleve(2, DATE_SORTIE="01/10/2020")]))
    head = make.actor("head", school=own.school)
    stranger = make.actor("head", school=make.school("AUTRE"))
    admin: Actor = actor("admin")
    for reader in (own.actor, head, admin):
        assert [report.id for report in imports.list_reports(reader)] == [done.report.id]
        assert imports.show_report(reader, done.report.id).messages == done.messages
    assert imports.list_reports(stranger) == []
    with pytest.raises(NotFound):
        imports.show_report(stranger, done.report.id)
    assert Candidate.get().created_by_id == done.report.id


def test_the_template_is_read_by_its_own_importer(own, tmp_path: Path) -> None:
    for kind in imports.importable_kinds(own.actor):
        path = tmp_path / f"{kind.kind}.csv"
        path.write_text(imports.template_of(kind.kind), "utf-8", newline="")
        file = imports.read_file(own.actor, path)
        assert (file.importer.kind, file.total, file.problems.has_errors) == (kind.kind, 1, False)
    with pytest.raises(InvalidInput):
        imports.template_of("chats")


def test_a_report_goes_with_the_role_that_made_it(own) -> None:
    done = own.apply(siecle([eleve(1)]))
    other = School.create(uai="0312290W", name="AUTRE", academy=own.school.academy_id)
    Grant.update(school=other).where(Grant.school == own.school).execute()
    moved = actor_for(own.actor.login)
    assert imports.list_reports(moved) == []
    with pytest.raises(NotFound):
        imports.show_report(moved, done.report.id)


def test_a_pupil_whose_record_stayed_at_another_school_is_taken_over(any_own) -> None:
    any_own.apply(siecle([eleve(1)]))
    other = School.create(uai="0312290W", name="AUTRE", academy=any_own.school.academy_id)
    Student.update(school=other).execute()
    assert any_own.apply(siecle([eleve(1)])).report.counts.changed == 1
    assert Student.get().school_id == any_own.school.id


def test_a_name_that_is_no_utf8_is_shown_and_kept(own, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xe9l\x1b.csv")
    path.write_text(table(row(1)), "utf-8")
    file = imports.read_file(own.actor, path, "students")
    assert imports.apply(own.actor, file).report.file_name == "\ufffdl.csv"
    with pytest.raises(ExamtuiError, match="\ufffdx"):
        imports.read_file(own.actor, tmp_path / os.fsdecode(b"\xe9x"), "students")
