"""What an office sets once: its name, its area, how it works. Declared here, stored in the ledger."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from models.rules.exam_paper import SHAPE
from models.rules.study import BANDS
from models.store.ledger import Ledger
from models.store.reader import Reader


@dataclass(frozen=True, kw_only=True)
class OfficeSettings:
    """The office's own facts and choices; labels for the settings page are in :data:`LABELS`."""

    office_name: str = ""
    area_name: str = ""
    group_name: str = ""
    number_code: str = ""
    minutes_mark: str = ""
    report_to: str = ""
    main_body: str = ""
    backup_folder: str = ""
    page_numbers: str = "outer"
    soon_days: int = 5
    irregular_counts: bool = False
    hours_per_day: float = 8.0
    exam_bands: str = BANDS
    exam_shape: str = SHAPE
    lights: str = ""


LABELS = {
    "office_name": "办公室全称",
    "area_name": "所在地区",
    "group_name": "领导机构名称",
    "number_code": "机关代字",
    "minutes_mark": "纪要标志",
    "report_to": "年度报告主送",
    "main_body": "本办公室（机构）",
    "backup_folder": "备份另存到",
    "page_numbers": "页码位置",
    "soon_days": "临期提醒天数",
    "irregular_counts": "临时会议也算完成",
    "hours_per_day": "一天折合学时",
    "exam_bands": "考试等次",
    "exam_shape": "试卷结构",
    "lights": "督办灯",
}


def load_settings(reader: Reader) -> OfficeSettings:
    """Return the stored settings; what was never set, or no longer fits its type, has its default."""
    kept: dict[str, Any] = {}
    for field in dataclasses.fields(OfficeSettings):
        stored = reader.setting(field.name)
        if stored:
            value = json.loads(stored)
            if type(value) is type(field.default):
                kept[field.name] = value
    return OfficeSettings(**kept)


def save_settings(ledger: Ledger, settings: OfficeSettings) -> None:
    """Store every setting."""
    for name, value in dataclasses.asdict(settings).items():
        ledger.set_setting(name, json.dumps(value, ensure_ascii=False))
