"""Read an official document and propose what it sets up: bodies, standing duties, tasks, check items.

Each kind has a small recogniser of its own that walks the same numbered tree; a new kind is one more
line in :func:`extract`. Recognisers know layouts and rules of style, never single documents, and never
raise on any text.
"""

from __future__ import annotations

from models.documents.extract.bodies import Bodies
from models.documents.extract.checks import CheckItems
from models.documents.extract.duties import Duties
from models.documents.extract.schema import to_json
from models.documents.extract.tasks import Tasks
from models.documents.extract.unread import departures, unread_members, unread_sentences
from models.documents.parse import number_problems, outline, read_head
from models.documents.proposals import Proposals
from models.documents.text import clean, unwrap

__all__ = ["extract", "to_json"]


def extract(text: str) -> Proposals:
    """Return everything proposed from *text*; spans are offsets into *text* as given."""
    cleaned = unwrap(clean(text))
    items = outline(cleaned)
    head = read_head(items)
    bodies = Bodies(cleaned, items, head.title)
    set_up, tasks = bodies.read(), Tasks(cleaned, items, head).read()
    duties, checks = Duties(cleaned, items, head, tasks).read(), CheckItems(cleaned, items, tasks).read()
    read = [duty.span for duty in duties] + [task.span for task in tasks] + [check.span for check in checks]
    return Proposals(
        text=text,
        title=head.title,
        number=head.number,
        issued_by=head.issued_by,
        issued_on=head.issued_on,
        bodies=set_up,
        duties=duties,
        unread=(
            *unread_members(cleaned, bodies.unread),
            *unread_sentences(cleaned, items, read),
            *departures(cleaned, items),
        ),
        tasks=tasks,
        check_items=checks,
        notes=tuple(number_problems(items)),
    )
