"""``python -m tests.benchmarks [--only NAME …]``: print the figures, keep them in out/bench.json."""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import (
    hostile,
    kills,
    large_county,
    lists,
    papers,
    reading,
    sheets,
    size,
    start,
    summaries,
)
from tests.benchmarks.figures import Figure, as_line, taken

OUT = Path(__file__).parents[2] / "out" / "bench.json"
BENCHMARKS: dict[str, Callable[[], Iterable[Figure]]] = {
    "size": size.measure, "start": start.measure, "lists": lists.measure, "papers": papers.measure,
    "summaries": summaries.measure, "large_county": large_county.measure, "sheets": sheets.measure, "reading": reading.measure,
    "hostile": hostile.measure, "kills": kills.measure,
}  # fmt: skip


def main() -> None:
    """Run what was asked for, or everything."""
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, default=list(BENCHMARKS), metavar="NAME",
                        help=", ".join(BENCHMARKS))  # fmt: skip
    kept: dict[str, object] = {"python": platform.python_version(), "machine": platform.machine()}
    kept["bare loop"] = taken(_bare_loop)
    print(f"this machine: a million steps of a bare loop in {kept['bare loop']:.0f} ms")
    for name in parser.parse_args().only:
        begun = time.perf_counter()
        print(f"\n{name}", flush=True)
        figures = []
        for figure in BENCHMARKS[name]():
            print("  " + as_line(figure), flush=True)
            figures.append({**asdict(figure), "ratio": figure.ratio, "met": figure.met})
        kept[name] = figures
        print(f"  ({time.perf_counter() - begun:.0f} s)")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"\n{OUT}")


def _bare_loop() -> None:
    """What figures of two machines, or of two days, are compared by."""
    for _ in range(1_000_000):
        pass


if __name__ == "__main__":
    main()
