"""What may stand in a candidate's contacts and accommodations, and the French names of a candidate's fields."""

import re

from examtui.identifiers import Fault

_PHONE = re.compile(r"\+?[0-9](?:[ .\-]?[0-9]){5,17}")

FIELD_LABELS: dict[str, str] = {
    "number": "n° candidat",
    "ine": "INE",
    "family_name": "nom de famille",
    "usage_name": "nom d'usage",
    "first_names": "prénoms",
    "sex": "sexe",
    "birth_date": "date de naissance",
    "birth_country": "pays de naissance",
    "birth_department": "département de naissance",
    "birth_commune_code": "code commune de naissance",
    "birth_commune": "commune de naissance",
    "nationality": "nationalité",
    "email": "mail",
    "guardian_emails": "mails des responsables",
    "phone": "téléphone",
    "mobile": "mobile",
    "address": "adresse",
    "postcode": "code postal",
    "town": "commune",
    "country": "pays",
    "red_list": "liste rouge",
    "extra_time": "temps majoré",
    "accommodations": "aménagements",
    "school_id": "établissement",
    "academy_id": "académie",
    "school": "établissement",
    "academy": "académie",
    "division": "classe",
    "mef": "MEF",
    "status": "statut",
    "regime": "régime",
    "entered_on": "entrée",
    "left_on": "sortie",
    "siecle_id": "identifiant SIECLE",
    "local_number": "n° interne",
    "speciality": "spécialité",
    "speciality_id": "spécialité",
    "exam_session": "session",
    "exam_session_id": "session",
    "version": "version",
    "ocean_number": "n° Océan",
    "category": "catégorie",
    "state": "état",
    "teachings": "enseignements",
    "decision_group": "groupe de décision",
    "decision_group_id": "groupe de décision",
    "replacement": "session de remplacement",
    "fraud_suspected": "présomption de fraude",
    "position": "position épreuve",
    "epreuve": "épreuve",
    "epreuve_id": "épreuve",
    "centre": "centre",
    "centre_id": "centre",
    "date": "date",
    "start_time": "heure de début",
    "end_time": "heure de fin",
    "room": "salle",
    "room_id": "salle",
    "commission": "commission",
    "commission_id": "commission",
}
"""The French name of each column of a candidate's records, as history and messages tell them."""


def is_abroad(country: str) -> bool:
    """Tell whether an address is in another country, whose postal codes have their own shape; none is France."""
    return country.strip().casefold() not in ("", "france", "fr", "100", "99100")


def phone_fault(number: str) -> Fault | None:
    """Return what is wrong with a telephone number; an empty one is right, and so is a foreign one."""
    if not number or _PHONE.fullmatch(number):
        return None
    return Fault("ce numéro de téléphone n'est pas complet", "écrivez-le en chiffres, par exemple «06 12 34 56 78»")
