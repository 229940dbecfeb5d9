"""Taking one obligation out, or noting something on it: a decision with its reason, kept as a waiver."""

from __future__ import annotations

from datetime import date

from models.errors import ClerkError
from models.records.rules import Waiver
from models.rules.duties import Obligation
from models.store.ledger import Ledger


def decide(
    ledger: Ledger, item: Obligation, decision: str, reason: str, *, by: str = "", on: date | None = None
) -> Waiver:
    """Write that *item* is 免办 or has a 说明, decided *by* somebody *on* a day; one action that can be undone.

    Raises ClerkError without a reason, or when what is done already should be waived.
    """
    if not reason.strip():
        raise ClerkError(f"{decision}要写明理由。")
    if decision == "免办" and not item.is_open:
        raise ClerkError("这一项已经完成或者已经免办，不用再办免办。")
    whom, kind = item.owner.id, item.owner.kind
    waiver = Waiver(
        clause=item.clause.id, decision=decision, year=item.due.year, period=item.period, reason=reason.strip(),
        body=whom if kind == "body" else "", unit=whom if kind == "unit" else "",
        person=whom if kind == "person" else "", approved_by=by.strip(), approved_on=on,
    )  # fmt: skip
    with ledger.action(f"{decision}「{item.clause.name}」{item.owner.label}{item.period}") as action:
        return action.add(waiver)
