"""Set up and drive the project with nothing but Python's standard library.

    python3 dev.py run [ARGUMENTS …]    open the window; arguments go to main.py
    python3 dev.py test [ARGUMENTS …]   the tests; arguments go to pytest
    python3 dev.py lint                 ruff, format, strict types, layers
    python3 dev.py bench                the measured figures
    python3 dev.py build                the program as one folder in dist/, started once as a check

The first start makes .venv beside this file and installs the locked packages into it (about 200 MB);
every later start goes straight on. Without a display and without arguments `run` does the main job
instead of opening a window: a sample county's papers and a picture of the window, into out/.
"""

# Must parse on any Python 3, to tell an old one what is needed.
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SUPPORTED = ("3.11", "3.12", "3.13")
VERSION = "{}.{}".format(*sys.version_info)
OUT = ROOT / "out"

RUN_LOCKS = ("requirements.lock",)
ALL_LOCKS = ("requirements.lock", "requirements-dev.lock")

SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")

# What Qt loads from a Linux system, and the Debian package that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def say(text: str) -> None:
    """Tell what is going on, on stderr: stdout belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def hand_over(command: "list[str]", **settings: str) -> int:
    """Let *command* take this process's place, with *settings* added to the environment."""
    environment = {**os.environ, **settings}
    if os.name == "nt":  # exec on Windows would return to the shell before the program ends
        return subprocess.call(command, env=environment)
    os.execve(command[0], command, environment)
    raise AssertionError("exec came back")


# --- set-up ------------------------------------------------------------------------------------------


def supported_python() -> "list[str] | None":
    """Find a Python that the project runs on; a name on PATH may be a stub, so each is asked."""
    names = [[f"python{version}"] for version in SUPPORTED]
    names += [["py", f"-{version}"] for version in SUPPORTED]  # the launcher on Windows
    question = f"import sys, venv; sys.exit('{{}}.{{}}'.format(*sys.version_info) not in {SUPPORTED})"
    for name, *options in names:
        command = [shutil.which(name) or "", *options]
        if command[0] and subprocess.call([*command, "-c", question], stderr=subprocess.DEVNULL) == 0:
            return command
    return None


def missing_system_packages() -> "list[str]":
    """Name the Debian packages that Qt and venv need and this Linux lacks."""
    missing = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if not PYTHON.exists() and find_spec("ensurepip") is None:
        missing.append(f"python{VERSION}-venv")
    return missing


def prepare_system() -> None:
    """Install what Linux lacks when allowed to, else print the command that does it."""
    missing = missing_system_packages()
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing system libraries: " + " ".join(missing))
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update"], install):
            subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        missing = missing_system_packages()
    if missing:
        say("This system lacks libraries that the window needs. Install them with:")
        say("    sudo apt-get update && sudo " + " ".join(install))


def environment_version() -> "str | None":
    """Return the Python version of the virtual environment; None when there is none."""
    settings = VENV / "pyvenv.cfg"
    if PYTHON.exists() and settings.exists():
        for line in settings.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            if key.strip() == "version":
                return ".".join(value.strip().split(".")[:2])
    return None


def has_pip() -> bool:
    """Whether the virtual environment can install: one whose making was cut off cannot."""
    return subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def prepare(locks: "tuple[str, ...]") -> None:
    """Bring the virtual environment up to *locks*; at once when it already is.

    A stamp beside the packages keeps the hash of each lock installed.
    """
    if sys.platform.startswith("linux"):
        prepare_system()
    wanted = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in locks}
    stamps = {name: VENV / f"{name}.installed" for name in locks}
    usable = environment_version() == VERSION
    pending = [
        name
        for name, stamp in stamps.items()
        if not usable or not stamp.exists() or stamp.read_text() != wanted[name]
    ]
    if not pending:
        return
    if not usable or not has_pip():
        say(f"Making the virtual environment {VENV} with Python {VERSION}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True, stdout=sys.stderr)
        pending = list(locks)
    say("Installing the packages of " + " and ".join(pending))
    install = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
    for name in pending:
        install += ["-r", str(ROOT / name)]
    subprocess.run(install, check=True, stdout=sys.stderr)
    for name in pending:
        stamps[name].write_text(wanted[name])


# --- commands ----------------------------------------------------------------------------------------


def run(arguments: "list[str]") -> int:
    """Open the window, or pass *arguments* to main.py; without either screen or arguments, the main job."""
    prepare(RUN_LOCKS)
    program = [str(PYTHON), str(ROOT / "main.py")]
    if arguments or has_display():
        return hand_over([*program, *arguments])
    say("No display here, so no window: making the papers of a sample county in " + str(OUT))
    showcase = ["--data", str(OUT / "sample"), "showcase", "--to", str(OUT)]
    return hand_over([*program, *showcase], QT_QPA_PLATFORM="offscreen")


def has_display() -> bool:
    """Whether a window can be shown (always assumed on Windows and macOS)."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) or platform != "offscreen"


def test(arguments: "list[str]") -> int:
    """Run the tests without a screen; all of them on several cores at once.

    Those that drive a desktop keep real time and want the machine to themselves: they run when they are named.
    """
    prepare(ALL_LOCKS)
    os.chdir(str(ROOT))
    if not any(word.startswith("tests") for word in arguments):
        arguments = ["--ignore=tests/desktop", *SIDE_BY_SIDE, *arguments]
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return hand_over([str(PYTHON), "-m", "pytest", *arguments], QT_QPA_PLATFORM=platform)


def lint(arguments: "list[str]") -> int:
    """Run every check, then tell which failed."""
    prepare(ALL_LOCKS)
    checks = {
        "ruff": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "types": ["mypy"],
        "layers": ["pytest", "tests/test_layers.py"],
    }
    failed = []
    for name, check in checks.items():
        say("[{}] {}".format(name, " ".join(check)))
        if subprocess.call([str(PYTHON), "-m", *check], cwd=str(ROOT)) != 0:
            failed.append(name)
    say("lint failed: " + ", ".join(failed) if failed else "lint passed")
    return 1 if failed else 0


def bench(arguments: "list[str]") -> int:
    """Measure the figures that the README names."""
    prepare(ALL_LOCKS)
    os.chdir(str(ROOT))
    return hand_over([str(PYTHON), "-m", "tests.benchmarks", *arguments])


def build(arguments: "list[str]") -> int:
    """Make the program folder by build.spec, then let the built program prove itself."""
    prepare(ALL_LOCKS)
    os.chdir(str(ROOT))
    subprocess.run([str(PYTHON), "-m", "PyInstaller", "--noconfirm", "build.spec", *arguments], check=True)
    return hand_over([str(PYTHON), "-m", "tests.built_program"])


COMMANDS = {"run": run, "test": test, "lint": lint, "bench": bench, "build": build}


def main(arguments: "list[str]") -> int:
    if VERSION not in SUPPORTED:
        python = supported_python()
        if python is None:
            say(f"Python 3.11, 3.12 or 3.13 is needed; this is {VERSION}, and none of them is on PATH.")
            return 2
        return hand_over([*python, str(Path(__file__).resolve()), *arguments])
    if not arguments or arguments[0] not in COMMANDS:
        say(str(__doc__))
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except subprocess.CalledProcessError as error:
        say(f"Stopped: this command failed with exit code {error.returncode}:")
        say("    " + " ".join(map(str, error.cmd)))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
