"""Records for tests, each made with one call and plausible values for what the test does not care about."""

from datetime import date
from itertools import count
from typing import Any

from examtui.access import Actor, actor_for
from examtui.clock import utc_now
from examtui.identifiers import uai_letter
from examtui.model import (
    Academy,
    Assignment,
    Candidate,
    Centre,
    Commission,
    Delegation,
    Epreuve,
    EpreuveRegistration,
    Exam,
    ExamSession,
    Grant,
    Registration,
    Room,
    School,
    Speciality,
    Student,
    User,
)
from examtui.model.exams import Form, Nature
from examtui.model.identity import Role
from examtui.model.places import CentreFunction
from examtui.search.fold import index_words, reverse_of, sort_key
from examtui.search.ranks import assign_ranks


class Factory:
    """Makes records in the current database; every method returns the saved record."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def academy(self, code: str = "16", name: str = "Toulouse") -> Academy:
        """The academy of that code, made if it is not there yet."""
        return Academy.get_or_create(code=code, defaults={"name": name})[0]

    def school(self, name: str = "LPO BELLEVUE TOULOUSE", uai: str | None = None, **fields: Any) -> School:
        """A school of ``academy`` (Toulouse); without ``uai`` it gets a valid one of its own."""
        if uai is None:
            digits = f"031{next(self._numbers):04}"
            uai = digits + uai_letter(digits)
        if "academy" not in fields:
            fields["academy"] = self.academy()
        return School.create(uai=uai, name=name, **fields)

    def user(
        self,
        login: str | None = None,
        role: Role | str | None = None,
        *,
        school: School | None = None,
        academy: Academy | None = None,
        disabled: bool = False,
    ) -> User:
        """A user, with a grant if ``role`` is given: for ``school``, for ``academy``, or for everything."""
        login = login or f"user{next(self._numbers)}"
        user = User.create(login=login, name=login.title(), disabled=disabled, created_at=utc_now())
        if role is not None:
            Grant.create(user=user, role=Role(role).value, school=school, academy=academy)
        return user

    def actor(
        self,
        role: Role | str | None = None,
        *,
        school: School | None = None,
        academy: Academy | None = None,
        login: str | None = None,
    ) -> Actor:
        """An actor with that role; without a place it holds for the one school or academy that the role needs."""
        if role is not None and school is None and academy is None:
            if Role(role) in (Role.SCHOOL, Role.HEAD):
                school = School.select().order_by(School.id).first() or self.school()
            elif Role(role) in (Role.MANAGER, Role.COORDINATOR):
                academy = Academy.select().order_by(Academy.id).first() or self.academy()
        return actor_for(self.user(login, role, school=school, academy=academy).login)

    def candidate(
        self,
        family_name: str = "ROSE BONBON",
        first_names: str = "Ludivine",
        *,
        school: School | None = None,
        division: str | None = None,
        **fields: Any,
    ) -> Candidate:
        """A candidate in its place in the alphabetical order; with ``division`` it is a pupil of that class too."""
        if "academy" not in fields:
            fields["academy"] = school.academy if school else self.academy()
        fields.setdefault("birth_date", date(2006, 3, 12))
        values = {"family_name": family_name, "first_names": first_names, "school": school, **fields}
        candidate = Candidate.create(**values, **derived_columns(values))
        if division is not None and school is not None:
            Student.create(candidate=candidate, school=school, division=division, status="ST")
        return candidate

    def session(self, code: str = "470", label: str = "BCG", year: int = 2021, name: str = "BGT 2021") -> ExamSession:
        """The session of that exam, made if it is not there yet."""
        exam = Exam.get_or_create(code=code, defaults={"label": label})[0]
        return ExamSession.get_or_create(exam=exam, label=name, defaults={"year": year})[0]

    def speciality(
        self, session: ExamSession | None = None, code: str = "BCG", label: str = "BACCALAUREAT GENERAL"
    ) -> Speciality:
        """The speciality of that code in the session, made if it is not there yet."""
        session = session or self.session()
        return Speciality.get_or_create(exam_session=session, code=code, defaults={"label": label})[0]

    def epreuve(
        self,
        code: str = "C001C",
        label: str = "Histoire-géographie 3ème éval",
        *,
        speciality: Speciality | None = None,
        nature: Nature = Nature.EC,
        form: Form = Form.WRITTEN,
        organisable: bool = True,
        **fields: Any,
    ) -> Epreuve:
        """An épreuve of the speciality (BCG)."""
        return Epreuve.create(
            speciality=speciality or self.speciality(),
            code=code,
            label=label,
            nature=nature.value,
            form=form.value,
            organisable=organisable,
            **fields,
        )

    def registration(
        self, candidate: Candidate, *epreuves: Epreuve, speciality: Speciality | None = None, **fields: Any
    ) -> Registration:
        """A candidature of the candidate, holding ``epreuves``; its speciality is that of the first of them."""
        chosen = speciality or (epreuves[0].speciality if epreuves else self.speciality())
        defaults = {"number": "001", "version": "03", "school": candidate.school}
        registration = Registration.create(
            candidate=candidate, exam_session=chosen.exam_session, speciality=chosen, **{**defaults, **fields}
        )
        for epreuve in epreuves:
            EpreuveRegistration.create(registration=registration, epreuve=epreuve)
        return registration

    def centre(
        self, school: School, function: CentreFunction = CentreFunction.EXAM, *, autonomous: bool = False
    ) -> Centre:
        """The school in that function."""
        return Centre.create(school=school, function=function.value, autonomous=autonomous)

    def room(self, school: School, name: str = "205", capacity: int = 30, *, accessible: bool = False) -> Room:
        """A room of the school."""
        return Room.create(school=school, name=name, capacity=capacity, accessible=accessible)

    def commission(self, school: School, name: str = "3GHG") -> Commission:
        """A commission of the school."""
        return Commission.create(school=school, name=name)

    def assignment(self, registration: Registration, epreuve: Epreuve, centre: Centre, **fields: Any) -> Assignment:
        """An assignment of the candidature to the centre for the épreuve."""
        return Assignment.create(registration=registration, epreuve=epreuve, centre=centre, **fields)

    def delegation(self, centre: Centre, epreuve: Epreuve) -> Delegation:
        """A delegation of the épreuve to the centre."""
        return Delegation.create(centre=centre, epreuve=epreuve)


def derived_columns(values: dict[str, Any]) -> dict[str, Any]:
    """The columns of a candidate that follow from the others: place in the order, folded words, reversed numbers."""
    family, first = values["family_name"], values["first_names"]
    return {
        "rank": assign_ranks([sort_key(family, first)])[0],
        "words": index_words(family, values.get("usage_name", ""), first),
        "number_reversed": reverse_of(values.get("number")),
        "ine_reversed": reverse_of(values.get("ine")),
    }
