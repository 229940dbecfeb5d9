"""Files the program ships: fonts, icons, style, presets, help. One loader, nothing outside this folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the path of the packaged file *name* ("fonts/x.ttf").

    Raises ValueError for a name that leaves the folder, FileNotFoundError for one that is not shipped.
    """
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name:
        raise ValueError(f"not a packaged resource: {name!r}")
    found = ROOT.joinpath(*relative.parts)
    if not found.is_file():
        raise FileNotFoundError(f"packaged resource is missing: {name}")
    return found


def text(name: str) -> str:
    """Return the packaged UTF-8 text file *name*."""
    return path(name).read_text(encoding="utf-8")


def names(folder: str, suffix: str) -> list[str]:
    """List the packaged files in *folder* that end with *suffix*, as names for :func:`path`."""
    base = ROOT.joinpath(*PurePosixPath(folder).parts)
    return sorted(f"{folder}/{item.name}" for item in base.iterdir() if item.name.endswith(suffix))
