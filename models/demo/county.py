"""Units, people, posts and bodies of the sample county, and what changes in them over the years."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import resources
from models.presets import apply_preset
from models.records.organisation import Appointment, Body, Membership, Person, Seat, Unit
from models.records.rules import Clause
from models.store.action import Action
from models.store.ledger import Ledger

AREA = "澜溪县"
BASIS = "中共澜溪县委全面依法治县委员会工作规则"
BEGINNING = date(2021, 7, 1)
"""When those who are in office at the start took their posts."""
POSTS = ("主要负责人", "分管负责人", "班子成员", "班子成员", "法制员")
STAFF = {
    "主要负责人": "领导干部", "分管负责人": "领导干部", "班子成员": "领导干部", "法制员": "法制工作人员", "工作人员": "执法人员",
}  # fmt: skip
DEGREES = ("无", "本科", "无", "研究生", "无", "本科", "专科")
"""Law degrees, in turn."""


class County:
    """The county while it is being made: ids by name or key, one source of chance."""

    def __init__(self, ledger: Ledger, seed: int, today: date, first_year: int) -> None:
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.today = today
        self.first_year = first_year
        self.data: dict[str, Any] = json.loads(resources.text("presets/demo/county.json"))
        self.units: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        self._names: set[str] = set()
        self._rare: list[str] = list(self.data["rare"])
        self._phones = 0

    def new_person(self, post: str) -> Person:
        """Return a person not yet written; every twentieth has a rare name or a surname read otherwise."""
        self._phones += 1
        rare_now = self._rare and self._phones % 20 == 3
        name = self._rare.pop(0) if rare_now else self._common_name()
        self._names.add(name)
        return Person(
            name=name,
            gender=self.chance.choice(("男", "男", "女")),
            phone=f"139000{self._phones * 37 % 100000:05d}",
            office_phone=f"620{self._phones:04d}",
            staff_kind=STAFF[post],
            law_degree=DEGREES[self._phones % len(DEGREES)],
        )

    def _common_name(self) -> str:
        while True:
            name: str = self.chance.choice(self.data["surnames"]) + self.chance.choice(self.data["given"])
            if name not in self._names:
                return name

    def titles_of(self, unit: str) -> list[str]:
        """Return the titles of a unit's five posts, in the order of :data:`POSTS`."""
        main, deputy, member, liaison = next(
            row[1:] for row in self.data["titles"] if unit.endswith(row[0])
        )  # the last row ends with 局, which every other unit has
        return [main, deputy, member, member, liaison]


def set_up(county: County) -> None:
    """Enter units and people, then the bodies of today's form with their clauses."""
    with county.ledger.action(f"建立{AREA}单位名录") as action:
        for category, names in county.data["units"].items():
            for name in names:
                county.units[name] = _add_unit(action, name, category, len(county.units) + 1)
    with county.ledger.action("导入人员和任职") as action:
        for name in county.units:
            for place, (post, title) in enumerate(zip(POSTS, county.titles_of(name), strict=True), 1):
                person = action.add(county.new_person(post))
                action.add(
                    Appointment(
                        person=person.id, unit=county.units[name], title=title, post=post, position=place,
                        valid_from=BEGINNING,
                    )
                )  # fmt: skip
    county.bodies = apply_preset(county.ledger, "committee", AREA, date(county.first_year, 1, 1)).bodies
    with county.ledger.action("补登制度条款的依据文件") as action:
        for clause in county.ledger.find(Clause, "basis = ''"):
            action.change(dataclasses.replace(clause, basis=BASIS))


def _add_unit(action: Action, name: str, category: str, position: int) -> str:
    level = "镇街" if category == "镇街" else "县区"
    return action.add(Unit(name=name, category=category, level=level, position=position * 10)).id


def reorganise(county: County) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Yield what changes: a rename, a merger, a temporary body, new deputies, one post left vacant."""
    year = county.first_year
    yield datetime(year + 1, 3, 31, 16, 0), lambda: _rename(county, date(year + 1, 3, 31))
    yield datetime(year + 1, 6, 30, 16, 0), lambda: _merge(county, date(year + 1, 6, 30))
    this_year = county.today.year
    yield datetime(this_year, 3, 2, 10, 0), lambda: _task_force(county, date(this_year, 3, 1))
    names = [name for name in county.units if name.endswith(("局", "法院", "检察院", "部"))]
    for step, name in enumerate(county.chance.sample(names, 12)):
        on = date(year, 5, 20) + timedelta(days=step * 68)
        yield (
            datetime.combine(on, datetime.min.time()).replace(hour=15),
            lambda name=name, on=on: _promote(county, name, on),  # type: ignore[misc]
        )
    left = county.today - timedelta(days=36)
    yield (
        datetime.combine(left, datetime.min.time()).replace(hour=11),
        lambda: _leave(county, "县财政局", left),
    )


def _rename(county: County, last: date) -> None:
    """县城市管理局 becomes 县综合行政执法局: a new unit, its people, its places in the bodies."""
    old_name, new_name = "县城市管理局", "县综合行政执法局"
    old_id = county.units[old_name]
    with county.ledger.action(f"{old_name}更名为{new_name}") as action:
        old = county.ledger.get(Unit, old_id)
        assert old is not None
        new = action.add(dataclasses.replace(old, id="", name=new_name, valid_from=last + timedelta(days=1)))
        action.change(dataclasses.replace(old, valid_until=last, successor=new.id))
        held: list[Appointment | Membership | Seat] = []
        for kind in (Appointment, Membership, Seat):
            held += county.ledger.in_force(kind, last, "unit = ?", (old_id,))
        for record in held:
            action.change(dataclasses.replace(record, valid_until=last))
            since = last + timedelta(days=1)
            action.add(dataclasses.replace(record, id="", unit=new.id, valid_from=since, valid_until=None))
    county.units[old_name] = county.units[new_name] = new.id


def _merge(county: County, last: date) -> None:
    """县商务局 goes into 县工业和信息化局; its people leave their posts."""
    old_id, into = county.units["县商务局"], county.units["县工业和信息化局"]
    with county.ledger.action("县商务局并入县工业和信息化局") as action:
        old = county.ledger.get(Unit, old_id)
        assert old is not None
        action.change(dataclasses.replace(old, valid_until=last, successor=into))
        for post in county.ledger.in_force(Appointment, last, "unit = ?", (old_id,)):
            action.change(dataclasses.replace(post, valid_until=last))
    county.units["县商务局"] = into


def _task_force(county: County, since: date) -> None:
    """A temporary body with an end (S2-3)."""
    police = county.units["县公安局"]
    with county.ledger.action("成立道路交通执法突出问题专项治理专班") as action:
        body = action.add(
            Body(
                name=f"{AREA}道路交通执法突出问题专项治理专班", short_name="交通执法治理专班", category="专班",
                parent=county.bodies["office"], host_unit=police, position=7,
                duties="排查突出问题\n督促整改销号\n期满提交总结报告", valid_from=since,
                valid_until=date(since.year, 12, 31),
            )
        )  # fmt: skip
        for place, name in enumerate(("县公安局", "县交通运输局", "县司法局", "县人民检察院"), 1):
            unit = county.units[name]
            action.add(
                Membership(body=body.id, unit=unit, position=place, lead=unit == police, valid_from=since)
            )
            role, post = ("召集人", "主要负责人") if unit == police else ("成员", "分管负责人")
            action.add(Seat(body=body.id, role=role, unit=unit, post=post, position=place, valid_from=since))
    county.bodies["task_force"] = body.id


def _promote(county: County, unit: str, on: date) -> None:
    """A deputy leaves; a member of the same leading group takes the post, a new one comes."""
    unit_id = county.units[unit]
    yesterday = on - timedelta(days=1)
    posts = county.ledger.in_force(Appointment, on, "unit = ?", (unit_id,), "position, id")
    deputy = next((post for post in posts if post.post == "分管负责人"), None)
    member = next((post for post in posts if post.post == "班子成员"), None)
    if deputy is None or member is None:
        return
    with county.ledger.action(f"调整{unit}分管负责人") as action:
        for post in (deputy, member):
            action.change(dataclasses.replace(post, valid_until=yesterday))
        action.add(
            dataclasses.replace(
                member,
                id="",
                post="分管负责人",
                title=deputy.title,
                position=2,
                valid_from=on,
                valid_until=None,
            )
        )
        fresh = action.add(dataclasses.replace(county.new_person("班子成员"), joined_on=on))
        action.add(dataclasses.replace(member, id="", person=fresh.id, valid_from=on, valid_until=None))


def _leave(county: County, unit: str, last: date) -> None:
    """The deputy retires and nobody follows yet: a vacancy."""
    for post in county.ledger.in_force(
        Appointment, last, "unit = ? AND post = '分管负责人'", (county.units[unit],)
    ):
        person = county.ledger.get(Person, post.person)
        assert person is not None
        with county.ledger.action(f"{unit}分管负责人退休") as action:
            action.change(dataclasses.replace(post, valid_until=last))
            action.change(dataclasses.replace(person, left_on=last))
