"""The wordings that the fiches mémo quote, to the letter: the one table of them, which a test holds against the memos.

A text with blanks to fill is a ``str.format`` template. ``SOURCES`` says in which memo each stands, and with what the
memo fills its blanks.
"""

EXTRACTION_OPEN = "Service extraction des notes établissement ouvert du {opens} au {closes}."
NOT_DELEGATED = (
    "cette activité n'est disponible que si le gestionnaire vous a déclaré en gestion autonome ou délégué "
    "l'affectation des épreuves organisables en établissement"
)
SESSION_TITLE = "{code}, {exam}, {year} ,{label}"

SOURCES: dict[str, tuple[str, dict[str, str]]] = {
    "EXTRACTION_OPEN": ("001", {"opens": "01/07/2019 08:00", "closes": "14/07/2019 18:00"}),
    "NOT_DELEGATED": ("000", {}),
    "SESSION_TITLE": ("002", {"code": "470", "exam": "BCG", "year": "2021", "label": "BGT 2021"}),
}
"""For each wording: the memo's number, and the values that its blanks have there."""
