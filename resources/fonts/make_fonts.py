"""Make the bundled faces from their published originals; run by hand, never by the program.

Sources, unpacked anywhere below one folder:

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3     NotoSansSC_{400Regular,500Medium}.ttf
    npm pack @expo-google-fonts/noto-serif-sc@0.4.3    NotoSerifSC_{300Light,700Bold}.ttf
    apt-get download texlive-lang-chinese              Fandol{Fang,Kai}-Regular.otf
    apt-get download fonts-noto-cjk                    NotoSerifCJK-Regular.ttc
    apt-get download unicode-data                      Unihan_OtherMappings.txt.bz2 (通用规范汉字表)

Then `pip install fonttools` and `python make_fonts.py SOURCES`: writes beside this file. Takes two minutes; the same sources give the same bytes.
"""

from __future__ import annotations

import bz2
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT", "DSIG", "meta", "gasp"]
SYMBOLS = (
    range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2040), range(0x2160, 0x2180),
    range(0x2190, 0x219A), range(0x2460, 0x2500), range(0x3000, 0x3040), range(0x3220, 0x3280),
    range(0x3300, 0x3400), range(0xFE30, 0xFE50), range(0xFF00, 0xFFEF),
    [ord(c) for c in "€℃№∑√≤≥≠≈×÷±■□▲△▼▽◆◇○●◎★☆✓✔☐☑"],
)  # fmt: skip


@dataclass(frozen=True)
class Face:
    """One face to cut: *characters* is "standard" (8105 + GB 2312), "gbk" (more) or "all" of the source."""

    source: str
    target: str
    family: str
    style: str
    weight: int
    characters: str


FACES = (
    Face("NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", "Noto Sans SC", "Regular", 400, "standard"),
    Face("NotoSansSC_500Medium.ttf", "NotoSansSC-Medium.ttf", "Noto Sans SC", "Medium", 500, "gbk"),
    Face("NotoSerifSC_300Light.ttf", "NotoSerifSC-Light.ttf", "Noto Serif SC", "Light", 300, "all"),
    Face("NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf", "Noto Serif SC", "Bold", 700, "standard"),
)
FANDOL = (
    ("FandolFang-Regular.otf", "Fandol Fang TrueType"),
    ("FandolKai-Regular.otf", "Fandol Kai TrueType"),
)


def decodable(codec: str) -> Iterator[int]:
    """Yield every character of a two-byte Chinese *codec*."""
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                text = bytes((high, low)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                yield ord(text)


def standard_characters(unihan: Path) -> set[int]:
    """Return the 8105 characters of 通用规范汉字表 (Unihan kTGH)."""
    found = set()
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t" in line:
                found.add(int(line.split("\t")[0][2:], 16))
    return found


def rename(font: TTFont, family: str, style: str, weight: int) -> None:
    """Name the face so that family *family* answers to its weight class (what Qt and CSS ask for)."""
    plain = style == "Regular"
    legacy = family if plain else f"{family} {style}"
    names = {
        1: legacy,
        2: "Regular",
        4: legacy,
        6: f"{family.replace(' ', '')}-{style}",
        16: family,
        17: style,
    }
    names[3] = f"{names[6]};cut for 法治台账"
    table = font["name"]
    for identifier in range(18, 400):  # names of the variable font they were cut from
        table.removeNames(nameID=identifier)
    for identifier, text in names.items():
        table.removeNames(nameID=identifier)  # every platform and language
        table.setName(text, identifier, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b100001) | 0b1000000
    font["head"].macStyle = 0


def cut_options() -> subset.Options:
    """Return how faces are cut: no hinting, no layout tables, the same bytes each time."""
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, recalc_timestamp=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17],
    )  # fmt: skip
    options.drop_tables += UNUSED_TABLES
    return options


def cut(font: TTFont, wanted: set[int]) -> None:
    """Subset *font* to *wanted* characters."""
    subsetter = subset.Subsetter(cut_options())
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def to_truetype(font: TTFont) -> None:
    """Convert CFF outlines to quadratic ones, at most 1.5/1000 em away (reportlab takes TrueType only)."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, 1.5, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for tag in ("CFF ", *UNUSED_TABLES):
        if tag in font:
            del font[tag]
    font["glyf"].compile(font)
    for name, (advance, _) in list(font["hmtx"].metrics.items()):
        font["hmtx"].metrics[name] = (advance, getattr(glyphs[name], "xMin", 0))
    for table in font["cmap"].tables:  # the originals map the non-character U+FFFF
        getattr(table, "cmap", {}).pop(0xFFFF, None)
    maxp, post = font["maxp"], font["post"]
    maxp.tableVersion, maxp.maxZones = 0x00010000, 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
                  "SizeOfInstructions", "ComponentElements"):  # fmt: skip
        setattr(maxp, f"max{field}", 0)
    for field in ("Points", "Contours", "CompositePoints", "CompositeContours", "ComponentDepth"):
        setattr(maxp, f"max{field}", 0)
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, order
    font.sfntVersion = "\000\001\000\000"


def main(sources: Path) -> None:
    """Make every face from the originals found below *sources*."""

    def find(name: str) -> Path:
        return next(sources.rglob(name))

    standard = standard_characters(find("Unihan_OtherMappings.txt.bz2")) | set(decodable("gb2312"))
    standard |= {code for block in SYMBOLS for code in block}
    wanted = {"standard": standard, "gbk": standard | set(decodable("gbk")), "all": None}
    for face in FACES:
        font = subset.load_font(find(face.source), cut_options())
        cut(font, wanted[face.characters] or set(font.getBestCmap()))
        rename(font, face.family, face.style, face.weight)
        font.save(HERE / face.target, reorderTables=None)
    make_rare(find("NotoSerifCJK-Regular.ttc"))
    for name, family in FANDOL:
        shutil.copyfile(find(name), HERE / "fandol" / name)
        font = TTFont(HERE / "fandol" / name, recalcTimestamp=False)
        to_truetype(font)
        rename(font, family, "Regular", 400)
        font.save(HERE / "fandol" / (family.replace(" ", "") + ".ttf"))


def make_rare(source: Path) -> None:
    """Make the face of the Han characters that the published Noto Serif SC leaves out."""
    font = TTFont(source, fontNumber=2, recalcTimestamp=False)  # the SC face of the collection
    known = set(TTFont(HERE / "NotoSerifSC-Light.ttf").getBestCmap())
    han = {
        code
        for code in font.getBestCmap()
        if 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or code >= 0x20000
    }
    cut(font, {code for code in han - known if code < 0xE0000})
    to_truetype(font)
    rename(font, "Noto Serif SC Rare", "Regular", 400)
    font.save(HERE / "NotoSerifSC-Rare.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
