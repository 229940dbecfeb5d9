"""Size figures of the source: lines of files, lines of functions, share typed, tests to code."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
CODE = ("main.py", "dev.py", "models", "reports", "ui", "resources")


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method; *where* is "file:line name"."""

    where: str
    lines: int
    typed: bool


def source_files(*tops: str) -> list[Path]:
    """List the Python files of the top-level names *tops*, ours only, in order."""
    found = [ROOT / top for top in tops if (ROOT / top).is_file()]
    for top in tops:
        found += sorted((ROOT / top).rglob("*.py"))
    return found


def line_count(path: Path) -> int:
    """Return the number of lines of *path*."""
    return len(path.read_text("utf-8").splitlines())


def functions_of(path: Path) -> list[Function]:
    """List the functions of *path*, nested ones too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}"
            found.append(Function(where, (node.end_lineno or node.lineno) - node.lineno + 1, _is_typed(node)))
    return found


def _is_typed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    spec = node.args
    arguments = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *filter(None, (spec.vararg, spec.kwarg))]
    named = [argument for argument in arguments if argument.arg not in ("self", "cls")]
    return node.returns is not None and all(argument.annotation for argument in named)


def summary() -> dict[str, float]:
    """Return the figures that the README and the notes name; sizes in lines, shares from 0 to 1."""
    files = [line_count(path) for path in source_files(*CODE)]
    functions = [function for path in source_files(*CODE) for function in functions_of(path)]
    lengths = [function.lines for function in functions]
    return {
        "files": len(files),
        "file lines, median": median(files),
        "file lines, longest": max(files),
        "functions": len(functions),
        "function lines, 90 % below": quantiles(lengths, n=10)[-1],
        "function lines, longest": max(lengths),
        "functions typed": sum(function.typed for function in functions) / len(functions),
        "test lines to code lines": sum(map(line_count, source_files("tests"))) / sum(files),
    }


if __name__ == "__main__":
    for name, value in summary().items():
        print(f"{name:28} {value:8.2f}".rstrip("0").rstrip("."))
