"""The secrecy brake (ideas 19, conventions 2.5): marks of state secrets stop a save."""

from __future__ import annotations

import re

_MARK = re.compile(r"(?:绝密|机密|秘密)\s*[★☆](?:\s*[长期\d年月]+)?|(?:绝密|机密|秘密)\s*级\s*文件")


def secrecy_mark(text: str) -> str:
    """Return the first mark of a classified document in *text* (秘密★10年), or ""."""
    found = _MARK.search(text)
    return found[0] if found else ""
