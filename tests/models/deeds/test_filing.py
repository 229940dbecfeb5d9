"""Files of records and the register of media, on a real ledger."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from pathlib import Path

import pytest

from models.deeds.filing import (
    Export,
    attach,
    attachments_of,
    copy_for_reading,
    detach,
    home_of,
    is_picture,
    register_use,
)
from models.deeds.recycle_bin import binned_deeds, restore_from_bin
from models.errors import ClerkError
from models.records.filing import Dynamic, UsbMedium
from models.store.action import LockedRecord
from models.store.ledger import Ledger
from models.summaries.soundness import findings_of
from tests.fixtures import SmallOffice


@pytest.fixture
def news(ledger: Ledger, office: SmallOffice) -> Dynamic:
    with ledger.action("登记动态") as action:
        return action.add(
            Dynamic(
                title="宣传周启动",
                dynamic_class="其他动态信息",
                unit=office.justice.id,
                received_on=date(2026, 12, 4),
            )
        )


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.png"
    path.write_bytes(b"\x89PNG...")
    return path


def test_files_are_put_to_a_record_and_taken_away_with_undo(
    ledger: Ledger, news: Dynamic, photo: Path
) -> None:
    (made,) = attach(ledger, news, [photo])
    assert (made.name, made.size, is_picture(made)) == ("现场.png", 7, True)
    assert attachments_of(ledger, news) == [ledger.get(type(made), made.id)]
    detach(ledger, made)
    assert attachments_of(ledger, news) == []
    ledger.undo()
    assert copy_for_reading(ledger, attachments_of(ledger, news)[0]).read_bytes() == photo.read_bytes()


def test_one_unfit_file_stops_all_and_a_second_time_is_told(
    ledger: Ledger, news: Dynamic, photo: Path
) -> None:
    with pytest.raises(ClerkError, match="读不到"):
        attach(ledger, news, [photo, photo.with_name("没有.png")])
    assert attachments_of(ledger, news) == []
    attach(ledger, news, [photo])
    with pytest.raises(ClerkError, match="已经是"):
        attach(ledger, news, [photo])


def test_a_kind_without_files_refuses_them(ledger: Ledger, office: SmallOffice, photo: Path) -> None:
    with pytest.raises(ClerkError, match="不能添加附件"):
        attach(ledger, office.justice, [photo])


def test_files_go_to_the_recycle_bin_and_come_back_with_their_record(
    ledger: Ledger, news: Dynamic, photo: Path
) -> None:
    attach(ledger, news, [photo])
    with ledger.action("删除动态") as action:
        action.remove(news)
    assert attachments_of(ledger, news) == []
    assert list(ledger.named_attachments().values()) == ["现场.png"]  # so its file is not swept
    binned = binned_deeds(ledger)[0].records
    assert [(record.kind, record.is_part) for record in binned] == [("dynamic", False), ("attachment", True)]
    restore_from_bin(ledger, binned, "恢复动态")
    assert [file.name for file in attachments_of(ledger, news)] == ["现场.png"]


def test_the_check_reads_the_files(ledger: Ledger, news: Dynamic, photo: Path) -> None:
    (made,) = attach(ledger, news, [photo])
    folder = home_of(ledger).attachments
    assert list(findings_of(ledger, folder)) == []
    (folder / made.digest).write_bytes(b"other")
    assert list(findings_of(ledger, folder)) == ["附件「现场.png」的内容被改动过，请从备份恢复或重新添加"]


def test_an_export_leaves_a_line_with_its_hash_that_is_only_corrected(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.action("登记U盘") as action:
        stick = action.add(UsbMedium(number="U-01", purpose="报送材料"))
    folder = tmp_path / "2025 年度"
    folder.mkdir()
    (folder / "manifest.json").write_bytes(b"{}")
    line = register_use(ledger, Export("导出 2025 年度", folder, 12, 3456, phones=True, medium=stick.id))
    assert (line.clerk, line.files, line.size, line.phones) == ("苏映川", 12, 3456, True)
    assert line.digest == hashlib.sha256(b"{}").hexdigest()
    with pytest.raises(LockedRecord), ledger.action("改") as action:
        action.change(dataclasses.replace(line, content="没有导出过"))
