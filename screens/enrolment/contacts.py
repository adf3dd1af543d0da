"""The form that corrects the contacts and accommodations of a candidate."""

from typing import Any

from examtui.access import Actor
from examtui.enrolment.candidates_card import Card
from examtui.enrolment.candidates_corrections import Contacts, correct_contacts
from examtui.plaintext import plain
from examtui.screens.form import FormScreen
from examtui.screens.several_lines import line_fields, line_values, with_lines_joined
from examtui.screens.widgets.fields import Field

_SEVERAL_LINES = ("address", "accommodations")
_ADDRESS_LINES = 2
"""Lines of an address that the form shows, at least."""


def contacts_form(actor: Actor, path: tuple[str, ...], card: Card) -> FormScreen:
    """Return the form, which sends what was changed in it and nothing else: the rest stays as files brought it."""
    first = _values(card)
    fields = (
        Field("email", "Mail"),
        Field("guardian_emails", "Mails des responsables", hint="séparés par des virgules", max_length=1000),
        Field("phone", "Téléphone"),
        Field("mobile", "Mobile"),
        *line_fields("address", "Adresse", card.address, _ADDRESS_LINES),
        Field("postcode", "Code postal"),
        Field("town", "Commune"),
        Field("country", "Pays", hint="vide : France"),
        Field("extra_time", "Temps majoré", hint="33 % ou 1/3 ; vide : aucun"),
        *line_fields("accommodations", "Aménagements", card.accommodations),
    )

    def submit(typed: dict[str, Any]) -> None:
        was, now = _joined({name: plain(value).strip() for name, value in first.items()}), _joined(typed)
        changed = {name: value for name, value in now.items() if value != was[name]}
        correct_contacts(actor, card.id, card.revision, Contacts(**changed))

    return FormScreen(path, fields, submit, first)


def _joined(values: dict[str, str]) -> dict[str, str]:
    for name in _SEVERAL_LINES:
        values = with_lines_joined(name, values)
    return values


def _values(card: Card) -> dict[str, str]:
    return {
        "email": card.email,
        "guardian_emails": ", ".join(card.guardian_emails),
        "phone": card.phone,
        "mobile": card.mobile,
        "postcode": card.postcode,
        "town": card.town,
        "country": card.country,
        "extra_time": f"{card.extra_time} %" if card.extra_time else "",
        **line_values("address", card.address),
        **line_values("accommodations", card.accommodations),
    }
