"""The faces of a paper by their role, and which face can draw a character.

Faces an office has installed (方正小标宋简体, 仿宋_GB2312 …) come before the bundled ones. A character its own face
lacks is taken from the next face that has it, 宋体 first; what no face has is printed as 〓 and can be named before
printing (`missing_characters`). Loading is lazy: a face costs 0.04-0.2 s when it is first needed.
"""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

import resources
from models.documents.blocks import Document
from reports.paper.text import printed_texts

GETA = "〓"  # what Chinese printers set for a character they have no type for


class Role(Enum):
    """A face by what it is for: its Chinese name, and the name Word knows it by."""

    TITLE = "小标宋", "方正小标宋简体"
    BODY = "仿宋", "仿宋_GB2312"
    KAI = "楷体", "楷体_GB2312"
    HEI = "黑体", "黑体"
    SONG = "宋体", "宋体"

    __hash__ = object.__hash__  # asked for each cell of a long table; Enum's own goes through the name

    @property
    def word_name(self) -> str:
        """The font name written into DOCX and XLSX."""
        return self.value[1]


BUNDLED = {
    Role.TITLE: "fonts/NotoSerifSC-Bold.ttf",
    Role.BODY: "fonts/fandol/FandolFangTrueType.ttf",
    Role.KAI: "fonts/fandol/FandolKaiTrueType.ttf",
    Role.HEI: "fonts/NotoSansSC-Medium.ttf",
    Role.SONG: "fonts/NotoSerifSC-Light.ttf",
}
#: Names of the files the usual faces come in, best first, in lower case.
INSTALLED = {
    Role.TITLE: ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "fzxiaobiaosong-b05s.ttf"),
    Role.BODY: ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf"),
    Role.KAI: ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf"),
    Role.HEI: ("simhei.ttf",),
    Role.SONG: ("simsun.ttf", "simsun.ttc"),
}
RARE = "fonts/NotoSerifSC-Rare.ttf"
_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """A loaded face: the *name* reportlab knows it by and what it can draw."""

    name: str
    file: Path
    glyphs: dict[int, int]
    widths: dict[int, float]
    default_width: float

    def has(self, char: str) -> bool:
        """Tell whether this face can draw *char*."""
        return ord(char) in self.glyphs

    def width(self, char: str) -> float:
        """Return the advance of *char* in thousandths of the size."""
        return self.widths.get(ord(char), self.default_width)


def font_folders() -> list[Path]:
    """Return the folders where this computer keeps fonts, the user's own first."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData/Local"))
        windows = os.environ.get("WINDIR", "C:/Windows")
        return [Path(local) / "Microsoft/Windows/Fonts", Path(windows) / "Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts/Supplemental")]
    return [
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    ]


def find_installed(folders: list[Path]) -> dict[Role, Path]:
    """Return the installed face of each role found below *folders* by its file name (reads folders, no files)."""
    wanted = {name for names in INSTALLED.values() for name in names}
    found: dict[str, Path] = {}
    for folder in folders:
        for base, _, files in os.walk(folder):
            for name in wanted.intersection(map(str.lower, files)) - found.keys():
                found[name] = next(Path(base) / item for item in files if item.lower() == name)
    return {
        role: found[hit]
        for role, names in INSTALLED.items()
        if (hit := next((n for n in names if n in found), ""))
    }


class Faces:
    """The faces of this computer; `pick` says which one draws a character."""

    def __init__(self, installed: dict[Role, Path]) -> None:
        self._files: dict[Role, list[Path]] = {}
        for role, name in BUNDLED.items():
            bundled = resources.ROOT / name
            own = [installed[role]] if role in installed else []
            self._files[role] = [*own, *([bundled] if bundled.is_file() else [])]
        self._rare = resources.ROOT / RARE
        self._loaded: dict[Path, Face | None] = {}
        self._picked: dict[tuple[Role, str], tuple[Face, str]] = {}

    def pick(self, role: Role, char: str) -> tuple[Face, str]:
        """Return the face for *char* in *role* and what to draw: *char* itself, or 〓 where no face has it."""
        key = (role, char)
        if key not in self._picked:
            self._picked[key] = self._find(role, char) or self._find(role, GETA) or self._any(role)
        return self._picked[key]

    def can_draw(self, char: str) -> bool:
        """Tell whether any face has *char*."""
        return self._find(Role.BODY, char) is not None

    def stand_ins(self) -> list[str]:
        """Return the Chinese names of the faces that are not installed here, so bundled ones stand in."""
        return [role.word_name for role in Role if self._files[role][:1] == [resources.ROOT / BUNDLED[role]]]

    def _find(self, role: Role, char: str) -> tuple[Face, str] | None:
        order = (role, Role.SONG, Role.HEI, *Role)
        files = dict.fromkeys(file for each in order for file in self._files[each])
        for file in (*files, self._rare):
            face = self._face(file)
            if face and face.has(char):
                return face, char
        return None

    def _any(self, role: Role) -> tuple[Face, str]:
        for file in self._files[role] + self._files[Role.SONG]:
            face = self._face(file)
            if face:
                return face, "?"
        raise FileNotFoundError("没有可用的打印字体，请重新安装本程序。")

    def _face(self, file: Path) -> Face | None:
        if file not in self._loaded:
            with _LOADING:
                if file not in self._loaded:
                    self._loaded[file] = _load(file)
        return self._loaded[file]


def _load(file: Path) -> Face | None:
    """Register *file* with reportlab; None for a face it cannot read (an installed one may be anything)."""
    name = str(file)
    try:
        font = ttfonts.TTFont(name, name, shapable=False)
    except (ttfonts.TTFError, OSError, ValueError, KeyError, IndexError):
        return None
    # reportlab takes a second file with the same inner name for the first one and draws that instead.
    while font.face.name in pdfmetrics._dynFaceNames:
        font.face.name += b"-2"
    pdfmetrics.registerFont(font)
    face = font.face
    return Face(name, file, face.charToGlyph, face.charWidths, face.defaultWidth)


@cache
def faces() -> Faces:
    """Return the faces of this computer, looked for once."""
    return Faces(find_installed(font_folders()))


def missing_characters(document: Document) -> list[tuple[str, str, str]]:
    """Return (character, U+XXXX, where it stands) for what no face here can draw; each character once."""
    known = faces()
    missing: dict[str, tuple[str, str, str]] = {}
    for where, text in printed_texts(document):
        for char in set(text):
            if char not in missing and not known.can_draw(char):
                missing[char] = (char, f"U+{ord(char):04X}", where)
    return list(missing.values())


def _to_unicode_map(name: str, subset: list[int]) -> str:
    """Return the ToUnicode map of a subset; reportlab's own writes characters beyond U+FFFF unreadably."""
    codes = [(index, chr(code).encode("utf-16-be").hex().upper()) for index, code in enumerate(subset)]
    parts = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo",
        f"<< /Registry ({name})", f"/Ordering ({name})", "/Supplement 0", ">> def",
        f"/CMapName /{name} def", "/CMapType 2 def", "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>", "endcodespacerange",
    ]  # fmt: skip
    for start in range(0, len(codes), 100):
        chunk = codes[start : start + 100]
        parts += [
            f"{len(chunk)} beginbfchar",
            *(f"<{index:02X}> <{code}>" for index, code in chunk),
            "endbfchar",
        ]
    parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(parts)


_reportlab: Any = ttfonts
_reportlab.makeToUnicodeCMap = _to_unicode_map
