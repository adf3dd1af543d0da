"""The table of roles (PRODUCT.md, «Who uses it, and where»), as the permissions that use cases ask for."""

from enum import StrEnum

from examtui.model.identity import Role


class Permission(StrEnum):
    """Something that a role may do; each use case names the one that it needs."""

    READ_CANDIDATES = "read_candidates"
    READ_EXAMS = "read_exams"
    READ_PLACES = "read_places"
    READ_IMPORTS = "read_imports"
    READ_AUDIT = "read_audit"
    READ_SETTINGS = "read_settings"
    READ_HOME = "read_home"
    SAVE_SELECTIONS = "save_selections"
    IMPORT_STUDENTS = "import_students"
    IMPORT_CANDIDATES = "import_candidates"
    IMPORT_EXAMS = "import_exams"
    IMPORT_COMPLEMENTS = "import_complements"
    CORRECT_CONTACTS = "correct_contacts"
    CORRECT_STATUS = "correct_status"
    MANAGE_CANDIDATURES = "manage_candidatures"
    ASSIGN_ROOMS = "assign_rooms"
    MANAGE_EXAMS = "manage_exams"
    MANAGE_PLACES = "manage_places"
    MANAGE_ROOMS = "manage_rooms"
    MANAGE_DELEGATIONS = "manage_delegations"
    MANAGE_WINDOWS = "manage_windows"
    OPEN_SERVICES = "open_services"
    MANAGE_USERS = "manage_users"
    MANAGE_SETTINGS = "manage_settings"


_EVERYBODY = frozenset({Permission.READ_EXAMS, Permission.READ_PLACES, Permission.READ_HOME})
_READERS = _EVERYBODY | {Permission.READ_CANDIDATES, Permission.READ_IMPORTS, Permission.SAVE_SELECTIONS}
_SCHOOL = _READERS | {
    Permission.IMPORT_STUDENTS,
    Permission.IMPORT_COMPLEMENTS,
    Permission.CORRECT_CONTACTS,
    Permission.ASSIGN_ROOMS,
    Permission.MANAGE_ROOMS,
}
_MANAGER = _READERS | {
    Permission.IMPORT_CANDIDATES,
    Permission.IMPORT_EXAMS,
    Permission.IMPORT_COMPLEMENTS,
    Permission.CORRECT_CONTACTS,
    Permission.CORRECT_STATUS,
    Permission.MANAGE_CANDIDATURES,
    Permission.ASSIGN_ROOMS,
    Permission.MANAGE_EXAMS,
    Permission.MANAGE_PLACES,
    Permission.MANAGE_ROOMS,
    Permission.MANAGE_DELEGATIONS,
    Permission.MANAGE_WINDOWS,
}
_ADMIN = _READERS | {
    Permission.READ_AUDIT,
    Permission.READ_SETTINGS,
    Permission.OPEN_SERVICES,
    Permission.MANAGE_USERS,
    Permission.MANAGE_SETTINGS,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SCHOOL: _SCHOOL,
    Role.HEAD: _SCHOOL,
    Role.MANAGER: _MANAGER,
    Role.COORDINATOR: _EVERYBODY,
    Role.ADMIN: _ADMIN,
}
"""The table itself: a role holds exactly these permissions; the administrator reads, and changes no exam data."""

ROLE_LABELS: dict[Role, str] = {
    Role.SCHOOL: "Établissement",
    Role.HEAD: "Chef d'établissement",
    Role.MANAGER: "Gestionnaire DEC",
    Role.COORDINATOR: "Coordinateur académique",
    Role.ADMIN: "Administrateur",
}

PERMISSION_LABELS: dict[Permission, str] = {
    Permission.READ_CANDIDATES: "consulter les candidats",
    Permission.READ_EXAMS: "consulter les épreuves",
    Permission.READ_PLACES: "consulter les établissements et les centres",
    Permission.READ_IMPORTS: "consulter les comptes rendus d'import",
    Permission.READ_AUDIT: "consulter le journal",
    Permission.READ_SETTINGS: "consulter les réglages",
    Permission.READ_HOME: "ouvrir l'accueil",
    Permission.SAVE_SELECTIONS: "enregistrer des sélections",
    Permission.IMPORT_STUDENTS: "importer les élèves de l'établissement",
    Permission.IMPORT_CANDIDATES: "importer des candidats, des inscriptions et des affectations",
    Permission.IMPORT_EXAMS: "importer des épreuves, des centres et des salles",
    Permission.IMPORT_COMPLEMENTS: "importer des compléments",
    Permission.CORRECT_CONTACTS: "corriger les coordonnées et les aménagements",
    Permission.CORRECT_STATUS: "corriger liste rouge, fraude, remplacement, position et groupe de décision",
    Permission.MANAGE_CANDIDATURES: "modifier les candidatures, les inscriptions aux épreuves et les affectations",
    Permission.ASSIGN_ROOMS: "affecter les candidats aux salles et aux commissions",
    Permission.MANAGE_EXAMS: "modifier les sessions, spécialités et épreuves",
    Permission.MANAGE_PLACES: "modifier les établissements et les centres",
    Permission.MANAGE_ROOMS: "modifier les salles",
    Permission.MANAGE_DELEGATIONS: "déléguer des épreuves aux centres",
    Permission.MANAGE_WINDOWS: "ouvrir et fermer les services de résultats",
    Permission.OPEN_SERVICES: "ouvrir les services «convocation» et «signature»",
    Permission.MANAGE_USERS: "gérer les utilisateurs et leurs droits",
    Permission.MANAGE_SETTINGS: "modifier les réglages",
}


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that hold ``permission``, in the order of the table of roles."""
    return [role for role in Role if permission in PERMISSIONS[role]]
