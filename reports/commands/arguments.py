"""A command line that speaks Chinese: its help, and one sentence for what is wrong with it."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from models.errors import ClerkError
from models.records.values import BadValue, parse_day

_SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少参数：{0}"),
    (r"unrecognized arguments: (.+)", "不认识的参数：{0}"),
    (r"argument (.+): invalid choice: (.+?) \(choose from .*\)", "“{1}”不是 {0} 的可选值"),
    (r"argument (.+): expected (?:one|at least one) arguments?", "{0} 后面要写一个值"),
    (r"argument (.+): invalid int value: '(.*)'", "{0} 应为数字，不能是“{1}”"),
    (r"argument (.+): not allowed with argument (.+)", "{0} 和 {1} 不能一起用"),
    (r"ambiguous option: (.+?) could match .+", "“{0}”写得不完整"),
    (r"argument (.+?): (.+)", "{0}：{1}"),
)


class Arguments(argparse.ArgumentParser):
    """An argument parser whose help is Chinese and whose complaints are a ClerkError."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options
        )  # fmt: skip
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Raise ClerkError with the complaint in Chinese."""
        for pattern, sentence in _SENTENCES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = sentence.format(*(part.strip("'") for part in found.groups()))
                break
        raise ClerkError(f"{message}。用法见：{self.prog} --help")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese words around it, wide enough that a line stays a line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=110)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def a_day(typed: str) -> date:
    """Return a date argument: 2026-06-30, 2026年6月30日, 今天."""
    try:
        return parse_day(typed)
    except BadValue as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def a_year(typed: str) -> int:
    """Return a year argument of four digits."""
    if not re.fullmatch(r"(?:19|20|21)\d\d", typed, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{typed}”不是年份，应为四位数，如 2026")
    return int(typed)


def a_path(typed: str) -> Path:
    """Return a path argument, ``~`` resolved."""
    if not typed.strip() or "\0" in typed:
        raise argparse.ArgumentTypeError("路径是空的")
    return Path(typed).expanduser()
