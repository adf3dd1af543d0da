"""A candidate's card as lines of text: beside the list, and on a screen of its own."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from examtui.audit.labels import action_label
from examtui.clock import local
from examtui.enrolment.candidates_card import Card, EpreuveView, RegistrationView
from examtui.enrolment.history import HistoryLine
from examtui.rules.birthplace import birth
from examtui.screens.typed import show_date, show_time
from examtui.screens.widgets.lines import PlainText, fit

Part = str | tuple[str, str]
_LABEL = 16


class CardView(VerticalScroll):
    """The card; it scrolls. Where it is narrow, an assignment goes under its épreuve."""

    DEFAULT_CSS = """
    CardView { height: 1fr; width: 1fr; scrollbar-size: 1 1; }
    CardView PlainText { padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None, can_focus: bool = True) -> None:
        super().__init__(id=id, can_focus=can_focus)
        self._text = PlainText()
        self.candidate: Card | None = None

    def compose(self) -> ComposeResult:
        """Compose the one text."""
        yield self._text

    def show(self, card: Card | None) -> None:
        """Show a card, from its first line; None shows nothing."""
        if self.candidate is None or card is None or card.id != self.candidate.id:
            self.scroll_home(animate=False)
        self.candidate = card
        self._text.show(*(() if card is None else _parts(card)))

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return self._text.text


def full_name(card: Card) -> str:
    """Return surname, name of use if it differs, and first names."""
    usage = f" (usage {card.usage_name})" if card.usage_name and card.usage_name != card.family_name else ""
    return f"{card.family_name}{usage} {card.first_names}".strip()


def _parts(card: Card) -> Iterator[Part]:
    yield (f"{full_name(card)}\n", "bold")
    yield from _identity(card)
    yield from _contacts(card)
    for registration in card.registrations:
        yield from _registration(registration)
    if not card.registrations:
        yield "\nAucune candidature : elle vient de la liste de Cyclades ou HORS BEE.\n"
    yield from _history(card)


def _line(label: str, value: str) -> Iterator[Part]:
    if value:
        yield fit(label, _LABEL)
        yield f"{value}\n"


def _identity(card: Card) -> Iterator[Part]:
    yield from _line("N° candidat", card.number or "pas encore donné par Cyclades")
    yield from _line("INE", card.ine or "")
    place = (card.birth_commune, card.birth_commune_code, card.birth_department, card.birth_country)
    yield from _line("Né(e) le", birth(card.birth_date, *place))
    yield from _line("Sexe", card.sex)
    yield from _line("Nationalité", card.nationality)
    school = f"{card.school_name} ({card.school_uai})" if card.school_uai else "candidat individuel"
    yield from _line("Établissement", school)
    yield from _line("Académie", card.academy)
    enrolment = card.enrolment
    if enrolment is not None:
        left = f", parti(e) le {enrolment.left_on:%d/%m/%Y}" if enrolment.left_on else ""
        yield from _line("Classe", f"{enrolment.division or 'aucune'}{left}")
        details = [("MEF", enrolment.mef), ("statut", enrolment.status), ("régime", enrolment.regime)]
        yield from _line("Formation", ", ".join(f"{name} {value}" for name, value in details if value))


def _contacts(card: Card) -> Iterator[Part]:
    yield ("\nCoordonnées et aménagements\n", "bold")
    yield from _line("Mail", card.email or "aucun")
    yield from _line("Responsables", ", ".join(card.guardian_emails))
    yield from _line("Téléphone", ", ".join(part for part in (card.phone, card.mobile) if part))
    town = f"{card.postcode} {card.town}".strip()
    yield from _line("Adresse", ", ".join(part for part in (card.address, town, card.country) if part))
    extra = f"temps majoré {card.extra_time} %" if card.extra_time else ""
    yield from _line("Aménagements", ", ".join(part for part in (extra, card.accommodations) if part) or "aucun")
    if card.red_list:
        yield fit("Liste rouge", _LABEL)
        yield ("oui : ses résultats ne sont pas publiés\n", "bold")


def _registration(registration: RegistrationView) -> Iterator[Part]:
    yield (f"\nCandidature {registration.title}\n", "bold")
    yield from _line("Session", registration.session)
    yield from _line("Spécialité", registration.speciality)
    yield from _line("État", registration.state)
    yield from _line("Catégorie", registration.category)
    yield from _line("Groupe décision", registration.decision_group)
    yield from _line("Enseignements", registration.teachings)
    for flag, label in ((registration.replacement, "Remplacement"), (registration.fraud_suspected, "Fraude")):
        if flag:
            yield fit(label, _LABEL)
            yield ("session de remplacement\n" if label == "Remplacement" else "présomption de fraude\n", "bold")
    for epreuve in registration.epreuves:
        yield from _epreuve(epreuve)
    if not registration.epreuves:
        yield "  Inscrit à aucune épreuve.\n"


def _epreuve(epreuve: EpreuveView) -> Iterator[Part]:
    yield f"  {epreuve.code}, {epreuve.label}"
    yield (f"  {epreuve.position}\n", "bold" if epreuve.position != "Inscrit" else "")
    assignment = epreuve.assignment
    if assignment is None:
        if epreuve.position == "Inscrit":
            yield "    pas encore affecté\n"
        return
    hours = " – ".join(show_time(value) for value in (assignment.start_time, assignment.end_time) if value)
    when = " ".join(part for part in (show_date(assignment.date), hours) if part) or "sans date"
    room = f"salle {assignment.room}" if assignment.room else "sans salle"
    commission = f", com. {assignment.commission}" if assignment.commission else ""
    yield f"    {when}, {assignment.centre} ({assignment.centre_uai}), {room}{commission}\n"


def _history(card: Card) -> Iterator[Part]:
    yield ("\nHistorique\n", "bold")
    for line in card.history:
        yield from _done(line)
    if card.created_by:
        yield f"  Créé par {card.created_by}\n"
    elif not card.history:
        yield "  Rien n'a été modifié.\n"


def _done(line: HistoryLine) -> Iterator[Part]:
    yield f"  {local(line.at):%d/%m/%Y %H:%M}  {line.login}  {action_label(line.action)}\n"
    for field, before, after in line.changes:
        yield f"    {field} : {before or 'rien'} → {after or 'rien'}\n"
