"""Which light says which state of the rules: the one place where the two meet."""

from __future__ import annotations

from models.rules.duties import State
from models.summaries.lights import Lamp
from models.summaries.todos import Group
from ui.widgets.paint import Mark

OF_STATE = {
    State.OVERDUE: Mark.RED, State.SOON: Mark.AMBER, State.RUNNING: Mark.GREEN, State.DONE: Mark.DONE,
    State.AHEAD: Mark.GREY, State.WAIVED: Mark.PAUSED, State.EARLIER: Mark.GREY,
}  # fmt: skip
OF_GROUP = {
    Group.OVERDUE: Mark.RED,
    Group.TODAY: Mark.AMBER,
    Group.SOON: Mark.GREEN,
    Group.WAITING: Mark.BLUE,
    Group.VACANT: Mark.AMBER,
}
OF_LAMP = {Lamp.RED: Mark.RED, Lamp.AMBER: Mark.AMBER, Lamp.GREEN: Mark.GREEN}
OF_MEETING = {"已通知": Mark.GREEN, "待发通知": Mark.GREY, "缺会前报告": Mark.AMBER}
OF_WORD = {
    ("meeting", "state"): {
        "计划": Mark.GREY, "通知": Mark.GREEN, "召开": Mark.BLUE, "纪要拟稿": Mark.BLUE, "签发": Mark.BLUE,
        "印发": Mark.DONE, "归档": Mark.DONE, "延期": Mark.AMBER, "取消": Mark.PAUSED,
    },
}  # fmt: skip
"""What the words of a field say in a list, by kind and field."""
OF_LIGHT = {
    "red": Mark.RED, "amber": Mark.AMBER, "blue": Mark.BLUE, "green": Mark.GREEN, "grey": Mark.GREY,
    "paused": Mark.PAUSED, "done": Mark.DONE,
}  # fmt: skip
"""By the names of :data:`models.rules.lights.LIGHTS`."""
