"""One editor for each type of field. What is typed is kept as typed until it can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import ClerkError
from models.records.base import Field, FieldType, Kind, Value, kind_of
from models.records.values import BadValue, parse, parse_day, parse_moment, show, show_day
from models.store.ledger import Ledger
from models.store.reader import Reader, RowQuery
from ui import look, messages
from ui.widgets.date_field import DateField
from ui.widgets.drop_list import Choice
from ui.widgets.inputs import CheckBox, ComboBox, TextArea
from ui.widgets.suggest import SuggestCombo

SUGGESTIONS = 40
JOINT = "、"


class Editor(Protocol):
    """What a form asks of the widget for one field."""

    edited: SignalInstance

    def put(self, value: Value) -> None:
        """Show a value."""

    def read(self) -> Value:
        """Return the value that was typed; raises BadValue."""

    def typed(self) -> str:
        """Return what stands in the field, readable or not (drafts, comparison)."""

    def put_typed(self, text: str) -> None:
        """Put back what :meth:`typed` gave."""


def editor_for(field: Field, reader: Reader, *, adds_to: Ledger | None = None) -> QWidget:
    """Return the editor (a widget that is an :class:`Editor`) for *field*.

    With *adds_to* a reference may be to a person or unit that is added there by its name on the way.
    """
    match field.type:
        case FieldType.LONG:
            return LongEditor(field)
        case FieldType.DATE:
            return DayEditor(field)
        case FieldType.MOMENT:
            return MomentEditor(field)
        case FieldType.FLAG:
            return FlagEditor(field)
        case FieldType.CHOICE:
            return ChoiceEditor(field)
        case FieldType.REFERENCE:
            return ReferenceEditor(field, reader, adds_to=adds_to)
        case FieldType.REFERENCES:
            return ReferencesEditor(field, reader, adds_to=adds_to)
        case _:
            return LineEditor(field)


class _OneLine(QLineEdit):
    """What stands in a field of one line, for every such editor."""

    edited = Signal()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.textChanged.connect(lambda _text: self.edited.emit())

    def typed(self) -> str:
        return self.text()

    def put_typed(self, text: str) -> None:
        self.setText(text)


class LineEditor(_OneLine):
    """Text, figures, telephone numbers."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        if field.unit:
            self.setPlaceholderText(field.unit)

    def put(self, value: Value) -> None:
        self.setText(show(self._field, value))
        self.setCursorPosition(0)

    def read(self) -> Value:
        return parse(self._field, self.text())


class LongEditor(TextArea):
    """Several lines."""

    edited = Signal()
    LINES = 4

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.setFixedHeight(look.px(20 * self.LINES + 12))
        self.textChanged.connect(self.edited)

    def put(self, value: Value) -> None:
        """Show *value*; the text that stands there already (after a save) keeps the cursor where it is."""
        text, place = str(value or ""), self.textCursor().position()
        goes_on = text == self.toPlainText().rstrip()
        self.setPlainText(text)
        if goes_on:
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(self.toPlainText())))
            self.setTextCursor(cursor)

    def read(self) -> Value:
        return parse(self._field, self.toPlainText())

    def typed(self) -> str:
        return self.toPlainText()

    def put_typed(self, text: str) -> None:
        self.setPlainText(text)


class DayEditor(_OneLine, DateField):
    """A date."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parse_day, show_day, parent)
        self.setPlaceholderText("如 10月15日")

    def put(self, value: Value) -> None:
        self.set_date(value if isinstance(value, date) else None)


class MomentEditor(_OneLine, DateField):
    """A date with time; the calendar changes the day and keeps the time."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(lambda typed: parse_moment(typed, self._day_of_begin()), self._written, parent)
        self._field = field
        self._begin: DateField | None = None
        self.setPlaceholderText("如 10月15日 9:30")

    def follow(self, begin: DateField) -> None:
        """Take a time typed alone for one of the day in *begin* (结束时间 after 开始时间)."""
        self._begin = begin

    def put(self, value: Value) -> None:
        self.setText(show(self._field, value))

    def _day_of_begin(self) -> date | None:
        begun = self._begin.readable() if self._begin else None
        return begun.date() if isinstance(begun, datetime) else begun

    def _written(self, day: date) -> str:
        if not isinstance(day, datetime):
            before = self.readable()
            day = datetime.combine(day, before.time() if isinstance(before, datetime) else time(9))
        return show(self._field, day)


class FlagEditor(CheckBox):
    """A tick; its word is the field's label."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field.label, parent)
        self.toggled.connect(lambda _on: self.edited.emit())

    def put(self, value: Value) -> None:
        self.setChecked(bool(value))

    def read(self) -> Value:
        return self.isChecked()

    def typed(self) -> str:
        return "是" if self.isChecked() else ""

    def put_typed(self, text: str) -> None:
        self.setChecked(bool(text))


class ChoiceEditor(ComboBox):
    """A word out of a few; may be typed when the choices are open."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.addItems(["", *field.choices])
        self.setEditable(field.open_choices)
        self.setMaxVisibleItems(16)
        self.currentTextChanged.connect(lambda _text: self.edited.emit())

    def put(self, value: Value) -> None:
        self.put_typed(str(value or ""))

    def read(self) -> Value:
        return parse(self._field, self.currentText())

    def typed(self) -> str:
        return self.currentText()

    def put_typed(self, text: str) -> None:
        if text and self.findText(text) < 0:
            self.addItem(text)  # a word from an older version or an import stays visible
        self.setCurrentText(text)


def matching(reader: Reader, kind_id: str, typed: str) -> list[Choice]:
    """Return the records of a kind that *typed* may mean, the exact name first."""
    kind = kind_of(kind_id)
    columns = ("headline", *_note_columns(kind_id))
    rows = reader.rows(RowQuery(kind.id, columns, search=typed), SUGGESTIONS)
    choices = [Choice(row[0], str(row[1]), str(row[2] or "") if len(row) > 2 else "") for row in rows]
    return sorted(choices, key=lambda choice: choice.text != typed)


def _note_columns(kind_id: str) -> tuple[str, ...]:
    """What tells two records of one name apart."""
    return {"person": ("phone",), "meeting": ("starts_at",), "body": ("category",)}.get(kind_id, ())


class _Adding(_OneLine, SuggestCombo):
    """Offers, after the records that fit, to add one by the name that is typed: 新建「…」."""

    chosen = Signal(object)  # again: of two Qt bases only the first one's signals are heard

    def __init__(
        self,
        suggest: Callable[[str], list[Choice]],
        kind: Kind,
        adds_to: Ledger | None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(suggest, nothing=f"没有符合的{kind.label}", parent=parent)
        self._kind, self._adds_to = kind, adds_to

    def _offered(self, found: list[Choice], typed: str) -> list[Choice]:
        needed = [field.name for field in self._kind.entered_fields if field.required]
        if self._adds_to is None or needed != ["name"] or not typed or any(c.text == typed for c in found):
            return found
        return [*found, Choice(typed, f"新建「{typed}」", self._kind.label, icon="plus", deed=True)]

    def _take(self, choice: Choice) -> None:
        taken = self._added(str(choice.key)) if choice.deed else choice
        if taken is not None:
            super()._take(taken)

    def _added(self, name: str) -> Choice | None:
        assert self._adds_to is not None
        try:
            with self._adds_to.action(f"登记{self._kind.label}「{name}」") as action:
                record = action.add(self._kind.record(name=name))  # type: ignore[call-arg]
        except ClerkError as error:
            messages.tell(self, "没有新建", str(error))
            return None
        return Choice(record.id, name)


class ReferenceEditor(_Adding):
    """One other record, found by characters, pinyin or initials."""

    def __init__(
        self,
        field: Field,
        reader: Reader,
        *,
        adds_to: Ledger | None = None,
        parent: QWidget | None = None,
    ) -> None:
        label = kind_of(field.target).label
        super().__init__(
            lambda typed: self._offered(matching(reader, field.target, typed), typed),
            kind_of(field.target),
            adds_to,
            parent,
        )
        self._reader, self._target, self._label = reader, field.target, label
        self.setPlaceholderText("输入文字或拼音首字母")

    def put(self, value: Value) -> None:
        record_id = str(value or "")
        name = self._reader.name_of(self._target, record_id)
        self.choose(Choice(record_id, name) if record_id else None)
        self.setCursorPosition(0)

    def read(self) -> Value:
        self.settle()
        if choice := self.choice():
            return str(choice.key)
        typed = self.text().strip()
        if not typed:
            return ""
        same = sum(choice.text == typed for choice in matching(self._reader, self._target, typed))
        if same > 1:
            raise BadValue(f"有 {same} 个“{typed}”，请从列表中选择")
        raise BadValue(f"没有名为“{typed}”的{self._label}，先登记再选")

    def typed(self) -> str:
        choice = self.choice()
        return f"{choice.key}\t{self.text()}" if choice else self.text()

    def put_typed(self, text: str) -> None:
        record_id, tab, name = text.partition("\t")
        if tab:
            self.choose(Choice(record_id, name))
        else:
            self.choose(None)
            self.setText(text)


class ReferencesEditor(_Adding):
    """Several other records in order, names with 、 between; suggestions complete the last one."""

    def __init__(
        self,
        field: Field,
        reader: Reader,
        *,
        adds_to: Ledger | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self._suggest_last, kind_of(field.target), adds_to, parent)
        self._reader, self._target = reader, field.target
        self._label = kind_of(field.target).label
        self._known: dict[str, str] = {}
        self.setPlaceholderText("可选多个，用顿号隔开")

    def put(self, value: Value) -> None:
        ids = value if isinstance(value, tuple) else ()
        names = self._reader.names(self._target, ids)
        self._known = {names[record_id]: record_id for record_id in ids if record_id in names}
        self.setText(JOINT.join(names[record_id] for record_id in ids if record_id in names))
        self.setCursorPosition(0)

    def read(self) -> Value:
        return tuple(dict.fromkeys(self._id_of(name) for name in _split(self.text())))

    def choose(self, choice: Choice | None) -> None:
        if choice is None:
            return
        self._known[choice.text] = str(choice.key)
        before = _split(self.text(), keep_last=False)
        self.setText(JOINT.join([*before, choice.text]))
        self.end(False)

    def settle(self) -> None:
        """Nothing to settle: names are read one by one when the form is read."""

    def _suggest_last(self, typed: str) -> list[Choice]:
        last = typed.replace(",", JOINT).replace("，", JOINT).split(JOINT)[-1].strip()
        taken = set(_split(typed, keep_last=False))
        found = matching(self._reader, self._target, last)
        return [choice for choice in self._offered(found, last) if choice.text not in taken]

    def _id_of(self, name: str) -> str:
        if name in self._known:
            return self._known[name]
        same = [c for c in matching(self._reader, self._target, name) if c.text == name]
        if len(same) == 1:
            return str(same[0].key)
        if same:
            raise BadValue(f"有 {len(same)} 个“{name}”，请从列表中选择")
        raise BadValue(f"没有名为“{name}”的{self._label}，先登记再选")


def _split(text: str, *, keep_last: bool = True) -> list[str]:
    names = [name.strip() for name in text.replace(",", JOINT).replace("，", JOINT).split(JOINT)]
    return [name for name in (names if keep_last else names[:-1]) if name]
