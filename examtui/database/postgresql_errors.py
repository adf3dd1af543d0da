"""What a PostgreSQL server, or its driver, says when it does not serve, as sentences for users."""

import re

_QUOTED = r"[\"«“]\s*(?P<name>.+?)\s*[\"»”]"
# The server speaks its own language: English, or French where it was installed so.
_REFUSALS: tuple[tuple[str, str], ...] = (
    (
        r"password authentication failed|authentification par mot de passe",
        "Le serveur PostgreSQL refuse ce compte ou son mot de passe : corrigez le réglage «database.url», "
        "ou le fichier «~/.pgpass».",
    ),
    (
        r"no password supplied",
        "Le serveur PostgreSQL demande un mot de passe : écrivez-le dans «~/.pgpass», "
        "ou dans le réglage «database.url».",
    ),
    (
        rf"(?:role|rôle) {_QUOTED} (?:does not exist|n'existe pas)",
        "Le serveur PostgreSQL ne connaît pas le compte «{name}» : créez-le avec «createuser», "
        "ou corrigez le réglage «database.url».",
    ),
    (
        rf"(?:database|base de données) {_QUOTED} (?:does not exist|n'existe pas)",
        "La base «{name}» n'existe pas sur le serveur PostgreSQL : créez-la avec «createdb», "
        "ou corrigez le réglage «database.url».",
    ),
    (
        r"pg_hba\.conf",
        "Le serveur PostgreSQL n'accepte pas ce compte depuis cette machine : faites-la ajouter à son «pg_hba.conf».",
    ),
    (
        r"resolve host|could not translate host name",
        "Le nom du serveur PostgreSQL est introuvable : corrigez le réglage «database.url».",
    ),
    (
        r"too many clients|connection slots|Exceeded maximum|Max connections",
        "Toutes les connexions du serveur PostgreSQL sont prises : recommencez dans un instant.",
    ),
    (
        r"permission denied for schema|droit refusé pour le schéma|permission denied for database",
        "Ce compte n'a pas le droit de créer des tables dans la base PostgreSQL : "
        "donnez-la-lui, par exemple avec «createdb --owner COMPTE».",
    ),
    (
        r"invalid connection option",
        "Le réglage «database.url» a une option que PostgreSQL ne connaît pas : corrigez ce qui suit le «?».",
    ),
    (
        r"connection (?:failed|is bad|timeout|is closed|is lost)|server closed the connection|"
        r"consuming input failed|terminating connection|starting up|shutting down|arrêt|sending query|sync failed",
        "Le serveur PostgreSQL ne répond pas : vérifiez qu'il est démarré, puis recommencez.",
    ),
)


def refusal(reason: str) -> str | None:
    """Return the French sentence for a reason that the server or its driver gives for not serving; None if unknown."""
    for pattern, sentence in _REFUSALS:
        found = re.search(pattern, reason, re.IGNORECASE)
        if found is not None:
            return sentence.format(**found.groupdict())
    return None
