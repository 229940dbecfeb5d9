"""What the county's rules ask for, and the workbench that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from models.summaries.obligations import obligations, open_obligations
from models.summaries.workbench import workbench
from tests.benchmarks.figures import Figure, taken
from tests.benchmarks.places import TODAY, application, county


def measure() -> Iterator[Figure]:
    """Compute as of a day; show every page for the first time and again."""
    with county() as ledger:
        years = range(TODAY.year - 2, TODAY.year + 1)
        for name, deed, aim in (
            ("obligations open today", lambda: open_obligations(ledger, TODAY), None),
            ("obligations of three years", lambda: obligations(ledger, TODAY, *years), None),
            ("workbench, computed anew", lambda: workbench(ledger, TODAY), 100),
        ):
            yield Figure(name, taken(deed, before=ledger.forget), at_most=aim)
        yield Figure("workbench, nothing changed", taken(lambda: workbench(ledger, TODAY)))
        app = application()
        from ui.session import Session
        from ui.shell import make_window, page_specs

        session = Session(ledger)
        window = make_window(session)
        window.resize(1366, 690)
        window.show()
        app.processEvents()
        for spec in page_specs(session):
            if spec.section != "whole":
                window.open_page(spec.id)
                app.processEvents()

                def again(page_id: str = spec.id) -> None:
                    window.open_page("settings" if page_id != "settings" else "roster")
                    ledger.forget()
                    window.open_page(page_id)
                    window.grab()

                yield Figure(f"page {spec.title}: to painted", taken(again, 5), at_most=150)
        from shiboken6 import delete

        delete(window)
