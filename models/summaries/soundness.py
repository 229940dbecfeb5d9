"""Whether the ledger holds together: pages, history, references, tables against descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.records.base import FieldType, Kind, all_kinds, kind_of
from models.records.checks import ring_problems
from models.store import history
from models.store.attachments import findings_of as attachment_findings
from models.store.database import check_integrity
from models.store.reader import Reader
from models.store.schema import STAMPS


def findings_of(reader: Reader, attachments: Path | None = None) -> Iterator[str]:
    """Yield what is wrong, each a Chinese sentence; nothing when all is well. Reads every page.

    With the folder of *attachments* every file in it is read as well.
    """
    yield from check_integrity(reader.db)
    broken = history.broken_at(reader.db)
    if broken is not None:
        yield f"操作记录第 {broken} 步与校验值不符，从这一步起可能被改动过"
    for kind in all_kinds():
        missing = list(_schema_findings(reader, kind))
        yield from missing
        if not missing:
            yield from _orphans(reader, kind)
            yield from _torn(reader, kind)
            yield from _stale_index(reader, kind)
            yield from _rings(reader, kind)
    if attachments is not None:
        yield from attachment_findings(attachments, reader.named_attachments())


def _schema_findings(reader: Reader, kind: Kind) -> Iterator[str]:
    there = {row[1] for row in reader.db.execute(f"PRAGMA table_info({kind.table})")}
    described = {"id", *STAMPS, *(field.name for field in kind.fields)}
    for name in sorted(described - there):
        yield f"{kind.label}的数据表缺少 {name} 一栏"
    for name in sorted(there - described):
        yield f"{kind.label}的数据表多出 {name} 一栏"


def _orphans(reader: Reader, kind: Kind) -> Iterator[str]:
    """References in lists of ids; single ones are foreign keys, which the integrity check covers."""
    for field in kind.references:
        if field.type is FieldType.REFERENCES:
            sql = (
                f"SELECT count(*) FROM {kind.table} t, json_each(t.{field.name}) j "
                f"WHERE NOT EXISTS (SELECT 1 FROM {kind_of(field.target).table} r WHERE r.id = j.value)"
            )
            count = int(reader.db.execute(sql).fetchone()[0])
            if count:
                yield f"{kind.label}的{field.label}有 {count} 处指向不存在的记录"


def _torn(reader: Reader, kind: Kind) -> Iterator[str]:
    """Parts that are still there though their whole lies in the recycle bin."""
    if not kind.part_of:
        return
    whole = kind_of(kind.field(kind.part_of).target)
    sql = (
        f"SELECT count(*) FROM {kind.table} t JOIN {whole.table} w ON w.id = t.{kind.part_of} "
        "WHERE t.deleted_at IS NULL AND w.deleted_at IS NOT NULL"
    )
    if count := int(reader.db.execute(sql).fetchone()[0]):
        yield f"{kind.label}有 {count} 条留在台账里，所属的{whole.label}却在回收站里"


def _rings(reader: Reader, kind: Kind) -> Iterator[str]:
    for record in reader.find(kind.record):
        for problem in ring_problems(record, reader):
            yield f"{kind.label}「{reader.name_of(kind.id, record.id)}」：{problem.message}"


def _stale_index(reader: Reader, kind: Kind) -> Iterator[str]:
    """A record listed under a name it no longer has is not found by the search."""
    names = reader.names(kind.id)
    stale = [
        record for record in reader.find(kind.record) if names[record.id] != record.headline(reader.name_of)
    ]
    if stale:
        yield f"{kind.label}有 {len(stale)} 条的名称索引过时，如「{names[stale[0].id]}」"
