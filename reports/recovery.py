"""The sheet with the recovery code, for an envelope: it is printed once and belongs to no list of papers."""

from __future__ import annotations

from datetime import date

from models.documents.blocks import Document, Paragraph, Title
from models.records.values import show_day


def build_recovery_sheet(code: str, office_name: str, on: date) -> Document:
    """Return the sheet; the code stands alone on its line, whole."""
    return Document(
        "法治台账恢复码",
        (
            Title("法治台账恢复码"),
            Paragraph(f"办公室：{office_name}", indent=0),
            Paragraph(f"制作日期：{show_day(on)}", indent=0),
            Paragraph(code, indent=0, align="center"),
            Paragraph(
                "忘记密码时只有它能打开台账，换电脑恢复备份也用得上。装入信封密封，与电脑分开保管，不拍照、不外传。"
            ),
        ),
    )
