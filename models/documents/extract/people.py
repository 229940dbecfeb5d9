"""Named people of a body: rosters (「组 长：周某某（副县长）」 and the lines below) and sentences.

A line without a label inherits the last role; blanks inside a name are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.documents.extract.surnames import DOUBLE_SURNAMES, NOT_NAMES, SURNAMES
from models.documents.extract.units import is_unit
from models.documents.text import without_blanks

_TITLES = (
    "书记|主任|局长|部长|县长|市长|区长|镇长|乡长|省长|厅长|院长|检察长|主席|秘书长|科长|处长|股长|队长|所长|站长|会长|校长|行长|经理"
    "|庭长|董事长|社长|台长|馆长|总编辑|常委|委员|党组成员|调研员|主任科员|政委|参谋长|主管|干部|会计师|工程师|负责人|联络员|副职|司长|巡视员|律师|教授|研究员|法官|检察官|助理"
)
_ROLE = (
    r"(?:(?:领导小组|工作组|办公室|委员会|联席会议|专班) ?)?(?:第 ?一|常 ?务|执 ?行|总|非?常 ?任)? ?(?:副 ?)?(?:第 ?一|常 ?务|总)? ?"
    r"(?:组 ?长|主 ?任 ?委 ?员|主 ?任|召 ?集 ?人|指 ?挥 ?长|指 ?挥|团 ?长|队 ?长|秘 ?书 ?长|会 ?长|理 ?事 ?长|组 ?员|成 ?员|委 ?员|顾 ?问"
    r"|联 ?络 ?员|联 ?系 ?人)"
)
_HAN = r"[\u4e00-\u9fff]"
_ORDER = "(?:（[^（）]{1,14}）)?"
"""How the names after a label are ordered: 成员（按姓氏笔画排序）：."""
LABEL = re.compile(rf"(?:^|(?<=[，；。、 ]))(?P<role>{_ROLE})(?:{_ORDER} ?： ?| (?={_HAN}))")
_NOT_A_NAME = re.compile(
    r"(?:[局委办厅部]|部门|单位|政府|同志|主任|[局组省厅部县市区镇乡院科处股所站会队校行社台馆]长|书记|负责人|领导|人员|干部|代表|内容|名单|待定|空缺|群众|村民|居民|职工|专家|教师|志愿者)$"
    r"|副$|^常务|^[各由请以对为按在将本该其及和与]"
)
_PADDED = re.compile(rf"{_HAN} {_HAN}{{1,2}}(?: {_HAN} {_HAN}{{1,2}})*")
"""Names with a blank after the first character, which tells them for names: any surname will do."""
_ASIDE = re.compile(r"（(?:[男女]|[^（），、]{1,4}族)(?:[，、](?:[男女]|[^（），、]{1,4}族))?）")
"""What stands behind a name and is no post: （女，回族）."""
_BRACKETED = re.compile(r"(?P<name>[^（]{2,12}?) ?（(?P<post>[^）]*(?:（[^）]*）[^）]*)?)）?")
_NAME_THEN_POST = re.compile(rf"(?P<name>{_HAN}{{2,4}}?)(?P<post>(?:县|市|区|省|州|镇|乡|街道|党|中共).*)$")
_POST_HINT = re.compile(
    rf"(?:{_TITLES}|局|委|办|部|院|厅|处|室|所|站|队|联|协|社|村|校|中心|公司|集团|支行|分局|政府|街道|社区|镇|乡|银行|会)(?:、.*)?$"
)
_VERB = re.compile(r"主持|召开|出席|负责|要求|强调|指出|[是]")
SENTENCE = re.compile(
    r"(?P<actor>[^，。；：]{2,60}?)(?P<comrade>同志)? ?(?:担任|兼任|任|为) ?"
    r"(?:领导小组)?(?P<role>(?:办公室)?(?:第一|常务|执行|总)?副?(?:总|第一)?"
    r"(?:组长|主任委员|主任|召集人|指挥长|指挥|秘书长|会长|组员|成员|委员))(?=[，。；、（）]|$|的)"
)
HOLDER = re.compile(
    r"(?P<role>(?:办公室)?(?:第一|常务)?副? ?(?:组 ?长|主 ?任|召 ?集 ?人|指挥长|总指挥|秘书长|联 ?络 ?员))：?(?:[一二三1-3]名，?)?由(?P<actor>[^。；：]{2,200}?)(?P<comrade>同志)?"
    r"(?:担任|兼任|兼)(?=[，。；、（）]|$)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as printed, offsets relative to the text given."""

    name: str
    post: str
    start: int
    end: int


def is_name(text: str, placed: bool = False) -> bool:
    """Tell whether *text* can be a person's name: two to four characters, a known surname.

    *placed* says that its place already tells (a post stands beside it in a roster): any surname will do.
    """
    if "·" in text:
        return bool(re.fullmatch(rf"{_HAN}{{1,8}}(?:·{_HAN}{{1,8}}){{1,3}}", text))
    if not re.fullmatch(rf"{_HAN}{{2,4}}", text) or text in NOT_NAMES or _NOT_A_NAME.search(text):
        return False
    if text[:2] in DOUBLE_SURNAMES:
        return len(text) >= 3
    return placed or (len(text) <= 3 and text[0] in SURNAMES)


def roles(text: str) -> list[tuple[str, int, int]]:
    """Return each role label in a line: the role without blanks, where it starts, where its entries start.

    A colon or a role spelt apart (组 长) makes a label; else people must follow it.
    """
    if alone := re.fullmatch(f"(?P<role>{_ROLE}){_ORDER}", text):
        return [(alone["role"].replace(" ", ""), 0, len(text))]
    found = []
    for match in LABEL.finditer(text):
        sure = match.group().rstrip().endswith("：") or min(map(len, match["role"].split(" "))) == 1
        if not sure and not any(True for _ in entries(text[match.end() :])):
            continue
        found.append((match.group("role").replace(" ", ""), match.start(), match.end()))
    return found


def entries(text: str) -> Iterator[Entry]:
    """Yield the people in the part of a line after its label: 「周某（副县长） 李某（局长）」, 「周某、李某」."""
    for _start, _end, found in parts(text):
        yield from found


def parts(text: str, sure: bool = False) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
    """Yield where each part of a roster stands, with the people in it; none when it is something else.

    *sure* says that names stand here (after 组长：), so do names beside it: then any surname will do.
    """
    text = _ASIDE.sub(lambda aside: " " * len(aside.group()), text)
    position = 0
    lone = [word for word in map(without_blanks, re.split("[、；，]", text)) if len(word) <= 4]
    sure = sure or (len(lone) >= 2 and sum(map(is_name, lone)) * 2 >= len(lone))
    for piece in filter(None, _split_entries(text, sure)):
        start = text.find(piece, position)
        position = start + len(piece)
        yield start, position, tuple(_people_in(piece, start, sure))


def is_post(line: str) -> bool:
    """Tell whether a line below a name is nothing but his post."""
    return (
        len(line) <= 40
        and bool(_POST_HINT.search(line))
        and not re.search("[：。；]|(?<!自)由|(?<!主)任", line)
    )


def holders(text: str, sure: bool = False) -> Iterator[tuple[str, str]]:
    """Yield name and post of each in 「县委常委、政法委书记张三，副县长李四」; a post without a name goes on.

    *sure* says that a name ends the text (同志 follows), whatever the surname; so does a name beside it.
    """
    post = ""
    parts = re.split("(?<=[，、])|(?<=同志)[和及与]", text)
    sure = sure or any(actor(part.strip("，、"))[0] for part in parts)
    for part in parts:
        name, own = actor(part.strip("，、"), sure)
        if name:
            yield name, post + own
        post = "" if name else post + part


def actor(text: str, sure: bool = False) -> tuple[str, str]:
    """Split 「县司法局局长张三」 or 「张三（局长）」 into name and post; the name is "" for a post alone."""
    text = re.sub(r"^(?:由|增补|增加)|同志$", "", text.strip())
    padded = re.search(rf"{_HAN} {_HAN}{{1,2}}$", text)
    sure = sure or bool(_PADDED.fullmatch(text))
    text = without_blanks(text)
    bracket = re.fullmatch(r"(?P<name>[^（]+)（(?P<post>[^）]+)）", text)
    if bracket and _alone(bracket["name"], bool(_POST_HINT.search(bracket["post"]))):
        return bracket["name"], bracket["post"]
    if is_name(text):
        return text, ""
    lengths = [(4, False), (3, False), (2, False)]
    if padded:
        lengths.append((len(padded.group()) - 1, True))
    elif sure and not _POST_HINT.search(text):
        lengths += [(3, True), (2, True)]
    for length, placed in lengths:
        name, post = text[-length:], text[:-length]
        if is_name(name, placed) and re.search(rf"(?:{_TITLES})(?:（[^）]*）)?$", post):
            return name, post
    return (text, "") if _alone(text, sure) else ("", text)


def _split_entries(text: str, sure: bool) -> list[str]:
    """Cut a roster line at ；， after closing brackets, and at 、 where each part is a person."""
    pieces, buffer, depth = [], "", 0
    for character in text:
        depth += (character == "（") - (character == "）")
        if character in "；，。" and depth <= 0:
            pieces.append(buffer.strip())
            buffer = ""
            continue
        buffer += character
        if character == "）" and depth <= 0 and not buffer.lstrip("、 ").startswith("各"):
            pieces.append(buffer.strip("、 "))
            buffer = ""
    pieces.append(buffer.strip("、 "))
    whole = (piece if "（" in piece else piece.rstrip("）") for piece in pieces)
    return [part for piece in whole if piece for part in _listed(piece, sure)]


def _listed(piece: str, sure: bool) -> list[str]:
    """「甲、乙」 are two people; 「甲 县委副书记、县长」 is one with two posts."""
    parts = [part.strip() for part in re.split("、|以?及(?=各)", piece)]
    if len(parts) == 1 or "（" in piece:
        return [piece]
    if all(_alone(word, sure) for word in _join_single(parts[0].split(" "))):
        return parts
    return parts if all(any(True for _ in _people_in(part, 0, sure)) for part in parts if part) else [piece]


def _alone(word: str, sure: bool) -> bool:
    """Tell whether a word with nothing beside it is a name."""
    return is_name(word) or (
        sure and is_name(word, placed=True) and not is_unit(word) and not _POST_HINT.search(word)
    )


def _people_in(piece: str, start: int, sure: bool) -> Iterator[Entry]:
    end = start + len(piece)
    if bracket := _BRACKETED.fullmatch(piece):
        name = bracket["name"].replace(" ", "")
        if is_name(name, placed=True):
            yield Entry(name, bracket["post"].replace(" ", ""), start, end)
        elif (parts := actor(bracket["name"]))[0]:
            yield Entry(parts[0], parts[1], start, end)
        return
    words = _join_single(piece.split(" "))
    sure = sure or bool(_PADDED.fullmatch(piece))
    padded = piece.find(" ") == 1 and len(words[0]) > 1
    named = next((at for at, word in enumerate(words) if not _alone(word, sure)), len(words))
    if named == len(words) or named >= 2:
        for word in words[:named]:
            yield Entry(word, "", start, end)
    elif len(words) >= 2 and (
        ((is_name(words[0], placed=True) or padded) and _POST_HINT.search(words[-1]))
        or (is_name(words[0]) and 4 <= len("".join(words[1:])) <= 60 and not _VERB.search(words[-1]))
    ):
        yield Entry(words[0], "".join(words[1:]), start, end)
    elif len(words) >= 2 and is_name(words[-1], placed=True) and _POST_HINT.search(words[-2]):
        yield Entry(words[-1], "".join(words[:-1]), start, end)
    elif len(words) == 1 or len(words[-1]) <= 2:
        yield from _glued(" ".join(words), start, end)


def _glued(word: str, start: int, end: int) -> Iterator[Entry]:
    """「县司法局局长张三」 or 「张三县司法局局长」 without a blank."""
    name, post = actor(word)
    if name and post:
        yield Entry(name, post, start, end)
        return
    match = _NAME_THEN_POST.fullmatch(without_blanks(word))
    if match and is_name(match["name"]) and _POST_HINT.search(match["post"]):
        yield Entry(match["name"], match["post"], start, end)


def _join_single(words: list[str]) -> list[str]:
    """Join padded names: 「林」「晓」 → 「林晓」, 「皇甫」「静」 → 「皇甫静」."""
    joined: list[str] = []
    padded = False
    for word in words:
        if padded and len(word) <= 3 and not _NOT_A_NAME.search(word[1:]):
            joined[-1] += word
            padded = False
        elif word:
            joined.append(word)
            padded = len(word) == 1 or word in DOUBLE_SURNAMES
    return joined
