"""档案: all that concerns one unit or person in a year, as of a day; each line opens its record, the form stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QSignalBlocker
from PySide6.QtWidgets import QWidget

from models.errors import ClerkError
from models.records.base import kind_of
from models.records.values import show_day
from models.summaries.dossier import dossier_of
from models.summaries.dossier.parts import Dossier, DossierLine, Part, Shown
from reports.words import half_widths
from ui import look
from ui.dialogs.as_of import YearAsOf
from ui.forms.form_pane import BesideForms, FormPane
from ui.page import Page
from ui.session import Session
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import Cell, leading, number, value
from ui.tables.view import DataTable
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.section_list import SectionList

KINDS = ("unit", "person")
FACTS = "基本情况"
LIST_WIDTH = 168


class DossierPage(Page):
    """The parts at the left, the chosen part's lines at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("档案", parent)
        self._session = session
        self._kind_id, self._record_id = "", ""
        self.when = YearAsOf()
        self.when.changed.connect(self.refresh)
        self.dossier: Dossier | None = None
        self._titles: list[str] = []
        self._model = CellModel(())
        self._heading, self._about, self._note = (
            Label("", "heading"),
            Label("", "secondary"),
            Label("", "secondary"),
        )
        self.parts = SectionList("档案内容", ())
        self.parts.currentRowChanged.connect(lambda _row: self._show_part())
        self.table = DataTable("档案", sortable=False)
        self.table.set_empty_note("没有登记内容")
        self.table.opened.connect(self._open)
        self.panes = {kind: FormPane(session, kind) for kind in KINDS}
        self._build()
        session.changed.connect(lambda _kinds, _said: self.refresh() if self.isVisible() else None)

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Show the dossier of a unit or person as of today, for the year in hand."""
        if (kind_id, record_id) != (self._kind_id, self._record_id):
            for pane in self.panes.values():
                pane.close_form()
            self.when.start_anew()
        self._kind_id, self._record_id = kind_id, record_id
        self.refresh()

    def refresh(self) -> None:
        """Read it again; the chosen part stays."""
        if not self._record_id:
            return
        self.when.tell()
        try:
            ledger, when = self._session.ledger, self.when
            self.dossier = dossier_of(ledger, self._kind_id, self._record_id, when.on, when.year)
        except ClerkError as error:
            self.dossier = None
            self._heading.setText(str(error))
        else:
            self._heading.setText(self.dossier.name)
        self._about.setText(self.dossier.about if self.dossier else "")
        for button in (self.edit_button, self.print_button):
            button.setEnabled(self.dossier is not None)
        self._list_parts()
        self._show_part()

    def first_focus(self) -> QWidget | None:
        return self.parts

    def can_leave(self) -> bool:
        return all(pane.may_close() for pane in self.panes.values())

    # Internal ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.edit_button = Button("修改", icon="pencil")
        self.edit_button.clicked.connect(self._edit)
        self.print_button = Button("打印档案", icon="printer")
        self.print_button.clicked.connect(self._print)
        head = column(
            row(self._heading, self._about, STRETCH, self.when, self.edit_button, self.print_button),
            row(self._note, STRETCH),
            margins=(16, 12, 16, 10),
        )
        right = column(frame("bar", head), self.table, spacing=0)
        right.setStretch(1, 1)
        self.parts.setFixedWidth(look.px(LIST_WIDTH))
        beside = BesideForms(frame("pane", right), *self.panes.values())
        whole = row(frame("pane-left", row(self.parts, margins=(8, 10, 8, 8))), beside, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _sections(self) -> Iterator[Part]:
        """Yield the facts as a part like the others, then the others."""
        if self.dossier is not None:
            facts = tuple(DossierLine(fact, self._kind_id, self._record_id) for fact in self.dossier.facts)
            yield Part(FACTS, ("项目", "内容"), facts)
            yield from self.dossier.parts

    def _list_parts(self) -> None:
        chosen = self._title_shown()
        self._titles = [part.title for part in self._sections()]
        with QSignalBlocker(self.parts):
            self.parts.show_entries([(_counted(part), "") for part in self._sections()])
            self.parts.setCurrentRow(self._titles.index(chosen) if chosen in self._titles else 0)

    def _title_shown(self) -> str:
        place = self.parts.currentRow()
        return self._titles[place] if 0 <= place < len(self._titles) else ""

    def _show_part(self) -> None:
        sections = list(self._sections())
        place = self.parts.currentRow()
        part = sections[place] if 0 <= place < len(sections) else Part("", ("",), ())
        self._model = CellModel(part.columns)
        self._model.set_rows([CellRow(_cells(line.cells), line.kind, line.id) for line in part.lines])
        self.table.setModel(self._model)
        self.table.set_widths(
            [_width(part, place) for place in range(len(part.columns))], stretch=_widest(part)
        )
        self._note.setText(part.note)

    def _open(self, index: QModelIndex) -> None:
        found = self._model.row_of(index)
        if found is None or not found.record_id:
            return
        if (found.kind, found.record_id) == (self._kind_id, self._record_id):
            self._edit()
        else:
            self._session.open_record.emit(found.kind, found.record_id)

    def _edit(self) -> None:
        record = self._session.ledger.get(kind_of(self._kind_id).record, self._record_id)
        self.panes[self._kind_id].open(record)

    def _print(self) -> None:
        options = {"record_id": self._record_id, "as_of": self.when.on, "year": self.when.year}
        self._session.open_report.emit(f"{self._kind_id}_dossier", options)


def _counted(part: Part) -> str:
    return part.title if part.title == FACTS else f"{part.title}  {len(part.lines)}"


def _cells(shown: Sequence[Shown]) -> tuple[Cell, ...]:
    return tuple(_cell(text, first=place == 0) for place, text in enumerate(shown))


def _cell(shown: Shown, *, first: bool) -> Cell:
    if isinstance(shown, date):
        return value(show_day(shown))
    if isinstance(shown, int | float):
        return number(f"{shown:g}")
    return leading(shown or "") if first else value(shown or "")


_LEAST, _MOST, _OF_A_DAY = 88, 260, 136
_HALF = 7
"""Pixels that half a character takes."""


def _width(part: Part, place: int) -> int:
    cells = [line.cells[place] for line in part.lines]
    if any(isinstance(cell, date) for cell in cells):
        return _OF_A_DAY
    return min(max(_LEAST, _HALF * max(_longest(part, place), half_widths(part.columns[place])) + 24), _MOST)


def _longest(part: Part, place: int) -> int:
    return max((half_widths(str(line.cells[place] or "")) for line in part.lines), default=0)


def _widest(part: Part) -> int:
    return max(range(len(part.columns)), key=lambda place: _longest(part, place))
