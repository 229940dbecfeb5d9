"""Charts of a document as native Excel charts, drawn from the figures that stand beside them on the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.fill import ColorChoice, PatternFillProperties

from models.documents.blocks import Cell, Chart
from reports.charts import STYLES
from reports.paper.text import plain

_PATTERNS = {"diagonal": "wdUpDiag", "back": "wdDnDiag", "cross": "openDmnd", "level": "ltHorz"}


def chart_rows(chart: Chart) -> Iterator[list[Cell]]:
    """Yield what stands on the sheet of *chart*: title, names of the series, a row of figures for each category."""
    yield [chart.title]
    yield ["", *(series.label for series in chart.series)]
    for index, category in enumerate(chart.categories):
        yield [category, *(one.values[index] if index < len(one.values) else None for one in chart.series)]


def native_chart(sheet: Any, chart: Chart) -> Any:
    """Return *chart* as Excel draws it from its rows on *sheet*."""
    drawn, last = _native(chart), 2 + len(chart.categories)
    figures = Reference(sheet, min_col=2, max_col=len(chart.series) + 1, min_row=2, max_row=last)
    drawn.add_data(figures, titles_from_data=True)
    drawn.set_categories(Reference(sheet, min_col=1, min_row=3, max_row=last))
    for index, series in enumerate(drawn.series):
        _style(series, index, chart.kind)
    return drawn


def _native(chart: Chart) -> Any:
    drawn: Any = LineChart() if chart.kind == "line" else BarChart()
    drawn.title = plain(chart.title, 200) + (f"（单位：{plain(chart.unit, 20)}）" if chart.unit else "")
    drawn.height, drawn.width = 12.0, 20.0  # cm
    if chart.kind == "stacked":
        drawn.grouping, drawn.overlap = "stacked", 100
    drawn.y_axis.scaling.min = 0 if all(v >= 0 for series in chart.series for v in series.values) else None
    drawn.y_axis.majorGridlines = None
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.legend.position = "t"
    if len(chart.series) == 1:
        drawn.legend = None
    drawn.dataLabels = DataLabelList(
        showVal=chart.kind == "bar" or len(chart.series) == 1,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )
    return drawn


def _style(series: Any, index: int, kind: str) -> None:
    """Give the series the fill or dash it has on paper."""
    fill, hatch = STYLES[index % len(STYLES)]
    properties: GraphicalProperties = series.graphicalProperties
    properties.line.solidFill = STYLES[0][0].lstrip("#")
    if kind == "line":
        properties.line.dashStyle = ("solid", "dash", "sysDot", "dashDot")[index % 4]
        series.smooth = False
    elif hatch:
        properties.pattFill = PatternFillProperties(
            prst=_PATTERNS[hatch],
            fgClr=ColorChoice(srgbClr=STYLES[0][0].lstrip("#")),
            bgClr=ColorChoice(srgbClr=fill.lstrip("#")),
        )
    else:
        properties.solidFill = fill.lstrip("#")
