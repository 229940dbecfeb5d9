"""Ready-made shapes of an organisation: bodies with member units and seats, and their standing rules.

A preset is one JSON file in ``resources/presets/bodies``. The region is a variable in it: ``{area}`` is
the office's area (澜溪县), ``{level}`` its last character (县), so that no region is ever left in a text.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import resources
from models.errors import ClerkError
from models.records.base import Look
from models.records.organisation import UNIT_CATEGORIES, Body, Membership, Seat, Unit
from models.records.rules import Clause
from models.settings import load_settings, save_settings
from models.store.action import Action
from models.store.ledger import Ledger

FOLDER = "presets/bodies"
AREA_ENDINGS = ("省", "市", "州", "盟", "县", "区", "旗", "镇", "乡", "街道")
_CATEGORIES = (
    ("人大", "人大"), ("政协", "政协"), ("纪委", "纪委监委"), ("监委", "纪委监委"), ("法院", "法检"), ("检察院", "法检"),
    ("总工会", "群团"), ("团", "群团"), ("妇联", "群团"), ("报", "媒体"), ("广电总台", "媒体"), ("融媒体", "媒体"),
    ("党校", "事业单位"), ("委", "党委"), ("编办", "党委"), ("街道", "镇街"), ("镇", "镇街"), ("乡", "镇街"),
)  # fmt: skip
_NAMED_LIKE_PARTY = ("经贸委", "国资委", "集团")
"""Government bodies and enterprises whose names would be read as Party or mass bodies."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What the list of presets shows; *id* names the file."""

    id: str
    title: str
    note: str
    bodies: int
    clauses: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a preset wrote: body ids by the preset's keys, and counts."""

    bodies: dict[str, str]
    new_units: int
    memberships: int
    seats: int
    clauses: int


def presets() -> tuple[Preset, ...]:
    """Return the presets the program ships, in order of title."""
    found = []
    for name in resources.names(FOLDER, ".json"):
        shape = json.loads(resources.text(name))
        found.append(
            Preset(PurePosixPath(name).stem, shape["title"], shape["note"], len(shape["bodies"]), len(shape["clauses"]))
        )  # fmt: skip
    return tuple(sorted(found, key=lambda preset: preset.title))


def apply_preset(ledger: Ledger, name: str, area: str, on: date) -> Applied:
    """Set up the bodies, seats and clauses of preset *name* for *area* from day *on*, as one deed.

    Units that exist already under their name or short name are used, never doubled. The settings then name
    the office and the body it serves, unless they name others. Raises ClerkError for an unknown preset, an area that is no place name, or when one of the bodies exists already.
    """
    if name not in {preset.id for preset in presets()}:
        raise ClerkError(f"没有名为“{name}”的机构方案，请从列表里选择。")
    if not area.endswith(AREA_ENDINGS):
        raise ClerkError(f"地区名称“{area}”应以省、市、县、区、镇、乡等结尾，如 澜溪县。")
    text = resources.text(f"{FOLDER}/{name}.json")
    text = text.replace("{area}", json.dumps(area, ensure_ascii=False)[1:-1]).replace("{level}", area[-1])
    shape = json.loads(text)
    with ledger.action(f"套用机构方案「{shape['title']}」") as action:
        applied = _Setting(ledger, action, on).apply(shape)
        _name_office(ledger, applied.bodies["office"])
    return applied


def _name_office(ledger: Ledger, office_id: str) -> None:
    """Let the settings know the office just set up and the body above it; what they name already stays."""
    settings, office = load_settings(ledger), ledger.get(Body, office_id)
    above = ledger.get(Body, office.parent) if office else None
    known = ledger.get(Body, settings.main_body)
    save_settings(
        ledger,
        dataclasses.replace(
            settings,
            main_body=settings.main_body if known and known.deleted_at is None else office_id,
            group_name=settings.group_name or (above.name if above else ""),
        ),
    )


@dataclass(frozen=True, slots=True)
class PlannedBody:
    """A body a preset would set up: *parent* is the name of the body above it."""

    name: str
    parent: str
    host: str
    members: int
    seats: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying a preset would do; nothing has been written."""

    bodies: tuple[PlannedBody, ...]
    clauses: tuple[str, ...]
    applied: Applied


class _RolledBack(Exception):
    """Ends a rehearsal."""


def plan_preset(ledger: Ledger, name: str, area: str, on: date) -> Plan:
    """Return what :func:`apply_preset` would do, by doing it and rolling it back; raises what that raises."""
    plan: list[Plan] = []
    try:
        with ledger.action("预览机构方案"):
            known = {clause.id for clause in ledger.find(Clause)}
            applied = apply_preset(ledger, name, area, on)
            bodies = (ledger.get(Body, body_id) for body_id in applied.bodies.values())
            planned = tuple(_planned(ledger, body) for body in bodies if body)
            clauses = tuple(clause.name for clause in ledger.find(Clause) if clause.id not in known)
            plan.append(Plan(planned, clauses, applied))
            raise _RolledBack
    except _RolledBack:
        return plan[0]


def _planned(look: Look, body: Body) -> PlannedBody:
    parent, host = look.get(Body, body.parent), look.get(Unit, body.host_unit)
    return PlannedBody(
        body.name,
        parent.name if parent else "",
        host.name if host else "",
        len(look.find(Membership, "body = ?", (body.id,))),
        len(look.find(Seat, "body = ?", (body.id,))),
    )


class _Setting:
    """One preset on its way into the ledger."""

    def __init__(self, look: Look, action: Action, on: date) -> None:
        self._look, self._action, self._on = look, action, on
        self._units: dict[str, str] = {}
        self._new_units = 0
        self._bodies: dict[str, str] = {"": ""}

    def apply(self, shape: dict[str, Any]) -> Applied:
        bodies, clauses = shape["bodies"], shape["clauses"]
        for position, body in enumerate(bodies, 1):
            self._add_body(body, position)
        for position, clause in enumerate(clauses, 1):
            self._action.add(
                Clause(**{**clause, "body": self._bodies[clause.get("body", "")]}, position=position, valid_from=self._on)
            )  # fmt: skip
        del self._bodies[""]
        return Applied(
            self._bodies,
            self._new_units,
            sum(len(body.get("members", ())) for body in bodies),
            sum(len(body.get("seats", ())) for body in bodies),
            len(clauses),
        )

    def _add_body(self, shape: dict[str, Any], position: int) -> None:
        host = shape.get("host", "")
        body = self._action.add(
            Body(
                name=shape["name"], short_name=shape["short_name"], category=shape["category"], position=position,
                parent=self._bodies[shape.get("parent", "")], host_unit=self._unit(host) if host else "",
                duties="\n".join(shape.get("duties", ())), valid_from=self._on,
            )
        )  # fmt: skip
        self._bodies[shape["key"]] = body.id
        for place, unit in enumerate(shape.get("members", ()), 1):
            self._action.add(
                Membership(
                    body=body.id,
                    unit=self._unit(unit),
                    position=place,
                    lead=unit == host,
                    valid_from=self._on,
                )
            )
        for place, (role, unit, post) in enumerate(shape.get("seats", ()), 1):
            self._action.add(
                Seat(
                    body=body.id,
                    role=role,
                    unit=self._unit(unit),
                    post=post,
                    position=place,
                    valid_from=self._on,
                )
            )

    def _unit(self, name: str) -> str:
        """Return the id of the unit called *name*, made when there is none."""
        if name not in self._units:
            day = self._on.isoformat()
            known = self._look.find(
                Unit, "(name = ? OR short_name = ?) AND coalesce(valid_until, '9999') >= ?", (name, name, day)
            )
            self._units[name] = known[0].id if known else self._new_unit(name)
        return self._units[name]

    def _new_unit(self, name: str) -> str:
        self._new_units += 1
        category = category_of(name)
        order = (UNIT_CATEGORIES.index(category) + 1) * 100 + self._new_units
        return self._action.add(Unit(name=name, category=category, position=order)).id


def category_of(name: str) -> str:
    """Return the category that the name of a unit speaks for (县委宣传部 → 党委), 政府 by default."""
    if not name.endswith(_NAMED_LIKE_PARTY):
        for sign, category in _CATEGORIES:
            if sign in name:
                return category
    return (
        "企业" if name.endswith("集团") and "报" not in name else "媒体" if name.endswith("集团") else "政府"
    )
