"""The papers of one supervised case: 督办单, 催办单, 延期审批表, 办结报告 (conventions 2.4 「督办 forms」; S0-33 … S0-35)."""

from __future__ import annotations

from datetime import date

from models.documents.blocks import Addressee, Block, Cell, Column, Document, Paragraph, SignOff, Table, Title
from models.records.supervision import CaseStep
from models.records.values import show_day
from models.settings import OfficeSettings
from models.summaries.supervision import CaseSheet
from reports.words import page_numbers

FORM = (Column("项目", 1.2, "center"), Column("内容", 4.4))
ROW_HEIGHT = 10.0  # mm
OPINION = "　\n　\n（签名、盖章）　　　　　　年　　月　　日"
"""What stands in a row somebody writes an opinion into: two empty lines, then where to sign."""
Rows = list[tuple[Cell, ...]]


def build_assignment(sheet: CaseSheet, office: OfficeSettings, as_of: date) -> Document:
    """Return the 督办单 sent with a case: what, on whose word, who, by when."""
    case, title = sheet.case, f"{office.area_name}督办单"
    whole = case.requirement.startswith(case.matter)  # which may be shortened from it
    asked: Rows = [("督办事项", case.requirement if whole else case.matter)]
    asked += [] if whole or not case.requirement else [("办理要求", case.requirement)]
    rows: Rows = [
        *asked, *_subject(sheet)[1:], *_who(sheet), ("办理时限", _limit(sheet)),
        ("紧急程度", case.urgency), ("经办人", _handler(sheet)), ("交办单位", office.office_name),
        ("交办日期", show_day(case.assigned_on or as_of)), ("领导批示", OPINION), ("承办单位签收", OPINION),
    ]  # fmt: skip
    when = f"请于{show_day(sheet.line.due)}前" if sheet.line.due else "请"
    note = f"注：{when}书面报告办理结果；确需延期的，在时限届满前提出申请。"
    return _form(title, sheet, rows, office, note)


def build_slip(sheet: CaseSheet, slip: CaseStep, office: OfficeSettings) -> Document:
    """Return one 催办单; *sheet* is the case as of the day of the slip, whose light names the paper."""
    case, on = sheet.case, slip.happened_on
    assert on is not None
    name = sheet.line.light.slip or "督办催办单"
    state = f"办理时限为{show_day(sheet.line.due)}，" if sheet.line.due else ""
    number = f"（{case.number}）" if case.number else ""
    blocks: list[Block] = [
        Title(f"{name}（{slip.number}）" if slip.number else name),
        Addressee("、".join(sheet.leads)),
        Paragraph(
            f"你单位承办的督办事项“{case.matter}”{number}，{state}截至{show_day(on)}，{_standing(sheet)}。"
        ),
        Paragraph(
            f"现予{slip.number}催办。{_sentence(slip.said)}请抓紧办理，及时书面报告办理情况和完成时间。"
        ),
        SignOff(office.office_name, on),
    ]
    return _paper(name, blocks, office)


def build_extension(sheet: CaseSheet, asked: CaseStep | None, office: OfficeSettings) -> Document:
    """Return the 延期审批表 of an application (the last one by default) with what was decided; empty to fill in
    while there is none."""
    title = "督办事项延期审批表"
    asked = asked or next((step for step in reversed(sheet.steps) if step.kind == "延期申请"), CaseStep())
    answer = next((step for step in sheet.steps if _answers(step, asked)), None)
    decided = f"{answer.said}\n{show_day(answer.happened_on)}" if answer else OPINION
    before = [step for step in sheet.steps if step.kind == "延期批准" and step.id < asked.id]
    limit = before[-1].new_due_on if before else sheet.case.first_due_on or sheet.case.due_on
    rows: Rows = [
        *_subject(sheet), *_who(sheet), ("原定时限", show_day(limit)), ("申请延期至", show_day(asked.new_due_on)),
        ("申请理由", asked.said), ("经办人", _handler(sheet)), ("申请日期", show_day(asked.happened_on)),
    ]  # fmt: skip
    rows += [("承办单位意见", OPINION), ("督办单位意见", decided), ("领导审批", OPINION)]
    return _form(title, sheet, rows, office)


def build_closing(sheet: CaseSheet, office: OfficeSettings) -> Document:
    """Return the cover of the 办结报告; before the case is reported it is a form for the unit to fill in."""
    case = sheet.case
    dates = [
        ("交办", case.assigned_on), ("签收", case.signed_on), ("报结", case.reported_on), ("办结", case.closed_on),
        ("反馈", case.feedback_on),
    ]  # fmt: skip
    went = "，".join(f"{show_day(on)}{name}" for name, on in dates if on)
    rows: Rows = [
        *_subject(sheet), *_who(sheet), ("办理时限", _limit(sheet)), ("办理经过", went),
        ("办理结果", case.result or "　\n　\n　"), ("经办人", _handler(sheet)), ("承办单位意见", OPINION),
        ("审核意见", OPINION),
    ]  # fmt: skip
    return _form("督办事项办结报告", sheet, rows, office)


def _form(title: str, sheet: CaseSheet, rows: Rows, office: OfficeSettings, note: str = "") -> Document:
    """Return a paper of one ruled form."""
    form = Table(FORM, tuple(rows), row_height_mm=ROW_HEIGHT, note=note)
    return _paper(title, [Title(title), _number(sheet), form], office)


def _paper(title: str, blocks: list[Block], office: OfficeSettings) -> Document:
    return Document(title, tuple(blocks), page_numbers=page_numbers(office))


def _number(sheet: CaseSheet) -> Paragraph:
    return Paragraph(sheet.case.number or "（未编号）", indent=0, align="right")


def _subject(sheet: CaseSheet) -> Rows:
    case = sheet.case
    basis = "，".join(filter(None, (case.source, case.basis, show_day(case.source_on))))
    return [("督办事项", case.matter), ("立项依据", basis)]


def _who(sheet: CaseSheet) -> Rows:
    leads: Rows = [("承办单位", "、".join(sheet.leads))]
    return [*leads, ("协办单位", "、".join(sheet.partners))] if sheet.partners else leads


def _handler(sheet: CaseSheet) -> str:
    return "　".join(filter(None, (sheet.case.handler, sheet.case.handler_phone)))


def _limit(sheet: CaseSheet) -> str:
    due, first = sheet.line.due, sheet.case.first_due_on
    if due is None:
        return "不设时限"
    return f"{show_day(due)}（原定{show_day(first)}）" if first and first != due else show_day(due)


def _standing(sheet: CaseSheet) -> str:
    """Return how the case stands on the day of a slip."""
    due, as_of = sheet.line.due, sheet.as_of
    if due and due < as_of:
        return f"已逾期{(as_of - due).days}天，尚未报结"
    return f"已有{sheet.line.silent}天没有报告进展" if sheet.line.silent else "尚未报结"


def _sentence(text: str) -> str:
    """Return what the clerk added to a slip as a sentence; the words every slip has are not repeated."""
    told = text.strip().rstrip("。")
    return f"{told}。" if told and not told.endswith("次催办") else ""


def _answers(step: CaseStep, asked: CaseStep) -> bool:
    return step.kind in ("延期批准", "延期不批") and "" < asked.id < step.id
