"""Names, keys and promises of the parts of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import walk
from ui.widgets import paint
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card, EmptyPage, NoticeBar
from ui.widgets.charts import Part, StackedBar
from ui.widgets.date_field import DateField
from ui.widgets.drop_list import Choice
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import SEARCH_DELAY_MS, CheckBox, ComboBox, RadioButton, SearchField, SpinBox, TextArea
from ui.widgets.label import Chip, Label, plain_tip
from ui.widgets.layout import column, scrolled
from ui.widgets.light import Light
from ui.widgets.paint import Mark
from ui.widgets.segmented import SegmentedControl
from ui.widgets.sentence import Sentence, Words
from ui.widgets.steps import Step, Steps
from ui.widgets.suggest import SuggestCombo
from ui.widgets.timeline import Event, Timeline

NASTY = "<b>甲&乙</b>"
MEETING = [Step(word) for word in ("计划", "通知", "召开", "纪要拟稿", "签发", "印发", "归档")]
UNITS = [Choice(1, "县教育局", "县直"), Choice(2, "县教育督导室"), Choice(3, "县财政局")]


def parse(text: str) -> date:
    return date(*(int(part) for part in text.replace("年", "-").replace("月", "-").rstrip("日").split("-")))


def show(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def find(text: str) -> list[Choice]:
    return [unit for unit in UNITS if text in unit.text]


Shown = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Shows a widget in a window that is active, kept until the test ends."""
    windows = []

    def show_in_window(widget: QWidget, width: int = 600, height: int = 400) -> QWidget:
        window = QWidget()
        windows.append(window)
        window.setLayout(column(widget, None))
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show_in_window
    for window in windows:
        window.close()
        window.deleteLater()


def test_every_part_is_plain_named_and_reachable(shown: Shown) -> None:
    window = shown(
        EmptyPage(
            "graduation-cap",
            NASTY,
            NASTY,
            [Button(NASTY, "primary", "plus", keys="Ctrl+S")],
            Card(NASTY, Timeline([Event("催办", "10月14日", NASTY)]), right=[Button("全部", "link")]),
        ),
    )
    extra = (
        NoticeBar(NASTY, "warning", [Button("查看", small=True)]),
        SegmentedControl([NASTY, "职责 7"]),
        Light(Mark.RED, NASTY),
        Chip(NASTY),
        Steps(MEETING, 2),
        IconButton("x", "关闭"),
        CheckBox(NASTY),
        RadioButton(NASTY),
        FieldRow(NASTY, QLineEdit(), required=True, hint=NASTY),
        FieldRow("单位", SuggestCombo(find)),
        FieldRow("任职起", DateField(parse, show)),
        FieldRow("届次", SpinBox()),
        FieldRow("岗位", ComboBox()),
        FieldRow("备注", TextArea()),
        SearchField("找人"),
        scrolled(Label(NASTY)),
    )
    for part in extra:
        window.layout().addWidget(part)
    assert walk.faults(window) == []


def test_accessible_names_are_the_visible_words(qtbot: QtBot) -> None:
    named = {
        "保存": Button("保存", "primary", keys="Ctrl+S"),
        "关闭": IconButton("x", "关闭"),
        "逾期 3 天": Light(Mark.RED, "逾期 3 天"),
        "已签到": CheckBox("已签到"),
        "第 3 步，共 7 步：召开": Steps(MEETING, 2),
        "办结 27，逾期 4": StackedBar([Part(Mark.DONE, "办结", 27), Part(Mark.RED, "逾期", 4)]),
    }
    for name, widget in named.items():
        qtbot.addWidget(widget)
        assert walk.spoken_name(widget) == name
    assert named["保存"].text() == "保存  Ctrl+S"


@pytest.mark.parametrize("radius", [4.5, 5.5])
def test_lights_differ_in_shape_not_only_in_colour(qapp: QApplication, radius: float) -> None:
    shapes = {}
    for mark in Mark:
        image = QImage(16, 16, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint.mark(painter, mark, 8, 8, radius)
        painter.end()
        shapes[mark] = tuple(image.pixelColor(x, y).alpha() > 100 for x in range(16) for y in range(16))
    assert len(set(shapes.values())) == len(Mark)


def test_words_too_long_are_cut_inside_their_place(qapp: QApplication) -> None:
    image = QImage(200, 30, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    used = paint.words(painter, QRectF(0, 0, 80, 30), "第三季度依法治县联席会议纪要" * 3)
    painter.end()
    assert used <= 80
    assert not any(image.pixelColor(x, y).alpha() for x in range(84, 200) for y in range(30))


def test_a_label_cut_short_tells_the_whole_text_as_plain_text(qtbot: QtBot) -> None:
    label = Label(NASTY * 20, elide=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.toolTip() == plain_tip(NASTY * 20)
    assert "&lt;b&gt;" in label.toolTip()
    label.resize(5000, 20)
    assert label.toolTip() == ""


def test_segments_follow_the_arrow_keys(qtbot: QtBot, shown: Shown) -> None:
    segments = SegmentedControl(["全部 25", "未登记 7", "需处理 2"])
    shown(segments)
    picked: list[int] = []
    segments.picked.connect(picked.append)
    qtbot.keyClick(segments, Qt.Key.Key_Right)
    qtbot.keyClick(segments, Qt.Key.Key_Right)
    qtbot.keyClick(segments, Qt.Key.Key_Right)
    qtbot.keyClick(segments, Qt.Key.Key_Left)
    assert picked == [1, 2, 0, 2]
    assert segments.current() == 2


def test_a_sentence_leaves_off_at_its_end_what_there_is_no_room_for(qtbot: QtBot) -> None:
    shown, place = Sentence(), QWidget()
    qtbot.addWidget(place)
    shown.setParent(place)
    shown.show_parts(
        [Words("您有 "), Words("12 件逾期", "red", 1), Words("，"), Words("1 个岗位空缺", target=2)]
    )
    with qtbot.waitExposed(place):
        place.show()
    kept = {}
    for width in (600, 110):
        shown.setGeometry(0, 0, width, 40)
        widgets = [shown.layout().itemAt(part).widget() for part in range(4)]
        kept[width] = [widget.text() for widget in widgets if widget.isVisible()]
    assert kept[600] == ["您有 ", "12 件逾期", "，", "1 个岗位空缺"]
    assert kept[110] and kept[110] == kept[600][: len(kept[110])] != kept[600]


def test_steps_fall_back_to_one_sentence_where_there_is_no_room(qtbot: QtBot) -> None:
    steps = Steps(MEETING, 2)
    qtbot.addWidget(steps)
    steps.resize(steps.sizeHint())
    full = steps.grab().toImage()
    steps.resize(steps.minimumSizeHint())
    assert steps.minimumSizeHint().width() < steps.sizeHint().width() / 2
    assert steps.grab().toImage().width() < full.width()
    assert steps.text() == "第 3 步，共 7 步：召开"


@pytest.mark.parametrize("make", [ComboBox, SpinBox])
def test_the_wheel_never_changes_a_value(shown: Shown, make: type[ComboBox] | type[SpinBox]) -> None:
    field = make()
    if isinstance(field, ComboBox):
        field.addItems(["成员", "组长"])
    shown(field)
    field.setFocus()
    before = field.currentText() if isinstance(field, ComboBox) else field.text()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, wheel)
    assert (field.currentText() if isinstance(field, ComboBox) else field.text()) == before


def test_a_search_waits_for_the_typing_to_pause(qtbot: QtBot, shown: Shown) -> None:
    field = SearchField("找人")
    shown(field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    walk.compose(field, "luo")
    qtbot.wait(2 * SEARCH_DELAY_MS)
    assert heard == []
    walk.commit(field, "luo")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["luo"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert heard[-1] == ""


def test_a_field_row_says_what_is_wrong_and_keeps_what_was_typed(shown: Shown) -> None:
    field = QLineEdit("1380013800")
    row = FieldRow("手机", field, required=True, hint="11 位")
    shown(row)
    row.show_problem("少 1 位：手机号应为 11 位")
    assert (walk.spoken_name(field), field.property("error")) == ("手机", True)
    assert field.accessibleDescription() == "少 1 位：手机号应为 11 位"
    row.show_problem("同一岗位已有人", "warning")
    assert field.property("error") is False
    row.show_problem("")
    assert field.accessibleDescription() == "11 位"
    assert field.text() == "1380013800"


@pytest.mark.parametrize(
    ("typed", "kept", "day"),
    [
        ("2024-3-1", "2024年3月1日", date(2024, 3, 1)),
        ("2024年3月1日", "2024年3月1日", date(2024, 3, 1)),
        ("", "", None),
    ],
)
def test_dates_are_tidied_when_the_field_is_left(
    qtbot: QtBot, shown: Shown, typed: str, kept: str, day: date | None
) -> None:
    field = DateField(parse, show)
    shown(field)
    field.setText(typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.read()) == (kept, day)


def test_a_date_that_does_not_exist_stays_as_typed(qtbot: QtBot, shown: Shown) -> None:
    field = DateField(parse, show)
    shown(field)
    field.setText("2024年2月30日")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "2024年2月30日"
    with pytest.raises(ValueError, match="day"):
        field.read()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_calendar_drops_and_is_used_by_keys(qtbot: QtBot, shown: Shown) -> None:
    field = DateField(parse, show)
    shown(field)
    field.set_date(date(2026, 3, 1))
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert walk.faults(popup) == []
    grid = popup.findChild(QWidget, "qt_calendar_calendarview")
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert field.read() == date(2026, 3, 2)


def test_a_reference_is_picked_by_keys_alone(qtbot: QtBot, shown: Shown) -> None:
    field = SuggestCombo(find)
    shown(field)
    field.setFocus()
    chosen: list[Choice | None] = []
    field.chosen.connect(chosen.append)
    field.selectAll()
    walk.compose(field, "jiao")
    assert field.choice() is None
    walk.commit(field, "教")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.choice(), field.text(), chosen) == (UNITS[1], "县教育督导室", [UNITS[1]])
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert (field.choice(), chosen[-1]) == (None, None)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "县教育督导"


@pytest.mark.parametrize(
    ("typed", "choice"), [("县财政局", UNITS[2]), ("县教育", None), ("没有这个局", None)]
)
def test_a_reference_typed_out_is_recognised_and_anything_else_kept(
    qtbot: QtBot, typed: str, choice: Choice | None
) -> None:
    field = SuggestCombo(find)
    qtbot.addWidget(field)
    field.setText(typed)
    field.settle()
    assert (field.choice(), field.text()) == (choice, typed)


@pytest.mark.parametrize(
    ("name", "wide"), [("县司法局", 160), ("县委全面依法治县委员会守法普法协调小组", None)]
)
def test_the_drop_list_is_as_wide_as_its_longest_name(
    qtbot: QtBot, shown: Shown, name: str, wide: int | None
) -> None:
    field = SuggestCombo(lambda _text: [Choice(1, name)])
    field.setFixedWidth(160)
    window = shown(QWidget(), 500, 300)
    window.layout().addWidget(field)
    QApplication.processEvents()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    drop = next(child for child in window.findChildren(QWidget) if child.property("part") == "drop")
    assert drop.width() == wide if wide else drop.width() > paint.width(name, 14) + 24
    assert window.rect().contains(drop.geometry())


def test_the_drop_list_stays_inside_the_window(qtbot: QtBot, shown: Shown) -> None:
    field = SuggestCombo(lambda _text: [Choice(number, f"单位 {number}") for number in range(60)])
    window = shown(QWidget(), 300, 300)
    window.layout().addWidget(field)
    QApplication.processEvents()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    drop = next(child for child in window.findChildren(QWidget) if child.property("part") == "drop")
    assert drop.isVisible()
    assert window.rect().contains(drop.geometry())
    assert not drop.geometry().intersects(field.geometry())


def test_a_notice_stays_until_closed(qtbot: QtBot, shown: Shown) -> None:
    notice = NoticeBar("备份没有成功", "error")
    shown(notice)
    with qtbot.waitSignal(notice.closed):
        qtbot.mouseClick(notice.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
