"""What the repository promises about itself: its sizes, its gates, its files, its README."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

import dev
import resources
from tests.figures import CODE, ROOT, functions_of, line_count, source_files, summary
from tests.test_layers import OURS, imported

EVERYTHING = source_files(*CODE, "tests")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")

# The one module that turns text of people into reportlab's markup.
MARKUP_GATE = "reports/paper/text.py"

# Parts of declared packages with a name of their own: Qt's binding, and types that only the checker reads.
PARTS = {"shiboken6", "typing-extensions"}

# Recipes that make packaged files; never imported by the program.
TOOLS = {"resources/fonts/make_fonts.py"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


# --- sizes -------------------------------------------------------------------------------------------


def test_no_file_is_longer_than_500_lines() -> None:
    assert {relative(path): line_count(path) for path in EVERYTHING if line_count(path) > 500} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    functions = [function for path in EVERYTHING for function in functions_of(path)]
    assert {function.where: function.lines for function in functions if function.lines > 60} == {}


def test_every_function_is_typed() -> None:
    assert [f.where for path in EVERYTHING for f in functions_of(path) if not f.typed] == []


def test_most_files_and_functions_are_short() -> None:
    figures = summary()
    assert figures["file lines, median"] <= 150
    assert figures["function lines, 90 % below"] <= 30


# --- gates -------------------------------------------------------------------------------------------


def test_markup_is_made_in_one_place() -> None:
    makers = [
        relative(path)
        for path in source_files("reports", "ui")
        for node in nodes(path)
        if (
            isinstance(node, ast.ImportFrom)
            and str(node.module).startswith("reportlab")
            and {"Paragraph", "XPreformatted"} & {alias.name for alias in node.names}
        )
        or (isinstance(node, ast.Attribute) and ast.unparse(node).endswith("platypus.Paragraph"))
    ]
    assert set(makers) <= {MARKUP_GATE}


def test_every_resource_named_in_the_code_is_there() -> None:
    named = [
        (call.func.attr, str(call.args[0].value))
        for path in source_files("models", "reports", "ui")
        for call in nodes(path)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "resources"
        and isinstance(call.args[0], ast.Constant)
    ]
    assert named
    for function, name in named:
        assert resources.names(name, "") if function == "names" else resources.path(name)


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/hostname", "fonts/../../dev.py", "fonts\\x.ttf"])
def test_the_loader_stays_in_its_folder(name: str) -> None:
    with pytest.raises(ValueError, match="not a packaged resource"):
        resources.path(name)


# --- packages ----------------------------------------------------------------------------------------


def pins(requirements: list[str]) -> dict[str, str]:
    """Map normalised names to exact versions; a requirement without one raises."""
    found = {}
    for requirement in requirements:
        name, version = requirement.split(";")[0].strip().split("==")
        found[re.sub(r"[-_.]+", "-", name).lower()] = version
    return found


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ \\;]+)", text, re.MULTILINE))


RUN = pins(PROJECT["project"]["dependencies"])
DEVELOP = pins(PROJECT["dependency-groups"]["dev"])


@pytest.mark.parametrize(("lock", "wanted"), [("requirements.lock", RUN), ("requirements-dev.lock", DEVELOP)])
def test_a_lock_holds_what_the_project_asks_for(lock: str, wanted: dict[str, str]) -> None:
    assert wanted.items() <= locked(lock).items()
    assert "--hash=sha256:" in (ROOT / lock).read_text("utf-8")


def test_the_two_locks_agree() -> None:
    both = locked("requirements.lock").keys() & locked("requirements-dev.lock").keys()
    assert both
    assert all(locked("requirements.lock")[name] == locked("requirements-dev.lock")[name] for name in both)


def test_every_import_is_declared() -> None:
    """The program imports nothing that only happens to be installed."""
    distributions = packages_distributions()
    for path in source_files(*CODE):
        declared = RUN.keys() | PARTS | (DEVELOP.keys() if relative(path) in TOOLS else set())
        names = {dotted.split(".")[0] for dotted in imported(path.read_text("utf-8"), relative(path))}
        for name in names - OURS - sys.stdlib_module_names:
            owners = {re.sub(r"[-_.]+", "-", owner).lower() for owner in distributions.get(name, [])}
            assert owners & declared, f"{relative(path)} imports {name}"


def test_every_shipped_package_has_its_licence_told() -> None:
    told = re.findall(r"[a-z0-9-]+", (ROOT / "docs/licences.md").read_text("utf-8").lower().replace("_", "-"))
    assert [
        name for name in locked("requirements.lock") if name.removesuffix("-essentials") not in told
    ] == []


# --- what a newcomer reads ---------------------------------------------------------------------------


def test_the_readme_names_commands_that_exist() -> None:
    named = set(re.findall(r"dev\.py (\w+)", README))
    assert named == set(dev.COMMANDS)


def test_the_readme_leads_to_files_that_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    folders = re.findall(r"^((?:\w+/)+)\s", README, re.MULTILINE)
    assert links and folders
    assert [target for target in links + folders if not (ROOT / target).exists()] == []


def test_each_requirement_is_proved_by_a_test_that_exists() -> None:
    rows = re.findall(
        r"^\| (?!id |-).*\| (tests/.*) \|$", (ROOT / "docs/requirements.md").read_text("utf-8"), re.M
    )
    assert len(rows) > 60
    missing, file = [], ""
    for place in (place.strip() for row in rows for place in re.split("[;,]", row)):
        name, _, test = place.partition("::")
        file = name or file  # "::test" belongs to the file named before it
        there = (ROOT / file).exists() and (not test or f"def {test}(" in (ROOT / file).read_text("utf-8"))
        missing += [] if there else [place]
    assert missing == []


def test_the_change_log_tells_of_this_version() -> None:
    assert f"## {PROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_nothing_outside_the_checkout_is_needed() -> None:
    mentions = re.compile(r"\.\./shared|/work/|/root/")
    itself = Path(__file__).resolve()
    assert [relative(p) for p in EVERYTHING if p != itself and mentions.search(p.read_text("utf-8"))] == []
