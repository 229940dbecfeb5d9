"""What goes into the workbook: the list as shown, or all there is; telephones masked unless ticked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.records.base import FieldType, Kind
from ui.dialogs.base import Dialog
from ui.widgets.inputs import CheckBox, RadioButton
from ui.widgets.label import Label


class ExportDialog(Dialog):
    """Ends in :attr:`all_fields` and :attr:`with_phones`."""

    def __init__(self, parent: QWidget | None, kind: Kind, rows: int, *, filtered: bool) -> None:
        super().__init__(parent, "导出 Excel")
        self.setModal(True)
        self._shown = RadioButton("表中显示的列")
        self._all = RadioButton("全部栏目")
        self._shown.setChecked(True)
        self._phones = CheckBox("写出完整电话号码")
        narrowed = "按现在的筛选，" if filtered else ""
        self.body.addWidget(Label(f"导出{kind.label}", "heading"))
        self.body.addWidget(Label(f"{narrowed}共 {rows} {kind.measure}。", "secondary"))
        self.body.addSpacing(4)
        for choice, told in (
            (self._shown, "列的顺序和表中一样"),
            (self._all, "带编号，改好后可以再导入"),
        ):
            self.body.addWidget(choice)
            note = Label(told, "help")
            note.setContentsMargins(26, 0, 0, 4)
            self.body.addWidget(note)
        self.body.addWidget(self._phones)
        self._phones.setVisible(any(field.type is FieldType.PHONE for field in kind.fields))
        self.body.addStretch()
        self.end_in("导出", self.accept)

    @property
    def all_fields(self) -> bool:
        """Whether every field is wanted, not only the columns shown."""
        return self._all.isChecked()

    @property
    def with_phones(self) -> bool:
        """Whether telephones are written in full."""
        return self._phones.isChecked()
