"""What each command does with its arguments, and how it gets its office."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import ClerkError
from models.office import Office, Setup, create_office, has_office, open_office
from reports.commands import papers, records, safety, sheets, turn


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


def _reports(_arguments: argparse.Namespace) -> Iterator[str]:
    yield from papers.catalogue()


def _report(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        if arguments.json:
            yield from papers.figures(office, arguments.report, arguments.year, arguments.as_of)
            return
        yield from papers.write_paper(
            office, arguments.report, arguments.to, meeting=arguments.meeting, body=arguments.body,
            record=arguments.record, year=arguments.year, since=arguments.since, as_of=arguments.as_of,
        )  # fmt: skip


def _year(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from papers.export(office, arguments.year, arguments.to, phones=arguments.phones)


def _close_year(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield from turn.close(office, arguments.year, plan=arguments.plan, as_json=arguments.json)


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


def _showcase(arguments: argparse.Namespace) -> Iterator[str]:
    with _open_or_make(arguments) as office:
        yield from papers.showcase(office, arguments.to)
        yield str(arguments.picture(office, arguments.to / "窗口.png"))


def _screenshot(arguments: argparse.Namespace) -> Iterator[str]:
    with _open(arguments) as office:
        yield str(arguments.picture(office, arguments.to))


JOBS: dict[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "demo": _demo,
    "intake": _intake,
    "list": _list,
    "template": _template,
    "import": _import,
    "export": _export,
    "reports": _reports,
    "report": _report,
    "year": _year,
    "verify": _verify,
    "close-year": _close_year,
    "backup": _backup,
    "restore": _restore,
    "check": _check,
    "showcase": _showcase,
    "screenshot": _screenshot,
}
"""The commands by name."""
