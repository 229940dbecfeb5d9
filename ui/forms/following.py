"""A field of an open form that follows another: the unit of whoever is chosen, the body of the meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from ui.forms.editors import ReferenceEditor
from ui.forms.record_form import RecordForm
from ui.widgets.drop_list import Choice


def follow(form: RecordForm, chosen: str, filled: str, told_by: Callable[[str], str]) -> None:
    """Whenever a record is picked in the field *chosen*, propose in the reference *filled* what *told_by* its id.

    What the clerk put there stays; what was proposed for another record gives way.
    """
    target = form.editor(filled)
    proposed = ""

    def propose(choice: Choice | None) -> None:
        nonlocal proposed
        if proposed and target.typed().startswith(proposed):
            target.put("")
        proposed = told_by(str(choice.key)) if choice else ""
        form.propose(filled, proposed)

    cast(ReferenceEditor, form.editor(chosen)).chosen.connect(propose)
