"""数据与关于: where the data lies, whether it is whole, the log; version and licences."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

import resources
from models.deeds.filing import home_of
from models.summaries.soundness import findings_of
from models.version import VERSION
from ui import messages, work
from ui.pages.settings.backup_part import size_words
from ui.pages.settings.part import Part, sheet
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.light import Light
from ui.widgets.paint import Mark

_PLACES = ("docs/licences.md", "licences.md")
"""Where the list of licences lies: in the source, in the built folder."""


class DataPart(Part):
    """The check reads every page over a connection of its own."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._facts = Label("", "", wrap=True)
        self.light = Light(Mark.GREY, "还没有检查")
        self._findings = Label("", "secondary", wrap=True)
        self._findings.hide()
        check = Button("检查数据", icon="search-check")
        check.clicked.connect(self.check)
        folder, logs = Button("打开数据文件夹", icon="folder"), Button("打开日志文件夹", icon="file-text")
        folder.clicked.connect(lambda: messages.open_folder(session.ledger.path.parent))
        logs.clicked.connect(lambda: messages.open_folder(session.ledger.path.parent / "logs"))
        licences = TextArea()
        licences.setReadOnly(True)
        licences.setAccessibleName("第三方许可")
        licences.setPlainText(_licences())
        licences.setMinimumHeight(220)
        content = sheet(
            Label("数据", "section"), self._facts, row(folder, logs, STRETCH), row(check, self.light, STRETCH, spacing=12),
            self._findings, 16, Label("关于", "section"),
            Label(f"法治台账 {VERSION}　单机运行，不联网。程序代码按 MIT 许可发布。", wrap=True),
            Label("第三方许可", "secondary"), licences,
        )  # fmt: skip
        self.setLayout(column(content, spacing=0))
        self.refresh()

    def refresh(self) -> None:
        path = self.session.ledger.path
        self._facts.setText(
            f"数据文件 {path}\n大小 {size_words(path)}，内容加密。不要用其他程序打开，也不要放到网盘或 U 盘上。"
        )

    def check(self) -> None:
        """Look at pages, history, references and tables."""
        ledger = self.session.ledger

        def job(_progress: work.Progress) -> list[str]:
            with ledger.reading() as reader:
                return list(findings_of(reader, home_of(ledger).attachments))

        work.run(self, "检查数据", job, self._show_findings)

    def _show_findings(self, findings: list[str]) -> None:
        if findings:
            self.light.show_state(
                Mark.RED, f"发现 {len(findings)} 处问题，先备份，再联系维护人员或用备份恢复"
            )
        else:
            self.light.show_state(Mark.GREEN, "数据完好：文件、附件、变更记录、引用和数据表都已检查")
        self._findings.setText("\n".join(findings))
        self._findings.setVisible(bool(findings))


def _licences() -> str:
    """Return the table of licences as lines of plain text."""
    found = [path for place in _PLACES if (path := Path(resources.ROOT.parent, place)).is_file()]
    if not found:
        return "许可清单不在程序文件夹里。"
    rows = [
        line.strip("| ").split(" | ")
        for line in found[0].read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    return "\n".join(f"{part}：{licence}" for part, licence, *_rest in rows[1:])
