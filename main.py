"""Start-up: the window by default, the same jobs as commands.

    main.py [--data FOLDER] [--password-file FILE]            open the window
    main.py [--data FOLDER] [--password-file FILE] COMMAND …  do one job without a screen (--help lists them)

In this order: output in UTF-8 whatever the locale; the arguments; for a command its office, opened only
when the command needs it and closed before the exit code is told. Qt, reportlab and openpyxl are imported
by the job that needs them. Exit code 0: done, results on stdout. 2: something the caller can act on, one
Chinese sentence on stderr, nothing half written. 1: our mistake, one sentence that names the log.
"""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from models.errors import ClerkError
from models.program_log import NAME, log_to
from models.store.home import default_folder

if TYPE_CHECKING:
    from models.office import Office

READ_WORKBOOK = "_read-workbook"  # how a built program starts the child that reads foreign Excel files

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with *argv* (default: the process's own) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    if words[:1] == [READ_WORKBOOK]:
        from models.intake.child import run_child

        return run_child(words[1:])
    folder = default_folder()
    try:
        from reports.commands.parser import parse

        arguments = parse(words, _picture)
        folder = arguments.data
        if arguments.run is None:
            return _open_window(folder)
        with _logged(folder), _terminable():
            _print(arguments.run(arguments))
    except ClerkError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已停止，没有留下写到一半的文件。", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read the output has gone
        sys.stdout = None  # nothing left to flush at exit
        return 0
    except Exception:
        print(f"程序出了意外，没有完成。详情见日志 {_log_error(folder)}", file=sys.stderr)
        return 1
    return 0


def _open_window(folder: Path) -> int:
    """Show the window until it is closed. Raises ClerkError where there is no screen to show it on."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        raise ClerkError("这里没有图形界面，打不开窗口。不用窗口也能做的事见 main.py --help。")
    gc.disable()  # until the window stands: what is made on the way stays
    from ui.app import run_window

    return run_window(folder)


def _print(lines: Iterable[str]) -> None:
    """Print results on stdout as they come, remarks on stderr."""
    from reports.commands import Note

    for line in lines:
        print(line, file=sys.stderr if isinstance(line, Note) else sys.stdout, flush=True)


def _picture(office: Office, target: Path) -> Path:
    """Draw the window of *office* into a PNG file, without a screen."""
    from ui.picture import draw_window

    return draw_window(office, target)


def _speak_utf8() -> None:
    """Write UTF-8 on a C locale and on a Windows console too; what cannot be encoded is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Let a polite request to end (SIGTERM) unwind like Ctrl+C, so that nothing stays half written."""

    def stop(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _logged(folder: Path) -> Iterator[None]:
    """Keep what a command logs in the office's own log; a folder that is not there is not made for it."""
    handler = log_to(folder / "logs") if folder.is_dir() else logging.NullHandler()
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def _log_error(folder: Path) -> Path:
    """Write the error being handled into the log; return the log's path."""
    folder.mkdir(parents=True, exist_ok=True)
    with _logged(folder):
        log.exception("unexpected error")
    return folder / "logs" / NAME


if __name__ == "__main__":
    sys.exit(main())
