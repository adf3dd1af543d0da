"""The cases of the room ``administration``, of saved selections and of imports."""

from pathlib import Path

from support.matrix import EVERYBODY, READERS, Case, Ids, call, read_file

from examtui.administration.users import UserLine
from examtui.imports.engine import Preview, no_progress
from examtui.imports.problems import ImportRefused
from examtui.model import SavedSelection, User
from examtui.model.identity import Role

_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl lea@poste"


def _seen(ids: Ids) -> UserLine:
    from examtui.access import actor_for
    from examtui.administration.users import read_user

    return read_user(actor_for("second-admin"), ids.login)


ADMINISTRATION: dict[str, Case] = {
    "administration.todo": Case(EVERYBODY, strangers=False),
    "audit.list": Case("A"),
    "audit.verify": Case("A"),
    "settings.show": Case("A"),
    "settings.set": Case("A", lambda ids: call("display.mouse", "oui")),
    "users.list": Case("A"),
    "users.read": Case("A", lambda ids: call(ids.login)),
    "users.places": Case("A"),
    "users.add": Case("A", lambda ids: call("nouveau")),
    "users.correct": Case("A", lambda ids: call(_seen(ids), "Léa Martin", "")),
    "users.grant": Case("A", lambda ids: call(ids.login, Role.SCHOOL, ids.uai)),
    "users.revoke": Case("A", lambda ids: call("head", Role.HEAD, ids.uai)),
    "users.disable": Case("A", lambda ids: call(ids.login)),
    "users.enable": Case("A", lambda ids: call("disabled")),
    "users.key": Case("A", lambda ids: call(ids.login, _KEY, "examtui", Path("/srv/examtui"))),
}


def _own_it(ids: Ids, login: str) -> None:
    SavedSelection.update(owner=User.get(User.login == login)).where(SavedSelection.id == ids.selection).execute()


SELECTIONS: dict[str, Case] = {
    "criteria.values": Case(READERS, lambda ids: call("classe"), lists=True),
    "selections.list": Case(READERS, lists=True),
    "selections.save": Case(READERS, lambda ids: call("Ma sélection", "classe:3B")),
    "selections.correct": Case(
        READERS, lambda ids: call(ids.selection, "Autre nom", shared=False), "selection", prepare=_own_it
    ),
    "selections.delete": Case(READERS, lambda ids: call(ids.selection), "selection", prepare=_own_it),
}

_PUPILS = (
    "Identifiant unique*;Premier prénom*;Deuxième prénom;Troisième prénom;Nom de famille*;Nom d'usage;Code sexe*;"
    "Date de naissance (jj/mm/aaaa)*;Code commune naissance**;Libellé commune naissance**;Code département naissance*;"
    "Code pays naissance*;Statut*;Code MEF*;Division*\n"
    "323456789AB;Anna;;;NOUVELLE;;F;12/03/2006;31555;;31;99100;ST;10310019110;3A\n"
)


def _students(ids: Ids, *confirmed: object) -> tuple[object, ...]:
    return read_file(ids, "students", _PUPILS), ids.uai, *confirmed, no_progress


def _table(kind: str, content: str, *confirmed: object) -> Case:
    return Case(
        "SHM" if kind == "complements" else "M",
        lambda ids: call(read_file(ids, kind, content.format(ids=ids)), None, *confirmed, no_progress),
        "number" if "{ids.number}" in content else "uai" if "{ids.uai}" in content else "",
        strangers=kind != "centres",  # who enters a centre reads whether its UAI, which is public, is taken
        refusal=ImportRefused if confirmed else Preview,
    )


_ROOMS = "UAI*;Salle*;Capacité*;Accessible (O/N)\n{ids.uai};307;24;O\n"
_CENTRES = (
    "UAI*;Nom*;Académie;Fonctions (numérisation, épreuves, déroulement)\n{ids.uai};LPO AUTREMENT;Toulouse;déroulement\n"
)
_EPREUVES = (
    "Session*;Examen*;Spécialité*;Code épreuve*;Libellé épreuve*;Nature*;Forme*\n"
    "BGT 2021;470;BCG;PHI1;Philosophie;ponctuelle;écrit\n"
)
_LIST = """Session : BGT 2021
Listes simples
LPO  ({ids.uai})
Liste des candidats
Edité le 23/01/2021 10:49
Critères : aucun
Regroupement : aucun
Tri : nom de famille
Division de classe;N° Candidat;N° Inscription;N° Océan;Nom de famille;Nom d'usage;Prénom(s);Date de Naissance;\
Division de classe;INE;Catégorie Candidat;Code Spécialité;Spécialité;Etat;Enseignements
1G3;01843006788;001;;ROSE;;Anna;12/03/2004;1G3;423456789AB;SCOLAIRE;BCG;BACCALAUREAT GENERAL;Inscrit;
"""
_REGISTRATIONS = "N° Candidat*;Session*;Spécialité*;Code épreuve*\n{ids.number};BGT 2021;BCG;C998\n"
_ASSIGNMENTS = (
    "N° Candidat*;Session*;Spécialité;Code épreuve*;UAI centre*;Date\n"
    "{ids.number};BGT 2021;BCG;C001C;0310038Y;02/02/2021\n"
)
_COMPLEMENTS = "N° Candidat ou INE*;Mail\n{ids.number};anna@exemple.fr\n"

IMPORTS: dict[str, Case] = {
    "import.list": Case(READERS, lists=True),
    "import.schools": Case("SH", lists=True),
    "import.show": Case(READERS, lambda ids: call(ids.report), "report"),
    "import.export_messages": Case(READERS, lambda ids: call((), "messages.csv", overwrite=True)),
    "import.students.preview": Case("SH", lambda ids: call(*_students(ids)), "uai"),
    "import.students": Case("SH", lambda ids: call(*_students(ids, None)), "uai"),
}
_TABLES = {
    "candidates": _LIST,
    "rooms": _ROOMS,
    "centres": _CENTRES,
    "epreuves": _EPREUVES,
    "registrations": _REGISTRATIONS,
    "assignments": _ASSIGNMENTS,
    "complements": _COMPLEMENTS,
}
for _kind, _content in _TABLES.items():
    IMPORTS[f"import.{_kind}.preview"] = _table(_kind, _content)
    IMPORTS[f"import.{_kind}"] = _table(_kind, _content, None)
