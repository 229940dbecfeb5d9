"""The open office: one data folder from its first day to the daily close, for window and commands alike.

    office, code = create_office(folder, Setup(office_name=…, area_name=…, clerk=…, password=…))
    with open_office(folder, clerk="苏映川", password="…") as office:
        with office.ledger.action("登记单位「…」") as action: …

Opening takes the instance lock, ends an interrupted restore, unlocks the key, examines the file after an
unclean stop, backs up before a migration, empties what lay in the recycle bin for 90 days and sweeps what
an interrupted run left. Closing backs up when something changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from models import clock
from models.errors import ClerkError
from models.settings import OfficeSettings, load_settings, save_settings
from models.store import history
from models.store.attachments import sweep as sweep_attachments
from models.store.backup import BackupResult, Reason, last_result, list_backups, make_backup, save_backup
from models.store.database import DamagedFile, open_reader, side_files
from models.store.home import DataHome, refuse_unsafe
from models.store.keys import BrokenKeys, KeyRing
from models.store.ledger import Ledger
from models.store.lock import AlreadyOpen, InstanceLock, user_name
from models.store.reader import Reader
from models.store.repair import Examination, examine
from models.store.restore import finish_restore, restore_backup, restore_is_pending

BACKUP_EVERY = timedelta(minutes=30)
_CLERK = "clerk"  # setting: who writes in an office without passwords

log = logging.getLogger(__name__)


class NoOffice(ClerkError):
    """The folder holds no ledger yet."""


class DamagedOffice(ClerkError):
    """The data is not whole; nothing was changed. *examination* tells what is wrong and what to restore."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination
        super().__init__(f"{examination}请用备份恢复。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the first-run wizard asks. Without a *password* the key lies in a file beside the data."""

    office_name: str = ""
    area_name: str = ""
    clerk: str = ""
    password: str | None = None
    backup_folder: str = ""


class Office:
    """An open data folder; made by :func:`create_office` and :func:`open_office`, a context manager.

    *unclean* tells that the last run did not end properly (the data has been examined and is whole).
    """

    def __init__(
        self,
        home: DataHome,
        keys: KeyRing,
        ledger: Ledger,
        master: bytes,
        lock: InstanceLock,
        *,
        unclean: bool,
    ) -> None:
        self.home = home
        self.keys = keys
        self.ledger = ledger
        self.unclean = unclean
        self._master = master
        self._lock = lock
        self._changed_since: datetime | None = None
        ledger.on_change(self._note_change)

    # Settings and keys -----------------------------------------------------------------------

    @property
    def settings(self) -> OfficeSettings:
        """What the office has set."""
        return load_settings(self.ledger)

    def save_settings(self, settings: OfficeSettings) -> None:
        """Store what the office has set."""
        save_settings(self.ledger, settings)
        self._note_change(set(), "")

    def set_password(self, clerk: str, password: str) -> None:
        """Change a clerk's password or add a clerk; the data itself is not rewritten."""
        self.keys.set_password(self._master, clerk, password)

    def drop_passwords(self) -> None:
        """Let everyone who can read the data folder open the ledger."""
        self.keys.drop_passwords(self._master)

    def new_recovery_code(self) -> str:
        """Replace the recovery code and return the new one, to be printed once."""
        return self.keys.new_recovery_code(self._master)

    # Backups ---------------------------------------------------------------------------------

    def back_up(self, reason: Reason = Reason.BY_HAND) -> Path:
        """Make a checked backup over a connection of its own, in any thread; return the file.

        Raises BackupFailed; either way :attr:`last_backup` tells how it went.
        """
        seen = self._changed_since
        with self.ledger.reading() as reader:
            made = _back_up(reader, self._master, self.home, reason)
        if self._changed_since == seen:
            self._changed_since = None
        return made

    def try_back_up(self, reason: Reason) -> Path | None:
        """Make a backup that must not stand in the way: a failure is logged and shown, never raised."""
        try:
            return self.back_up(reason)
        except ClerkError:
            log.warning("backup failed", exc_info=True)
            self._changed_since = clock.now()  # tried again in 30 minutes, not every minute
            return None

    def save_backup(self, target: Path) -> None:
        """Write a checked backup to the file *target*, apart from the kept ones. Raises BackupFailed."""
        with self.ledger.reading() as reader:
            save_backup(
                reader.db, self._master, self.home, target.absolute(), Reason.BY_HAND,
                head=history.head_hash(reader.db),
            )  # fmt: skip

    @property
    def backup_is_due(self) -> bool:
        """Whether something changed 30 minutes ago or longer and was not backed up since."""
        return self._changed_since is not None and clock.now() - self._changed_since >= BACKUP_EVERY

    def backup_if_due(self) -> Path | None:
        """Make the backup of every 30 minutes of change; a failure is logged and shown, never raised."""
        return self.try_back_up(Reason.TIMED) if self.backup_is_due else None

    @property
    def last_backup(self) -> BackupResult | None:
        """How the last backup went, for the dashboard."""
        return last_result(self.home)

    def _note_change(self, kinds: set[str], sentence: str) -> None:
        self._changed_since = self._changed_since or clock.now()

    # The end ---------------------------------------------------------------------------------

    def restore(self, backup: Path) -> Path:
        """Put *backup* of this ledger in the place of its data; return where the data of now has gone.

        Backs up first. The office is closed afterwards, whatever happens; open it again.
        Raises BackupFailed, BackupDamaged, NewerFile or WrongKey; the data is then as it was.
        """
        try:
            self.back_up(Reason.BEFORE_RESTORE)
            self.ledger.close()
            return restore_backup(backup.resolve(), self.home, lambda _ring: self._master)
        finally:
            self._changed_since = None
            self.close()

    def close(self) -> None:
        """Back up what changed, close the file and give the folder back. May be called twice."""
        try:
            if self._changed_since:
                self.try_back_up(Reason.EXIT)
        finally:
            self._changed_since = None
            self.ledger.close()
            self._lock.release()

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def has_office(folder: Path) -> bool:
    """Tell whether *folder* holds a ledger, backups of one, or one whose restore was interrupted."""
    home = DataHome(folder)
    return home.database.exists() or restore_is_pending(home) or bool(list_backups(home.backups))


def create_office(folder: Path, setup: Setup) -> tuple[Office, str]:
    """Set up a ledger in *folder* and return it open, with the recovery code to be printed once.

    Raises ClerkError for a folder that has one already or that cannot keep data.
    """
    home = DataHome(folder)
    if has_office(folder):
        raise ClerkError(f"“{folder}”里已有台账，不能再建立一份。请直接打开。")
    with ExitStack() as undo:
        _make_folder(home, undo)
        lock = _take_lock(home, undo)
        for left in (home.keys, home.key_file):  # of a set-up that was interrupted before there was data
            left.unlink(missing_ok=True)
        keys = KeyRing(home.keys, home.key_file)
        made = keys.create(setup.clerk if setup.password else "", setup.password or "")
        ledger = Ledger(
            home.database, made.master, clerk=setup.clerk or user_name(), before_migration=_nothing
        )
        undo.callback(ledger.close)
        ledger.set_setting(_CLERK, ledger.clerk)
        office = Office(home, keys, ledger, made.master, lock, unclean=False)
        office.save_settings(
            OfficeSettings(
                office_name=setup.office_name, area_name=setup.area_name, backup_folder=setup.backup_folder
            )
        )
        undo.pop_all()
    return office, made.recovery_code


def open_office(
    folder: Path, *, clerk: str = "", password: str | None = None, recovery_code: str | None = None
) -> Office:
    """Open the ledger in *folder*; *clerk* may be left out when there is only one.

    Raises NoOffice, AlreadyOpen (naming the holder), WrongPassword, BrokenKeys, DamagedOffice, NewerFile,
    BackupFailed (before a migration) or ClerkError.
    """
    home = DataHome(folder)
    if not has_office(folder):
        raise NoOffice(
            f"“{folder}”里还没有台账。请打开窗口建立，或用 demo、intake --accept、import 命令建立。"
        )
    home.create()
    with ExitStack() as undo:
        lock = _take_lock(home, undo)
        finish_restore(home)
        keys = KeyRing(home.keys, home.key_file)
        name, master = _unlock(keys, clerk, password, recovery_code)
        unclean = lock.was_unclean or any(_has_content(side) for side in side_files(home.database))
        if unclean or not home.database.exists():
            _refuse_damage(home, master, lock)
        try:
            ledger = Ledger(
                home.database,
                master,
                clerk=name or user_name(),
                before_migration=_backup_before_migration(home, master),
            )
        except DamagedFile:
            _refuse_damage(home, master, lock)
            raise
        undo.callback(ledger.close)
        ledger.clerk = name or ledger.setting(_CLERK) or ledger.clerk
        home.sweep()
        ledger.purge()
        sweep_attachments(home.attachments, ledger.named_attachments())
        office = Office(home, keys, ledger, master, lock, unclean=unclean)
        undo.pop_all()
    return office


def refuse_if_open(folder: Path) -> None:
    """Raise AlreadyOpen, naming the holder, when another program has the ledger in *folder* open."""
    with ExitStack() as undo:
        _take_lock(DataHome(folder), undo)


def restore_office(
    folder: Path,
    backup: Path,
    *,
    clerk: str = "",
    password: str | None = None,
    recovery_code: str | None = None,
) -> Path:
    """Put *backup* into *folder* when no office is open there (a new machine, damaged data).

    Returns where the data of before has gone. Raises AlreadyOpen, BackupDamaged, NewerFile, WrongPassword,
    WrongKey or ClerkError; the folder's data is then as it was.
    """
    home = DataHome(folder)
    with ExitStack() as undo:
        _make_folder(home, undo)
        with ExitStack() as always:
            lock = _take_lock(home, always)
            finish_restore(home)
            aside = restore_backup(
                backup.resolve(),
                home,
                lambda ring: _unlock(_ring_of(home, ring), clerk, password, recovery_code)[1],
            )
            lock.was_unclean = False
        undo.pop_all()
    return aside


def _ring_of(home: DataHome, backup: KeyRing) -> KeyRing:
    """Return the keys that the passwords of today open: the backup of this ledger may be older than they are."""
    try:
        present = KeyRing(home.keys, home.key_file)
    except BrokenKeys:
        return backup
    return present if present.exists and present.fingerprint == backup.fingerprint else backup


def _make_folder(home: DataHome, undo: ExitStack) -> None:
    """Make the folders of *home*; *undo* leaves a place where nothing was as it was found."""
    was_there = home.folder.exists()

    def take_away(_kind: object, error: BaseException | None, _trace: object) -> None:
        if not isinstance(error, AlreadyOpen):  # then another program fills it
            home.clear(whole=not was_there)

    if home.is_empty():
        undo.push(take_away)
    home.create()


def _take_lock(home: DataHome, undo: ExitStack) -> InstanceLock:
    refuse_unsafe(home.folder)
    lock = InstanceLock(home.lock)
    lock.acquire()
    undo.callback(lambda: lock.release(clean=not lock.was_unclean))  # not examined yet: next time then
    return lock


def _unlock(keys: KeyRing, clerk: str, password: str | None, recovery_code: str | None) -> tuple[str, bytes]:
    """Return who opens the ledger and its master key."""
    if recovery_code is not None:
        return clerk, keys.unlock_by_code(recovery_code)
    if not keys.needs_password:
        return "", keys.unlock_by_key_file()
    if not clerk and len(keys.clerks) > 1:
        raise ClerkError(f"这份台账有多位用户，请指明是谁：{'、'.join(keys.clerks)}。")
    if password is None:
        raise ClerkError("这份台账有密码，请先输入密码（命令用 --password-file 给出存有密码的文件）。")
    name = clerk or keys.clerks[0]
    return name, keys.unlock(name, password)


def _refuse_damage(home: DataHome, master: bytes, lock: InstanceLock) -> None:
    found = examine(home, master)
    if not found.is_sound:
        lock.was_unclean = True
        raise DamagedOffice(found)


def _backup_before_migration(home: DataHome, master: bytes) -> Callable[[], None]:
    def back_up() -> None:
        reader = Reader(open_reader(home.database, master))
        try:
            _back_up(reader, master, home, Reason.BEFORE_MIGRATION)
        finally:
            reader.close()

    return back_up


def _back_up(reader: Reader, master: bytes, home: DataHome, reason: Reason) -> Path:
    outside = load_settings(reader).backup_folder
    return make_backup(
        reader.db, master, home, reason,
        head=history.head_hash(reader.db), outside=Path(outside) if outside else None,
    )  # fmt: skip


def _nothing() -> None:
    """A new file has nothing to back up."""


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
