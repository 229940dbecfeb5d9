"""报送情况一览表, 催报通知 and 介质使用登记簿 (S0-28 … S0-31, S1-8, ideas 19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from models.documents.blocks import (
    Addressee,
    Block,
    Cell,
    Column,
    Document,
    Paragraph,
    SignOff,
    Table,
    Title,
)
from models.records.filing import DYNAMIC_CLASSES
from models.records.values import show_day
from models.rules.filing import RECEIVED, FilingState
from models.settings import OfficeSettings
from models.summaries.filing import (
    ANNUAL_REPORT,
    QUARTERS,
    FilingBoard,
    FilingCell,
    FilingColumn,
    FilingRow,
    NewsLine,
    UseLine,
)  # fmt: skip
from reports.words import day_and_weekday, page_numbers

ACROSS = 8
"""How many columns of the matrix fit a landscape page."""
MATRIX_NOTE = "注：期限印在事项下面；“未报”为过期没有收到，“待报”为临近期限，“退改”为退回还没有重报。"
DAY = "yyyy-mm-dd"


def build_filing(board: FilingBoard, news: Sequence[NewsLine], office: OfficeSettings) -> Document:
    """Return the matrix of owners and items, the sums by owner, the addressees of the annual report, the news."""
    title = f"{office.area_name}{board.year}年报送情况一览表"
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"（截至{show_day(board.as_of)}）", indent=0, align="center"),
        Paragraph(f"{board.sentence}。" if board.rows else "没有要报送的事项。"),
        *_matrix(board),
        *([_sums(board)] if board.rows else []),
        _deliveries(board),
    ]
    if news:
        blocks.append(_news(news, f"{board.year}年工作动态报送情况"))
    blocks.append(SignOff(office.office_name, board.as_of))
    footer = f"截至{show_day(board.as_of)}"
    return Document(title, tuple(blocks), landscape=True, footer=footer, page_numbers=page_numbers(office))


def _matrix(board: FilingBoard) -> Iterator[Block]:
    for part, shown in enumerate(_parts(board.columns), 1):
        rows = [line for line in board.rows if any(column.key in line.cells for column in shown)]
        sheet = f"报送情况{part if part > 1 else ''}"
        yield Table(
            (Column("序号", 0.6, "center"), Column("机构和单位", 2.6), *map(_column, shown)),
            tuple(
                (number, line.owner.name, *(_words(line.cells.get(column.key)) for column in shown))
                for number, line in enumerate(rows, 1)
            ),
            note=MATRIX_NOTE, sheet=sheet,
        )  # fmt: skip


def _parts(columns: Sequence[FilingColumn]) -> Iterator[Sequence[FilingColumn]]:
    """Yield as few parts as the page allows, each as wide as the others or one column less."""
    parts = -(-len(columns) // ACROSS)
    for part in range(parts):
        yield columns[-(-len(columns) * part // parts) : -(-len(columns) * (part + 1) // parts)]


def _column(column: FilingColumn) -> Column:
    return Column(f"{column.label}\n{column.due:%m-%d}", 1.3, "center")


def _words(cell: FilingCell | None) -> str:
    """Return the short word of a cell: how many days it is overdue stands in the reminder."""
    if cell is None:
        return ""
    return cell.words if cell.state is FilingState.LATE else cell.state.value


def _sums(board: FilingBoard) -> Table:
    columns = (
        Column("机构和单位", 3), *(Column(label, 1, "right") for label in ("应报", "已报", "其中迟报", "采用", "未报", "退改")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [(line.owner.name, *_figures([line])) for line in board.rows]
    rows.append(("合计", *_figures(board.rows)))
    return Table(columns, tuple(rows), title="分单位统计", sheet="分单位统计")


def _figures(lines: Sequence[FilingRow]) -> tuple[int, ...]:
    states = [cell.state for line in lines for cell in line.cells.values()]
    owed = len(states) - states.count(FilingState.WAIVED)
    received = sum(state in RECEIVED for state in states)
    return (
        owed, received, states.count(FilingState.LATE), states.count(FilingState.ADOPTED),
        states.count(FilingState.MISSING), states.count(FilingState.RETURNED),
    )  # fmt: skip


def _deliveries(board: FilingBoard) -> Table:
    columns = (
        Column("报送对象", 2), Column("方式", 1, "center"), Column("日期", 1.4, "center", DAY), Column("情况", 1, "center"),
    )  # fmt: skip
    rows = tuple((one.addressee, one.deed, one.on, "已报" if one.on else "未报") for one in board.deliveries)
    return Table(columns, rows, title=f"{board.about}年{ANNUAL_REPORT}报送情况", sheet="年度报告报送")


def _news(lines: Sequence[NewsLine], title: str) -> Table:
    columns = (
        Column("机构和单位", 2.6), *(Column(label, 0.9, "right") for label in (*QUARTERS, "合计")),
        *(Column(label, 1.2, "right") for label in DYNAMIC_CLASSES), Column("采用", 0.8, "right"),
    )  # fmt: skip
    rows = tuple(_news_row(line) for line in lines)
    return Table(columns, rows, title=title, sheet="工作动态")


def _news_row(line: NewsLine) -> tuple[Cell, ...]:
    quarters, classes = map(len, line.by_quarter), map(len, line.by_class)
    return (line.name, *quarters, line.total, *classes, len(line.adopted))


# 催报通知 --------------------------------------------------------------------------------------


def build_filing_reminder(board: FilingBoard, office: OfficeSettings, only: str = "") -> Document:
    """Return the notice to each body and unit that is late, with what it owes; *only* is the id of a single one.

    Where nothing is overdue the paper says so, so that a year can always be exported whole.
    """
    rows = [line for line in board.rows if line.overdue and only in ("", line.owner.id) and not line.own]
    title = f"关于报送{board.year}年有关材料的催报通知"
    day = show_day(board.as_of)
    owed = tuple(_owed(rows))
    blocks: list[Block] = [
        Title(title),
        Addressee("、".join(line.owner.name for line in rows)),
        Paragraph(
            f"截至{day}，下列{len(owed)}项材料已超过期限，还没有报送或退改后没有重报。请于收到通知后抓紧报送，并说明逾期原因。"
        ),
        Table(_REMINDER, owed, sheet="催报"),
        Paragraph("书面材料由负责人签字盖章，电子版同时报送。"),
    ]
    if not owed:
        blocks = [Title(title), Paragraph(f"截至{day}，各单位到期应报的材料均已报送。")]
    blocks.append(SignOff(office.office_name, board.as_of))
    return Document(title, tuple(blocks), page_numbers=page_numbers(office))


_REMINDER = (
    Column("序号", 0.7, "center"), Column("机构和单位", 2.6), Column("报送事项", 2.4),
    Column("期限", 1.7, "center", DAY), Column("情况", 1.9, "center"),
)  # fmt: skip


def _owed(rows: Sequence[FilingRow]) -> Iterator[tuple[Cell, ...]]:
    cells = ((line, cell) for line in rows for cell in line.overdue)
    for number, (line, cell) in enumerate(cells, 1):
        yield (number, line.owner.name, _item(cell), cell.item.due, cell.words.replace(" ", ""))


def _item(cell: FilingCell) -> str:
    clause = cell.item.clause
    what = clause.submission_item or clause.dynamic_class or clause.name
    when = f"{cell.item.start.year - 1}年" if clause.about_before else cell.item.period
    return f"{when.removesuffix('年')}{what}" if what.startswith("年") else f"{when}{what}"


# 介质使用登记簿 --------------------------------------------------------------------------------


def build_medium_book(lines: Sequence[UseLine], year: int, as_of: date, office: OfficeSettings) -> Document:
    """Return the register of what left the program in a year, as the 保密办 asks for it (ideas 19)."""
    title = f"{year}年移动存储介质使用登记簿"
    columns = (
        Column("序号", 0.6, "center"), Column("时间", 1.6, "center"), Column("内容", 2.4), Column("介质编号", 1.2, "center"),
        Column("文件数", 0.8, "right"), Column("校验值（SHA-256 前 16 位）", 2.2, "center"), Column("完整电话", 0.9, "center"),
        Column("经办人", 1.1, "center"), Column("备注", 1.4),
    )  # fmt: skip
    rows = tuple(
        (
            number, f"{line.use.used_at:%Y-%m-%d %H:%M}", line.use.content, line.number or "未登记", line.use.files,
            line.use.digest[:16], "是" if line.use.phones else "", line.use.clerk, line.use.note,
        )
        for number, line in enumerate(lines, 1)
    )  # fmt: skip
    told = f"截至{day_and_weekday(as_of)}，共{len(lines)}次。" if lines else "本年没有写出记录。"
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(told),
        *([Table(columns, rows, sheet="介质使用")] if rows else []),
        SignOff(office.office_name, as_of),
    )
    return Document(title, blocks, landscape=True, page_numbers=page_numbers(office))
