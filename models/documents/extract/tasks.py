"""Tasks: numbered items, table rows and decisions of minutes that name who does them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from models.documents.extract import roles, tables
from models.documents.extract.roles import Roles
from models.documents.parse import Head, Item
from models.documents.proposals import TaskProposal
from models.documents.text import CleanText

_RULES = re.compile(r"(?:办法|规则|制度|规定|细则|章程|指导意见|条例|职责)(?:（[^）]*）)?(?:的通知)?$")
_MINUTES = re.compile(r"纪要$")
_SETS_UP = re.compile(
    r"(?:关于)?(?:成立|设立|组建|调整)[^，。]{2,40}(?:领导小组|专班|委员会|办公室|指挥部|工作组)|任组长|为组长|成员单位"
)
_HEARD = re.compile(
    r"^(?:会议)?(?:听取|审议|原则同意|同意|通过|传达|学习|研究)|^今后|^凡|^未经|出席[：]|列席[：]|记录[：]"
)

_SAID_NUMBER = re.compile(
    r"[^，。；：]{0,4}(?:问题|任务|事项|项目) ?(?P<number>[\d一二三四五六七八九十]{1,3})[：、. ] ?"
)
_TITLE = re.compile(r"[^。；：]{4,60}")
_FIELD = re.compile(rf"(?!{_SAID_NUMBER.pattern})[^，。；：]{{2,8}}：")


class Tasks:
    """Collects the tasks of one text."""

    def __init__(self, text: CleanText, items: tuple[Item, ...], head: Head) -> None:
        self._text = text
        self._items = items
        self._rules = bool(_RULES.search(head.title))
        self._minutes = bool(_MINUTES.search(head.title)) or any(
            "纪要如下" in item.text for item in items[:12]
        )
        self._in_rows: set[int] = set()
        self._first_leads = roles.first_leads(text.text)

    def read(self) -> tuple[TaskProposal, ...]:
        """Return the tasks in order of the text."""
        rows = tables.rows(self._text, self._items) + self._unnumbered()
        self._in_rows = {index for row in rows for index in range(row.first, row.last + 1)}
        found = [self._from_row(row) for row in rows]
        for index, item in enumerate(self._items):
            if (
                item.mark
                and item.mark.style != "chapter"
                and "是否" not in item.text[:40]
                and index not in self._in_rows
                and (task := self._from_item(index))
            ):
                found.append(task)
        return tuple(sorted(found, key=lambda task: task.span.start))

    def _unnumbered(self) -> list[tables.Row]:
        """Return the tasks whose title stands without a number above its labels, if a heading has several."""
        found: list[tables.Row] = []
        for index, item in enumerate(self._items):
            said = _SAID_NUMBER.match(item.text)
            title = item.text[said.end() :] if said else item.text
            if item.mark or not _TITLE.fullmatch(title):
                continue
            below = (self._items[at] for at in range(index + 1, len(self._items)))
            labels = list(takewhile(lambda line: not line.mark and _FIELD.match(line.text), below))
            if named := roles.by_label("\n".join(line.text for line in labels), self._first_leads):
                number = said["number"] if said else ""
                found.append(tables.Row(number, title, named, index, index + len(labels)))
        under = Counter(self._items[row.first].parent for row in found)
        return [row for row in found if under[self._items[row.first].parent] > 1]

    def _from_row(self, row: tables.Row) -> TaskProposal:
        begin, end = self._items[row.first], self._items[row.last]
        return TaskProposal(
            row.number, row.title, self._text.span(begin.start, end.end), row.roles.lead, row.roles.responsible,
            row.roles.deadline, self._section(row.first), row.review,
        )  # fmt: skip

    def _from_item(self, index: int) -> TaskProposal | None:
        item = self._items[index]
        own = self._own_lines(index)
        text = "".join(line.text for line in own)
        named = self._labelled(own)
        if not named and not self._rules and not _SETS_UP.search(item.text if self._minutes else text):
            named = self._phrased(own)
        if not named or item.mark is None:
            return None
        title = roles.without_label(item.text).split("。")[0]
        title = re.sub(r"(?: （[^）]*）|（[^）]*(?:负责|牵头|配合)）)$", "", title).rstrip("；：，")
        deadline = named.deadline or roles.completion_dates(text)
        span = self._text.span(item.start - item.mark.end, own[-1].end)
        return TaskProposal(
            item.mark.digits, title, span, named.lead, named.responsible, deadline, self._section(index)
        )

    def _labelled(self, own: list[Item]) -> Roles:
        if named := roles.by_label("\n".join(line.text for line in own), self._first_leads):
            return named
        for line in own:
            if named := roles.by_bracket(line.text, self._first_leads):
                return named
        return Roles()

    def _phrased(self, own: list[Item]) -> Roles:
        text = "。".join(
            sentence
            for line in own
            for sentence in line.text.split("。")
            if not _HEARD.match(sentence) or self._minutes
        )
        kept = "，".join(clause for clause in re.split("[，。]", text) if not _HEARD.match(clause))
        return roles.by_phrase(kept, self._minutes)

    def _own_lines(self, index: int) -> list[Item]:
        """Return the item's line and the unnumbered lines right below it."""
        own = [self._items[index]]
        for below in range(index + 1, len(self._items)):
            item = self._items[below]
            if item.mark or item.parent != index or below in self._in_rows:
                break
            own.append(item)
        return own

    def _section(self, index: int) -> str:
        """Return the numbers above the item: 「三（二）」."""
        path: list[str] = []
        parent = self._items[index].parent
        while parent >= 0:
            mark = self._items[parent].mark
            path.insert(0, mark.text.rstrip("、.，") if mark else "")
            parent = self._items[parent].parent
        return "".join(path)
