"""回收站: what was deleted, by the deed that deleted it, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from models import clock
from models.deeds.recycle_bin import BinnedDeed, BinnedRecord, binned_deeds, restore_from_bin
from models.records.base import kind_of
from ui.bars import moment_words
from ui.correction import with_reason
from ui.pages.settings.part import Part
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import GroupCell, leading, value
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import column, frame, row


class BinPart(Part):
    """Select a record to restore it, with what belongs to it; or the whole deed it went with."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = CellTable("回收站", ("名称", "类别", ""), (420, 120, 120), stretch=0)
        self._model = self.table.content
        self.table.set_empty_note("回收站是空的")
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_choice())
        self.table.opened.connect(lambda _index: self.restore_selected())
        self._one, self._all = Button("恢复所选"), Button("恢复整批", "primary", "undo-2")
        self._one.clicked.connect(self.restore_selected)
        self._all.clicked.connect(self.restore_deed)
        note = Label(
            "删除的内容在这里保留 90 天，之后自动清除；正在被别处引用的不会清除。", "help", wrap=True
        )
        foot = row(note, self._one, self._all, margins=(16, 9, 16, 9))
        foot.setStretch(0, 1)
        whole = column(self.table, frame("foot", foot), spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(column(frame("pane", whole), spacing=0))
        session.changed.connect(lambda _kinds, _sentence: self.refresh() if self.isVisible() else None)
        self.refresh()

    def refresh(self) -> None:
        """Read the bin."""
        rows: list[CellRow] = []
        for deed in binned_deeds(self.session.ledger):
            note = f"{deed.clerk}  {moment_words(deed.at, clock.today())}  还留 {deed.days_left} 天"
            rows.append(CellRow((GroupCell(deed.sentence, len(deed.records), note=note),)))
            rows += [_row(deed, record) for record in deed.records]
        self._model.set_rows(rows)
        self.table.set_groups(self._model.groups())
        self._show_choice()

    def restore_selected(self) -> None:
        """Bring the selected records back."""
        found = self._selected()
        names = [record.headline for _deed, record in found]
        if names:
            what = f"「{names[0]}」" + (f"等 {len(names)} 条" if len(names) > 1 else "")
            self._restore([record for _deed, record in found], f"从回收站恢复{what}")

    def restore_deed(self) -> None:
        """Bring back all that went with the selected record."""
        found = self._selected()
        if found:
            deed = found[0][0]
            self._restore(deed.records, f"从回收站恢复：{deed.sentence}")

    def _restore(self, records: Sequence[BinnedRecord], sentence: str) -> None:
        alone = [BinnedRecord(one.kind, one.id, one.headline, False) for one in records]
        chosen = records if len(records) > 1 else alone
        ledger = self.session.ledger
        if with_reason(self, ledger, lambda: restore_from_bin(ledger, chosen, sentence), failed="没有恢复"):
            self.refresh()

    def _selected(self) -> list[tuple[BinnedDeed, BinnedRecord]]:
        found = [self._model.row_of(index) for index in self.table.selectionModel().selectedRows()]
        return [row.subject for row in found if row is not None and isinstance(row.subject, tuple)]

    def _show_choice(self) -> None:
        for button in (self._one, self._all):
            button.setEnabled(bool(self._selected()))


def _row(deed: BinnedDeed, record: BinnedRecord) -> CellRow:
    cells = (
        leading(("　" if record.is_part else "") + record.headline), value(kind_of(record.kind).label),
        value("随上级一起" if record.is_part else "", size=12) if record.is_part else leading(""),
    )  # fmt: skip
    return CellRow(cells, record.kind, record.id, (deed, record))
