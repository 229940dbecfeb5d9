"""A table over a computed list of cells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.tables.cell_model import CellModel
from ui.tables.delegate import ROW
from ui.tables.view import DataTable


class CellTable(DataTable):
    """A :class:`DataTable` whose :attr:`content` is a :class:`CellModel` under *headers*; *widths* are design px, the
    column *stretch* takes what is left."""

    def __init__(
        self, name: str, headers: Sequence[str], widths: Sequence[int], *, stretch: int | None = None, row_height: int = ROW,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, row_height=row_height, sortable=False, parent=parent)
        self.content = CellModel(headers)
        self.setModel(self.content)
        self.set_widths(widths, stretch=stretch)
