"""One version: the program says what pyproject.toml says."""

from __future__ import annotations

import tomllib
from pathlib import Path

from models.version import VERSION


def test_the_version_is_that_of_the_project() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"
    assert tomllib.loads(project.read_text("utf-8"))["project"]["version"] == VERSION
