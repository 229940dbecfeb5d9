"""A window is worked over the accessibility bus by what is written on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.desktop import Desktop, missing
from tests.desktop.remote import Remote
from tests.desktop.screen import ACCESSIBLE, Screen, missing_accessibility

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.skipif(bool(missing_accessibility()), reason=missing_accessibility()),
]


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    folder = tmp_path_factory.mktemp("accessibility")
    with Desktop(folder / "session") as desktop:
        desktop.environ |= ACCESSIBLE
        remote = Remote(desktop, folder / "data")
        yield remote
        remote.leave()


@pytest.fixture
def screen(remote: Remote) -> Iterator[Screen]:
    remote.do("clear")
    with Screen(remote.desktop) as screen:
        yield screen


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("字段 line", "第二次联席会议"),
        ("字段 plain", "第一行\n第二行"),
        ("字段 combo", "专题会"),
        ("字段 spin", "3.50"),
        ("字段 date", "2026-05-06"),
    ],
)
def test_text_is_put_into_a_field_by_its_name(remote: Remote, screen: Screen, name: str, text: str) -> None:
    screen.set_text(name, text)
    assert remote.sees(lambda state: state["texts"][name.split()[1]] == text)
    if name != "字段 combo":  # on Linux a combo box is read by its label
        assert screen.read(name) == text


def test_a_combo_box_is_worked_by_its_label(remote: Remote, screen: Screen) -> None:
    screen.choose("kind", "临时会议")
    remote.sees(lambda state: state["texts"]["kind"] == "临时会议")
    assert screen.read("kind") == "临时会议"


def test_buttons_are_pressed_by_their_words(remote: Remote, screen: Screen) -> None:
    screen.press("确定")
    screen.press("保存")
    remote.sees(lambda state: state["counts"] == {"pressed": 1, "saved": 1, "rejected": 0})


def test_a_missing_widget_is_told_with_what_is_there(remote: Remote) -> None:
    hasty = Screen(remote.desktop, patience=0)
    with hasty as screen, pytest.raises(LookupError, match=r"no widget '删除'.*确定"):
        screen.press("删除")


def test_the_program_has_a_name(screen: Screen) -> None:
    assert ("application", "fazhi-ledger") in screen.tree()
