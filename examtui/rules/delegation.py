"""What a centre assigns itself: épreuves that are organisable in a school (PRODUCT.md §3, seed 000)."""

from examtui import texts


def is_delegated(*, organisable: bool, autonomous: bool, delegated: bool) -> bool:
    """Tell whether a centre assigns an épreuve itself.

    A centre in «gestion autonome» has every organisable épreuve, another the ones that the manager delegated to it.
    """
    return organisable and (autonomous or delegated)


def why_not_delegated(epreuve: str, *, organisable: bool, autonomous: bool, delegated: bool) -> str | None:
    """Return the French sentence that says why an activity on ``epreuve`` (its title) is not available to a centre."""
    if is_delegated(organisable=organisable, autonomous=autonomous, delegated=delegated):
        return None
    if not organisable:
        return (
            f"{epreuve} : cette épreuve n'est pas organisable en établissement, c'est le gestionnaire qui l'organise. "
            "Adressez-vous à lui."
        )
    return f"{epreuve} : {texts.NOT_DELEGATED}."
