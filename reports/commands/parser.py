"""The commands and their arguments. Their jobs, with all that these load, wait in jobs.py until one runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from models.store.home import default_folder
from reports.commands.arguments import Arguments, a_day, a_path, a_year

if TYPE_CHECKING:
    from models.office import Office

Picture: TypeAlias = "Callable[[Office, Path], Path]"
"""Draws the window of an open office into a PNG file; given by main.py, because this layer knows no window."""

DESCRIPTION = """法治台账。不带命令时打开窗口；带命令时不开窗口，完成一件事就退出。

成功：写出的文件路径打印在标准输出，退出码 0。输入有误：一句中文说明打印在标准错误，退出码 2，不留半成品。
程序出错：一句中文说明，指出日志在哪里，退出码 1。

demo、intake --accept、import、showcase 遇到还没有台账的文件夹，会先新建一份：给了 --password-file 就用它作密码，
否则不设密码（密钥放在同一文件夹的 office.key 里），并在标准错误打印一次恢复码。其他命令只打开已有的台账。"""


def parse(argv: Sequence[str], picture: Picture) -> argparse.Namespace:
    """Return the arguments with ``run``, the job to do, or None for the window. Raises ClerkError."""
    parser = Arguments(prog="main.py", description=DESCRIPTION)
    _common(parser, default=None)
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=Arguments)
    for add in (_add_records, _add_sheets, _add_papers, _add_safety):
        add(commands)
    _add_pictures(commands, picture)
    for command in commands.choices.values():
        _common(command, default=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    arguments.data = arguments.data or default_folder()
    return arguments


def _common(parser: argparse.ArgumentParser, *, default: object) -> None:
    """Options that may stand before or after the command."""
    group = parser.add_argument_group("台账")
    group.add_argument(
        "--data",
        metavar="文件夹",
        type=a_path,
        default=default,
        help=f"台账所在文件夹，默认 {default_folder()}",
    )
    group.add_argument("--password-file", metavar="文件", type=a_path, default=default, help="存有密码的文件")
    group.add_argument("--clerk", metavar="姓名", default=default, help="多人使用时，用谁的名字和密码打开")


Commands: TypeAlias = "argparse._SubParsersAction[Arguments]"  # the class has no public name


def _add(commands: Commands, name: str, help_text: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    made.set_defaults(run=partial(_run, name))
    return made


def _run(name: str, arguments: argparse.Namespace) -> Iterator[str]:
    from reports.commands.jobs import JOBS

    return JOBS[name](arguments)


# The commands --------------------------------------------------------------------------------


def _add_records(commands: Commands) -> None:
    _add(commands, "demo", "在空的台账里生成一个示例县：单位、人员，三年的会议、学法、督办和报送")
    made = _add(commands, "intake", "读公文（.txt、.docx），提取机构、成员单位和职责")
    made.add_argument("file", metavar="公文", type=a_path)
    made.add_argument(
        "--json", metavar="文件", type=a_path, help="提取结果写入这个 JSON 文件（默认打印出来）"
    )
    made.add_argument("--accept", action="store_true", help="把提取到的机构和条款登记到台账")
    made = _add(commands, "list", "列出一种记录，如 unit、meeting、obligation")
    made.add_argument("kind", metavar="种类")
    made.add_argument("--as-of", metavar="日期", type=a_day, help="按这一天的情况，如 2026-06-30")
    made.add_argument("--json", action="store_true", help="以 JSON 输出（字段名、编号和显示文字）")


def _add_sheets(commands: Commands) -> None:
    made = _add(commands, "template", "写出一种记录的 Excel 导入模板")
    _kind_and_file(made)
    made = _add(commands, "import", "从 Excel 导入一种记录：有一处错就一行也不写")
    _kind_and_file(made)
    made.add_argument(
        "--existing", choices=("update", "skip"), default="update", help="已有的记录：update 更新，skip 跳过"
    )
    made.add_argument("--errors", metavar="文件", type=a_path, help="有错时，把原表加一列“错误”写入这个文件")
    made = _add(commands, "export", "把一种记录导出为 Excel")
    _kind_and_file(made)
    made.add_argument("--as-of", metavar="日期", type=a_day, help="按这一天的情况")
    made.add_argument("--phones", action="store_true", help="电话号码完整导出（默认隐去中间几位）")


def _kind_and_file(made: argparse.ArgumentParser) -> None:
    made.add_argument("kind", metavar="种类")
    made.add_argument("file", metavar="文件.xlsx", type=a_path)


def _add_papers(commands: Commands) -> None:
    _add(commands, "reports", "列出能打印的文书")
    made = _add(commands, "report", "生成一份文书：按文件后缀为 PDF、Word 或 Excel")
    made.add_argument("report", metavar="文书", help="名称见 reports 命令")
    about = made.add_mutually_exclusive_group()
    about.add_argument("--meeting", metavar="编号", default="", help="会议的编号或名称")
    about.add_argument("--body", metavar="编号", default="", help="机构的编号或名称")
    about.add_argument("--record", metavar="编号", default="", help="其他文书所说的那条记录，编号或名称")
    about.add_argument("--year", metavar="年份", type=a_year)
    made.add_argument("--since", metavar="日期", type=a_day, help="统计的起始日期，不写为年初")
    made.add_argument(
        "--as-of", "--date", metavar="日期", type=a_day, help="按这一天的情况；周安排表是这一天所在的那一周"
    )
    result = made.add_mutually_exclusive_group(required=True)
    result.add_argument("--to", metavar="文件", type=a_path, help="写到哪里：.pdf、.docx 或 .xlsx")
    result.add_argument("--json", action="store_true", help="年度总结：打印各项数据和背后记录的编号")
    made = _add(commands, "year", "年度导出：全年文书、各种记录的表格和校验清单")
    made.add_argument("year", metavar="年份", type=a_year)
    made.add_argument("--to", metavar="文件夹", type=a_path, required=True, help="导出到哪里（如 U 盘）")
    made.add_argument("--phones", action="store_true", help="电话号码完整导出（默认隐去中间几位）")
    made = _add(commands, "verify", "校验年度导出的文件夹：改动、缺少、多出的文件")
    made.add_argument("folder", metavar="文件夹", type=a_path)
    made = _add(commands, "close-year", "年度结转：封存一年的数据，没有办完的接着办")
    made.add_argument("--year", metavar="年份", type=a_year, required=True)
    made.add_argument("--plan", action="store_true", help="只说明会做什么，不结转")
    made.add_argument("--json", action="store_true", help="打印封存的数据、校验值和接着办的记录编号")


def _add_safety(commands: Commands) -> None:
    made = _add(commands, "backup", "备份台账，并打开备份检查一遍")
    made.add_argument("--to", metavar="文件", type=a_path, required=True, help="备份写到哪里")
    made = _add(commands, "restore", "用备份恢复台账；现有数据先另存")
    made.add_argument("file", metavar="备份文件", type=a_path)
    made.add_argument(
        "--recovery-code", metavar="恢复码", help="没有密码或密钥文件时，用纸上的恢复码打开备份"
    )
    _add(commands, "check", "检查台账：文件、操作记录、引用、表结构和文书数据")


def _add_pictures(commands: Commands, picture: Picture) -> None:
    made = _add(commands, "showcase", "示例县的通知、签到表、纪要、名单、年度总结和窗口截图")
    made.set_defaults(picture=picture)
    made.add_argument("--to", metavar="文件夹", type=a_path, required=True, help="写到哪个文件夹")
    made = _add(commands, "screenshot", "把窗口画成图片")
    made.set_defaults(picture=picture)
    made.add_argument("--to", metavar="文件.png", type=a_path, required=True, help="写到哪里")
