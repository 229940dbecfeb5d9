"""What the standing rules asked for in the year: counted clause by clause, then one by one with what proves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from models.documents.blocks import Block, Cell, Column, Heading, Paragraph, Table
from models.rules.duties import Obligation, State, count_states
from reports.words import by_content

DAY = "yyyy-mm-dd"
Row = tuple[Cell, ...]
CLAUSES, NAMED = 5, 3
"""Of how many clauses most missed, and of how many who missed each, the text tells; the lists behind have them all."""
OWED, PEOPLE = "制度要求完成情况及依据", "人员未完成制度要求名单"

NOTE = "注：一条要求对一家单位或一名人员计一项。"
PEOPLE_NOTE = "人员逐条计，学时、学日都达标的人数见“五、学法情况”。"


def duty_section(obligations: tuple[Obligation, ...]) -> list[Block]:
    """Return 三、制度要求落实情况; what fell due before its clause was entered is told apart."""
    heading = Heading(1, "三、制度要求落实情况")
    earlier = count_states(obligations)[State.EARLIER]
    obligations = tuple(item for item in obligations if item.state is not State.EARLIER)
    if not obligations:
        return [heading, Paragraph("没有登记制度条款。")]
    counts = count_states(obligations)
    late = sum(item.late_days > 0 for item in obligations)
    overdue = counts[State.OVERDUE]
    waived = counts[State.WAIVED]
    text = f"按制度条款应办{len(obligations) - waived}项，已完成{counts[State.DONE]}项"
    text += f"（其中逾期完成{late}项）" if late else ""
    running = len(obligations) - counts[State.DONE] - overdue - waived
    text += f"，逾期未完成{overdue}项，未到期{running}项"
    text += f"；另经批准免办{waived}项。" if waived else "。"
    text += f"另有{earlier}项的期限在条款登记之前，没有计入。" if earlier else ""
    text += _missed(obligations) if overdue else ""
    columns = (
        Column("制度条款", 3.6), *(Column(label, 0.9, "right") for label in ("应办", "已完成", "逾期", "未到期")),
    )  # fmt: skip
    rows = tuple((items[0].clause.name, *_counted(items)) for items in _by_clause(obligations))
    note = NOTE + (PEOPLE_NOTE if any(item.owner.kind == "person" for item in obligations) else "")
    return [heading, Paragraph(text), Table(columns, rows, note=note, sheet="制度要求")]


def duty_lists(obligations: tuple[Obligation, ...]) -> list[tuple[str, Table]]:
    """Return the lists with their names: what bodies and units owed one by one, and who of the persons missed what."""
    people = tuple(item for item in obligations if item.owner.kind == "person")
    others = tuple(item for item in obligations if item.owner.kind != "person")
    return [
        (OWED, _one_by_one(others)),
        (PEOPLE, _people_who_missed(people)),
    ]


def _missed(obligations: tuple[Obligation, ...]) -> str:
    """Sum up by clause what was missed, the clauses most missed first, and name the lists that have it all."""
    missed = [item for item in obligations if item.state is State.OVERDUE]
    groups = sorted(_by_clause(missed), key=len, reverse=True)
    told = "；".join(f"“{items[0].clause.name}”{len(items)}项，{_who(items)}" for items in groups[:CLAUSES])
    rest = [len(items) for items in groups[CLAUSES:]]
    more = f"；其他{len(rest)}条共{sum(rest)}项" if rest else ""
    whose = {item.owner.kind == "person" for item in missed}
    lists = [name for name, people in ((OWED, False), (PEOPLE, True)) if people in whose]
    return f"逾期未完成的是：{told}{more}。逐项见附件“{'”“'.join(lists)}”。"


def _who(items: Iterable[Obligation]) -> str:
    """Name a few of those who missed the same, each once; persons by their number."""
    items = list(items)
    names = list(dict.fromkeys(item.owner.name for item in items if item.owner.kind != "person"))
    people = len({item.owner.id for item in items if item.owner.kind == "person"})
    more = f"等{len(names)}家" if len(names) > NAMED else ""
    who = ["、".join(names[:NAMED]) + more] if names else []
    return "，".join([*who, f"未达到的{people}人"] if people else who)


def _by_clause(obligations: Iterable[Obligation]) -> Iterable[list[Obligation]]:
    """Return the obligations of each clause; two may have one name and different grounds."""
    found: dict[str, list[Obligation]] = defaultdict(list)
    for item in obligations:
        found[item.clause.id].append(item)
    return found.values()


def _counted(items: list[Obligation]) -> Row:
    """Return how many are owed, done, overdue and running."""
    counts = count_states(items)
    done, overdue = counts[State.DONE], counts[State.OVERDUE]
    owed = len(items) - counts[State.WAIVED]
    return (owed, done, overdue, owed - done - overdue)


def _one_by_one(obligations: tuple[Obligation, ...]) -> Table:
    columns = (
        Column("序号", 0.9, "center"), Column("条款要求", 2.6), Column("谁来办", 2), Column("期限", 1.6, "center", DAY),
        Column("完成日期", 1.6, "center", DAY), Column("状态", 1.6, "center"), Column("依据记录", 3.2),
    )  # fmt: skip
    rows = tuple(
        (
            number, item.clause.name, item.owner.name, item.due, item.done_on, item.words,
            "\n".join(f"{proof.headline}（{proof.on:%m-%d}）" for proof in item.evidence) or item.reason,
        )
        for number, item in enumerate(obligations, 1)
    )  # fmt: skip
    return Table(by_content(columns, rows), rows, sheet="要求与依据")


def _people_who_missed(obligations: tuple[Obligation, ...]) -> Table:
    """Return a line for each clause and unit with the names of those who missed it."""
    columns = (
        Column("序号", 0.8, "center"), Column("条款要求", 2.4), Column("单位", 2.2), Column("人数", 0.8, "right"),
        Column("逾期未完成的人员", 5),
    )  # fmt: skip
    missed: dict[tuple[str, str], list[Obligation]] = defaultdict(list)
    for item in obligations:
        if item.state is State.OVERDUE:
            missed[item.clause.id, item.owner.unit].append(item)
    rows = tuple(
        (number, items[0].clause.name, unit, len(items), "、".join(item.owner.name for item in items))
        for number, ((_clause, unit), items) in enumerate(missed.items(), 1)
    )
    return Table(columns, rows, sheet="人员名单")
