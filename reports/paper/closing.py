"""What closes a paper: 附件说明, 署名 and 成文日期, 附注, 版记 (GB/T 9704-2012, 7.3.4-7.3.7 and 7.4)."""

from __future__ import annotations

from models.documents.blocks import AttachmentNote, Imprint, SignOff
from models.records.values import show_day
from reports.paper.flow import Rule, Strip
from reports.paper.fonts import Role
from reports.paper.geometry import SIZE_3, SIZE_4, THICK_RULE, THIN_RULE, PageGrid
from reports.paper.rows import blank_rows, rows, text_row
from reports.paper.text import attachment_lines, copy_text, plain
from reports.paper.typeset import Run, SetLine, set_text, text_width

SEAL_ROWS = 2  # empty rows above 署名: a 42 mm seal over both lines then ends within one row of the text


def attachment_note(block: AttachmentNote, page: PageGrid) -> list[Strip]:
    """Return 附件：1. … one row below the body, run-over aligned to the first character of the name; it stays with the
    sign-off."""
    strips = blank_rows(1, page)
    for prefix, name in attachment_lines(block.names):
        hang = 2 + text_width([Run(Role.BODY, prefix)], SIZE_3, page.pitch) / page.pitch
        strips += rows([Run(Role.BODY, prefix + name)], page, first=2, hang=hang)
    for strip in strips:
        strip.keep = True
    return strips


def sign_off_indents(block: SignOff, pitch: float) -> tuple[float, float]:
    """Return how far 署名 and 成文日期 end before the right edge, in pt at *pitch* a character.

    Sealed: date 右空四字, the organisation centred over it. Unsealed: the organisation 右空二字, the date two
    characters further right; a date too long for that is 右空二字 itself and moves the organisation left.
    """
    wide = text_width([Run(Role.BODY, plain(block.organisation))], SIZE_3, pitch)
    date_wide = text_width([Run(Role.BODY, show_day(block.on))], SIZE_3, pitch) if block.on else 0.0
    if block.sealed:
        return max(pitch, 4 * pitch + date_wide / 2 - wide / 2), 4 * pitch
    if not block.on or date_wide + 2 * pitch <= wide:
        return 2 * pitch, max(2 * pitch, wide - date_wide)
    return date_wide + 4 * pitch - wide, 2 * pitch


def sign_off(block: SignOff, page: PageGrid) -> list[Strip]:
    """Return 署名 and 成文日期, with room for a seal where there will be one."""
    right, date_right = sign_off_indents(block, page.pitch)
    strips = blank_rows(SEAL_ROWS if block.sealed else 1, page)
    if block.organisation:
        text = [Run(Role.BODY, plain(block.organisation))]
        strips += rows(text, page, align="right", room=page.width - right)
    if block.on:
        text = [Run(Role.BODY, show_day(block.on))]
        strips += rows(text, page, align="right", room=page.width - date_right)
    for strip in strips[:-1]:
        strip.keep = True
    return strips


def note(text: str, page: PageGrid) -> list[Strip]:
    """Return 附注 on the row below the date, 左空二字."""
    return rows([Run(Role.BODY, plain(text))], page, first=2)


def imprint(block: Imprint, page: PageGrid) -> list[Strip]:
    """Return the 版记: 抄送, 印发机关 and 印发日期 in 4号, one character in from each side, between rules."""
    strips: list[Strip] = []
    room = page.width - 2 * SIZE_4
    if block.copy_to:
        text = copy_text(block.copy_to)
        hang = text_width([Run(Role.BODY, "抄送：")], SIZE_4)
        strips += [text_row(line, SIZE_4, page, SIZE_4) for line in _set(text, room, hang)]
    issued = f"{show_day(block.issued_on)}印发" if block.issued_on else ""
    date_wide = text_width([Run(Role.BODY, issued)], SIZE_4)
    issuer = _set(plain(block.issuer), room - date_wide - SIZE_4, 0.0)
    first_issuer = len(strips)
    strips += [text_row(line, SIZE_4, page, SIZE_4) for line in issuer]
    if issued:
        line = set_text([Run(Role.BODY, issued)], SIZE_4, room, align="right")[0]
        strips[-1].items += text_row(line, SIZE_4, page, SIZE_4).items
    strips[0].items.append(Rule(0, 0, page.width, 0, THICK_RULE))
    if first_issuer:
        strips[first_issuer].items.append(Rule(0, 0, page.width, 0, THIN_RULE))
    strips[-1].items.append(Rule(0, page.row, page.width, page.row, THICK_RULE))
    return strips


def _set(text: str, room: float, hang: float) -> list[SetLine]:
    return set_text([Run(Role.BODY, text)], SIZE_4, room, hang=hang)
