"""The catalogue of criteria: what each is called, what it takes, and of which row it speaks (PRODUCT.md §2).

It is data without a query: the text form, the screens and the fiche mémo read it; ``examtui.selection.fields`` says how
the database answers each one, and ``examtui.selection.values`` which values can be proposed.
"""

import re
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache

from examtui.errors import InvalidInput
from examtui.search.fold import fold
from examtui.selection.tree import Criterion, Operator

YES, NO = "oui", "non"


class Kind(Enum):
    """What a criterion takes."""

    CHOICE = "un ou plusieurs choix"
    TEXT = "un texte"
    NUMBER = "un nombre"
    DATE = "une date"
    YES_NO = "oui ou non"


class Level(StrEnum):
    """The row that a criterion speaks of: criteria of one row in an ET group hold of one and the same row."""

    CANDIDATE = "candidat"
    REGISTRATION = "candidature"
    EPREUVE = "épreuve d'une candidature"


@dataclass(frozen=True)
class CriterionType:
    """An entry of the catalogue.

    ``name`` is the keyword that is printed, ``aliases`` others that are understood, ``help`` a line for users.
    ``none`` is the word that asks for the lack of the thing («salle:aucune»), empty where that makes no sense.
    """

    name: str
    label: str
    kind: Kind
    level: Level
    help: str
    aliases: tuple[str, ...] = ()
    none: str = ""

    @property
    def operators(self) -> tuple[Operator, ...]:
        """The operators that it takes."""
        return tuple(Operator) if self.kind in (Kind.DATE, Kind.NUMBER) else (Operator.IS,)


_C, _R, _E = Level.CANDIDATE, Level.REGISTRATION, Level.EPREUVE

CATALOGUE: tuple[CriterionType, ...] = (
    CriterionType(
        "état", "État", Kind.CHOICE, _R, "L'état de la candidature, par exemple Inscrit.", ("etat_candidature",)
    ),
    CriterionType(
        "spécialité",
        "Spécialité",
        Kind.CHOICE,
        _R,
        "Le code ou le libellé de la spécialité : BCG, BACCALAUREAT GENERAL.",
        ("spé", "spéc", "série"),
    ),
    CriterionType(
        "session", "Session d'examen", Kind.CHOICE, _R, "Le libellé de la session ou son année : BGT 2021, 2021."
    ),
    CriterionType("examen", "Examen", Kind.CHOICE, _R, "Le code ou le libellé de l'examen : 470, BCG."),
    CriterionType(
        "établissement",
        "Établissement d'inscription",
        Kind.CHOICE,
        _C,
        "L'UAI ou le nom de l'établissement d'inscription ; «aucun» pour les candidats individuels.",
        ("étab", "uai", "lycée", "collège", "école"),
        none="aucun",
    ),
    CriterionType(
        "classe",
        "Division de classe",
        Kind.CHOICE,
        _C,
        "La division de classe : 3B, TG1 ; «3*» pour toutes celles qui commencent par 3.",
        ("division", "division_de_classe"),
        none="aucune",
    ),
    CriterionType(
        "catégorie",
        "Catégorie",
        Kind.CHOICE,
        _R,
        "La catégorie du candidat, telle que Cyclades l'écrit.",
        ("catégorie_candidat",),
        none="aucune",
    ),
    CriterionType(
        "groupe",
        "Groupe de décision",
        Kind.CHOICE,
        _R,
        "Le groupe de décision, c'est-à-dire le jury.",
        ("groupe_de_décision", "groupe_décision", "jury"),
        none="aucun",
    ),
    CriterionType(
        "notation",
        "Mode de notation",
        Kind.CHOICE,
        _E,
        "Comment l'épreuve reçoit sa note : Saisie, Calculée.",
        ("mode_de_notation", "mode_notation"),
    ),
    CriterionType(
        "épreuve",
        "Épreuve",
        Kind.CHOICE,
        _E,
        "Le code ou le libellé de l'épreuve : C001C ; BCG/C001C pour celle d'une seule spécialité.",
        ("épr", "épreuve_option", "option"),
    ),
    CriterionType(
        "position",
        "Position épreuve",
        Kind.CHOICE,
        _E,
        "La position à l'épreuve : Inscrit, Bénéfice, Dispensé.",
        ("position_épreuve",),
    ),
    CriterionType(
        "centre",
        "Centre",
        Kind.CHOICE,
        _E,
        "L'UAI ou le nom du centre où l'épreuve est passée ; «aucun» si elle n'est pas affectée.",
        ("centre_d_épreuves", "centre_épreuve", "centre_examen"),
        none="aucun",
    ),
    CriterionType(
        "date",
        "Date de l'épreuve",
        Kind.DATE,
        _E,
        "Le jour de l'épreuve : 15/03/2021, 15/03/2021..19/03/2021 ; «aucune» si elle n'est pas fixée.",
        ("date_épreuve", "jour"),
        none="aucune",
    ),
    CriterionType(
        "salle", "Salle", Kind.CHOICE, _E, "La salle de l'épreuve ; «aucune» pour qui n'en a pas encore.", none="aucune"
    ),
    CriterionType(
        "commission",
        "Commission",
        Kind.CHOICE,
        _E,
        "La commission de l'épreuve ; «aucune» pour qui n'en a pas encore.",
        none="aucune",
    ),
    CriterionType("liste_rouge", "Liste rouge", Kind.YES_NO, _C, "Le candidat est sur liste rouge.", ("rouge",)),
    CriterionType(
        "fraude",
        "Présomption de fraude",
        Kind.YES_NO,
        _R,
        "La candidature a une présomption de fraude.",
        ("présomption_de_fraude", "présomption"),
    ),
    CriterionType(
        "remplacement",
        "Session de remplacement",
        Kind.YES_NO,
        _R,
        "La candidature est en session de remplacement.",
        ("session_de_remplacement", "session_remplacement"),
    ),
    CriterionType(
        "aménagement",
        "Aménagement",
        Kind.TEXT,
        _C,
        "Des mots de l'aménagement : ordinateur ; «*» pour qui en a un, «aucun» pour les autres.",
        ("aménagements",),
        none="aucun",
    ),
    CriterionType(
        "temps_majoré",
        "Temps majoré (%)",
        Kind.NUMBER,
        _C,
        "Le temps majoré en pour cent : 33 ; «aucun» pour qui n'en a pas.",
        ("majoration",),
        none="aucun",
    ),
    CriterionType("tiers_temps", "Tiers temps", Kind.YES_NO, _C, "Le candidat a du temps majoré, quel qu'il soit."),
    CriterionType(
        "nom",
        "Nom",
        Kind.TEXT,
        _C,
        "Le nom de famille ou d'usage : DUPONT ; «dup*» pour ceux qui commencent par dup.",
        ("nom_de_famille", "nom_famille", "nom_d_usage"),
    ),
    CriterionType(
        "prénom",
        "Prénom",
        Kind.TEXT,
        _C,
        "Un des prénoms : Marie ; «mar*» pour ceux qui commencent par mar.",
        ("prénoms",),
    ),
    CriterionType(
        "numéro",
        "N° candidat",
        Kind.TEXT,
        _C,
        "Le numéro de candidat ; «019*» pour son début, «aucun» pour qui n'en a pas encore.",
        ("n", "num", "n°", "numéro_candidat", "n_candidat", "n°_candidat"),
        none="aucun",
    ),
    CriterionType(
        "ine", "INE", Kind.TEXT, _C, "L'INE ; «0101*» pour son début, «aucun» pour qui n'en a pas.", none="aucun"
    ),
    CriterionType("élève", "Élève", Kind.YES_NO, _C, "Le candidat est élève, dans la base d'un établissement."),
    CriterionType(
        "mail", "Adresse mail", Kind.YES_NO, _C, "Le candidat a une adresse mail.", ("mél", "email", "e_mail")
    ),
)


def key_of(word: str) -> str:
    """Return what tells one keyword from another: letters without accents, case, ``_``, ``-``, ``'`` or blanks."""
    return re.sub(r"[\s_\-'’.]+", "", fold(word))


@cache
def _by_key() -> dict[str, CriterionType]:
    table: dict[str, CriterionType] = {}
    for entry in CATALOGUE:
        for word in (entry.name, *entry.aliases, entry.label):
            held = table.setdefault(key_of(word), entry)
            if held is not entry:
                raise RuntimeError(f"two criteria are called {word}")
    return table


def lookup(word: str) -> CriterionType | None:
    """Return the criterion that ``word`` names, in any spelling; None where there is none."""
    return _by_key().get(key_of(word))


def lookup_lack(word: str) -> CriterionType | None:
    """Return the criterion whose lack ``word`` asks for: ``sans_salle`` is ``salle:aucune``."""
    key = key_of(word)
    entry = _by_key().get(key.removeprefix("sans")) if key.startswith("sans") else None
    return entry if entry is not None and entry.none else None


def nearest(word: str) -> str | None:
    """Return the keyword that is spelt nearly like ``word``; None where none is near."""
    from difflib import get_close_matches

    found = get_close_matches(key_of(word), list(_by_key()), n=1, cutoff=0.6)
    return _by_key()[found[0]].name if found else None


def type_of(criterion: Criterion) -> CriterionType:
    """Return the catalogue's entry of ``criterion``.

    Raises:
        InvalidInput: the catalogue has no such criterion.
    """
    entry = lookup(criterion.name)
    if entry is None:
        near = nearest(criterion.name)
        hint = f"voulez-vous dire «{near}» ?" if near else "«?» en montre la liste."
        raise InvalidInput(f"Critère «{shown(criterion.name)}» inconnu : {hint}", "criteria")
    return entry


def shown(text: str) -> str:
    """Return ``text`` short and without control characters, to quote it in a message."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in text)
    return plain if len(plain) <= 40 else plain[:39] + "…"
