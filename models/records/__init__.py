"""Every record kind the program knows; importing this package registers them all.

The order of the imports is the order of registration: lists follow it, and what is referred to
comes before what refers to it.
"""

from __future__ import annotations

from models.records import organisation  # isort: skip
from models.records import meeting  # isort: skip
from models.records import rules  # isort: skip
from models.records import study  # isort: skip
from models.records import question  # isort: skip
from models.records import supervision  # isort: skip
from models.records import filing  # isort: skip
from models.records import year  # isort: skip

__all__ = ["filing", "meeting", "organisation", "question", "rules", "study", "supervision", "year"]
