"""One master key, many ways in; a changed password touches no data, a lost one is no lost ledger."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2.profiles import RFC_9106_LOW_MEMORY
from hypothesis import given
from hypothesis import strategies as st

from models import clock
from models.errors import ClerkError
from models.store.keys import BrokenKeys, KeyRing, WrongPassword
from models.store.recovery_code import ALPHABET, new_code, parse_code

CHEAP = dataclasses.replace(RFC_9106_LOW_MEMORY, time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "柳荫街的梧桐 7 棵"


def ring_in(folder: Path) -> KeyRing:
    return KeyRing(folder / "keys.json", folder / "office.key", cost=CHEAP)


def test_a_password_opens_what_it_closed(tmp_path: Path) -> None:
    made = ring_in(tmp_path).create("周敏", PASSWORD)
    ring = ring_in(tmp_path)
    assert ring.needs_password
    assert ring.clerks == ("周敏",)
    assert ring.unlock("周敏", PASSWORD) == made.master
    assert len(made.master) == 32
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


def test_the_key_and_the_passwords_are_not_in_the_file(tmp_path: Path) -> None:
    made = ring_in(tmp_path).create("周敏", PASSWORD)
    content = (tmp_path / "keys.json").read_bytes()
    for secret in (made.master, made.master.hex().encode(), PASSWORD.encode(), made.recovery_code.encode()):
        assert secret not in content


def test_changing_a_password_keeps_the_key(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    master = ring.create("周敏", PASSWORD).master
    ring.set_password(master, "周敏", "another password")
    ring.set_password(master, "吴江", "third password")
    again = ring_in(tmp_path)
    assert again.unlock("周敏", "another password") == again.unlock("吴江", "third password") == master
    with pytest.raises(WrongPassword):
        again.unlock("周敏", PASSWORD)


def test_a_removed_clerk_is_out_and_the_last_one_stays(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    master = ring.create("周敏", PASSWORD).master
    ring.set_password(master, "吴江", "third password")
    ring.remove_clerk("周敏")
    with pytest.raises(WrongPassword, match="没有名为「周敏」"):
        ring_in(tmp_path).unlock("周敏", PASSWORD)
    with pytest.raises(ClerkError, match="唯一"):
        ring.remove_clerk("吴江")


def test_the_printed_code_opens_and_a_new_one_replaces_it(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    made = ring.create("周敏", PASSWORD)
    assert ring_in(tmp_path).unlock_by_code(made.recovery_code.lower().replace("-", "　")) == made.master
    code = ring.new_recovery_code(made.master)
    assert ring_in(tmp_path).unlock_by_code(code) == made.master
    with pytest.raises(WrongPassword, match="最近一次打印"):
        ring_in(tmp_path).unlock_by_code(made.recovery_code)


def test_an_office_without_passwords_has_a_key_file(tmp_path: Path) -> None:
    made = ring_in(tmp_path).create()
    ring = ring_in(tmp_path)
    assert not ring.needs_password
    assert ring.unlock_by_key_file() == made.master
    assert (tmp_path / "office.key").stat().st_mode & 0o077 == 0
    (tmp_path / "office.key").unlink()
    with pytest.raises(BrokenKeys, match="恢复码"):
        ring.unlock_by_key_file()
    assert ring.unlock_by_code(made.recovery_code) == made.master


def test_a_key_file_of_another_ledger_is_refused(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    ring.create()
    (tmp_path / "office.key").write_bytes(bytes(32))
    with pytest.raises(BrokenKeys, match="不属于"):
        ring.unlock_by_key_file()


def test_passwords_can_be_taken_up_and_dropped_later(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    master = ring.create().master
    ring.set_password(master, "周敏", PASSWORD)
    assert not (tmp_path / "office.key").exists()
    assert ring_in(tmp_path).unlock("周敏", PASSWORD) == master
    ring.drop_passwords(master)
    assert not ring_in(tmp_path).needs_password
    assert ring_in(tmp_path).unlock_by_key_file() == master


def test_a_second_ledger_is_never_made_over_the_first(tmp_path: Path) -> None:
    ring_in(tmp_path).create("周敏", PASSWORD)
    with pytest.raises(ClerkError, match="已有"):
        ring_in(tmp_path).create()


def test_a_foreign_master_key_is_never_wrapped(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    ring.create("周敏", PASSWORD)
    for change in (ring.new_recovery_code, ring.drop_passwords):
        with pytest.raises(ValueError, match="another ledger"):
            change(bytes(32))
    with pytest.raises(ValueError, match="another ledger"):
        ring.set_password(bytes(32), "周敏", PASSWORD)


def test_wrong_passwords_wait_longer_and_longer(tmp_path: Path) -> None:
    ring_in(tmp_path).create("周敏", PASSWORD)
    moment = datetime(2026, 5, 4, 9, 0)
    waits = []
    for _ in range(15):
        with clock.held_at(moment), pytest.raises(WrongPassword) as refused:
            ring_in(tmp_path).unlock("周敏", "not this one")
        waits.append(refused.value.wait_seconds)
        moment += timedelta(seconds=refused.value.wait_seconds)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    with clock.held_at(moment):
        assert ring_in(tmp_path).unlock("周敏", PASSWORD)
        assert ring_in(tmp_path).wait_seconds() == 0


def test_while_waiting_even_the_right_password_is_not_looked_at(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    ring.create("周敏", PASSWORD)
    moment = datetime(2026, 5, 4, 9, 0)
    with clock.held_at(moment):
        for _ in range(7):
            with pytest.raises(WrongPassword):
                ring.unlock("周敏", "not this one")
            moment += timedelta(seconds=ring.wait_seconds())
    with clock.held_at(datetime(2026, 5, 4, 9, 0)), pytest.raises(WrongPassword, match="1 秒后再试"):
        ring.unlock("周敏", PASSWORD)
    with clock.held_at(datetime(2020, 1, 1)):
        assert ring.wait_seconds() == 1


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "至少 8 个字符"),
        ("ｐassword1", "全角字符"),
        ("　password", "全角字符"),
        ("password ", "首尾空格"),
        ("pass\u200bword", "看不见的字符"),
    ],
)
def test_passwords_nobody_can_type_twice_are_refused(tmp_path: Path, password: str, sentence: str) -> None:
    with pytest.raises(ClerkError, match=sentence):
        ring_in(tmp_path).create("周敏", password)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_password_says_what_the_dots_hide(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    ring.create("周敏", "password 123")
    with pytest.raises(WrongPassword, match="全角字符"):
        ring.unlock("周敏", "password 12３")
    with pytest.raises(WrongPassword, match="首尾空格"):
        ring.unlock("周敏", "password 123 ")


def test_composed_and_decomposed_letters_are_one_password(tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    ring.create("周敏", "caf\u00e9 au lait")
    assert ring.unlock("周敏", "cafe\u0301 au lait")


def test_a_cheap_slot_is_made_dearer_at_the_next_unlock(tmp_path: Path) -> None:
    ring_in(tmp_path).create("周敏", PASSWORD)
    dearer = dataclasses.replace(CHEAP, memory_cost=16)
    KeyRing(tmp_path / "keys.json", tmp_path / "office.key", cost=dearer).unlock("周敏", PASSWORD)
    assert json.loads((tmp_path / "keys.json").read_text())["clerks"][0]["memory_kib"] == 16
    assert ring_in(tmp_path).unlock("周敏", PASSWORD)


def test_a_slot_does_not_open_under_another_name(tmp_path: Path) -> None:
    ring_in(tmp_path).create("周敏", PASSWORD)
    file = tmp_path / "keys.json"
    file.write_text(file.read_text().replace("周敏", "吴江"))
    with pytest.raises(WrongPassword):
        ring_in(tmp_path).unlock("吴江", PASSWORD)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[:100],
        lambda text: "[]",
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.replace('"memory_kib": 8', '"memory_kib": 99999999'),
        lambda text: text.replace('"nonce"', '"none"'),
    ],
)
def test_spoilt_keys_are_told(tmp_path: Path, spoil: object) -> None:
    ring_in(tmp_path).create("周敏", PASSWORD)
    file = tmp_path / "keys.json"
    file.write_text(spoil(file.read_text()))  # type: ignore[operator]
    with pytest.raises(BrokenKeys, match=r"备份|升级"):
        ring_in(tmp_path)


def test_the_usual_cost_is_that_of_the_standard(tmp_path: Path) -> None:
    """RFC 9106, 4: the second recommended option, 64 MiB, 3 passes, 4 lanes."""
    ring = KeyRing(tmp_path / "keys.json", tmp_path / "office.key")
    ring.create("周敏", PASSWORD)
    slot = json.loads((tmp_path / "keys.json").read_text())["clerks"][0]
    assert (slot["memory_kib"], slot["passes"], slot["lanes"]) == (65536, 3, 4)


@given(st.integers(0, 31), st.sampled_from(ALPHABET))
def test_one_mistyped_sign_names_its_group(place: int, wrong: str) -> None:
    signs = list(new_code().replace("-", ""))
    if signs[place] == wrong:
        return
    signs[place] = wrong
    with pytest.raises(ClerkError, match=f"第 {place // 4 + 1} 组"):
        parse_code("".join(signs))


@given(st.integers(0, 30))
def test_two_swapped_signs_are_noticed(place: int) -> None:
    signs = list(new_code().replace("-", ""))
    if signs[place] == signs[place + 1]:
        return
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    with pytest.raises(ClerkError, match=f"第 {place // 4 + 1} 组"):
        parse_code("".join(signs))


def test_groups_in_a_wrong_order_are_noticed() -> None:
    groups = new_code().split("-")
    with pytest.raises(ClerkError, match="第 1 组"):
        parse_code("-".join([groups[1], groups[0], *groups[2:]]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda code: code[:-1], "第 8 组"),
        (lambda code: code[:-5], "现在是 28 个字符"),
        (lambda code: code + "A", "现在是 33 个字符"),
        (lambda code: "", "现在是 0 个字符"),
        (lambda code: "0" + code[1:], "第 1 组"),
        (lambda code: "恢复码" + code, "第 1 组"),
    ],
)
def test_an_incomplete_code_is_told(change: object, sentence: str) -> None:
    with pytest.raises(ClerkError, match=sentence):
        parse_code(change(new_code()))  # type: ignore[operator]
