"""Make the bundled faces from their published originals; run by hand, never by the program.

Sources, unpacked anywhere below one folder:

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3     NotoSansSC_{400Regular,500Medium}.ttf
    npm pack @expo-google-fonts/noto-serif-sc@0.4.3    NotoSerifSC_{300Light,700Bold}.ttf
    apt-get download texlive-lang-chinese              Fandol{Fang,Kai}-Regular.otf
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
FANDOL = (("FandolFang-Regular.otf", "Fandol Fang TrueType"), ("FandolKai-Regular.otf", "Fandol Kai TrueType"))


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
    names = {1: legacy, 2: "Regular", 4: legacy, 6: f"{family.replace(' ', '')}-{style}", 16: family, 17: style}
    names[3] = f"{names[6]};cut for 法治台账"
    table = font["name"]
    for identifier in range(18, 400):  # names of the variable font they were cut from
        table.removeNames(nameID=identifier)
    for identifier, text in names.items():
        table.removeNames(nameID=identifier)
        table.setName(text, identifier, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b100001) | 0b1000000
    font["head"].macStyle = 0


def cut(source: Path, face: Face, wanted: set[int] | None) -> None:
    """Subset *source* to *wanted* characters (None: all), without hinting and layout tables."""
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, recalc_timestamp=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17],
    )  # fmt: skip
    options.drop_tables += UNUSED_TABLES
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted if wanted is not None else font.getBestCmap())
    subsetter.subset(font)
    rename(font, face.family, face.style, face.weight)
    subset.save_font(font, HERE / face.target, options)


def to_truetype(source: Path, target: Path, family: str) -> None:
    """Convert CFF outlines to quadratic ones, at most 1.5/1000 em away (reportlab takes TrueType only)."""
    font = TTFont(source, recalcTimestamp=False)
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
    for identifier in (1, 2, 3, 4, 6, 16, 17):
        font["name"].removeNames(nameID=identifier)
    rename(font, family, "Regular", 400)
    font.save(target)


def main(sources: Path) -> None:
    """Make every face from the originals found below *sources*."""

    def find(name: str) -> Path:
        return next(sources.rglob(name))

    standard = standard_characters(find("Unihan_OtherMappings.txt.bz2")) | set(decodable("gb2312"))
    standard |= {code for block in SYMBOLS for code in block}
    wanted = {"standard": standard, "gbk": standard | set(decodable("gbk")), "all": None}
    for face in FACES:
        cut(find(face.source), face, wanted[face.characters])
        print(face.target)
    for name, family in FANDOL:
        shutil.copyfile(find(name), HERE / "fandol" / name)
        target = HERE / "fandol" / (family.replace(" ", "") + ".ttf")
        to_truetype(HERE / "fandol" / name, target, family)
        print(target.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
