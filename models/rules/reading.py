"""How Chinese is found by typing Latin letters: pinyin and initials, with surnames read right.

pypinyin has no surname mode: 单 仇 曾 解 查 区 翟 would be read as common words (feasibility §8).
It costs a quarter of a second to load, so it is imported by the first text that is written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "翟": "zhai",
    "盖": "ge", "乐": "yue", "任": "ren", "华": "hua", "尉": "wei", "覃": "qin", "冼": "xian", "员": "yun",
    "种": "chong", "折": "she", "缪": "miao", "召": "shao", "黑": "he", "秘": "bi", "隗": "wei", "贲": "ben",
    "臧": "zang", "逄": "pang", "佴": "nai", "阚": "kan", "璩": "qu", "那": "na", "宁": "ning", "柏": "bai",
    "纪": "ji", "哈": "ha", "洗": "xian", "繁": "po", "冯": "feng", "燕": "yan", "葛": "ge", "过": "guo",
    "应": "ying", "余": "yu", "郇": "xun", "郗": "xi", "教": "jiao", "令": "ling", "牟": "mu", "鲍": "bao",
    "俞": "yu", "舍": "she", "车": "che", "长": "zhang", "能": "nai", "行": "xing", "相": "xiang",
    "都": "du", "瞿": "qu", "晟": "cheng", "阿": "a", "沈": "shen", "卜": "bu", "万": "wan", "弗": "fei",
    "适": "kuo", "句": "gou", "祭": "zhai", "撒": "sa", "訾": "zi", "啜": "chuai", "殷": "yin", "候": "hou",
}  # fmt: skip
COMPOUND_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "澹台": "tan tai",
    "令狐": "ling hu", "夏侯": "xia hou", "皇甫": "huang fu", "宇文": "yu wen", "诸葛": "zhu ge",
    "欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "东方": "dong fang", "赫连": "he lian",
    "慕容": "mu rong", "呼延": "hu yan", "端木": "duan mu", "公孙": "gong sun", "轩辕": "xuan yuan",
    "钟离": "zhong li", "南宫": "nan gong", "独孤": "du gu", "西门": "xi men", "闻人": "wen ren",
}  # fmt: skip
SEPARATOR = "\x1f"


@lru_cache(maxsize=50_000)
def syllables(text: str, *, is_name: bool = False) -> tuple[str, ...]:
    """Return the pinyin of *text* without tones, one item per Chinese character, others as they are."""
    from pypinyin import lazy_pinyin

    head: list[str] = []
    rest = text
    if is_name:
        if text[:2] in COMPOUND_SURNAMES:
            head, rest = COMPOUND_SURNAMES[text[:2]].split(), text[2:]
        elif text[:1] in SURNAMES:
            head, rest = [SURNAMES[text[0]]], text[1:]
    return (*head, *lazy_pinyin(rest))


def normalised(text: str) -> str:
    """Return *text* as it is compared: NFKC, lower case, without blanks and name dots."""
    return re.sub(r"[\s·•・‧]+", "", unicodedata.normalize("NFKC", text)).lower()


def search_key(texts: list[str], *, read: list[str], names: list[str], extra: str = "") -> str:
    """Return what a record is found by: *texts* as they are, pinyin and initials of *read* and *names*.

    *names* are names of people, whose surnames are read as such. Parts are kept apart by a
    separator, so that no search runs over an edge.
    """
    parts = [normalised(text) for text in (*texts, *read, *names) if text]
    for text in filter(None, (*read, *names)):
        spelled = syllables(normalised(text), is_name=text in names)
        parts += ["".join(spelled), "".join(syllable[:1] for syllable in spelled)]
    if extra:
        parts += [normalised(extra), "".join(word[:1] for word in extra.lower().split())]
    return SEPARATOR.join(dict.fromkeys(parts))


def search_words(typed: str) -> tuple[str, ...]:
    """Split what was typed into the words that must all be found."""
    return tuple(normalised(word) for word in typed.replace("　", " ").split() if normalised(word))
