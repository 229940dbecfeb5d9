"""撰写年度报告: at the left the five parts, in the middle this year's text, at the right what helps to write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from models import clock
from models.records.base import Value
from models.records.year import REPORT_PARTS, YearText
from models.summaries.year_figures import YearFigures, year_figures
from models.summaries.year_text import PartText, Sentence, part_texts, records_behind, sentences
from models.summaries.years import year_in_hand
from ui import look
from ui.dialogs.history import HistoryDialog
from ui.dialogs.records import show_listed
from ui.forms.form_pane import FormPane
from ui.page import Page
from ui.pages.writing.beside import LastYear, Sayings
from ui.pages.writing.form import TextForm
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import TwoLineCell
from ui.tables.delegate import TWO_LINE_ROW
from ui.tables.view import DataTable
from ui.widgets.buttons import Button
from ui.widgets.inputs import ComboBox
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.work import Progress, run

YEARS_BACK = 5
SHORT = ("一、举措和成效", "二、不足和原因", "三、第一责任人履职", "四、下一年度安排", "五、其他情况")
"""The parts at the left, in the order of :data:`REPORT_PARTS`."""
_LEFT, _RIGHT, _RIGHT_LEAST = 184, 330, 190
_KIND = YearText.KIND.id


class WritingPage(Page):
    """One part is open at a time; going to another asks about what is not saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("撰写年度报告", parent)
        self._session = session
        self._texts: tuple[PartText, ...] = ()
        self._figures: YearFigures | None = None
        self._said: tuple[Sentence, ...] = ()
        self._at = (0, 0)
        """The year and the place of the part that is open; (0, 0) for none yet."""
        self._build()
        self._connect()
        self.show_part(year_in_hand(clock.today()), 0)

    @property
    def year(self) -> int:
        """The year that is reported on."""
        return int(self.years.currentText().split()[0])

    @property
    def form(self) -> TextForm:
        """The part that is open."""
        return cast(TextForm, self.pane.form)

    def show_part(self, year: int, place: int) -> None:
        """Open one part; stay where unsaved work is to be kept."""
        if (year, place) == self._at:
            return
        if not self.pane.may_close():
            QTimer.singleShot(0, self, self._choose)  # when the list is through with the press
            return
        is_other_year, self._at = year != self._at[0], (year, place)
        self._choose()
        if is_other_year:
            self._said = ()
        self._open()
        if is_other_year:
            self._read_figures()

    # The page of the window ------------------------------------------------------------------

    def actions_shown(self) -> Sequence[QWidget]:
        return (self._preview,)

    def refresh(self) -> None:
        self._read_texts()
        self._read_figures()

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open the part a text belongs to."""
        found = self._session.ledger.get(YearText, record_id)
        if found is not None and found.year is not None:
            self.show_part(found.year, REPORT_PARTS.index(found.part))

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open the part of *values*; without, the one a draft was kept of."""
        drafts = (name.split(":") for name, kind, *_ in self._session.ledger.drafts() if kind == _KIND)
        kept = next(((parts[1], parts[2]) for parts in drafts if len(parts) == 3), None)
        year, part = (
            (values["year"], values["part"]) if "part" in values else kept or (self.year, REPORT_PARTS[0])
        )
        self.show_part(int(str(year)), REPORT_PARTS.index(str(part)))

    def can_leave(self) -> bool:
        return self.pane.may_close()

    def first_focus(self) -> QWidget | None:
        return self.form.text

    # Deeds -------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Save and show the paper."""
        if self.form.save():
            self._session.open_report.emit("annual_report", {"year": self.year})

    def list_records(self, one: Sentence) -> None:
        """Show what a sentence counts."""
        if self._figures is not None:
            records = records_behind(self._session.ledger, self._figures, one)
            show_listed(self.window(), self._session, one.words, records)

    def show_history(self) -> None:
        """Show who changed the part when."""
        HistoryDialog(self.window(), self._session, _KIND, self.form.record.id).exec()

    # Internal ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.years = ComboBox()
        self.years.setAccessibleName("年度")
        this_year = clock.today().year
        self.years.addItems([f"{year} 年" for year in range(this_year, this_year - YEARS_BACK, -1)])
        self.state = Label("", "secondary")
        self._preview = Button("预览", icon="printer")
        self.parts = CellTable("部分", ("部分",), (_LEFT - 8,), stretch=0, row_height=TWO_LINE_ROW)
        self.model = self.parts.content
        self.parts.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.parts.horizontalHeader().hide()
        self.pane = FormPane(self._session, _KIND, make=TextForm)
        self.last, self.sayings = LastYear(), Sayings()
        self.past = Button("变更记录", "ghost", "history")
        bar = frame("bar", row(self.years, self.state, STRETCH, self.past, margins=(16, 8, 16, 8)))
        left = frame("pane-left", column(self.parts, spacing=0))
        left.setFixedWidth(look.px(_LEFT))
        helps = column(self.last, self.sayings, spacing=12, margins=(12, 12, 12, 0))
        helps.setStretch(0, 2)
        helps.setStretch(1, 3)
        self._right = frame("pane-right", helps)
        body = row(left, self.pane, self._right, spacing=0)
        body.setStretch(1, 1)
        whole = column(bar, body, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - look.px(_LEFT) - self.pane.minimumWidth()
        self._right.setFixedWidth(max(look.px(_RIGHT_LEAST), min(room, look.px(_RIGHT))))

    def _connect(self) -> None:
        self._preview.clicked.connect(self.preview)
        self.past.clicked.connect(self.show_history)
        self.years.currentIndexChanged.connect(lambda _place: self.show_part(self.year, self._at[1]))
        self.parts.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.show_part(self.year, now.row()) if now.isValid() else None
        )
        self.pane.closed.connect(self._open)
        self.last.wanted.connect(lambda before: self.form.put(before))
        self.sayings.chosen.connect(lambda standing, words: self.form.put(words, standing))
        self.sayings.asked.connect(self.list_records)
        self._session.changed.connect(self._follow)

    def _choose(self) -> None:
        """Show the open year and part as chosen."""
        year, place = self._at
        if self.years.findText(f"{year} 年") < 0:
            self.years.addItem(f"{year} 年")
        self.years.setCurrentText(f"{year} 年")
        self.parts.setCurrentIndex(self.model.index(place, 0))

    def _open(self) -> None:
        """Put the part into the form as it is stored."""
        self._read_texts()
        text = self._texts[self._at[1]]
        self.pane.open(
            text.record if text.record.id else None, fixed={"year": self._at[0], "part": text.part}
        )
        self.form.text.textChanged.connect(self._show_beside)
        self._show_beside()

    def _read_texts(self) -> None:
        self._texts = part_texts(self._session.ledger, self._at[0])
        self._list_parts()
        if self.pane.form is not None:
            self._show_beside()

    def _list_parts(self) -> None:
        lines = [(name, self._told(text)) for name, text in zip(SHORT, self._texts, strict=True)]
        self.model.replace_rows([CellRow((TwoLineCell(*line),)) for line in lines])
        self.parts.setCurrentIndex(self.model.index(self._at[1], 0))
        blank = sum(text.is_blank for text in self._texts)
        self.state.setText(f"{blank} 部分未写，打印时留出空行手写" if blank else "各部分都已写好")

    def _told(self, text: PartText) -> str:
        """Return how far a part is, and how many of its figures have moved since."""
        moved = sum(one.part == text.part and one.is_outdated_in(text.record.content) for one in self._said)
        return f"{text.words}，{moved} 处数据有变" if moved else text.words

    def _read_figures(self) -> None:
        year, ledger = self._at[0], self._session.ledger

        def job(_progress: Progress) -> YearFigures:
            with ledger.reading() as reader:
                return year_figures(reader, year, clock.today())

        run(self, "计算年度数据", job, self._take, quiet=True)

    def _take(self, figures: YearFigures) -> None:
        if figures.year == self._at[0]:
            self._figures, self._said = figures, sentences(figures)
            self._list_parts()
            self._show_beside()

    def _show_beside(self) -> None:
        text, written = self._texts[self._at[1]], self.form.text.toPlainText()
        self.past.setEnabled(bool(text.record.id))
        self.last.show_text(text.before, is_blank=not written.strip())
        counted = self._figures is not None and self._figures.year == self._at[0]
        own = [one for one in self._said if one.part == text.part]
        self.sayings.show_sentences(own if counted else None, written)

    def _follow(self, kinds: set[str], _sentence: str) -> None:
        if self.isVisible():
            self._read_texts()
            if kinds - {_KIND}:
                self._read_figures()
