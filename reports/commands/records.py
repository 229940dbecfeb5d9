"""demo, intake, list, check: what reads and fills the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from models import clock
from models.documents.extract import extract, to_json
from models.documents.proposals import Proposals
from models.documents.reading import read_document
from models.errors import ClerkError
from models.intake.accept import accept
from models.intake.units import area_in
from models.office import Office, Setup
from models.records.base import all_kinds
from models.records.values import show_day
from models.store.files import write_file
from models.store.reader import Reader, RowQuery
from models.summaries.computed import COMPUTED, ComputedKind
from models.summaries.listing import as_table, json_rows, known_kind, shown_rows
from reports.commands import Note


def read_proposals(file: Path) -> Proposals:
    """Return what the text in *file* (.txt, .docx) proposes."""
    return extract(read_document(file))


def write_proposals(proposals: Proposals, to: Path | None) -> Iterator[str]:
    """Write *proposals* as JSON into *to*, or give the JSON itself."""
    text = json.dumps(to_json(proposals), ensure_ascii=False, indent=2)
    yield str(write_file(to, lambda file: file.write(text.encode() + b"\n")).path) if to else text


def refuse_empty(proposals: Proposals) -> None:
    """Raise ClerkError when a text proposes nothing that could be entered."""
    if not proposals.bodies and not proposals.duties:
        raise ClerkError("文中没有读到机构或制度条款，没有登记任何内容。请检查文件是不是公文全文。")


def accept_proposals(office: Office, proposals: Proposals) -> Iterator[str]:
    """Enter *proposals* from the day the text was issued, else from today."""
    done = accept(office.ledger, proposals, on=proposals.issued_on or clock.today())
    yield done.sentence()
    yield from (Note(remark) for remark in done.remarks)
    yield from (Note(f"没有读懂：{skipped.what}") for skipped in proposals.unread)


def list_records(office: Office, kind_id: str, as_of: date | None, as_json: bool) -> Iterator[str]:
    """Give the records of a kind as JSON, or as lines parted by tabs."""
    if computed := COMPUTED.get(kind_id):
        yield from _list_computed(office, computed, as_of or clock.today(), as_json)
        return
    kind = known_kind(kind_id, COMPUTED.values())
    if as_json:
        yield json.dumps(json_rows(office.ledger, kind, as_of), ensure_ascii=False, indent=1)
    else:
        yield from as_table(*shown_rows(office.ledger, kind, as_of))


def _list_computed(office: Office, kind: ComputedKind, as_of: date, as_json: bool) -> Iterator[str]:
    rows = kind.rows(office.ledger, as_of)
    if as_json:
        yield json.dumps(rows, ensure_ascii=False, indent=1, default=date.isoformat)
        return
    shown = [
        [show_day(value) if isinstance(value, date) else str(value or "") for value in map(row.get, names)]
        for names in [[column.name for column in kind.columns]]
        for row in rows
    ]
    yield from as_table([column.label for column in kind.columns], shown)


def setup_from(proposals: Proposals) -> Setup:
    """Return the set-up of a new office as the text tells it: its issuer and the issuer's area."""
    return Setup(office_name=proposals.issued_by, area_name=area_in(proposals.issued_by))


def fill_demo(office: Office) -> Iterator[str]:
    """Fill an empty ledger with the sample county."""
    from models.demo import make_county

    if not is_empty(office.ledger):
        raise ClerkError("这份台账里已有内容，示例县只能放进空的台账。请用 --data 换一个文件夹。")
    make_county(office.ledger, today=clock.today())
    counted = "、".join(
        f"{kind.label} {count} {kind.measure}"
        for kind in all_kinds()
        if (count := office.ledger.count(RowQuery(kind.id, ())))
    )
    yield str(office.home.folder)
    yield Note(f"示例县：{counted}")


def is_empty(reader: Reader) -> bool:
    """Tell whether no record of any kind is on file."""
    return not any(reader.count(RowQuery(kind.id, ())) for kind in all_kinds())
