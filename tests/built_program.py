"""Start the built program as a newcomer would: a sample county, one paper, a picture of the window.

Run by `python3 dev.py build` after PyInstaller; exits 1 with what the program said when it fails.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT_S = 300


def built_program() -> Path:
    """Return the program that build.spec makes for the version in pyproject.toml."""
    project: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    folder = ROOT / "dist" / f"{project['name']}-{project['version']}"
    return folder / (project["name"] + (".exe" if os.name == "nt" else ""))


def ask(data: Path, *arguments: str) -> str:
    """Run one command of the built program on *data* and return what it printed; exit when it failed."""
    command = [str(built_program()), "--data", str(data), *arguments]
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=settings, capture_output=True, timeout=TIMEOUT_S, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nexit code {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.stdout.decode("utf-8")


def check(folder: Path) -> None:
    """Make the county, the minutes of its first meeting, a picture and a register and back below *folder*."""
    data, paper, picture = folder / "data", folder / "minutes.pdf", folder / "window.png"
    ask(data, "demo")
    meeting = min(json.loads(ask(data, "list", "meeting", "--json")), key=lambda row: str(row["starts_at"]))
    ask(data, "report", "minutes", "--meeting", meeting["id"], "--to", str(paper))
    ask(data, "screenshot", "--to", str(picture))
    ask(data, "export", "unit", str(folder / "unit.xlsx"))
    ask(data, "import", "unit", str(folder / "unit.xlsx"))  # read by a child of the built program
    for made, head in ((paper, b"%PDF-"), (picture, b"\x89PNG")):
        if not made.read_bytes().startswith(head):
            sys.exit(f"the built program wrote no proper {made.name}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder))
    size = sum(item.stat().st_size for item in built_program().parent.rglob("*") if item.is_file())
    print(f"{built_program()} works; its folder has {size / 1e6:.0f} MB")
