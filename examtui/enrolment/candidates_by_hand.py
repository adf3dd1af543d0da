"""A candidate by hand: somebody whom no imported file tells of (a late individual candidate).

The identity of those who were imported comes from their files, and is corrected there.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from examtui import identifiers, inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import school_within
from examtui.audit import changes, record_many
from examtui.audit.log import Change
from examtui.clock import today
from examtui.enrolment.candidates_access import correctable, is_made_by_hand
from examtui.errors import Forbidden, Unconfirmed
from examtui.imports.matching import identity_key
from examtui.model import Candidate, School
from examtui.search.fold import index_words, reverse_of, sort_key
from examtui.search.ranks import assign_ranks, reindex

_MANAGES = Permission.MANAGE_CANDIDATURES
_FIRST_BIRTH_YEAR = 1900


@dataclass(frozen=True)
class IdentityValues:
    """What is typed for a person; ``sex`` is M, F or nothing, ``school_id`` None for an individual candidate."""

    family_name: str
    first_names: str
    birth_date: date | None
    usage_name: str = ""
    sex: str = ""
    birth_commune: str = ""
    ine: str = ""
    number: str = ""
    school_id: int | None = None


@use_case("candidates.create", _MANAGES, writes=True)
def create_candidate(actor: Actor, values: IdentityValues, *, confirmed: bool = False) -> int:
    """Make a candidate, and return its id.

    Raises:
        NotFound: there is no such school in the actor's places.
        InvalidInput: a value is wrong, or somebody else has this number or this INE.
        Unconfirmed: somebody of the same name was born on that day, and this is not ``confirmed``.
    """
    academy_id, typed = _checked(actor, values, None)
    _refuse_doubtful(values, academy_id, None, confirmed=confirmed)
    (rank,) = assign_ranks([sort_key(typed["family_name"], typed["first_names"])])
    row = Candidate.create(
        **typed,
        academy=academy_id,
        rank=rank,
        words=index_words(typed["family_name"], typed["usage_name"], typed["first_names"]),
        number_reversed=reverse_of(typed["number"]),
        ine_reversed=reverse_of(typed["ine"]),
    )
    after = {**typed, "academy": academy_id}
    record_many(actor.login, "candidates.create", [Change(changes.subject_type(Candidate), row.id, {"after": after})])
    return int(row.id)


@use_case("candidates.correct_identity", _MANAGES, writes=True)
def correct_identity(
    actor: Actor, candidate_id: int, revision: int, values: IdentityValues, *, confirmed: bool = False
) -> None:
    """Correct who a candidate is that was made by hand, as it was read at ``revision``.

    Raises:
        NotFound: there is no such candidate, or school, in the actor's places.
        Forbidden: its identity comes from an imported file.
        InvalidInput: a value is wrong, or somebody else has this number or this INE.
        Unconfirmed: somebody else of the same name was born on that day, and this is not ``confirmed``.
        Conflict: somebody else saved first.
    """
    row = correctable(actor, _MANAGES, candidate_id)
    if not is_made_by_hand(row):
        raise Forbidden(
            "L'identité de ce candidat vient d'un fichier importé : corrigez-la dans SIECLE ou dans Cyclades, "
            "puis importez à nouveau."
        )
    academy_id, typed = _checked(actor, values, row)
    if identity_key(row.family_name, row.first_names, row.birth_date) != _identity(values):
        _refuse_doubtful(values, academy_id, row.id, confirmed=confirmed)
    done = changes.corrected(row, revision, {**typed, "academy": academy_id})
    reindex([row.id])
    record_many(actor.login, "candidates.correct_identity", done)


def _identity(values: IdentityValues) -> Any:
    return identity_key(values.family_name, values.first_names, values.birth_date)


def _checked(actor: Actor, values: IdentityValues, row: Candidate | None) -> tuple[int, dict[str, Any]]:
    """Return the academy, and what is kept by field."""
    typed: dict[str, Any] = {
        **asdict(values),
        "family_name": inputs.required(values.family_name, "family_name", "le nom de famille"),
        "usage_name": inputs.text(values.usage_name, "usage_name", "le nom d'usage"),
        "first_names": inputs.required(values.first_names, "first_names", "les prénoms"),
        "sex": inputs.chosen(values.sex, ["", "F", "M"], "sex", "le sexe"),
        "birth_commune": inputs.text(values.birth_commune, "birth_commune", "la commune de naissance"),
        "ine": _identifier(values.ine, "ine", identifiers.ine_fault),
        "number": _identifier(values.number, "number", identifiers.candidate_number_fault),
    }
    if values.birth_date is None:
        inputs.refuse("Donnez la date de naissance.", "birth_date")
    if not date(_FIRST_BIRTH_YEAR, 1, 1) <= values.birth_date <= today():
        inputs.refuse("Cette date de naissance n'est pas possible : vérifiez l'année.", "birth_date")
    academy_id = _academy(actor, values, row)
    typed["school"] = typed.pop("school_id")
    others = Candidate.select() if row is None else Candidate.select().where(Candidate.id != row.id)
    if typed["number"] and others.where(Candidate.number == typed["number"]).exists():
        inputs.refuse("Un autre candidat porte déjà ce numéro : vérifiez-le.", "number")
    classmates = others.where(Candidate.ine == typed["ine"], Candidate.school == typed["school"])
    if typed["ine"] and typed["school"] is not None and classmates.exists():
        inputs.refuse("Un autre candidat de cet établissement porte déjà cet INE : vérifiez-le.", "ine")
    return academy_id, typed


def _identifier(value: str, field: str, fault_of: Any) -> str | None:
    written = identifiers.tidy(value)
    if field == "number":
        written = identifiers.padded_candidate_number(written)
    fault = fault_of(written) if written else None
    if fault is not None:
        inputs.refuse(fault.sentence, field)
    return written or None


def _academy(actor: Actor, values: IdentityValues, row: Candidate | None) -> int:
    scope = actor.scope(_MANAGES)
    if values.school_id is not None:
        return int(school_within(scope, values.school_id).academy_id)
    if row is not None:
        return row.academy_id
    if len(scope.academies) != 1:
        inputs.refuse("Plusieurs académies sont possibles : choisissez l'établissement du candidat.", "school_id")
    return next(iter(scope.academies))


def _refuse_doubtful(values: IdentityValues, academy_id: int, but: int | None, *, confirmed: bool) -> None:
    """Ask about somebody of the academy who may be the same person."""
    if confirmed:
        return
    wanted = _identity(values)
    born = Candidate.select().where(Candidate.academy == academy_id, Candidate.birth_date == values.birth_date)
    for other in born:
        if other.id != but and identity_key(other.family_name, other.first_names, other.birth_date) == wanted:
            school = School.get_or_none(School.id == other.school_id)
            where = school.name if school is not None else "candidat individuel"
            raise Unconfirmed(
                f"{other.family_name} {other.first_names}, né(e) le {other.birth_date:%d/%m/%Y}, est déjà là "
                f"({where}) : vérifiez que ce n'est pas la même personne."
            )
