"""Plain text of an official document → its parts: title, number, addressee, headings, sign-off, each placed.

Two views of one reading: :func:`parse` gives typed blocks (the document model) with offsets into the
source, for the window and the checker; :func:`outline` gives the numbered tree the recognisers walk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.documents.blocks import Addressee, Block, Heading, Note, Number, Paragraph, SignOff, Title
from models.documents.numbering import Mark, breaks, find_date, read_mark
from models.documents.text import CleanText, clean, unwrap, without_blanks

_KINDS = (
    "通知|通报|意见|办法|规定|规则|制度|细则|方案|要点|计划|安排|规划|纲要|纪要|决定|公告|通告|请示|报告|批复|函|议案"
    "|条例|职责|名单|总结|讲话|章程|分工|表|清单|答复"
)
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:（[^）]{{1,12}}）)*$")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14} ?[〔\[（【]\d{4}[〕\]）】] ?第? ?\d{1,4} ?号")
_SHORT_NUMBER = re.compile(r"^〔\d{4}〕 ?第? ?\d{1,4} ?号$")
_WEB = re.compile(
    r"当前位置|首页 ?>|发布(?:时间|日期|机构)[：:]|生成日期[：:]|索引号|点击[量数次]|来源[：:]|责任编辑|字体[：:]"
    r"|法律信息搜索|发文机关[：:]|成文日期[：:]|有效性[：:]|主题分类[：:]|^发布文号|文章详情|^打印|浏览次数|^附件[\d一二三四五六]*$"
)
_BODY_MARKS = "。；，"
_ADDRESSEE = re.compile(r"^[^。；]{2,200}：$")
_NOTE = re.compile(r"^（(?:此件|联系人|本文)[^）]*）$")
_HEAD_LINES = 15


@dataclass(frozen=True, slots=True)
class Located:
    """A block with its half-open range in the source text."""

    block: Block
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One non-empty line in the tree of numbers, offsets into the *cleaned* text.

    *text* is without its number; *depth* counts the numbers above and on this line; *parent* is the
    index of the numbered item it stands under, or -1.
    """

    text: str
    start: int
    end: int
    mark: Mark | None
    depth: int
    parent: int


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the body: title, 发文字号 and sign-off, as offsets of lines into the outline."""

    title: str
    number: str
    issued_by: str
    issued_on: date | None
    title_lines: tuple[int, ...]


def outline(text: CleanText) -> tuple[Item, ...]:
    """Return the non-empty lines of *text* as a tree of numbered items."""
    items: list[Item] = []
    open_items: list[int] = []
    for line in text.lines():
        if not line.text:
            continue
        mark = read_mark(line.text)
        if mark:
            open_items = _above(items, open_items, mark)
        parent = open_items[-1] if open_items else -1
        end = mark.end if mark else 0
        items.append(
            Item(line.text[end:], line.start + end, line.end, mark, len(open_items) + bool(mark), parent)
        )
        if mark:
            open_items.append(len(items) - 1)
    return tuple(items)


def _above(items: list[Item], open_items: list[int], mark: Mark) -> list[int]:
    """Return the open items that stay open above a new *mark* (nesting as the text itself uses it)."""
    for position, index in enumerate(open_items):
        other = items[index].mark
        if other and other.style == mark.style:
            return open_items[:position]
    if mark.style in {"chapter", "1"}:
        return [i for i in open_items if (m := items[i].mark) and m.style == "chapter"]
    return open_items


def read_head(items: tuple[Item, ...]) -> Head:
    """Find title, number and sign-off by their place and form."""
    title_lines = _title_lines(items)
    title = without_blanks("".join(items[i].text for i in title_lines))
    number = ""
    for item in items[:_HEAD_LINES]:
        match = _NUMBER.search(item.text) or _SHORT_NUMBER.search(item.text)
        if match and "《" not in item.text:
            number = match.group().replace(" ", "")
            break
    issued_by, issued_on = "", None
    for index in range(len(items)):
        issued_by, issued_on, own_line = _sign_off(items, index)
        if issued_on:
            joint = without_blanks(items[index - 2].text) if index >= 2 and own_line else ""
            issued_by = f"{joint}、{issued_by}" if joint and f"{joint}{issued_by}" in title else issued_by
            break
    if not issued_by and "关于" in title:
        issued_by = re.sub(r"(?:印发|转发)?[《〈]?$", "", title.partition("关于")[0])
    return Head(title, number, issued_by, issued_on, title_lines)


def parse(source: str | Iterable[str]) -> list[Located]:
    """Return the blocks of a document (text, or a list of its paragraphs) with their place in the source."""
    text = unwrap(clean(source if isinstance(source, str) else "\n".join(source)))
    items = outline(text)
    head = read_head(items)
    blocks: list[Located] = []
    skip = -1
    for index, item in enumerate(items):
        if index <= skip or not item.text.strip():
            continue
        last = index
        if index in head.title_lines:
            last = head.title_lines[-1]
            block: Block = Title(head.title)
        else:
            block = _block(items, index)
            if isinstance(block, SignOff) and not _has_date(item.text):
                last = index + 1
        start = item.start - (item.mark.end if item.mark else 0)
        span = text.span(start, items[last].end)
        blocks.append(Located(block, span.start, span.end))
        skip = last
    return blocks


def body_blocks(source: str) -> list[Block]:
    """Return *source*, the text below a heading 一、, as headings （一） to （1） and paragraphs in its own words."""
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, source.splitlines())):
        mark = read_mark(line)
        blocks.append(_heading(mark, line[mark.end :]) if mark and 2 <= mark.level <= 4 else Paragraph(line))
    return blocks


def number_problems(items: tuple[Item, ...]) -> list[str]:
    """Return one Chinese sentence per broken sequence of numbers."""
    return [problem.message for problem in breaks(item.mark for item in items if item.mark)]


def _block(items: tuple[Item, ...], index: int) -> Block:
    item = items[index]
    if item.mark and item.mark.level <= 4:
        return _heading(item.mark, item.text)
    organisation, day, _ = _sign_off(items, index)
    if day is None and index + 1 < len(items):
        following, next_day, own_line = _sign_off(items, index + 1)
        if next_day and own_line and following == item.text:
            organisation, day = following, next_day
    if day:
        return SignOff(organisation, day)
    if _NUMBER.fullmatch(item.text) or _SHORT_NUMBER.fullmatch(item.text):
        return Number(item.text.replace(" ", ""))
    if _NOTE.match(item.text):
        return Note(item.text)
    if (
        _ADDRESSEE.match(item.text)
        and not _WEB.search(item.text)
        and index <= _HEAD_LINES
        and item.depth == 0
    ):
        return Addressee(item.text)
    return Paragraph((item.mark.text if item.mark else "") + item.text)


def _heading(mark: Mark, text: str) -> Heading:
    """Return the first sentence after the number as the heading, the rest running on."""
    head, stop, rest = text.partition("。")
    return Heading(mark.level, mark.text + head + stop, rest)


def _title_lines(items: tuple[Item, ...]) -> tuple[int, ...]:
    """Return the lines of the title: the first run of unpunctuated lines that ends with a kind of paper."""
    run: list[int] = []
    for index, item in enumerate(items[:_HEAD_LINES]):
        text = item.text
        plain = not item.mark and not any(mark in text for mark in _BODY_MARKS) and not text.endswith("：")
        if not plain or len(text) > 80 or _WEB.search(text) or _NUMBER.fullmatch(text) or _has_date(text):
            run = []
            continue
        run.append(index)
        if _TITLE_END.search(text):
            while not text.endswith("通知") and _goes_on(items, index + 1):
                index += 1
                run.append(index)
            return tuple(run[-4:])
    return ()


def _goes_on(items: tuple[Item, ...], index: int) -> bool:
    """Tell whether line *index* still belongs to a title broken after 「…制度」 or 「…规划」."""
    if index >= len(items) or items[index].mark:
        return False
    text = items[index].text
    plain = not any(mark in text for mark in _BODY_MARKS + "：")
    return plain and len(text) <= 40 and text.endswith(("通知", "意见", "决定"))


def _sign_off(items: tuple[Item, ...], index: int) -> tuple[str, date | None, bool]:
    """Read line *index* as a 成文日期: issuer (from the line before or its end), date, issuer alone there."""
    item = items[index]
    found = find_date(item.text)
    if not found or item.mark or found[1] > 40 or len(item.text) - found[2] > 2 or "。" in item.text:
        return "", None, False
    lead = item.text[: found[1]].strip()
    if "：" in lead or "，" in lead:
        return "", None, False
    if lead:
        return without_blanks(lead), found[0], False
    before = items[index - 1].text if index else ""
    head, stop, tail = before.rpartition("。")
    issuer = tail.strip() if stop else before
    if len(issuer) > 40 or any(mark in issuer for mark in "，：；"):
        return "", found[0], False
    return without_blanks(issuer), found[0], not head


def _has_date(text: str) -> bool:
    return find_date(text) is not None
