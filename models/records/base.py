"""A record kind is described once (design idea 1).

A kind (单位, 人员, 会议 …) is one frozen dataclass whose fields are declared with the functions
below. Form, table, filter, Excel, search, history and recycle bin all read this description;
a new register is one such class and one migration.

    @record_kind("banner", "锦旗", family="registers")
    class Banner(Record):
        name: str = text("名称", required=True)
        given_on: date | None = day("日期")

        def headline(self, name_of: NameOf) -> str:
            return self.name
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar, dataclass_transform

from models.errors import Problem

Value = str | int | float | bool | date | datetime | tuple[str, ...] | None
NameOf = Callable[[str, str], str]
"""``name_of(kind_id, record_id)`` → headline of another record, "" when the id is empty or unknown."""


class FieldType(StrEnum):
    """How a field is stored, entered and shown."""

    TEXT = "text"
    LONG = "long"  # several lines
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    MOMENT = "moment"  # date and time to the minute
    MONTH_DAY = "month_day"  # a day of any year, stored MM-DD
    CHOICE = "choice"
    PHONE = "phone"
    REFERENCE = "reference"  # id of one record of kind `target`
    REFERENCES = "references"  # ordered ids of records of kind `target`


class DayRole(StrEnum):
    """What a day in the calendar is."""

    PLANNED = "安排"  # takes place then, and may be put on another day
    LIMIT = "期限"  # is to be done by then
    FACT = "登记"  # came in or was done then


@dataclass(frozen=True, slots=True)
class Dated:
    """How a date of a record stands in the calendar.

    *word* says what the day is (收到, 办理时限); *named* puts it behind the name of the record, which alone would
    mean something else (…执法证到期). *until* names the field where it ends. A limit has a light until *settled_by*
    is filled, and is not there once *void_by* is. *fixed* says why it is not moved in the calendar.
    """

    role: DayRole
    word: str = ""
    named: bool = False
    until: str = ""
    settled_by: str = ""
    void_by: str = ""
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Gathers:
    """What a column collects from elsewhere: *fields* of the records of *kind* in force that name the record in *by*."""

    kind: str
    by: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One described field. *name* is the column; *column* whether lists show it at first."""

    name: str
    type: FieldType
    label: str
    required: bool = False
    choices: tuple[str, ...] = ()
    open_choices: bool = False  # words outside `choices` are allowed
    synonyms: tuple[tuple[str, str], ...] = ()  # what else people call a choice, and the choice
    target: str = ""  # kind id for references
    searched: bool = False
    column: bool = True
    section: str = ""  # heading above this field in the form
    help: str = ""
    unit: str = ""  # measure printed after a figure, e.g. 学时
    system: bool = False  # kept by rules or another view: not in the form, not in the import template
    when: tuple[str, tuple[str, ...]] | None = (
        None  # the form shows it while that field has one of these words
    )
    afterwards: bool = False  # comes after the record is locked, and is written without a 更正
    later: bool = False  # goes on after the record's year is closed, without a 更正 unless dated in that year
    past: bool = False  # a day that lies in the past by nature (收到日期): one after today is warned of
    dated: Dated | None = None  # the calendar shows its day
    gathers: Gathers | None = None  # a column of lists only, which no record holds


@dataclass(frozen=True, slots=True)
class Kind:
    """The description of a record kind, collected from its class.

    *period* names the from/until fields, so that lists answer "as of a date"; *happened* the
    field that says when the event took place (an entry later than that is a 补录);
    *part_of* the reference to the record it lives and dies with; *identity* the fields by
    which an imported row is matched with an existing record; *sort* the default order (``-name`` downward).
    Files can be put to a record of an *attachable* kind. *comes_from* says where records are made that no sheet brings.
    """

    id: str
    label: str
    family: str
    icon: str
    record: type[Record]
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    period: tuple[str, str] | None = None
    happened: str = ""
    part_of: str = ""
    measure: str = "条"
    attachable: bool = False
    gathered: tuple[Field, ...] = ()
    comes_from: str = ""

    @property
    def table(self) -> str:
        """The table of this kind in the database; its id, but for a word that SQL keeps for itself."""
        return _TABLES.get(self.id, self.id)

    def field(self, name: str) -> Field:
        """Return the field called *name*; raises KeyError."""
        for field in self.columns:
            if field.name == name:
                return field
        raise KeyError(f"{self.id}.{name}")

    @property
    def columns(self) -> tuple[Field, ...]:
        """What lists can show: the fields, behind the first of them what is gathered from other kinds."""
        return (*self.fields[:1], *self.gathered, *self.fields[1:])

    @property
    def entered_fields(self) -> tuple[Field, ...]:
        """The fields a clerk fills in (form, Excel template)."""
        return tuple(field for field in self.fields if not field.system)

    @property
    def dated(self) -> dict[str, Dated]:
        """The fields whose days stand in the calendar; the day something happened needs no description."""
        found = {field.name: field.dated for field in self.fields if field.dated}
        if self.happened and not self.part_of and self.happened not in found:
            word = self.field(self.happened).label.removesuffix("时间").removesuffix("日期")
            found[self.happened] = Dated(DayRole.FACT, word)
        return found

    @property
    def references(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.target)


_TABLES = {"case": "supervised_case"}


class Look(Protocol):
    """What a check may ask of the store."""

    def get(self, kind: type[R], record_id: str) -> R | None: ...

    def find(
        self, kind: type[R], where: str = "", params: Sequence[object] = (), order: str = ""
    ) -> list[R]: ...

    def in_force(
        self, kind: type[R], on: date, where: str = "1", params: Sequence[object] = (), order: str = ""
    ) -> list[R]: ...


@dataclass(frozen=True, kw_only=True)
class Record:
    """Base of every record. The stamps are written by the store, never by a form."""

    KIND: ClassVar[Kind]

    id: str = ""
    entered_at: datetime | None = None
    entered_by: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    deleted_at: datetime | None = None

    def headline(self, name_of: NameOf) -> str:
        """Return the short text that names this record everywhere."""
        raise NotImplementedError

    def in_force(self, on: date) -> bool:
        """Tell whether the from/until period of the record, which its kind must have, holds *on* that day."""
        assert self.KIND.period
        since, until = (getattr(self, name) for name in self.KIND.period)
        return (since or date.min) <= on <= (until or date.max)

    def check(self, look: Look) -> Iterable[Problem]:
        """Yield what is wrong beyond single fields (order of dates, duplicates, rules)."""
        return ()

    def locked(self, look: Look) -> str:
        """Return why this record may only be changed as a 更正 with a reason, or ""."""
        return ""

    def begun_on(self, look: Look) -> date | None:
        """Return the day from which this record counts in the figures of its year, None while it does not.

        A part without a day of its own goes with its whole.
        """
        kind = self.KIND
        if kind.happened:
            on = getattr(self, kind.happened)
            return on.date() if isinstance(on, datetime) else on
        whole = self.whole(look)
        return whole.begun_on(look) if whole else None

    def settled_on(self, look: Look) -> date | None:
        """Return the day whose year this record belongs to once that is closed, None while it runs on."""
        whole = None if self.KIND.happened else self.whole(look)
        return whole.settled_on(look) if whole else self.begun_on(look)

    def counted_on(self, look: Look) -> set[date | None]:
        """Return the days by which the figures of a year count this record; they do not move once it is closed."""
        return {self.begun_on(look), self.settled_on(look)}

    def day_of(self, name: str) -> object:
        """Return the day from which the field *name*, one that goes on later, counts; what is no day counts nowhere."""
        return getattr(self, name)

    @property
    def belongs_to(self) -> tuple[str, str]:
        """The kind and id of the record this one lives and dies with, two "" when it stands alone."""
        part_of = self.KIND.part_of
        return (self.KIND.field(part_of).target, getattr(self, part_of)) if part_of else ("", "")

    def whole(self, look: Look) -> Record | None:
        """Return the record this one lives and dies with."""
        kind_id, record_id = self.belongs_to
        return look.get(kind_of(kind_id).record, record_id) if record_id else None

    def check_change(self, before: Record, look: Look) -> Iterable[Problem]:
        """Yield why *before* may not become this record, though each is right by itself; undo is not asked."""
        return ()

    def check_removal(self, look: Look) -> str:
        """Return why this record may not be deleted alone, or ""; undo is not asked."""
        return ""

    def preview(self, name_of: NameOf) -> str:
        """Return a sentence that reads the record back while it is being entered, or ""."""
        return ""

    def extra_search(self) -> str:
        """Return further words this record is found by (e.g. a corrected pinyin)."""
        return ""

    def values(self) -> dict[str, Value]:
        """Return the described fields by name."""
        return {field.name: getattr(self, field.name) for field in self.KIND.fields}

    def changed_since(self, before: Record) -> tuple[str, ...]:
        """Return the names of the fields in which this record is not as *before*."""
        known = before.values()
        return tuple(name for name, value in self.values().items() if value != known[name])


R = TypeVar("R", bound=Record)

_registry: dict[str, Kind] = {}


def _field(type_: FieldType, default: object, label: str, **options: Any) -> Any:
    return dataclasses.field(default=default, metadata={"field": Field("", type_, label, **options)})


def text(label: str, **options: Any) -> Any:
    """Describe a one-line text."""
    return _field(FieldType.TEXT, "", label, **options)


def long_text(label: str, **options: Any) -> Any:
    """Describe a text of several lines."""
    return _field(FieldType.LONG, "", label, column=options.pop("column", False), **options)


def phone_number(label: str, **options: Any) -> Any:
    """Describe a telephone number; masked in exports unless asked for (conventions 2.5)."""
    return _field(FieldType.PHONE, "", label, **options)


def month_day(label: str, **options: Any) -> Any:
    """Describe a day of every year, MM-DD; "" when not given."""
    return _field(FieldType.MONTH_DAY, "", label, **options)


def integer(label: str, **options: Any) -> Any:
    """Describe a whole number; None when not given."""
    return _field(FieldType.INTEGER, None, label, **options)


def number(label: str, **options: Any) -> Any:
    """Describe a decimal figure; None when not given."""
    return _field(FieldType.NUMBER, None, label, **options)


def flag(label: str, **options: Any) -> Any:
    """Describe a yes/no tick."""
    return _field(FieldType.FLAG, False, label, **options)


def day(label: str, **options: Any) -> Any:
    """Describe a date; None when not given."""
    return _field(FieldType.DATE, None, label, **options)


def moment(label: str, **options: Any) -> Any:
    """Describe a date with time to the minute; None when not given."""
    return _field(FieldType.MOMENT, None, label, **options)


def choice(label: str, choices: Sequence[str], *, default: str = "", **options: Any) -> Any:
    """Describe one word out of *choices* (others too with ``open_choices=True``)."""
    return _field(FieldType.CHOICE, default, label, choices=tuple(choices), **options)


def reference(label: str, target: str, **options: Any) -> Any:
    """Describe the id of one record of kind *target*, "" when not given."""
    return _field(FieldType.REFERENCE, "", label, target=target, **options)


def references(label: str, target: str, **options: Any) -> Any:
    """Describe the ordered ids of several records of kind *target*."""
    return _field(FieldType.REFERENCES, (), label, target=target, **options)


@dataclass_transform(kw_only_default=True, frozen_default=True)  # every described field has a default
def record_kind(
    kind_id: str,
    label: str,
    *,
    family: str,
    icon: str = "book-open-text",
    identity: Sequence[str] = (),
    sort: Sequence[str] = (),
    period: tuple[str, str] | None = None,
    happened: str = "",
    part_of: str = "",
    measure: str = "条",
    attachable: bool = False,
    gathered: Mapping[str, tuple[str, Gathers]] | None = None,
    comes_from: str = "",
) -> Callable[[type[R]], type[R]]:
    """Make a :class:`Record` subclass a registered kind; see :class:`Kind` for the options.

    *gathered* gives each collected column its name, heading and source.
    """

    def describe(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        fields = tuple(
            dataclasses.replace(item.metadata["field"], name=item.name)
            for item in dataclasses.fields(made)
            if "field" in item.metadata
        )
        made.KIND = Kind(
            kind_id, label, family, icon, made, fields, tuple(identity), tuple(sort), period, happened,
            part_of, measure, attachable,
            tuple(Field(name, FieldType.TEXT, head, gathers=what) for name, (head, what) in (gathered or {}).items()),
            comes_from,
        )  # fmt: skip
        _registry[kind_id] = made.KIND
        return made

    return describe


def kind_of(kind_id: str) -> Kind:
    """Return the registered kind; raises KeyError."""
    return _registry[kind_id]


def all_kinds() -> tuple[Kind, ...]:
    """Return every registered kind in the order of registration."""
    return tuple(_registry.values())


def parts_of(kind_id: str) -> tuple[Kind, ...]:
    """Return the kinds whose records live and die with a record of *kind_id*."""
    return tuple(
        kind for kind in _registry.values() if kind.part_of and kind.field(kind.part_of).target == kind_id
    )
