"""What the reader skipped and a clerk should see: sentences that look like standing duties, scraps of member lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from models.documents.extract.duties import NO_DUTY, PAST, answers_of
from models.documents.extract.subjects import subject
from models.documents.parse import Item
from models.documents.proposals import DutyProposal, Span
from models.documents.text import CleanText, sentences

_RECURS = re.compile(
    r"定期(?!限)|每(?:两|三|四|五|六|\d{1,2})?个?(?:年|半年|季度?|月|周|旬|日|天|次会议?|届)|按(?:年度?|季度?|月|周)(?=[^度计份]{1,8})"
    r"|会(?:议(?:结束|召开)?)?后[^，。；]{0,6}[日天]内|(?:开会|会议召开)前[^，。；]{0,6}[日天]"
)
_ORDERS = re.compile(
    r"应当?|[要须]|必须|负责|召开|报送|上报|报告|通报|印发|组织|开展|进行|学法|学习|培训|检查|督查|研究|听取"
)
_CLAUSE = re.compile(r"[^，；。]+")
_SCRAP = "没有读懂的成员：在上面的机构里补登，再按“不要”"
_LEAVES = re.compile(r"不再(?:担|兼)任|免去|不再列入成员")
_DEPARTURE = "有人离任：到“名册”里结束任职和组内职务，再按“不要”"
_SENTENCE = "没有读懂的一句：像是要常年办的事，没有读出周期"


def unread_sentences(
    text: CleanText, items: tuple[Item, ...], read: Collection[Span]
) -> Iterator[DutyProposal]:
    """Yield the sentences that recur and order something and hold none of the spans already *read*."""
    for item in items:
        for sentence in sentences(item.text, item.start):
            words = sentence.text.strip("；。 ")
            if (
                not _ORDERS.search(words)
                or PAST.search(words)
                or NO_DUTY.search(words)
                or words.endswith("：")
            ):
                continue
            clauses = [
                text.span(sentence.start + at.start(), sentence.start + at.end())
                for at in _CLAUSE.finditer(words)
                if _RECURS.search(at.group())
            ]
            if any(not any(_overlap(clause, one) for one in read) for clause in clauses):
                span = text.span(sentence.start, sentence.end)
                yield DutyProposal(
                    subject(words), words, "", span, answers=answers_of(words), review=_SENTENCE
                )


def unread_members(text: CleanText, scraps: Collection[tuple[int, int]]) -> Iterator[DutyProposal]:
    """Yield the *scraps* of member lists, offsets into the cleaned text."""
    for start, end in scraps:
        yield DutyProposal("", text.text[start:end].strip(), "", text.span(start, end), review=_SCRAP)


def departures(text: CleanText, items: tuple[Item, ...]) -> Iterator[DutyProposal]:
    """Yield the sentences that tell who leaves: nobody is taken out of a register by a text."""
    for item in items:
        for sentence in sentences(item.text, item.start):
            if _LEAVES.search(sentence.text):
                span = text.span(sentence.start, sentence.end)
                yield DutyProposal("", sentence.text.strip("。 "), "", span, review=_DEPARTURE)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
