"""The application object comes up in Chinese, in our looks, without heavy libraries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

PROJECT = Path(__file__).resolve().parents[2]
HEAVY = ("reportlab", "openpyxl", "docx", "pypdfium2", "pypinyin", "jeepney", "PySide6.QtNetwork")


def in_a_new_program(folder: Path, script: str) -> str:
    """Start the program in a process of its own and return what *script* prints there."""
    start = "import sys; from pathlib import Path; from ui import app as program\n"
    start += "app = program.start(['test'], Path(sys.argv[1]))\n"
    command = (sys.executable, "-c", start + script, str(folder))
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_the_bundled_face_is_in_use(qapp: QApplication) -> None:
    assert qapp.font().families()[0] == "Noto Sans SC"
    assert QFontInfo(qapp.font()).family() == "Noto Sans SC"


def test_scaling_is_taken_as_it_is(tmp_path: Path) -> None:
    script = "print(app.highDpiScaleFactorRoundingPolicy().name)"
    assert in_a_new_program(tmp_path, script) == "PassThrough"


def test_no_heavy_library_is_loaded_at_start(tmp_path: Path) -> None:
    script = f"print([name for name in {HEAVY} if name in sys.modules])"
    assert in_a_new_program(tmp_path, script) == "[]"


def test_settings_are_kept_in_the_data_folder_and_the_theme_is_one(tmp_path: Path) -> None:
    keep = "from PySide6.QtCore import QSettings; QSettings().setValue('theme', 'dark')"
    in_a_new_program(tmp_path, keep)
    assert [file.parent.parent for file in tmp_path.rglob("*.ini")] == [tmp_path]
    assert in_a_new_program(tmp_path, "from ui import look; print(look.tokens().name)") == "dark"


def test_damaged_settings_do_not_keep_the_program_from_starting(tmp_path: Path) -> None:
    damage = "from PySide6.QtCore import QSettings; s = QSettings()"
    damage += "; s.setValue('theme', 'plaid'); s.setValue('points', 'big')"
    in_a_new_program(tmp_path, damage)
    look = "from ui import look; print(look.tokens().name, look.px(100))"
    assert in_a_new_program(tmp_path, look) == "light 100"


@pytest.mark.parametrize("scale", ["1", "1.25", "2"])
def test_the_window_is_shown_until_it_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scale: str
) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", scale)
    script = """
import gc
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

gc.disable()  # as main.py does until the window stands

def window():
    made = QWidget()
    QTimer.singleShot(50, made.close)
    return made

print(program.run(app, window), gc.isenabled())
"""
    assert in_a_new_program(tmp_path, script) == "0 True"
