"""The exams of the demonstration: sessions, specialities and épreuves with the codes, labels and dates of the seeds.

From seed 002 (lists of missions): 470 BCG, 43A EA-BTN and 47A EA-BCG of 2021 with their EC and ECE épreuves, C009 twice
and C006 in several specialities. Around them: Philosophie and français (ponctuelles), CFG and DNB (PRODUCT.md §6).
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from examtui.model import Epreuve, Exam, ExamSession, Speciality
from examtui.model.exams import Form, MarkingMode, Nature

EC, ECE, PONCTUELLE = Nature.EC, Nature.ECE, Nature.PONCTUELLE
WRITTEN, ORAL, PRACTICAL = Form.WRITTEN, Form.ORAL, Form.PRACTICAL


@dataclass(frozen=True)
class EpreuvePlan:
    """An épreuve, and how many of the speciality's candidates hold it (0 to 1); dates are day and month of 2021.

    Candidates whose ``choice`` is one of this épreuve hold it with the others of that choice (HLP's two halves).
    """

    code: str
    label: str
    nature: Nature
    form: Form
    discipline: str
    start: tuple[int, int]
    end: tuple[int, int]
    hour: int
    minutes: int
    coefficient: str = "5"
    scale: str = "20"
    part: float = 1.0
    choice: str = ""

    @property
    def organisable(self) -> bool:
        """EC, ECE and the CFG's oral take place in schools; written ponctuelles in centres that the academy chooses."""
        return self.nature is not PONCTUELLE or self.code == "CFG2"


@dataclass(frozen=True)
class SpecialityPlan:
    """A speciality of a session with its épreuves."""

    code: str
    label: str
    epreuves: tuple[EpreuvePlan, ...]


@dataclass(frozen=True)
class SessionPlan:
    """A session of an exam with its specialities."""

    exam: str
    exam_label: str
    label: str
    specialities: tuple[SpecialityPlan, ...]


def _ec(code: str, label: str, discipline: str, day: tuple[int, int], **more: object) -> EpreuvePlan:
    return EpreuvePlan(code, label, EC, WRITTEN, discipline, day, (12, 2), 8, 120, **more)  # type: ignore[arg-type]


def _oral(code: str, label: str, discipline: str, start: tuple[int, int], **more: object) -> EpreuvePlan:
    return EpreuvePlan(code, label, EC, ORAL, discipline, start, (26, 3), 8, 20, **more)  # type: ignore[arg-type]


_FRENCH_WRITTEN = EpreuvePlan("FRE1", "Français écrit", PONCTUELLE, WRITTEN, "LETTRES", (17, 6), (17, 6), 14, 240)
_FRENCH_ORAL = EpreuvePlan("FRO1", "Français oral", PONCTUELLE, ORAL, "LETTRES", (21, 6), (2, 7), 8, 20)

BCG = SpecialityPlan(
    "BCG",
    "BACCALAUREAT GENERAL",
    (
        _ec("C001C", "Histoire-géographie 3ème éval", "HISTOIRE GEOGRAPHIE", (1, 2)),
        _ec("C002CA", "Langue viv. A 3ème éval écrit Anglais", "ANGLAIS", (2, 2)),
        _oral("C002CB", "Langue viv. A 3ème éval oral Anglais", "ANGLAIS", (8, 3)),
        _ec("C003CA", "Langue viv. B 3ème éval écrit Allemand", "ALLEMAND", (3, 2), part=0.45, choice="LVB"),
        _oral("C003CB", "Langue viv. B 3ème éval oral Allemand", "ALLEMAND", (8, 3), part=0.45, choice="LVB"),
        _ec(
            "C009", "Humanités, littérature philo Partie littér", "LETTRES", (4, 2), part=0.18, choice="HLP", scale="10"
        ),
        _ec(
            "C009",
            "Humanités, littérature philo partie philo",
            "PHILOSOPHIE",
            (4, 2),
            part=0.18,
            choice="HLP",
            scale="10",
        ),
        _oral("C006", "Arts Art - Musique", "EDUCATION MUSICALE", (8, 3), part=0.03),
        _oral("C006", "Arts Art - Histoire des arts", "ARTS PLASTIQUES", (8, 3), part=0.03),
        _oral("C018B", "Mathématiques OIB 2ème éval. Chinois", "MATHEMATIQUES", (8, 3), part=0.01),
        EpreuvePlan(
            "1-T011B-1",
            "Physique-chimie pratique",
            ECE,
            PRACTICAL,
            "SCIENCES PHYSIQUES ET CHIMIQUES",
            (22, 2),
            (26, 2),
            8,
            60,
            part=0.4,
        ),
        EpreuvePlan("PHI1", "Philosophie", PONCTUELLE, WRITTEN, "PHILOSOPHIE", (17, 6), (17, 6), 8, 240, "8"),
    ),
)
FIRST_YEAR_GENERAL = SpecialityPlan(
    "BCG",
    "BACCALAUREAT GENERAL",
    (
        _ec("C001A", "Histoire-géographie 1ère éval", "HISTOIRE GEOGRAPHIE", (4, 1)),
        _ec("C003A", "Langue vivante B 1ère éval Allemand", "ALLEMAND", (5, 1), part=0.45),
        _ec("C004A", "Enseignement scien. 1ère éval", "SCIENCES DE LA VIE ET DE LA TERRE", (6, 1)),
        _FRENCH_WRITTEN,
        _FRENCH_ORAL,
    ),
)
_TECHNOLOGICAL = (
    ("STI2D", "SCIEN. TECHNO. INDUST. DEV. DURA.", "Innovation technologique", ORAL, "SII"),
    ("STMG", "SCIEN. TECHNO. MANAG. ET GESTION", "Sc. de gestion et numérique", ORAL, "ECONOMIE ET GESTION"),
    ("STL", "SCIEN. ET TECHNO. DE LABORATOIRE", "Biochimie biologie", WRITTEN, "BIOCHIMIE GENIE BIOLOGIQUE"),
    ("STHR", "SCIEN. TECH. HOTEL. RESTAURATION", "Ens. scientifique alim-envir", WRITTEN, "BIOTECHNOLOGIES"),
    ("STD2A", "SCIEN. TECHNO. DESIGN ARTS APPLI.", "Physique-Chimie", WRITTEN, "SCIENCES PHYSIQUES ET CHIMIQUES"),
)


def _technological(code: str, label: str, own: str, form: Form, discipline: str) -> SpecialityPlan:
    return SpecialityPlan(
        code,
        label,
        (
            EpreuvePlan("C006", own, EC, form, discipline, (6, 1), (22, 1), 8, 20 if form is ORAL else 120),
            _ec("C001A", "Histoire-géographie 1ère éval", "HISTOIRE GEOGRAPHIE", (4, 1)),
            _FRENCH_WRITTEN,
            _FRENCH_ORAL,
        ),
    )


def _dnb(code: str, label: str, day: int, hour: int, minutes: int, scale: str, discipline: str) -> EpreuvePlan:
    return EpreuvePlan(
        code, label, PONCTUELLE, WRITTEN, discipline, (day, 6), (day, 6), hour, minutes, coefficient="1", scale=scale
    )


_DNB_EPREUVES = (
    _dnb("001", "Français", 28, 9, 180, "100", "LETTRES"),
    _dnb("002", "Mathématiques", 28, 14, 120, "100", "MATHEMATIQUES"),
    _dnb("003", "Histoire et géographie, enseignement moral et civique", 29, 9, 120, "50", "HISTOIRE GEOGRAPHIE"),
    _dnb("004", "Sciences", 29, 13, 60, "50", "SCIENCES DE LA VIE ET DE LA TERRE"),
)
CFG = SpecialityPlan(
    "CFG",
    "CERTIFICAT DE FORMATION GENERALE",
    (
        EpreuvePlan("CFG1", "Contrôle continu", PONCTUELLE, WRITTEN, "", (1, 6), (1, 6), 8, 60, "1", "240"),
        EpreuvePlan("CFG2", "Epreuve orale", PONCTUELLE, ORAL, "LETTRES", (7, 6), (11, 6), 8, 20, "1", "160"),
    ),
)

SESSIONS: tuple[SessionPlan, ...] = (
    SessionPlan("470", "BCG", "BGT 2021", (BCG,)),
    SessionPlan("47A", "EA-BCG", "EA 2021", (FIRST_YEAR_GENERAL,)),
    SessionPlan("43A", "EA-BTN", "EA 2021", tuple(_technological(*line) for line in _TECHNOLOGICAL)),
    SessionPlan("CFG", "CFG", "JUIN 2021", (CFG,)),
    SessionPlan(
        "DNB",
        "DNB",
        "JUIN 2021",
        (
            SpecialityPlan("GEN", "SERIE GENERALE", _DNB_EPREUVES),
            SpecialityPlan("PRO", "SERIE PROFESSIONNELLE", _DNB_EPREUVES),
        ),
    ),
)
YEAR = 2021


@dataclass(frozen=True)
class Programme:
    """A speciality that was written: ids of session and speciality, its épreuves by id in the order of the plan."""

    session: int
    speciality: int
    epreuves: tuple[tuple[int, EpreuvePlan], ...]


def make_exams() -> dict[tuple[str, str], Programme]:
    """Write exams, sessions, specialities and épreuves; returns the programmes by exam code and speciality code."""
    programmes: dict[tuple[str, str], Programme] = {}
    for session_plan in SESSIONS:
        exam = Exam.create(code=session_plan.exam, label=session_plan.exam_label)
        session = ExamSession.create(exam=exam, year=YEAR, label=session_plan.label)
        for plan in session_plan.specialities:
            speciality = Speciality.create(exam_session=session, code=plan.code, label=plan.label)
            epreuves = tuple((_make(speciality, epreuve), epreuve) for epreuve in plan.epreuves)
            _join_twins(epreuves)
            programmes[session_plan.exam, plan.code] = Programme(session.id, speciality.id, epreuves)
    return programmes


def _make(speciality: Speciality, plan: EpreuvePlan) -> int:
    hours = divmod(plan.hour * 60 + plan.minutes, 60)
    in_turns = plan.form is not WRITTEN
    row = Epreuve.create(
        speciality=speciality,
        code=plan.code,
        label=plan.label,
        nature=plan.nature.value,
        form=plan.form.value,
        discipline=plan.discipline,
        coefficient=Decimal(plan.coefficient),
        scale=Decimal(plan.scale),
        duration=plan.minutes,
        start_date=date(YEAR, *reversed(plan.start)),
        end_date=date(YEAR, *reversed(plan.end)),
        start_time=time(plan.hour),
        end_time=time(18) if in_turns else time(*hours),
        organisable=plan.organisable,
        marking_mode=(MarkingMode.CALCULATED if plan.code == "CFG1" else MarkingMode.ENTERED).value,
    )
    return int(row.id)


def _join_twins(epreuves: tuple[tuple[int, EpreuvePlan], ...]) -> None:
    halves = [number for number, plan in epreuves if plan.choice == "HLP"]
    for one, other in zip(halves, reversed(halves), strict=True):
        Epreuve.update(twin=other).where(Epreuve.id == one).execute()
