"""The first start: whose ledger this is, password or not, where backups go, which organisation to begin with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import ClerkError
from models.office import Setup
from models.presets import AREA_ENDINGS, Preset, presets
from models.store.keys import check_password
from ui import input_method, look, messages
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox, RadioButton
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, holder, row, scrolled

SAMPLE = 2
"""What ``exec`` returns when the clerk wants to look at the sample county first."""
WITHOUT_PRESET = "以后再说"
FROM_FILE = "从文件识别：有设立机构的通知"


class SetupDialog(Dialog):
    """Ends in :attr:`setup`, :attr:`preset` (an id, "" for none) and :attr:`first_page` ("" for the usual one)."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, "法治台账")
        self.resize(look.px(620), look.px(680))
        self.setup: Setup | None = None
        self.preset = self.first_page = ""
        self._presets: tuple[Preset, ...] = presets()
        self._fields: dict[str, FieldRow] = {}
        lines = column(
            Label("建立本办公室的台账", "title"),
            Label(f"数据保存在本机：{folder}", "secondary", wrap=True),
            8,
            self._line(
                "office_name", "单位全称", required=True, hint="如 中共澜溪县委全面依法治县委员会办公室"
            ),
            self._line("area_name", "所在地区", required=True, hint="如 澜溪县；会写进各种文件的标题"),
            self._line("clerk", "经办人", required=True, hint="记入变更记录"),
            self._shape_row(),
            6,
            Label("保护", "section"),
            self._protection(),
            6,
            Label("备份", "section"),
            self._backup_row(),
            STRETCH,
            margins=(24, 20, 24, 16),
            spacing=9,
        )
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scrolled(holder(lines)))
        sample = Button("先看样例", "ghost")
        sample.clicked.connect(lambda: self.done(SAMPLE))
        self.foot.insertWidget(0, sample)
        self.end_in("建立台账", self.finish, way_out="退出")
        self._edit("office_name").setFocus()

    def finish(self) -> None:
        """Check and accept; problems are told beside their fields."""
        input_method.commit_composition()
        problems = self._problems()
        for name, line in self._fields.items():
            line.show_problem(problems.get(name, ""))
        if problems:
            self._fields[next(iter(problems))].field.setFocus()
            return
        self.setup = Setup(
            office_name=self._text("office_name"),
            area_name=self._text("area_name"),
            clerk=self._text("clerk"),
            password=self._edit("password").text() if self.with_password.isChecked() else None,
            backup_folder=self._text("backup"),
        )
        chosen = self._shape.currentIndex() - 2
        self.preset = self._presets[chosen].id if chosen >= 0 else ""
        self.first_page = "intake" if self._shape.currentText() == FROM_FILE else ""
        self.accept()

    # Internal ------------------------------------------------------------------------------

    def _line(self, name: str, label: str, *, required: bool = False, hint: str = "") -> FieldRow:
        line = self._fields[name] = FieldRow(label, QLineEdit(), required=required, hint=hint)
        self._edit(name).textEdited.connect(lambda _typed: line.show_problem(""))
        return line

    def _edit(self, name: str) -> QLineEdit:
        field = self._fields[name].field
        assert isinstance(field, QLineEdit)
        return field

    def _text(self, name: str) -> str:
        return self._edit(name).text().strip()

    def _shape_row(self) -> FieldRow:
        self._shape = ComboBox()
        self._shape.addItems([WITHOUT_PRESET, FROM_FILE, *(preset.title for preset in self._presets)])
        hint = "先建好机构、组内职务和制度条款，以后都可以改"
        self._fields["shape"] = FieldRow("机构方案", self._shape, hint=hint)
        return self._fields["shape"]

    def _protection(self) -> QWidget:
        self.with_password = RadioButton("打开时输入密码")
        self.without_password = RadioButton("不设密码：能用这台电脑的人都能打开台账")
        self.with_password.setChecked(True)
        password = self._line("password", "密码", required=True, hint="至少 8 个字符；忘记时用恢复码")
        again = self._line("again", "再输一次", required=True)
        for name in ("password", "again"):
            self._edit(name).setEchoMode(QLineEdit.EchoMode.Password)
        self.with_password.toggled.connect(password.setVisible)
        self.with_password.toggled.connect(again.setVisible)
        return holder(column(self.with_password, password, again, self.without_password))

    def _backup_row(self) -> QWidget:
        line = self._line("backup", "另存到", hint="第二块硬盘或 U 盘上的文件夹；空着只存在本机")
        choose = Button("选择")
        choose.clicked.connect(self._choose_backup)
        made = row(line, choose)
        made.setStretch(0, 1)
        made.setAlignment(choose, made.alignment())
        return holder(made)

    def _choose_backup(self) -> None:
        chosen = messages.choose_folder(self, "备份另存到")
        if chosen is not None:
            self._edit("backup").setText(str(chosen))

    def _problems(self) -> dict[str, str]:
        found = {
            name: f"{label}没有填"
            for name, label in (("office_name", "单位全称"), ("area_name", "所在地区"), ("clerk", "经办人"))
            if not self._text(name)
        }
        area = self._text("area_name")
        if area and not area.endswith(AREA_ENDINGS):
            found["area_name"] = "地区名称应以省、市、县、区、镇、乡等结尾，如 澜溪县"
        if self.with_password.isChecked():
            found |= self._password_problems()
        backup = self._text("backup")
        if backup and not Path(backup).is_dir():
            found["backup"] = "没有这个文件夹"
        return found

    def _password_problems(self) -> dict[str, str]:
        password, again = self._edit("password").text(), self._edit("again").text()
        try:
            check_password(password)
        except ClerkError as error:
            return {"password": str(error)}
        return {} if password == again else {"again": "两次输入的密码不一样"}
