"""The import of a workbook: columns, check of every row, writing in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from models.errors import ClerkError
from models.intake.columns import companions
from models.intake.importer import check_import, preview_import, sheet_kind, write_import
from models.intake.outcome import CheckedImport, RowDeed, RowProblem
from models.intake.workbook_reader import SheetRows
from models.records.base import Kind, Value, kind_of
from models.store.backup import Reason
from models.store.files import Written
from ui import look, messages, work
from ui.correction import ask_reason, undo
from ui.dialogs.base import Dialog
from ui.exchange.columns_step import ColumnsStep
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import LightCell, leading, number, value
from ui.widgets.card import Level, NoticeBar
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.paint import Mark
from ui.widgets.steps import Step, Steps

_STEPS = (Step("对应列"), Step("检查"), Step("完成"))
_SIZE = (820, 580)


class ImportDialog(Dialog):
    """Leads through the import of *table* into the register of *kind*; nothing is written before 导入."""

    ANOTHER = 2
    """Result of ``exec``: the clerk wants to choose another file."""

    def __init__(
        self, parent: QWidget | None, session: Session, kind: Kind, columns: ColumnsStep, table: SheetRows,
        name: str,
    ) -> None:  # fmt: skip
        title = f"导入{'和'.join((kind.label, *(kind_of(other).label for other in companions(kind))))}"
        super().__init__(parent, title)
        self.setModal(True)
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self._session, self._kind, self._table = session, kind, table
        self._checked: CheckedImport | None = None
        self._seq = 0
        self.columns = columns
        self.verdict = Label("", "section", wrap=True)
        self._list = CellTable("检查结果", ("行", "情况", "内容"), (64, 180, 400), stretch=2)
        self.rows = self._list.content
        self.whole = Label("", "secondary", wrap=True)
        self._list.selectionModel().currentRowChanged.connect(self._show_whole)
        self._done = column(STRETCH)
        self._stack, self._steps = QStackedWidget(), Steps(_STEPS)
        self.body.addLayout(row(Label(f"{title}：{name}", "heading"), STRETCH, self._steps))
        self.body.addWidget(self._stack)
        self._fill()
        self._show(0)

    @classmethod
    def over(
        cls, parent: QWidget, session: Session, kind: Kind, table: SheetRows, name: str,
        given: Mapping[str, Value] | None = None,
    ) -> ImportDialog | None:  # fmt: skip
        """Return the dialog, or None after saying why the sheet is not one of *kind*."""
        kind = sheet_kind(kind, table)
        try:
            preview = preview_import(session.ledger, kind, table, given)
        except ClerkError as error:
            messages.tell(parent, f"没有导入「{name}」", str(error))
            return None
        return cls(parent, session, kind, ColumnsStep(kind, table, preview), table, name)

    # Deeds -------------------------------------------------------------------------------------

    def correct(self) -> None:
        """Ask for the reason of a 更正, and try every row again with it."""
        if reason := ask_reason(self, self._session.ledger, "表里有已经锁定的记录。"):
            self.check(reason)

    def check(self, reason: str = "") -> None:
        """Try every row; nothing is written."""
        columns = self.columns

        def job(progress: work.Progress) -> CheckedImport:
            return check_import(
                self._session.ledger, self._kind, self._table, columns.preview,
                existing=columns.existing, reason=reason, told=progress.report,
            )  # fmt: skip

        work.run_in_turns(
            self, "检查", job, self._show_checked, lambda error: self._tell_failed("还不能检查", error)
        )

    def _show_checked(self, checked: CheckedImport) -> None:
        self._checked = checked
        mark = Mark.RED if checked.errors else Mark.AMBER
        rows = [_problem(problem, mark) for problem in checked.errors or checked.warnings]
        self.rows.set_rows(rows if checked.errors else rows + [_deed(deed) for deed in checked.deeds])
        self.verdict.setText(_verdict(checked))
        self._list.selectRow(0)
        self._write.setText(f"导入{_counts(checked)}")
        self._show(1)

    def _show_whole(self, current: QModelIndex) -> None:
        """Say the problem of the current row in full below the list, where no column cuts it short."""
        shown = self.rows.row_of(current)
        is_problem = shown is not None and isinstance(shown.cells[1], LightCell)
        self.whole.setText(shown.cells[-1].plain if shown and is_problem else "")

    def save_errors(self) -> None:
        """Write the sheet as it came, with its errors marked, to be handed back."""
        checked = self._checked
        target = messages.save_file(
            self, "存出错误表", f"{self._kind.label}导入错误.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if target is None or checked is None:
            return

        def job(_progress: work.Progress) -> Written:
            from reports.sheets.register import write_errors

            return write_errors(checked, target)

        work.run(self, "存出错误表", job, lambda written: self._session.written.emit(written.path))

    def write(self) -> None:
        """Back up, then write all rows in one step."""
        office = self._session.office
        if office is None:
            self._write_all()
            return
        work.run(
            self, "备份", lambda _progress: office.try_back_up(Reason.BEFORE_IMPORT), lambda _made: self._write_all()
        )  # fmt: skip

    def undo(self) -> None:
        """Take the import back."""
        if sentence := undo(self, self._session.ledger, self._seq):
            self._tell_done(f"已撤销：{sentence}。台账和导入前一样。", "info")
            self._undo.hide()

    # Internal ------------------------------------------------------------------------------------

    def _fill(self) -> None:
        result, done = QWidget(), QWidget()
        result.setLayout(column(self.verdict, self._list, self.whole, spacing=10))
        done.setLayout(self._done)
        for part in (self.columns, result, done):
            self._stack.addWidget(part)
        self._buttons: list[tuple[QPushButton, tuple[int, ...], bool | None]] = []
        self._add("取消", self.reject, (0, 1))
        self._add("存出错误表", self.save_errors, (1,), wrong=True)
        self._add("重新选择文件", lambda: self.done(self.ANOTHER), (1,), wrong=True)
        self._add("上一步", lambda: self._show(0), (1,))
        self._add("检查", self.check, (0,), kind="primary")
        self._correct = self._add("作为更正导入", self.correct, (1,), wrong=True)
        self._write = self._add("导入", self.write, (1,), kind="primary", wrong=False)
        self._undo = self._add("撤销这次导入", self.undo, (2,))
        self._add("完成", self.accept, (2,), kind="primary")

    def _add(
        self, words: str, deed: Callable[[], object], steps: tuple[int, ...], *, wrong: bool | None = None,
        kind: str = "",
    ) -> QPushButton:  # fmt: skip
        """Add a button shown at *steps*; *wrong* shows it only after a check that failed, or only else."""
        button = self.add_button(words, kind)
        button.clicked.connect(lambda: deed())
        self._buttons.append((button, steps, wrong))
        return button

    def _show(self, step: int) -> None:
        checked = self._checked
        is_wrong = bool(checked and checked.errors)
        nothing = bool(checked and not checked.written)
        self._stack.setCurrentIndex(step)
        self._steps.show_steps(_STEPS, step)
        for button, steps, wrong in self._buttons:
            fits = wrong is None or (step == 1 and wrong == is_wrong)
            button.setVisible(step in steps and fits and not (button is self._write and nothing))
        self._correct.setVisible(step == 1 and bool(checked and checked.only_locked))
        last = [button for button, _, _ in self._buttons if not button.isHidden()][-1]
        last.setFocus()

    def _write_all(self) -> None:
        checked = self._checked
        assert checked is not None

        def job(progress: work.Progress) -> CheckedImport:
            return write_import(self._session.ledger, checked, progress.report)

        work.run_in_turns(
            self, "导入", job, self._show_written, lambda error: self._tell_failed("没有导入", error)
        )

    def _tell_failed(self, title: str, error: Exception) -> None:
        if isinstance(error, ClerkError):
            messages.tell(self, title, str(error))

    def _show_written(self, done: CheckedImport) -> None:
        self._seq = self._session.ledger.undoable()[0].seq
        self._tell_done(f"已导入{done.sentence()}", "good")
        self._show(2)

    def _tell_done(self, words: str, level: Level) -> None:
        while (item := self._done.takeAt(0)) is not None:
            if (before := item.widget()) is not None:
                before.hide()
                before.deleteLater()
        self._done.addWidget(NoticeBar(words, level, closable=False))
        self._done.addStretch()


def _verdict(checked: CheckedImport) -> str:
    if checked.errors:
        rows = len({problem.row for problem in checked.errors})
        if checked.only_locked:
            return f"{rows} 行属于已印发的纪要或已结转的年度。一行也没有写入；确要补登的，写明理由，作为更正导入。"
        return f"{rows} 行有问题，共 {len(checked.errors)} 处。一行也没有写入，改好后再导入。"
    if not checked.written:
        return f"表里的内容台账里都有了，没有要写入的（{'；'.join(map(str, checked.tallies))}）。"
    said = f"检查通过：{_told(checked)}。{checked.preview.left_out()}"
    if ignored := checked.preview.ignored:
        said += f"不导入的列：{'、'.join(ignored)}。"
    return said + ("下面几处请留意。" if checked.warnings else "")


def _told(checked: CheckedImport) -> str:
    if len(checked.tallies) == 1:
        return "将" + str(checked.own).partition("：")[2]
    return "；".join(str(tally) for tally in checked.tallies)


def _counts(checked: CheckedImport) -> str:
    """Return what the button writes: 「 2 人」, with a companion 「人员 2 人、任职 2 条」."""
    return f" {checked.written} {checked.kind.measure}" if len(checked.tallies) == 1 else checked.amount()


def _problem(problem: RowProblem, mark: Mark) -> CellRow:
    where = f"{column_letters(problem.column)} {problem.label}" if problem.column is not None else "整行"
    return CellRow((number(str(problem.row)), LightCell(mark, where), leading(problem.message)))


def _deed(deed: RowDeed) -> CellRow:
    done = f"更新{deed.of} {'、'.join(deed.changed)}" if deed.changed else f"新增{deed.of}"
    return CellRow(
        (number(str(deed.row)), value(done), leading("，".join(filter(None, (deed.name, deed.remark)))))
    )


def column_letters(column: int) -> str:
    """Return the letters Excel gives to a column counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
