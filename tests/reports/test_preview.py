"""A preview is the paper itself, with what has to be known before it is printed."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import pytest

from models.documents.blocks import Block, Document, Paragraph, Title
from models.errors import ClerkError
from models.store.ledger import Ledger
from reports.catalog import REPORTS, ReportOptions
from reports.preview import Finding, Preview, examine, make_preview, save_preview
from tests.fixtures import SmallOffice

RARE = "\U0003134a"  # CJK extension G: in no face that is shipped


def paper(*blocks: Block) -> Document:
    return Document("通知", (Title("关于开会的通知"), *blocks))


def levels(document: Document) -> list[str]:
    return [finding.level for finding in examine(document) if finding.level != "info"]


def test_a_paper_in_order_has_nothing_to_tell() -> None:
    assert levels(paper(Paragraph("现将有关事项通知如下。"))) == ["good", "good"]


def test_a_character_no_face_has_is_named_with_its_place() -> None:
    found = [one for one in examine(paper(Paragraph(f"由罗{RARE}同志主持。"))) if one.level == "warning"]
    assert found == [Finding("warning", f"“{RARE}”印不出，将印成“〓”", "U+3134A 正文第1处", "〓", RARE)]
    assert not found[0].blocks


def test_a_gap_of_a_template_stops_the_paper(tmp_path: Path) -> None:
    document = paper(Paragraph("定于×月×日召开。"))
    finding = next(examine(document))
    assert finding.blocks
    assert "×" in finding.text
    preview = Preview(document, b"%PDF", (finding,))
    with pytest.raises(ClerkError, match="×"):
        save_preview(preview, REPORTS["notice"], tmp_path / "通知.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_told(ledger: Ledger, office: SmallOffice) -> None:
    made = make_preview(ledger, REPORTS["minutes"], ReportOptions(meeting_id=office.meeting.id))
    assert made.document.title.endswith("（草稿）") == any("草稿" in one.text for one in made.findings)
    issued = dataclasses.replace(made.document, title="会议纪要")
    assert not any("草稿" in one.text for one in examine(issued))


def test_page_numbers_can_be_put_elsewhere(ledger: Ledger, office: SmallOffice) -> None:
    options = ReportOptions(body_id=office.body.id)
    made = [make_preview(ledger, REPORTS["roster"], options, place) for place in (None, "center", "none")]
    assert [one.document.page_numbers for one in made] == ["outer", "center", "none"]
    assert len({one.pdf for one in made}) == 3


def test_what_was_shown_is_what_is_saved(ledger: Ledger, office: SmallOffice, tmp_path: Path) -> None:
    report = REPORTS["roster"]
    made = make_preview(ledger, report, ReportOptions(body_id=office.body.id))
    saved = {suffix: save_preview(made, report, tmp_path / f"名单{suffix}") for suffix in report.formats}
    assert saved[".pdf"].path.read_bytes() == made.pdf
    for suffix, part in ((".docx", "word/document.xml"), (".xlsx", "xl/workbook.xml")):
        assert part in zipfile.ZipFile(saved[suffix].path).namelist()
    with pytest.raises(ClerkError, match="可以存为"):
        save_preview(made, report, tmp_path / "名单.odt")
