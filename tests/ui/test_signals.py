"""A lambda connected to a signal of ours takes what the signal brings: Qt finds out only when it is sent."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "ui"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(UI.rglob("*.py"))}


def signals() -> dict[str, set[int]]:
    """Return by name how many values the signals of our own classes bring."""
    found: dict[str, set[int]] = defaultdict(set)
    for tree in TREES.values():
        for node in ast.walk(tree):
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="Signal"), args=args)
                ):
                    found[name].add(len(args))
    return found


def lambdas() -> Iterator[tuple[str, str, int]]:
    """Yield where a lambda is connected, the name of the signal, and how many values it cannot do without."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="connect", value=ast.Attribute(attr=name)),
                    args=[ast.Lambda(args=taken)],
                ):
                    yield f"{path.relative_to(UI)}:{node.lineno}", name, len(taken.args) - len(taken.defaults)


def test_a_lambda_asks_for_no_more_than_its_signal_brings() -> None:
    known = signals()
    ours = [(where, name, needed) for where, name, needed in lambdas() if name in known]
    assert len(ours) > 20
    assert [one for one in ours if one[2] > max(known[one[1]])] == []
