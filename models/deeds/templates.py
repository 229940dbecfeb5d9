"""What a meeting starts with: its agenda by content class (S0-22), what has to be got ready (S0-23)."""

from __future__ import annotations

from datetime import timedelta

from models.errors import ClerkError
from models.records.meeting import AgendaItem, Meeting, Preparation
from models.rules.meetings import BRANCH_CATEGORIES
from models.store.ledger import Ledger

JOINT_AGENDA = (
    ("学习贯彻", "学习贯彻法治建设重要会议精神和重大工作部署"),
    ("传达部署", "传达领导机构的决策部署"),
    ("交流情况", "交流各分支机构工作情况"),
    ("研究部署", "研究部署阶段性任务和重点工作"),
    ("协调解决", "协调解决工作中的有关问题"),
)
BRANCH_AGENDA = (
    ("传达部署", "传达贯彻联席会议精神和工作部署"),
    ("任务分解", "将工作目标任务分解落实到各成员单位"),
    ("研究部署", "研究部署阶段主要工作任务"),
    ("交流情况", "交流各成员单位工作情况，研究商议有关问题"),
)
PREPARATIONS = (("印发会议通知", 7), ("会议材料", 3), ("会场", 1), ("座签", 1), ("签到表", 1), ("录音", 0))
"""Each with the days before the meeting by which it should be done."""


def fill_agenda(ledger: Ledger, meeting: Meeting) -> int:
    """Write the template agenda of the meeting's kind; return how many items. Raises ClerkError when it has one."""
    if ledger.find(AgendaItem, "meeting = ?", (meeting.id,)):
        raise ClerkError("会议已有议程，模板只用于空的议程。")
    items = BRANCH_AGENDA if meeting.category in BRANCH_CATEGORIES else JOINT_AGENDA
    with ledger.action(f"套用议程模板「{meeting.name}」") as action:
        for position, (content_class, subject) in enumerate(items, start=1):
            action.add(
                AgendaItem(
                    meeting=meeting.id, position=position, subject=subject, content_class=content_class
                )
            )
    return len(items)


def fill_preparations(ledger: Ledger, meeting: Meeting) -> int:
    """Write the checklist of what is missing from it; return how many items were added."""
    there = {item.item for item in ledger.find(Preparation, "meeting = ?", (meeting.id,))}
    missing = [(item, days) for item, days in PREPARATIONS if item not in there]
    with ledger.action(f"列出筹备事项「{meeting.name}」") as action:
        for position, (item, days) in enumerate(missing, start=len(there) + 1):
            due = meeting.starts_at.date() - timedelta(days=days) if meeting.starts_at else None
            action.add(Preparation(meeting=meeting.id, position=position, item=item, due_on=due))
    return len(missing)
