"""Chinese typed through real input methods reaches every kind of field, and none of it is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.desktop.desktop import Desktop, missing
from tests.desktop.remote import Remote, State

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(missing("ibus-daemon", "fcitx5")), reason=missing("ibus-daemon", "fcitx5")),
]
NAMES = {"张三", "章三", "张散", "章散"}  # what the first candidate of "zhangsan" may be


class Typist(Remote):
    """Sits at the probe window with an input method switched on."""

    def compose(self, letters: str = "zhangsan") -> str:
        """Type *letters* and return what the field shows of them, not yet committed."""
        self.desktop.type(letters)
        self.sees(lambda state: state["composing"])
        return str(self.settled()["composed"])

    def open(self, field: str) -> None:
        """Put the focus where *field* says: a name, "cell" (its editor open), "current" (not open)."""
        if field in ("cell", "current"):
            self.do("edit", row=0, column=0, open=field == "cell")
        else:
            self.do("focus", name=field)
        time.sleep(0.1)  # the focus travels to the input method over the bus


@pytest.fixture(scope="module", params=["ibus", "fcitx5", "bridge"])
def seat(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typist]:
    """A probe window under each way in. The bridge for Fcitx 4 is tried on Fcitx 5, which speaks its protocol."""
    folder = tmp_path_factory.mktemp(request.param)
    with Desktop(folder / "session") as desktop:
        if request.param == "ibus":
            desktop.start_ibus()
        else:
            desktop.start_fcitx5()
        if request.param == "bridge":
            desktop.environ["FAZHI_INPUT_METHOD"] = "fcitx-bridge"
        typist = Typist(desktop, folder / "data")
        assert typist.state()["kind"] == ("fcitx-bridge" if request.param == "bridge" else "ibus-portal")
        typist.open("line")
        if request.param == "ibus":
            desktop.use_ibus_pinyin()
        else:
            desktop.use_fcitx5_pinyin()
        yield typist
        typist.leave()


@pytest.fixture
def typist(seat: Typist) -> Typist:
    """The same window with empty fields and nothing composed."""
    seat.desktop.keys("Escape", "Escape")
    seat.do("clear")
    seat.sees(lambda state: state["window"] == "probe" and not state["composing"])
    return seat


def content(state: State, field: str) -> str:
    texts = state["texts"]
    return str(texts["cells"][0][0] if field in ("cell", "current") else texts[field])


@pytest.mark.parametrize("field", ["line", "plain", "combo", "cell", "current"])
def test_chinese_arrives(typist: Typist, field: str) -> None:
    typist.open(field)
    typist.compose()
    assert content(typist.state(), field) == "", "a half-composed word is nowhere to be stored yet"
    typist.desktop.keys("space")
    if field in ("cell", "current"):
        typist.sees(lambda state: state["texts"]["editor"] in NAMES)
        typist.desktop.keys("Return")
    assert typist.sees(lambda state: content(state, field) in NAMES)["counts"]["pressed"] == 0


@pytest.mark.parametrize(
    ("field", "keys", "expected"),
    [("spin", "12.5", "12.50"), ("date", "2026-03-04", "2026-03-04"), ("password", "zhang3", "zhang3")],
)
def test_fields_without_chinese_take_plain_keys(typist: Typist, field: str, keys: str, expected: str) -> None:
    typist.open(field)
    typist.desktop.keys("ctrl+a")
    typist.desktop.type(keys)
    typist.open("ok")
    assert typist.sees(lambda state: state["focus"] == "ok")["texts"][field] == expected


def test_enter_commits_and_only_the_next_presses_the_button(typist: Typist) -> None:
    typist.open("line")
    typist.compose()
    typist.desktop.keys("Return")
    assert typist.sees(lambda state: state["texts"]["line"])["counts"]["pressed"] == 0
    typist.desktop.keys("Return")
    typist.sees(lambda state: state["counts"]["pressed"] == 1)


@pytest.mark.parametrize("field", ["line", "cell"])
def test_escape_drops_the_composition_only(typist: Typist, field: str) -> None:
    typist.open(field)
    typist.compose()
    typist.desktop.keys("Escape")
    state = typist.sees(lambda state: not state["composing"])
    assert (content(state, field), state["counts"]["rejected"]) == ("", 0)
    assert state["texts"]["editor"] == ("" if field == "cell" else None)


@pytest.mark.parametrize("field", ["line", "plain", "combo", "cell", "current"])
def test_ctrl_s_loses_nothing(typist: Typist, field: str) -> None:
    """A shortcut that the input method lets through saves the word as shown; one it takes leaves it there."""
    typist.open(field)
    shown = typist.compose()
    typist.desktop.keys("ctrl+s")
    state = typist.settled()
    if saved := state["saved"]:
        assert (saved["editor"] or content({"texts": saved}, field)) == shown
    else:
        assert state["composed"] == shown


def test_the_word_after_a_saved_one_starts_anew(typist: Typist) -> None:
    typist.open("line")
    typist.compose()
    typist.click("tool")  # takes no focus, so that only the click itself can commit
    first = typist.sees(lambda state: state["counts"]["saved"])["saved"]["line"]
    assert first
    typist.compose("li")
    typist.desktop.keys("space")
    text = typist.sees(lambda state: not state["composing"])["texts"]["line"]
    assert text.startswith(first)
    assert len(text) == len(first) + 1


@pytest.mark.parametrize(
    ("field", "move"),
    [
        *(("line", move) for move in ("click", "button", "program", "window")),
        *((field, move) for field in ("plain", "combo", "cell", "current") for move in ("click", "program")),
        ("current", "window"),
    ],
)
def test_text_stays_when_the_focus_moves(typist: Typist, field: str, move: str) -> None:
    typist.open(field)
    shown = typist.compose()
    match move:
        case "click":
            typist.click("other")
        case "button":
            typist.click("ok")
        case "program":
            typist.do("focus", name="other")
        case "window":
            typist.do("window")
    typist.sees(lambda state: state["focus"] not in ("", field) or state["window"] == "another")
    state = typist.settled()
    kept = state["texts"]["editor"] or content(state, field)
    assert (kept, state["texts"]["other"]) == (shown, "")
