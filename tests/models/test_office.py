"""The open office, from its first day to the daily close."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models import clock
from models.errors import ClerkError
from models.office import (
    DamagedOffice,
    NoOffice,
    Office,
    Setup,
    create_office,
    has_office,
    open_office,
    restore_office,
)
from models.records.organisation import Unit
from models.store.backup import Reason, list_backups
from models.store.keys import BrokenKeys, WrongPassword
from models.store.lock import AlreadyOpen

PASSWORD = "correct horse 9"
SETUP = Setup(office_name="澜溪县依法治县办公室", area_name="澜溪县", clerk="苏映川")
LOCKED = Setup(office_name="澜溪县依法治县办公室", clerk="苏映川", password=PASSWORD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "台账"


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """A new office without passwords."""
    made, _ = create_office(folder, SETUP)
    with made:
        yield made


def enter(office: Office, name: str) -> None:
    with office.ledger.action(f"登记单位「{name}」") as action:
        action.add(Unit(name=name))


def units(office: Office) -> list[str]:
    return [unit.name for unit in office.ledger.find(Unit)]


def test_what_was_entered_is_there_the_next_day(folder: Path, office: Office) -> None:
    enter(office, "县司法局")
    office.close()
    with open_office(folder) as again:
        assert units(again) == ["县司法局"]
        assert again.settings.office_name == "澜溪县依法治县办公室"
        assert again.ledger.clerk == "苏映川"
        assert not again.unclean


def test_an_empty_folder_is_no_office(folder: Path) -> None:
    assert not has_office(folder)
    with pytest.raises(NoOffice):
        open_office(folder)
    assert not folder.exists()


def test_a_second_office_is_not_made_over_the_first(folder: Path, office: Office) -> None:
    office.close()
    with pytest.raises(ClerkError, match="已有台账"):
        create_office(folder, SETUP)


def test_a_set_up_that_was_interrupted_can_be_done_again(folder: Path) -> None:
    folder.mkdir()
    (folder / "keys.json").write_text("{}", "utf-8")
    made, _ = create_office(folder, SETUP)
    made.close()
    open_office(folder).close()


def test_a_second_start_says_who_holds_it(folder: Path, office: Office) -> None:
    with pytest.raises(AlreadyOpen, match=r"台账已由.+打开"):
        open_office(folder)


# Passwords --------------------------------------------------------------------------------------


def test_a_password_opens_and_a_wrong_one_does_not(folder: Path) -> None:
    create_office(folder, LOCKED)[0].close()
    with pytest.raises(ClerkError, match="有密码"):
        open_office(folder)
    with pytest.raises(WrongPassword):
        open_office(folder, password="correct horse 8")
    with open_office(folder, password=PASSWORD) as office:
        assert office.ledger.clerk == "苏映川"


def test_the_recovery_code_opens_and_lets_set_a_new_password(folder: Path) -> None:
    office, code = create_office(folder, LOCKED)
    office.close()
    with open_office(folder, recovery_code=code) as office:
        office.set_password("苏映川", "another pass 7")
    open_office(folder, password="another pass 7").close()


def test_several_clerks_are_told_apart(folder: Path) -> None:
    office, _ = create_office(folder, LOCKED)
    with office:
        office.set_password("尹素", "second pass 5")
    with pytest.raises(ClerkError, match="苏映川、尹素"):
        open_office(folder, password=PASSWORD)
    with open_office(folder, clerk="尹素", password="second pass 5") as office:
        assert office.ledger.clerk == "尹素"


# Backups ----------------------------------------------------------------------------------------


def reasons(office: Office) -> list[str]:
    return [backup.reason for backup in list_backups(office.home.backups)]


def test_closing_backs_up_what_changed_and_only_that(folder: Path, office: Office) -> None:
    enter(office, "县司法局")
    office.close()
    assert reasons(office) == ["退出"]
    open_office(folder).close()
    assert reasons(office) == ["退出"]


def test_half_an_hour_of_change_is_backed_up_once(office: Office) -> None:
    start = datetime(2026, 11, 21, 9, 0)
    office.back_up()
    with clock.held_at(start):
        assert office.backup_if_due() is None
        enter(office, "县司法局")
        assert office.backup_if_due() is None
    with clock.held_at(start + timedelta(minutes=30)):
        assert office.backup_if_due() is not None
        assert office.backup_if_due() is None
    assert sorted(reasons(office)) == ["定时", "手动"]


def test_a_backup_that_fails_is_shown_and_stops_nothing(
    folder: Path, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    enter(office, "县司法局")
    shutil.rmtree(office.home.temp)
    office.close()
    assert office.last_backup is not None and not office.last_backup.ok
    assert "backup failed" in caplog.text
    with open_office(folder) as again:
        assert units(again) == ["县司法局"]


def test_restoring_brings_back_what_was(folder: Path, office: Office) -> None:
    enter(office, "县司法局")
    backup = office.back_up()
    enter(office, "县教育局")
    aside = office.restore(backup)
    assert (aside / "data.db").exists()
    with open_office(folder) as again:
        assert units(again) == ["县司法局"]
        assert Reason.BEFORE_RESTORE in reasons(again)


def test_a_backup_opens_on_another_machine(folder: Path, tmp_path: Path) -> None:
    office, code = create_office(folder, SETUP)
    with office:
        enter(office, "县司法局")
        office.save_backup(tmp_path / "台账.fzbak")
    other = tmp_path / "新电脑"
    with pytest.raises(BrokenKeys, match="恢复码"):
        restore_office(other, tmp_path / "台账.fzbak")
    restore_office(other, tmp_path / "台账.fzbak", recovery_code=code)
    with open_office(other) as again:
        assert units(again) == ["县司法局"]


def test_the_password_of_today_restores_a_backup_older_than_it(folder: Path, tmp_path: Path) -> None:
    office, _ = create_office(folder, LOCKED)
    with office:
        enter(office, "县司法局")
        office.save_backup(tmp_path / "台账.fzbak")
        office.set_password("苏映川", "another day 5678")
    restore_office(folder, tmp_path / "台账.fzbak", clerk="苏映川", password="another day 5678")
    with open_office(folder, clerk="苏映川", password="another day 5678") as again:
        assert units(again) == ["县司法局"]


@pytest.mark.parametrize("was_there", [False, True])
def test_a_folder_stays_as_it_was_when_nothing_can_be_put_into_it(
    folder: Path, tmp_path: Path, was_there: bool
) -> None:
    office, _ = create_office(folder, LOCKED)
    with office:
        office.save_backup(tmp_path / "台账.fzbak")
    other = tmp_path / "新电脑"
    if was_there:
        other.mkdir()
    with pytest.raises(WrongPassword):
        restore_office(other, tmp_path / "台账.fzbak", clerk="苏映川", password="wrong 1234")
    with pytest.raises(ClerkError):
        create_office(other, Setup(office_name="澜溪县依法治县办公室", clerk="苏映川", password="short"))
    assert [path.name for path in tmp_path.glob("新电脑/**/*")] == []
    assert other.exists() == was_there


def test_what_lies_beside_stays_when_a_restore_fails(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.fzbak").write_bytes(b"no backup")
    folder.mkdir()
    (folder / "说明.txt").write_text("自己的文件")
    with pytest.raises(ClerkError, match="已损坏"):
        restore_office(folder, tmp_path / "坏.fzbak")
    assert (folder / "说明.txt").exists()


# Accidents ---------------------------------------------------------------------------------------


def crash(folder: Path) -> None:
    """Open the office in another process, enter a unit, and end without closing anything."""
    code = (
        "import os, sys; from pathlib import Path; from models.office import open_office\n"
        "from models.records.organisation import Unit\n"
        "office = open_office(Path(sys.argv[1]))\n"
        "with office.ledger.action('登记') as action: action.add(Unit(name='县公安局'))\n"
        "os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=False)


def test_after_a_crash_the_data_is_examined_and_whole(folder: Path, office: Office) -> None:
    office.close()
    crash(folder)
    with open_office(folder) as again:
        assert again.unclean
        assert units(again) == ["县公安局"]


def test_damaged_data_is_refused_until_it_is_restored(folder: Path, office: Office) -> None:
    enter(office, "县司法局")
    backup = office.back_up()
    office.close()
    crash(folder)
    open_office(folder).close()
    hurt(office.home.database, pages=[5])
    (folder / "instance.lock.json").write_text("{}", "utf-8")  # as a stop that was not clean leaves it
    for _ in range(2):
        with pytest.raises(DamagedOffice) as refused:
            open_office(folder)
        assert refused.value.examination.newest is not None
    restore_office(folder, backup)
    with open_office(folder) as again:
        assert units(again) == ["县司法局"]
        assert not again.unclean


def test_a_page_torn_by_a_power_cut_is_healed_from_the_log(folder: Path, office: Office) -> None:
    office.close()
    crash(folder)
    log = office.home.database.with_name("data.db-wal").read_bytes()
    frames = range(32, len(log), 24 + 4096)
    hurt(office.home.database, pages=[int.from_bytes(log[at : at + 4]) for at in frames])
    with open_office(folder) as again:
        assert units(again) == ["县公安局"]


def test_a_wrong_password_after_a_crash_does_not_skip_the_examination(folder: Path) -> None:
    create_office(folder, LOCKED)[0].close()
    (folder / "instance.lock.json").write_text("{}", "utf-8")
    with pytest.raises(WrongPassword):
        open_office(folder, password="correct horse 8")
    with open_office(folder, password=PASSWORD) as office:
        assert office.unclean


def hurt(database: Path, pages: list[int]) -> None:
    """Overwrite a few bytes of each page, counted from 1."""
    content = bytearray(database.read_bytes())
    for page in pages:
        content[page * 4096 - 500 : page * 4096 - 490] = bytes(10)
    database.write_bytes(content)


def test_data_that_is_gone_is_not_replaced_by_an_empty_ledger(folder: Path, office: Office) -> None:
    enter(office, "县司法局")
    office.close()
    office.home.database.unlink()
    with pytest.raises(DamagedOffice):
        open_office(folder)
    assert not office.home.database.exists()


def test_opening_sweeps_and_empties_the_bin(folder: Path, office: Office) -> None:
    enter(office, "县司法局")
    with clock.held_at(clock.now() - timedelta(days=91)), office.ledger.action("删除") as action:
        action.remove(office.ledger.find(Unit)[0])
    office.close()
    (office.home.temp / "left.txt").write_text("x", "utf-8")
    with open_office(folder) as again:
        assert not list(again.home.temp.iterdir())
        assert not again.ledger.db.execute("SELECT 1 FROM unit").fetchall()
