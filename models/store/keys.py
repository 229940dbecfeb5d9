"""The key of the data and who may use it.

A random 32-byte master key encrypts the data and never changes. It lies in ``keys.json`` wrapped once
for each clerk by the password (Argon2id, then AES-256-GCM) and once by the printed recovery code; an
office that wants no password has it bare in ``office.key`` beside the data. Changing a password wraps
anew and touches no data.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from argon2 import Parameters
from argon2.low_level import hash_secret_raw
from argon2.profiles import RFC_9106_LOW_MEMORY
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models import clock
from models.errors import ClerkError
from models.store.files import write_file
from models.store.recovery_code import new_code, parse_code

KEY_BYTES = 32
LEAST_PASSWORD = 8
_FREE_TRIES = 5
_LONGEST_WAIT = 300
_MOST_MEMORY_KIB, _MOST_PASSES = 1 << 20, 100  # a foreign file must not ask for more work than this
_RECOVERY = "recovery"


class WrongPassword(ClerkError):
    """The password or the code does not open the slot; *wait_seconds* before the next try counts."""

    def __init__(self, sentence: str, wait_seconds: int = 0) -> None:
        self.wait_seconds = wait_seconds
        wait = f"请等 {wait_seconds} 秒后再试。" if wait_seconds else ""
        super().__init__(sentence + wait)


class BrokenKeys(ClerkError):
    """``keys.json`` or ``office.key`` is missing or cannot be understood."""


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What :meth:`KeyRing.create` made: the code is shown and printed once, and kept nowhere."""

    master: bytes
    recovery_code: str


@dataclass(frozen=True, slots=True)
class _Slot:
    """The master key wrapped by one secret; the costs travel with it so that they can rise later."""

    salt: bytes
    nonce: bytes
    wrapped: bytes
    passes: int
    memory_kib: int
    lanes: int

    @classmethod
    def wrap(cls, master: bytes, secret: str, owner: str, cost: Parameters) -> _Slot:
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        slot = cls(salt, nonce, b"", cost.time_cost, cost.memory_cost, cost.parallelism)
        wrapped = AESGCM(slot._derive(secret)).encrypt(nonce, master, owner.encode())
        return cls(salt, nonce, wrapped, slot.passes, slot.memory_kib, slot.lanes)

    def unwrap(self, secret: str, owner: str) -> bytes:
        """Return the master key; raises InvalidTag for another secret or another owner's slot."""
        return AESGCM(self._derive(secret)).decrypt(self.nonce, self.wrapped, owner.encode())

    def costs_less_than(self, cost: Parameters) -> bool:
        return self.passes * self.memory_kib < cost.time_cost * cost.memory_cost

    def _derive(self, secret: str) -> bytes:
        return hash_secret_raw(
            unicodedata.normalize("NFC", secret).encode(),
            self.salt,
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=KEY_BYTES,
            type=RFC_9106_LOW_MEMORY.type,
        )

    def to_json(self) -> dict[str, Any]:
        binary = {
            name: base64.b64encode(getattr(self, name)).decode() for name in ("salt", "nonce", "wrapped")
        }
        return {**binary, "passes": self.passes, "memory_kib": self.memory_kib, "lanes": self.lanes}

    @classmethod
    def from_json(cls, read: dict[str, Any]) -> _Slot:
        salt, nonce, wrapped = (
            base64.b64decode(read[name], validate=True) for name in ("salt", "nonce", "wrapped")
        )
        slot = cls(salt, nonce, wrapped, int(read["passes"]), int(read["memory_kib"]), int(read["lanes"]))
        if slot.memory_kib > _MOST_MEMORY_KIB or not 1 <= slot.passes <= _MOST_PASSES:
            raise ValueError("unreasonable cost")
        return slot


class KeyRing:
    """The keys of one data folder; every change is on the disk when the method returns.

    Methods that take *master* are for a program that has unlocked the ledger.
    """

    def __init__(self, keys: Path, key_file: Path, *, cost: Parameters = RFC_9106_LOW_MEMORY) -> None:
        """*keys* is ``keys.json``, *key_file* the bare key of an office without passwords."""
        self._keys, self._key_file, self._cost = keys, key_file, cost
        self._tries_file = keys.with_name("keys.tries.json")
        self._clerks: dict[str, _Slot] = {}
        self._recovery: _Slot | None = None
        self.fingerprint = ""
        if self.exists:
            self._load()

    @property
    def exists(self) -> bool:
        return self._keys.exists()

    @property
    def clerks(self) -> tuple[str, ...]:
        """The names that have a password, in the order they were added."""
        return tuple(self._clerks)

    @property
    def needs_password(self) -> bool:
        return bool(self._clerks)

    # Making and opening ----------------------------------------------------------------------

    def create(self, clerk: str = "", password: str = "") -> NewKeys:
        """Make a new master key, for one clerk's password or, without a name, as a key file."""
        if self.exists or self._key_file.exists():
            raise ClerkError(f"“{self._keys.parent}”里已有台账的密钥，不能重新建立。请打开原来的台账。")
        made = NewKeys(secrets.token_bytes(KEY_BYTES), new_code())
        if clerk:
            self._clerks[clerk] = self._wrap(made.master, clerk, password)
        else:
            self._write_key_file(made.master)
        self._recovery = _Slot.wrap(made.master, made.recovery_code, _RECOVERY, self._cost)
        self.fingerprint = fingerprint_of(made.master)
        self._save()
        return made

    def unlock(self, clerk: str, password: str) -> bytes:
        """Return the master key. Raises WrongPassword, also while a wait is on."""
        if clerk not in self._clerks:
            raise WrongPassword(f"没有名为「{clerk}」的用户，请选择列表中的用户。")
        if wait := self.wait_seconds():
            raise WrongPassword("密码输错次数较多，", wait)
        slot = self._clerks[clerk]
        try:
            master = slot.unwrap(password, _owner(clerk))
        except InvalidTag:
            self._count_wrong_try()
            raise WrongPassword(_wrong_sentence(password), self.wait_seconds()) from None
        self._tries_file.unlink(missing_ok=True)
        self._key_file.unlink(missing_ok=True)  # left by a change of mode that was interrupted
        if slot.costs_less_than(self._cost):
            self._clerks[clerk] = _Slot.wrap(master, password, _owner(clerk), self._cost)
            self._save()
        return master

    def unlock_by_code(self, typed: str) -> bytes:
        """Return the master key for the recovery code. Raises ClerkError naming a mistyped group."""
        if self._recovery is None:
            raise BrokenKeys("这份数据没有恢复码。请用密码打开，再生成新的恢复码。")
        try:
            return self._recovery.unwrap(parse_code(typed), _RECOVERY)
        except InvalidTag:
            raise WrongPassword("这个恢复码不属于这份台账，请找最近一次打印的恢复码。") from None

    def unlock_by_key_file(self) -> bytes:
        """Return the master key of an office without passwords. Raises BrokenKeys."""
        try:
            master = self._key_file.read_bytes()
        except OSError as error:
            raise BrokenKeys(
                f"找不到密钥文件「{self._key_file.name}」。请把它放回数据文件夹，或用恢复码打开。"
            ) from error
        if fingerprint_of(master) != self.fingerprint:
            raise BrokenKeys(f"密钥文件「{self._key_file.name}」不属于这份台账。请用恢复码打开。")
        return master

    def wait_seconds(self) -> int:
        """Seconds until the next password is looked at: 1, 2, 4 … 300 from the fifth wrong one on."""
        count, last = self._read_tries()
        if count < _FREE_TRIES:
            return 0
        wait = min(1 << min(count - _FREE_TRIES, 20), _LONGEST_WAIT)
        waited = (clock.now() - last).total_seconds()
        return int(min(wait, max(0, wait - waited)))  # a clock set back never makes the wait longer

    # Changing --------------------------------------------------------------------------------

    def set_password(self, master: bytes, clerk: str, password: str) -> None:
        """Add *clerk* or change the password; an office without passwords has them from now on."""
        self._require_own(master)
        self._clerks[clerk] = self._wrap(master, clerk, password)
        self._save()
        self._key_file.unlink(missing_ok=True)

    def remove_clerk(self, clerk: str) -> None:
        """Take the password of *clerk* away; the last one stays."""
        if len(self._clerks) <= 1:
            raise ClerkError(f"「{clerk}」是唯一能打开台账的用户，不能删除。请先添加另一位用户。")
        self._clerks.pop(clerk, None)
        self._save()

    def drop_passwords(self, master: bytes) -> None:
        """Let everyone who can read the data folder open the ledger, by a key file."""
        self._require_own(master)
        self._write_key_file(master)
        self._clerks.clear()
        self._save()

    def new_recovery_code(self, master: bytes) -> str:
        """Replace the recovery code; the old paper opens nothing any more."""
        self._require_own(master)
        code = new_code()
        self._recovery = _Slot.wrap(master, code, _RECOVERY, self._cost)
        self._save()
        return code

    # Inside ----------------------------------------------------------------------------------

    def _wrap(self, master: bytes, clerk: str, password: str) -> _Slot:
        check_password(password)
        return _Slot.wrap(master, password, _owner(clerk), self._cost)

    def _require_own(self, master: bytes) -> None:
        if fingerprint_of(master) != self.fingerprint:
            raise ValueError("this master key belongs to another ledger")

    def _write_key_file(self, master: bytes) -> None:
        write_file(self._key_file, lambda file: file.write(master), private=True)

    def _save(self) -> None:
        content = {
            "version": 1,
            "fingerprint": self.fingerprint,
            "clerks": [{"name": name, **slot.to_json()} for name, slot in self._clerks.items()],
            "recovery": self._recovery.to_json() if self._recovery else None,
        }
        text = json.dumps(content, ensure_ascii=False, indent=1).encode()
        write_file(self._keys, lambda file: file.write(text), private=True)

    def _load(self) -> None:
        try:
            read = json.loads(self._keys.read_text("utf-8"))
            version = read["version"]
            self.fingerprint = str(read["fingerprint"])
            self._clerks = {str(slot["name"]): _Slot.from_json(slot) for slot in read["clerks"]}
            self._recovery = _Slot.from_json(read["recovery"]) if read["recovery"] else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenKeys(f"密钥文件「{self._keys.name}」已损坏。请从备份恢复，数据没有改动。") from error
        if version != 1:
            raise BrokenKeys("密钥文件由更新版本的程序保存，请先升级程序。数据没有改动。")

    def _read_tries(self) -> tuple[int, datetime]:
        try:
            read = json.loads(self._tries_file.read_text("utf-8"))
            return int(read["count"]), datetime.fromisoformat(read["last"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, datetime.min

    def _count_wrong_try(self) -> None:
        content = {"count": self._read_tries()[0] + 1, "last": clock.now().isoformat()}
        write_file(self._tries_file, lambda file: file.write(json.dumps(content).encode()))


def fingerprint_of(master: bytes) -> str:
    """Return what tells one master key from another and nothing about it."""
    return hmac.digest(master, b"fazhi-ledger fingerprint", "sha256").hex()[:32]


def check_password(password: str) -> None:
    """Raise ClerkError for a password that is short or that nobody could type twice unseen."""
    if len(password) < LEAST_PASSWORD:
        raise ClerkError(f"密码至少 {LEAST_PASSWORD} 个字符，请加长。")
    if hint := _unseen(password):
        raise ClerkError(f"密码里有{hint}，以后容易输错。请切换到英文输入法重新输入。")


def _unseen(password: str) -> str:
    """Name what a row of dots hides: full-width signs, blanks at the ends, control characters."""
    if any(unicodedata.east_asian_width(char) == "F" for char in password):
        return "全角字符"
    if password != password.strip():
        return "首尾空格"
    if any(unicodedata.category(char) in ("Cc", "Cf") for char in password):
        return "看不见的字符"
    return ""


def _wrong_sentence(password: str) -> str:
    hint = _unseen(password)
    return (
        f"密码不对：刚才输入的内容里有{hint}，请检查输入法。" if hint else "密码不对，请检查大小写和输入法。"
    )


def _owner(clerk: str) -> str:
    return f"clerk {clerk}"
