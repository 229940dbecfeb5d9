"""Before the first page: the first-run wizard, the login, what to do about damaged data."""

from __future__ import annotations

from pathlib import Path

SAMPLE_FOLDER = "样例"


def is_sample(folder: Path) -> bool:
    """Tell whether *folder* holds the sample county, a ledger of its own beside the office's."""
    return folder.name == SAMPLE_FOLDER
