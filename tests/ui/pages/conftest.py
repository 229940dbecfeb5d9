"""The session that pages share, over the test's ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from models.store.ledger import Ledger
from ui.session import Session


@pytest.fixture
def session(ledger: Ledger, qapp: QApplication) -> Iterator[Session]:
    made = Session(ledger)
    yield made
    made.close()
    made.deleteLater()
