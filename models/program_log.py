"""The log of the program, window and commands alike: what an engineer needs, without personal data.

It holds ids, not values; what slips through all the same (identity numbers, mobile numbers, quoted text)
is blotted out before it is written.
"""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "program.log"
LOG_BYTES, LOG_FILES = 1_000_000, 7

_BLOTS = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])"), "〔证件号〕"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "〔电话〕"),
    (re.compile(r"「[^」\n]*」"), "「…」"),
    (re.compile(r"“[^”\n]*”"), "“…”"),
    (re.compile(r"'[^'\n]*[\u3400-\u9fff\U00020000-\U0003ffff][^'\n]*'"), "'…'"),
    (re.compile(r'"[^"\n]*[\u3400-\u9fff\U00020000-\U0003ffff][^"\n]*"'), '"…"'),
)


def redact(text: str) -> str:
    """Blot out identity numbers, mobile numbers, text in Chinese quotes, Chinese in straight ones."""
    for pattern, blot in _BLOTS:
        text = pattern.sub(blot, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Blots the finished line, traceback and all."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def log_to(folder: Path) -> logging.Handler:
    """Write the root logger to ``folder/program.log`` (7 files of 1 MB, made if missing) from now on."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / NAME, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", delay=True
    )
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler
