"""The commands, their arguments, and how each gets its office."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeAlias

from models.errors import ClerkError
from models.office import Office, Setup, create_office, has_office, open_office
from models.store.home import default_folder
from reports.commands import papers, records, safety, sheets
from reports.commands.arguments import Arguments, a_day, a_path, a_year

Picture = Callable[[Office, Path], Path]
"""Draws the window of an open office into a PNG file; given by main.py, because this layer knows no window."""
Run = Callable[[argparse.Namespace], Iterator[str]]

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


def _add(commands: Commands, name: str, help_text: str, run: Run) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    made.set_defaults(run=run)
    return made


# The commands --------------------------------------------------------------------------------


def _add_records(commands: Commands) -> None:
    _add(commands, "demo", "在空的台账里生成一个示例县（单位、人员、三年会议）", _demo)
    made = _add(commands, "intake", "读公文（.txt、.docx），提取机构、成员单位和职责", _intake)
    made.add_argument("file", metavar="公文", type=a_path)
    made.add_argument(
        "--json", metavar="文件", type=a_path, help="提取结果写入这个 JSON 文件（默认打印出来）"
    )
    made.add_argument("--accept", action="store_true", help="把提取到的机构和条款登记到台账")
    made = _add(commands, "list", "列出一种记录，如 unit、meeting、obligation", _list)
    made.add_argument("kind", metavar="种类")
    made.add_argument("--as-of", metavar="日期", type=a_day, help="按这一天的情况，如 2026-06-30")
    made.add_argument("--json", action="store_true", help="以 JSON 输出（字段名、编号和显示文字）")


def _add_sheets(commands: Commands) -> None:
    made = _add(commands, "template", "写出一种记录的 Excel 导入模板", _template)
    _kind_and_file(made)
    made = _add(commands, "import", "从 Excel 导入一种记录：有一处错就一行也不写", _import)
    _kind_and_file(made)
    made.add_argument(
        "--existing", choices=("update", "skip"), default="update", help="已有的记录：update 更新，skip 跳过"
    )
    made.add_argument("--errors", metavar="文件", type=a_path, help="有错时，把原表加一列“错误”写入这个文件")
    made = _add(commands, "export", "把一种记录导出为 Excel", _export)
    _kind_and_file(made)
    made.add_argument("--as-of", metavar="日期", type=a_day, help="按这一天的情况")
    made.add_argument("--phones", action="store_true", help="电话号码完整导出（默认隐去中间几位）")


def _kind_and_file(made: argparse.ArgumentParser) -> None:
    made.add_argument("kind", metavar="种类")
    made.add_argument("file", metavar="文件.xlsx", type=a_path)


def _add_papers(commands: Commands) -> None:
    _add(commands, "reports", "列出能打印的文书", lambda _: papers.catalogue())
    made = _add(commands, "report", "生成一份文书：按文件后缀为 PDF、Word 或 Excel", _report)
    made.add_argument("report", metavar="文书", help="名称见 reports 命令")
    about = made.add_mutually_exclusive_group()
    about.add_argument("--meeting", metavar="编号", default="", help="会议的编号或名称")
    about.add_argument("--body", metavar="编号", default="", help="机构的编号或名称")
    about.add_argument("--record", metavar="编号", default="", help="其他文书所说的那条记录，编号或名称")
    about.add_argument("--year", metavar="年份", type=a_year)
    made.add_argument("--since", metavar="日期", type=a_day, help="统计的起始日期，不写为年初")
    made.add_argument("--as-of", metavar="日期", type=a_day, help="按这一天的情况")
    made.add_argument(
        "--to", metavar="文件", type=a_path, required=True, help="写到哪里：.pdf、.docx 或 .xlsx"
    )
    made = _add(commands, "year", "年度导出：全年文书、各种记录的表格和校验清单", _year)
    made.add_argument("year", metavar="年份", type=a_year)
    made.add_argument("--to", metavar="文件夹", type=a_path, required=True, help="导出到哪里（如 U 盘）")
    made.add_argument("--phones", action="store_true", help="电话号码完整导出（默认隐去中间几位）")
    made = _add(commands, "verify", "校验年度导出的文件夹：改动、缺少、多出的文件", _verify)
    made.add_argument("folder", metavar="文件夹", type=a_path)


def _add_safety(commands: Commands) -> None:
    made = _add(commands, "backup", "备份台账，并打开备份检查一遍", _backup)
    made.add_argument("--to", metavar="文件", type=a_path, required=True, help="备份写到哪里")
    made = _add(commands, "restore", "用备份恢复台账；现有数据先另存", _restore)
    made.add_argument("file", metavar="备份文件", type=a_path)
    made.add_argument(
        "--recovery-code", metavar="恢复码", help="没有密码或密钥文件时，用纸上的恢复码打开备份"
    )
    _add(commands, "check", "检查台账：文件、操作记录、引用、表结构和文书数据", _check)


def _add_pictures(commands: Commands, picture: Picture) -> None:
    made = _add(
        commands,
        "showcase",
        "示例县的通知、签到表、纪要、名单、年度情况和窗口截图",
        partial(_showcase, picture),
    )
    made.add_argument("--to", metavar="文件夹", type=a_path, required=True, help="写到哪个文件夹")
    made = _add(commands, "screenshot", "把窗口画成图片", partial(_screenshot, picture))
    made.add_argument("--to", metavar="文件.png", type=a_path, required=True, help="写到哪里")


# Their offices -------------------------------------------------------------------------------


def _open(arguments: argparse.Namespace) -> Office:
    return open_office(arguments.data, clerk=arguments.clerk or "", password=_password(arguments))


@contextmanager
def _open_or_make(arguments: argparse.Namespace, setup: Setup | None = None) -> Iterator[Office]:
    """Open the office, or say on stderr that one is made and how it is opened again."""
    known = has_office(arguments.data)
    with _open(arguments) if known else _make(arguments, setup or Setup()) as office:
        yield office


def _make(arguments: argparse.Namespace, setup: Setup) -> Office:
    password = _password(arguments)
    clerk = arguments.clerk or ("经办人" if password else "")
    made = Setup(office_name=setup.office_name, area_name=setup.area_name, clerk=clerk, password=password)
    office, code = create_office(arguments.data, made)
    opened_by = (
        f"用户「{clerk}」和给出的密码" if password else f"没有密码，密钥在文件 {office.home.key_file.name}"
    )
    print(
        f"“{arguments.data}”里还没有台账，已新建一份（{opened_by}）。恢复码只显示这一次，请抄下收好：{code}",
        file=sys.stderr,
    )
    return office


def _password(arguments: argparse.Namespace) -> str | None:
    """Return the first line of the password file."""
    file: Path | None = arguments.password_file
    if file is None:
        return None
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ClerkError(f"读不到密码文件“{file}”，请检查路径，并存为 UTF-8 文本。") from error
    if not lines or not lines[0]:
        raise ClerkError(f"密码文件“{file}”是空的，第一行应为密码。")
    return lines[0]


def _demo(arguments: argparse.Namespace) -> Iterator[str]:
    with _open_or_make(arguments) as office:
        yield from records.fill_demo(office)


def _intake(arguments: argparse.Namespace) -> Iterator[str]:
    proposals = records.read_proposals(arguments.file)
    if arguments.accept:
        records.refuse_empty(proposals)
    if arguments.json or not arguments.accept:
        yield from records.write_proposals(proposals, arguments.json)
    if arguments.accept:
        with _open_or_make(arguments, records.setup_from(proposals)) as office:
            yield from records.accept_proposals(office, proposals)


def _list(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from records.list_records(office, arguments.kind, arguments.as_of, arguments.json)


def _template(arguments: argparse.Namespace) -> Iterator[str]:
    yield from sheets.template(arguments.kind, arguments.file)


def _import(arguments: argparse.Namespace) -> Iterator[str]:
    kind, table = sheets.read_for(arguments.kind, arguments.file)
    with _open_or_make(arguments) as office:
        yield from sheets.import_sheet(
            office, kind, table, existing=arguments.existing, errors_to=arguments.errors
        )


def _export(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from sheets.export_sheet(
            office, arguments.kind, arguments.file, as_of=arguments.as_of, phones=arguments.phones
        )


def _report(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from papers.write_paper(
            office, arguments.report, arguments.to, meeting=arguments.meeting, body=arguments.body,
            record=arguments.record, year=arguments.year, since=arguments.since, as_of=arguments.as_of,
        )  # fmt: skip


def _year(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from papers.export(office, arguments.year, arguments.to, phones=arguments.phones)


def _verify(arguments: argparse.Namespace) -> Iterator[str]:
    yield from papers.verify(arguments.folder)


def _backup(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from safety.back_up(office, arguments.to)


def _restore(arguments: argparse.Namespace) -> Iterator[str]:
    yield from safety.restore(
        arguments.data, arguments.file, clerk=arguments.clerk or "", password=_password(arguments),
        recovery_code=arguments.recovery_code,
    )  # fmt: skip


def _check(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from safety.check(office)


def _showcase(picture: Picture, arguments: argparse.Namespace) -> Iterator[str]:
    with _open_or_make(arguments) as office:
        yield from papers.showcase(office, arguments.to)
        yield str(picture(office, arguments.to / "窗口.png"))


def _screenshot(picture: Picture, arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield str(picture(office, arguments.to))
