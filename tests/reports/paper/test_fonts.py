"""Every character is drawn by some face, or named before printing."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from models.documents.blocks import Column, Document, Paragraph, Table, Title
from reports.paper.fonts import BUNDLED, Faces, Role, find_installed, missing_characters
from tests.reports.paper.measure import all_text, pdf

RARE = "㛃䶮𬍛𬭚喆堃祎頔𠅤𠮷"


@pytest.fixture(scope="module")
def bundled() -> Faces:
    return Faces({})


@pytest.mark.parametrize("role", Role)
def test_each_role_draws_rare_names(bundled: Faces, role: Role) -> None:
    for char in "中，。“”（）〔〕《》—…·0aⅢ①〇" + RARE:
        face, drawn = bundled.pick(role, char)
        assert drawn == char
        assert face.has(char)


@pytest.mark.parametrize("role", Role)
def test_common_characters_come_from_the_face_itself(bundled: Faces, role: Role) -> None:
    assert {bundled.pick(role, char)[0].file for char in "依法治县，。2026"} == {
        resources.path(BUNDLED[role])
    }


def test_gb2312_is_drawn_by_every_role(bundled: Faces) -> None:
    characters = [
        bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)
    ]
    own = {role: resources.path(name) for role, name in BUNDLED.items()}
    assert not [c for role in Role for c in characters if bundled.pick(role, c)[0].file != own[role]]


def test_an_installed_face_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "fonts" / "office"
    folder.mkdir(parents=True)
    face = folder / "SIMFANG.TTF"
    face.write_bytes(resources.path("fonts/NotoSansSC-Regular.ttf").read_bytes())
    found = find_installed([tmp_path / "fonts", tmp_path / "absent"])
    assert found == {Role.BODY: face}
    faces = Faces(found)
    assert faces.pick(Role.BODY, "法")[0].file == face
    assert "仿宋_GB2312" not in faces.stand_ins()
    assert "方正小标宋简体" in faces.stand_ins()


def test_a_broken_installed_face_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "simhei.ttf").write_bytes(b"not a font")
    faces = Faces(find_installed([tmp_path]))
    assert faces.pick(Role.HEI, "法")[0].file == resources.path(BUNDLED[Role.HEI])


def test_missing_characters_are_named_with_their_place() -> None:
    columns = (Column("姓名"), Column("备注"))
    document = Document(
        "名单",
        (
            Title("名单"),
            Paragraph("正常"),
            Paragraph("好😀"),
            Table(columns, (("张三", "\U0002f800"),), title="成员"),
        ),
    )
    missing = missing_characters(document)
    assert ("😀", "U+1F600", "正文第2处") in missing
    assert all(char not in RARE for char, _, _ in missing)
    assert missing_characters(Document("", (Paragraph(RARE),))) == []


def test_a_missing_character_leaves_a_mark_not_a_gap() -> None:
    assert "好〓吗" in all_text(Document("", (Paragraph("好😀吗"),)))


def test_characters_beyond_the_basic_plane_can_be_searched_and_copied() -> None:
    assert "龚䶮李𬍛𠮷野" in all_text(Document("", (Paragraph("龚䶮李𬍛𠮷野"),)))


def test_every_face_in_a_pdf_is_embedded() -> None:
    data = pdf(Document("", (Title("标题"), Paragraph("正文𬍛")))).getvalue()
    assert data.count(b"/FontFile2") >= 3
    assert b"Helvetica" not in data
