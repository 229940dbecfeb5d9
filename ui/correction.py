"""The one door of 更正: a deed on what is locked (issued minutes, a closed year) asks once for its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from models.errors import ClerkError
from models.records.base import Record
from models.store.action import LockedRecord
from models.store.ledger import UNDONE, Ledger
from ui import messages

T = TypeVar("T")


def corrected(parent: QWidget | None, ledger: Ledger, deed: Callable[[], T]) -> T:
    """Do *deed*, as a 更正 if it meets a lock and the clerk gives the reason; that of the deed before is proposed.

    Raises LockedRecord when none is given, and what else the deed raises.
    """
    try:
        return deed()
    except LockedRecord as error:
        reason = ask_reason(parent, ledger, str(error))
        if not reason:
            raise
    with ledger.correcting(reason):
        return deed()


def ask_reason(parent: QWidget | None, ledger: Ledger, why: str) -> str:
    """Ask for the reason of a 更正; "" when given up."""
    before = next((entry.reason for entry in ledger.history(limit=1) if entry.reason != UNDONE), "")
    return messages.ask_text(parent, "更正", "更正理由", f"{why}理由写入变更记录。", before) or ""


def with_reason(
    parent: QWidget | None, ledger: Ledger, deed: Callable[[], object], *, failed: str = "没有保存"
) -> bool:
    """Do *deed* as :func:`corrected`; False after telling under the title *failed* why it was not done."""
    try:
        corrected(parent, ledger, deed)
    except LockedRecord:  # told when the reason was asked for
        return False
    except ClerkError as error:
        messages.tell(parent, failed, str(error))
        return False
    return True


def undo(parent: QWidget | None, ledger: Ledger, seq: int | None = None) -> str:
    """Take back the last deed, or deed *seq*; return its sentence, "" after telling why not."""
    done: list[str] = []
    with_reason(parent, ledger, lambda: done.append(ledger.undo(seq)), failed="没有撤销")
    return "".join(done)


def move_to_bin(
    parent: QWidget | None, ledger: Ledger, records: Sequence[Record], what: str, points: Sequence[str] = ()
) -> bool:
    """Ask, then move *records* with their parts to the recycle bin, one deed that says *what* goes.

    *points* tell what goes with them.
    """

    def remove() -> None:
        with ledger.action(f"删除{what}") as action:
            for record in records:
                action.remove(record)

    told = (*points, "90 天内可从回收站恢复，也可撤销")
    wanted = messages.confirm(parent, f"把{what}移到回收站？", "移到回收站", points=told, danger=True)
    return wanted and with_reason(parent, ledger, remove, failed="没有删除")
