"""What wants doing in Inscription, for the home screen."""

from examtui.access import Actor, Permission, use_case
from examtui.model import Candidate, Epreuve, Registration, Student
from examtui.search.query import MOST_COUNTED, CandidateQuery, Count
from examtui.selection.compiler import compile_text
from examtui.todo import Todo, first_import

_CANDIDATES: tuple[tuple[Permission, str, str], ...] = (
    (Permission.IMPORT_CANDIDATES, "numéro:aucun", "sans numéro : importez la liste de Cyclades"),
    (Permission.IMPORT_CANDIDATES, "position:Inscrit et centre:aucun", "à affecter à un centre pour une épreuve"),
    (Permission.IMPORT_STUDENTS, "élève:oui et classe:aucune", "sans classe : importez la base élèves"),
)
"""Who does it, the criteria that find them, and the end of the sentence that begins with their number."""


@use_case("enrolment.todo", Permission.READ_HOME)
def enrolment_todo(actor: Actor) -> tuple[Todo, ...]:
    """Return the first steps of an empty base, else candidates and épreuves that lack something.

    More than 1000 candidates are not counted out, so that the home screen is quick on any base.
    """
    return (*_first_steps(actor), *_candidates(actor), *_epreuves(actor))


def _first_steps(actor: Actor) -> list[Todo]:
    steps: list[Todo] = []
    if actor.can(Permission.IMPORT_EXAMS) and not Epreuve.select().exists():
        steps.append(first_import("les épreuves"))
    if actor.can(Permission.IMPORT_STUDENTS):
        schools = actor.scope(Permission.IMPORT_STUDENTS).schools
        if not Student.select().where(Student.school.in_(list(schools))).exists():
            steps.append(first_import("les élèves de l'établissement"))
    if actor.can(Permission.IMPORT_CANDIDATES):
        academies = actor.scope(Permission.IMPORT_CANDIDATES).academies
        held = Registration.select().join(Candidate).where(Candidate.academy.in_(list(academies)))
        if not held.exists():
            steps.append(first_import("la liste des candidats"))
    return steps


def _candidates(actor: Actor) -> list[Todo]:
    todos: list[Todo] = []
    for permission, criteria, lack in _CANDIDATES:
        if not actor.can(permission) or not actor.can(Permission.READ_CANDIDATES):
            continue
        condition = compile_text(criteria, actor)
        query = CandidateQuery("", actor.scope(permission), [condition] if condition else [])
        count = query.count()
        if not count.exact and count.value < MOST_COUNTED:
            count = Count(query.total(), True)
        if count.value:
            todos.append(Todo(f"{count.label} {lack}", "candidates", {"criteria": criteria}))
    return todos


def _epreuves(actor: Actor) -> list[Todo]:
    if not actor.can(Permission.MANAGE_EXAMS):
        return []
    count = Epreuve.select().where(Epreuve.start_date.is_null()).count()
    return [Todo(f"{count} épreuve{'s' if count > 1 else ''} sans date", "epreuves")] if count else []
