"""督办灯: which of the local rules holds, and the office's own days, colours, words and names of slips (ideas 13)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from models.errors import ClerkError
from models.rules.lights import (
    CHOSEN,
    CONDITIONS,
    LIGHTS,
    NUMBERLESS,
    LightPreset,
    LightRule,
    preset_of,
    problems_of,
    shipped_presets,
    to_text,
)  # fmt: skip
from models.settings import save_settings
from ui import input_method, look, messages
from ui.lights import OF_LIGHT
from ui.pages.settings.part import Part, sheet
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import CheckBox, ComboBox, SpinBox
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, holder, row
from ui.widgets.light import Light

HEADS = ("满足什么", "几天（次）", "亮什么灯", "灯的名称", "催办文书名称", "预览")
MOST = 365


class LightsPart(Part):
    """A form over one preset; choosing another one fills it anew, saving makes it the office's."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._shipped = {preset.id: preset for preset in shipped_presets()}
        self.preset = ComboBox()
        self.preset.addItems([preset.title for preset in self._shipped.values()])
        self.preset.activated.connect(self._choose)
        self._preset_row = FieldRow("方案", self.preset)
        self.workdays = CheckBox("天数按工作日计算（周末和节假日不算）")
        self.notify = SpinBox()
        self.notify.setRange(0, 9)
        self.notify.setSuffix(" 次")
        self.rules: list[_RuleRow] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(8))
        self._add = Button("加一条", "link", "plus")
        self._add.clicked.connect(self._add_rule)
        self._said = Label("", "help", wrap=True)
        save = Button("保存", "primary", keys="Ctrl+S")
        save.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        content = sheet(
            Label("督办灯", "section"), self._preset_row, row(84, self.workdays, STRETCH, spacing=0),
            FieldRow("通报", self.notify, hint="催办满这么多次仍未办结的，在督查通报里点名；0 为不点名"),
            10, Label("从上往下看，先满足哪一条就亮哪一条的灯", "secondary"), holder(self._grid), row(self._add, STRETCH),
            Label("；".join(f"{name}：{meaning}" for name, meaning in CONDITIONS.items()), "help", wrap=True),
        )  # fmt: skip
        foot = frame("foot", row(self._said, STRETCH, save, margins=(24, 9, 16, 9)))
        whole = column(content, foot, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._put(self._stored())

    def refresh(self) -> None:
        if not self.dirty():
            self._put(self._stored())

    def dirty(self) -> bool:
        """Tell whether something was changed that is not saved."""
        return self._read() != self._clean

    def can_leave(self) -> bool:
        input_method.commit_composition()
        if not self.dirty():
            return True
        answer = messages.ask_save(self, "督办灯")
        if answer == "discard":
            self._put(self._stored())
        return answer == "discard" or (answer == "save" and self.save())

    def save(self) -> bool:
        """Check and store; False when something must be mended."""
        input_method.commit_composition()
        made = self._read()
        if wrong := problems_of(made):
            self._said.setText(wrong[0])
            return False
        settings = dataclasses.replace(self.session.settings, lights=to_text(made))
        save_settings(self.session.ledger, settings)
        self.session.reload_settings()
        self._put(made)
        self._said.setText("已保存")
        return True

    # Inside ----------------------------------------------------------------------------------

    def _stored(self) -> LightPreset:
        try:
            return preset_of(self.session.settings.lights)
        except ClerkError as error:
            self._said.setText(str(error))
            return next(iter(self._shipped.values()))

    def _choose(self, place: int) -> None:
        """Fill in the preset as shipped; it holds once it is saved."""
        self._fill(list(self._shipped.values())[place])

    def _put(self, preset: LightPreset) -> None:
        self._fill(preset)
        self._clean = self._read()

    def _fill(self, preset: LightPreset) -> None:
        names = list(self._shipped)
        self.preset.setCurrentIndex(names.index(preset.id) if preset.id in names else 0)
        self._preset_row.set_hint(preset.note)
        self.workdays.setChecked(preset.workdays)
        self.notify.setValue(preset.notify_after)
        self._show_rules(preset.rules)

    def _show_rules(self, rules: Iterable[LightRule]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, words in enumerate(HEADS):
            self._grid.addWidget(Label(words, "help"), 0, place)
        self.rules = [_RuleRow(rule) for rule in rules]
        for line, one in enumerate(self.rules, 1):
            for place, widget in enumerate(one.widgets()):
                self._grid.addWidget(widget, line, place)
            if line < len(self.rules):
                remove = IconButton("trash-2", f"去掉第 {line} 条")
                remove.clicked.connect(lambda _checked=False, one=one: self._remove_rule(one))
                self._grid.addWidget(remove, line, len(HEADS))
        self._grid.setColumnStretch(HEADS.index("催办文书名称"), 1)

    def _add_rule(self) -> None:
        rules = [one.read() for one in self.rules]
        self._show_rules([*rules[:-1], LightRule("逾期", 1, "red", "", "督办催办单"), *rules[-1:]])
        self.rules[-2].word.setFocus()

    def _remove_rule(self, gone: _RuleRow) -> None:
        self._show_rules([one.read() for one in self.rules if one is not gone])

    def _read(self) -> LightPreset:
        preset = list(self._shipped.values())[self.preset.currentIndex()]
        return dataclasses.replace(
            preset, workdays=self.workdays.isChecked(), notify_after=self.notify.value(),
            rules=tuple(one.read() for one in self.rules),
        )  # fmt: skip


class _RuleRow:
    """The fields of one rule."""

    def __init__(self, rule: LightRule) -> None:
        self.when, self.number, self.light = ComboBox(), SpinBox(), ComboBox()
        self.word, self.slip = QLineEdit(rule.word), QLineEdit(rule.slip)
        self.preview = Light(OF_LIGHT[rule.light], rule.word)
        self.when.addItems(list(CONDITIONS))
        self.slip.setCursorPosition(0)
        self.light.addItems([f"{LIGHTS[name][1]} {LIGHTS[name][2]}" for name in CHOSEN])
        self.number.setRange(0, MOST)
        self.when.setCurrentIndex(list(CONDITIONS).index(rule.when))
        self.light.setCurrentIndex(CHOSEN.index(rule.light))
        self.number.setValue(rule.number)
        self.word.setMaximumWidth(look.px(96))
        for widget, name in zip(self.widgets(), HEADS, strict=True):
            widget.setAccessibleName(name)
        self.when.currentIndexChanged.connect(lambda _place: self._show())
        self.light.currentIndexChanged.connect(lambda _place: self._show())
        self.word.textChanged.connect(lambda _text: self._show())
        self._show()

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the fields in the order of :data:`HEADS`."""
        return (self.when, self.number, self.light, self.word, self.slip, self.preview)

    def read(self) -> LightRule:
        """Return the rule as it is entered."""
        when = list(CONDITIONS)[self.when.currentIndex()]
        return LightRule(
            when, 0 if when in NUMBERLESS else self.number.value(), CHOSEN[self.light.currentIndex()],
            self.word.text().strip(), self.slip.text().strip() or "督办催办单",
        )  # fmt: skip

    def _show(self) -> None:
        rule = self.read()
        self.number.setEnabled(rule.when not in NUMBERLESS)
        self.preview.show_state(OF_LIGHT[rule.light], rule.word or "（无名）")
