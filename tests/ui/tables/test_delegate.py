"""What the one delegate paints, says and lets one change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ui import look, theme
from ui.tables.cells import (
    CELL_ROLE,
    BarCell,
    Cell,
    CheckCell,
    ChipCell,
    GroupCell,
    LightCell,
    TextCell,
    TwoLineCell,
    cell_data,
    leading,
    number,
    vacant,
    value,
)
from ui.tables.view import DataTable
from ui.widgets.buttons import Button
from ui.widgets.paint import Mark

Index = QModelIndex | QPersistentModelIndex
LONG = "第三季度依法治县联席会议纪要送签发 <b>不是粗体</b>"


class Rows(QAbstractTableModel):
    """Rows of cell descriptions."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        super().__init__()
        self.rows = [list(row) for row in rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return max((len(row) for row in self.rows), default=0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        return cell_data(row[index.column()], role) if index.column() < len(row) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        self.rows[index.row()][index.column()] = CheckCell(value == Qt.CheckState.Checked)
        return True

    def replace(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.beginResetModel()
        self.rows = [list(row) for row in rows]
        self.endResetModel()


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[DataTable]:
    made = DataTable("成员")
    made.resize(600, 300)
    made.horizontalHeader().hide()
    yield made
    made.close()
    made.deleteLater()


def show(table: DataTable, rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> Rows:
    model = Rows(rows)
    model.setParent(table)
    table.setModel(model)
    table.set_widths(widths)
    table.show()
    table.activateWindow()
    table.clearFocus()
    QApplication.processEvents()
    return model


def pixels(table: DataTable, area: QRect) -> set[str]:
    image: QImage = table.viewport().grab(area).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def token(name: str) -> str:
    return QColor(getattr(look.tokens(), name)).name()


def close(name: str, found: str) -> bool:
    """Whether *found* is the colour of token *name*, but for the smoothing of thin strokes."""
    first, second = QColor(token(name)), QColor(found)
    pairs = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)
    return max(abs(one - other) for one, other in pairs) <= 3


CELLS: list[tuple[Cell, str, str]] = [
    (TextCell("罗屿"), "罗屿", "text"),
    (TextCell("松桥镇", chip=("第 2 次催报", "amber")), "松桥镇 第 2 次催报", "amber_ground"),
    (TextCell("10月12日", tail="会前 1 天"), "10月12日 会前 1 天", "text"),
    (TextCell("6 件", "accent", 13, icon="paperclip", icon_ink="accent"), "6 件", "accent"),
    (LightCell(Mark.RED, "逾期 6 天"), "逾期 6 天", "red_mark"),
    (ChipCell("内部"), "内部", "grey_ground"),
    (BarCell(0.75, "3 / 4 个"), "3 / 4 个", "accent"),
    (BarCell(0, "0 / 1 次"), "0 / 1 次", "grey_ground"),
    (CheckCell(True), "是", "accent"),
    (CheckCell(False), "否", "line2"),
    (
        TwoLineCell("整改", "县住建局", Mark.RED, "逾期 2 天", "报结"),
        "整改，县住建局，逾期 2 天，报结",
        "red_mark",
    ),
    (GroupCell("逾期", 3, Mark.RED, "至 10月22日"), "逾期 3 至 10月22日", "sunken"),
    (vacant(), "（空缺）", "red"),
    (value("副局长"), "副局长", "text2"),
    (number("10月22日"), "10月22日", "text2"),
    (leading("县教育局"), "县教育局", "text"),
]


@pytest.mark.parametrize(("cell", "words", "seen"), CELLS)
def test_each_cell_is_said_in_words_and_painted_in_its_colour(
    table: DataTable, cell: Cell, words: str, seen: str
) -> None:
    model = show(table, [[cell]], [320])
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.DisplayRole) == words
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == words
    assert any(close(seen, found) for found in pixels(table, table.visualRect(index)))


def test_a_missing_value_is_a_pale_dash() -> None:
    assert (value("").plain, value("").ink) == ("—", "text3")
    assert (number("").plain, number("").ink) == ("—", "text3")


@pytest.mark.parametrize("cell", [cell for cell, _, _ in CELLS if not isinstance(cell, CheckCell)])
def test_nothing_is_painted_outside_a_narrow_cell(table: DataTable, cell: Cell) -> None:
    show(table, [[TextCell(""), cell, TextCell("")]], [60, 60, 200])
    beyond = table.visualRect(table.model().index(0, 2)).adjusted(1, 1, 0, -1)
    assert pixels(table, beyond) == {token("surface")}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_long_text_is_cut_and_told_in_full_as_plain_text(table: DataTable, qtbot: QtBot) -> None:
    show(table, [[TextCell(LONG), TextCell("短")]], [120, 200])
    said = []
    for column in (0, 1):
        index = table.model().index(0, column)
        spot = table.visualRect(index).center()
        event = QHelpEvent(QEvent.Type.ToolTip, spot, table.viewport().mapToGlobal(spot))
        QApplication.sendEvent(table.viewport(), event)
        said.append(QToolTip.text())
        QToolTip.hideText()
        # the label is deleted a turn after it closes, and tells its text till then
        qtbot.waitUntil(lambda: not QToolTip.text())
    assert "&lt;b&gt;不是粗体" in said[0]
    assert said[1] == ""


def test_the_ends_of_a_row_get_more_air_and_follow_hidden_columns(table: DataTable) -> None:
    show(table, [[TextCell("甲"), TextCell("乙"), TextCell("丙")]], [100, 100, 100])
    assert table.cells.edges == (0, 2)
    table.setColumnHidden(0, True)
    table.horizontalHeader().moveSection(2, 0)
    assert table.cells.edges == (2, 1)


def test_selection_has_a_bar_of_three_pixels_and_focus_a_ring(table: DataTable) -> None:
    show(table, [[TextCell("甲"), TextCell("乙")], [TextCell("丙"), TextCell("丁")]], [100, 100])
    table.selectRow(1)
    cell = table.visualRect(table.model().index(1, 0))
    middle = table.viewport().grab(cell).toImage()
    colours = [middle.pixelColor(x, cell.height() // 2).name() for x in range(5)]
    assert colours == [token("accent")] * 3 + [token("accent_ground")] * 2
    other = table.visualRect(table.model().index(1, 1))
    assert token("accent") not in pixels(table, other)
    table.setCurrentIndex(table.model().index(1, 1))
    table.setFocus()
    assert table.hasFocus()
    assert token("accent") in pixels(table, other)


def test_a_box_is_ticked_by_mouse_and_by_space(table: DataTable, qtbot: QtBot) -> None:
    model = show(table, [[CheckCell(False)]], [100])
    index = model.index(0, 0)
    table.setFocus()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    assert index.data(CELL_ROLE) == CheckCell(True)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert index.data(CELL_ROLE) == CheckCell(False)


def test_enter_and_double_click_open_a_row(table: DataTable, qtbot: QtBot) -> None:
    model = show(table, [[TextCell("甲")], [TextCell("乙")]], [100])
    opened: list[int] = []
    table.opened.connect(lambda index: opened.append(index.row()))
    table.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    spot = table.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == [1, 0]


def test_groups_span_the_row(table: DataTable) -> None:
    show(table, [[GroupCell("逾期", 1)], [TextCell("甲"), TextCell("乙")]], [100, 100])
    table.set_groups([0])
    assert (table.columnSpan(0, 0), table.columnSpan(1, 0)) == (2, 1)
    assert (table.rowHeight(0), table.rowHeight(1)) == (28, 32)


def test_a_stretched_column_never_gets_narrower_than_its_own_width(table: DataTable) -> None:
    show(table, [[TextCell("甲"), TextCell("乙")]], [100, 200])
    table.set_widths([100, 200], stretch=1)
    assert table.columnWidth(1) == table.viewport().width() - 100
    table.resize(250, 300)
    assert table.columnWidth(1) == 200


def test_a_filter_without_hits_says_so_inside_the_table(table: DataTable, qtbot: QtBot) -> None:
    model = show(table, [[TextCell("甲")]], [100])
    table.set_empty_note("没有符合条件的人员", filtered=True)
    clear = table.findChild(Button)
    assert not clear.isVisible()
    model.replace([])
    assert clear.isVisible()
    with qtbot.waitSignal(table.clear_filter_requested):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    model.replace([[TextCell("乙")]])
    assert not clear.isVisible()


def test_a_table_follows_the_theme(table: DataTable, qapp: QApplication, tmp_path: Path) -> None:
    model = show(table, [[LightCell(Mark.RED, "逾期")]], [200])
    theme.apply_theme(qapp, "dark", cache=tmp_path)
    try:
        assert look.DARK.red_mark.lower() in pixels(table, table.visualRect(model.index(0, 0)))
    finally:
        theme.apply_theme(qapp, "light", cache=tmp_path)
