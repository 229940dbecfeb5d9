"""Points of a check list: numbered 「是否…」, run-on 「1.是否…。2.是否…」, and 审核/检查内容 joined by ；."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.documents.parse import Item
from models.documents.proposals import CheckItemProposal, TaskProposal
from models.documents.text import CleanText, sentences

_HEADING = re.compile(
    r"(?:检查|监督|督查|评查|督察|督导|考核|审核|核查|抽查|巡查|调研|评估|自查|整治|排查|验收|检视)(?:调研|工作)?(?:应当)?(?:包括|的)?(?:以下|下列)?(?:主要|重点)?(?:内容|要点|重点|事项|项目|标准|清单)"
)
_STOP = re.compile(r"(?:检查|督查|评查|督察|考核)?(?:范围|对象|方式|方法|步骤|时间|安排|要求|程序|结果|组织)")
_RUN_ON = re.compile(r"(?:(?<=[。；：])|^)(?:\d{1,2}[.、](?!\d)|（\d{1,2}）|[①-⑳])")
_WHETHER = re.compile(r"是否|有无|有没有|能否")
_SEVERAL = re.compile(r"(?:是否|有无)[^；]*；.*?(?:是否|有无)")
_LEAD_WORDS = re.compile(
    r"^(?:(?:要)?(?:严格|重点|主要|全面)?(?:审核|检查|审查|查看|核查|督查|评查)：?|包括：?|有：|为：|一是|二是|三是|四是|五是)"
)


class CheckItems:
    """Collects the check items of one text; what is one of its *tasks* is none."""

    def __init__(self, text: CleanText, items: tuple[Item, ...], tasks: tuple[TaskProposal, ...]) -> None:
        self._text = text
        self._items = items
        self._tasks = {task.span.start for task in tasks}
        heads = (at for at, item in enumerate(items) if not item.mark and _HEADING.fullmatch(item.text))
        self._table = next(heads, len(items))

    def read(self) -> tuple[CheckItemProposal, ...]:
        """Return the points in order of the text, each once."""
        found: dict[str, CheckItemProposal] = {}
        for index, item in enumerate(self._items):
            for text, start, end in self._points(index, item):
                if len(text) >= 6 and text not in found:
                    found[text] = CheckItemProposal(text, self._text.span(start, end))
        return tuple(found.values())

    def _points(self, index: int, item: Item) -> Iterator[tuple[str, int, int]]:
        whether = len(_WHETHER.findall(item.text))
        if runs := list(_RUN_ON.finditer(item.text)):
            bodies = [item.text[run.end() :] for run in runs]
            if len(runs) >= 2 and sum(bool(_WHETHER.search(body[:40])) for body in bodies) * 2 >= len(runs):
                yield from self._run_on(item, runs)
                return
        if not item.mark:
            if whether >= 2:
                yield from self._joined(item)
            elif whether and index > self._table and "。" not in item.text[:-1]:
                yield from self._single(item)
            return
        head, _, rest = item.text.partition("。")
        if whether and not rest:
            yield from self._joined(item) if _SEVERAL.search(item.text) else self._single(item)
        elif whether >= 2 and (_HEADING.search(head) or ("；" in rest[:-1] and self._under_checks(index))):
            yield from self._joined(item, len(head) + 1)
        elif self._under_checks(index) and (whether or self._is_leaf(index)):
            yield from self._single(item)

    def _single(self, item: Item) -> Iterator[tuple[str, int, int]]:
        text = item.text.rstrip("；。，")
        if not text.endswith("："):
            yield text, item.start, item.start + len(text)

    def _run_on(self, item: Item, runs: list[re.Match[str]]) -> Iterator[tuple[str, int, int]]:
        for position, run in enumerate(runs):
            end = runs[position + 1].start() if position + 1 < len(runs) else len(item.text)
            text = item.text[run.end() : end]
            if position + 1 == len(runs):
                text = text.split("。")[0]
            text = text.strip().rstrip("；。")
            yield text, item.start + run.end(), item.start + run.end() + len(text)

    def _joined(self, item: Item, begin: int = 0) -> Iterator[tuple[str, int, int]]:
        """Split the sentence(s) that hold several 是否 at ；."""
        for sentence in _whole_sentences(item.text[begin:], item.start + begin):
            text, start = sentence
            if len(_WHETHER.findall(text)) < 2:
                continue
            for part in re.finditer(r"[^；]+", text):
                words = part.group()
                lead = (
                    words.rfind("：") + 1
                    if "：" in words and _WHETHER.search(words[words.rfind("：") :])
                    else 0
                )
                lead += match.end() if (match := _LEAD_WORDS.match(words[lead:])) else 0
                body = words[lead:].rstrip("。；")
                if _WHETHER.search(body):
                    yield body, start + part.start() + lead, start + part.start() + lead + len(body)

    def _under_checks(self, index: int) -> bool:
        """Tell whether a heading above says 检查内容 (and the nearest one nothing else)."""
        parent = self._items[index].parent
        while parent >= 0:
            head = re.split("[。：]", self._items[parent].text)[0][:30]
            if _HEADING.search(head):
                return True
            if _STOP.search(head):
                return False
            parent = self._items[parent].parent
        return False

    def _is_task(self, item: Item) -> bool:
        start = item.start - (item.mark.end if item.mark else 0)
        return self._text.span(start, item.end).start in self._tasks

    def _is_leaf(self, index: int) -> bool:
        item = self._items[index]
        words = item.text.rstrip("；。")
        if "。" in words or words.endswith("：") or len(words) < 6 or self._is_task(item):
            return False
        return not any(other.parent == index and other.mark for other in self._items[index + 1 : index + 3])


def _whole_sentences(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield sentences ended by 。 only (a list joined by ；stays whole)."""
    merged, begin = "", start
    for piece in sentences(text, start):
        if not merged:
            begin = piece.start
        merged += " " * (piece.start - begin - len(merged)) + piece.text
        if not piece.text.endswith("；"):
            yield merged, begin
            merged = ""
    if merged:
        yield merged, begin
