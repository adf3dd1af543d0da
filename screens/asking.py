"""A form that asks before it saves what is unusual."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from examtui.errors import ExamtuiError, Unconfirmed
from examtui.screens.form import FormScreen
from examtui.screens.widgets.fields import Field

AskingSubmit = Callable[[dict[str, Any], bool], object]
"""Save what was typed; the second argument tells that the unusual was confirmed."""


class AskingForm(FormScreen):
    """A form whose use case raises ``Unconfirmed``: the sentence is asked, and a yes saves all the same."""

    def __init__(
        self,
        path: tuple[str, ...],
        fields: Sequence[Field],
        submit: AskingSubmit,
        values: Mapping[str, Any] | None = None,
        intro: str = "",
    ) -> None:
        self._confirmed = False
        super().__init__(path, fields, lambda typed: submit(typed, self._confirmed), values, intro)

    def action_save(self) -> None:
        """Check and save; what is unusual is asked about anew."""
        self._confirmed = False
        super().action_save()

    def _refused(self, error: ExamtuiError) -> None:
        if not isinstance(error, Unconfirmed):
            super()._refused(error)
            return
        self._saving = False
        self.tell("")
        self.confirm(f"{error}\nEnregistrer quand même ?", self._save_anyway, yes="Enregistrer", no="Revenir")

    def _save_anyway(self) -> None:
        self._confirmed = True
        super().action_save()
