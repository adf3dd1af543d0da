"""What a centre assigns itself: the épreuves delegated to it, or all organisable ones in «gestion autonome»."""

from examtui.model import Centre, Delegation, Epreuve
from examtui.rules.delegation import why_not_delegated


def reason_not_delegated(centre: Centre, epreuve: Epreuve) -> str | None:
    """Return why an activity on ``epreuve`` is not available to ``centre``, None where the centre assigns it itself."""
    granted = Delegation.get_or_none(Delegation.centre == centre, Delegation.epreuve == epreuve) is not None
    return why_not_delegated(
        epreuve.title, organisable=epreuve.organisable, autonomous=centre.autonomous, delegated=granted
    )
