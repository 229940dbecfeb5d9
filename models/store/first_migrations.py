"""The first steps of the schema: bookkeeping, organisation, meetings, clauses. They have shipped and never change."""

from __future__ import annotations

from models.store.database import Database, Migrations
from models.store.schema import create_register

migrations = Migrations("fazhi")


@migrations()
def m001_bookkeeping(db: Database) -> None:
    """History with its hash chain, drafts, settings, saved views."""
    for statement in (
        """CREATE TABLE action (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, clerk TEXT NOT NULL,
            sentence TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', undoes INTEGER REFERENCES action (seq),
            previous_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT""",
        """CREATE TABLE change (
            action INTEGER NOT NULL REFERENCES action (seq), position INTEGER NOT NULL, kind TEXT NOT NULL,
            record_id TEXT NOT NULL, operation TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            PRIMARY KEY (action, position)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX change_record ON change (kind, record_id)",
        "CREATE UNIQUE INDEX action_undoes ON action (undoes) WHERE undoes IS NOT NULL",
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE draft (
            name TEXT PRIMARY KEY, kind TEXT NOT NULL, record_id TEXT NOT NULL, typed TEXT NOT NULL,
            at TEXT NOT NULL) STRICT""",
        """CREATE TABLE saved_view (
            kind TEXT NOT NULL, name TEXT NOT NULL, layout TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT""",
    ):
        db.execute(statement)
    for table in ("action", "change"):
        for verb in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
            )


@migrations()
def m002_bodies(db: Database) -> None:
    """Units, bodies, memberships."""
    create_register(
        db, "unit",
        """name TEXT
        short_name TEXT
        category TEXT
        level TEXT
        position INTEGER
        valid_from DATE
        valid_until DATE
        successor -> unit
        note TEXT""",
        index="name",
    )  # fmt: skip
    create_register(
        db, "body",
        """name TEXT
        short_name TEXT
        category TEXT
        parent -> body
        host_unit -> unit
        basis TEXT
        duties TEXT
        position INTEGER
        valid_from DATE
        valid_until DATE
        note TEXT""",
        index="name",
    )  # fmt: skip
    create_register(
        db, "membership",
        """body -> body
        unit -> unit
        position INTEGER
        lead FLAG
        valid_from DATE
        valid_until DATE""",
    )  # fmt: skip


@migrations()
def m003_people(db: Database) -> None:
    """Persons, appointments, seats."""
    create_register(
        db, "person",
        """name TEXT
        gender TEXT
        phone TEXT
        office_phone TEXT
        staff_kind TEXT
        reading TEXT
        note TEXT""",
        index="name",
    )  # fmt: skip
    create_register(
        db, "appointment",
        """person -> person
        unit -> unit
        title TEXT
        post TEXT
        position INTEGER
        valid_from DATE
        valid_until DATE""",
    )  # fmt: skip
    create_register(
        db, "seat",
        """body -> body
        role TEXT
        person -> person
        unit -> unit
        post TEXT
        position INTEGER
        valid_from DATE
        valid_until DATE""",
    )  # fmt: skip


@migrations()
def m004_meeting(db: Database) -> None:
    """Meetings."""
    create_register(
        db, "meeting",
        """name TEXT
        category TEXT
        nature TEXT
        body -> body
        starts_at MOMENT
        ends_at MOMENT
        place TEXT
        convener -> person
        host -> person
        delegated FLAG
        invited TEXT
        requirements TEXT
        contact TEXT
        contact_phone TEXT
        reply_by DATE
        minutes_text TEXT
        minutes_issue INTEGER
        signer TEXT
        copy_to TEXT
        state TEXT
        notified_on DATE
        drafted_on DATE
        signed_on DATE
        issued_on DATE
        archived_on DATE
        postponed_from MOMENT
        cancelled_on DATE
        report_before DATE
        report_after DATE
        note TEXT""",
        index="starts_at",
    )  # fmt: skip


@migrations()
def m005_meeting_parts(db: Database) -> None:
    """Agenda, attendance, resolutions."""
    create_register(
        db, "agenda_item",
        """meeting -> meeting
        position INTEGER
        subject TEXT
        content_class TEXT
        reporter TEXT
        record TEXT""",
    )  # fmt: skip
    create_register(
        db, "attendance",
        """meeting -> meeting
        position INTEGER
        unit -> unit
        person -> person
        duty TEXT
        role TEXT
        expected FLAG
        status TEXT
        leave_asked_at MOMENT
        leave_reason TEXT
        leave_approver TEXT
        substitute -> person
        substitute_duty TEXT
        late FLAG
        left_early FLAG
        signed FLAG
        note TEXT""",
    )  # fmt: skip
    create_register(
        db, "resolution",
        """meeting -> meeting
        position INTEGER
        content TEXT
        lead_units IDS
        co_units IDS
        due_on DATE
        done_on DATE
        outcome TEXT""",
        index="due_on",
    )  # fmt: skip


@migrations()
def m006_rules(db: Database) -> None:
    """Clauses, what is handed in to answer them, document numbers."""
    create_register(
        db, "clause",
        """name TEXT
        basis TEXT
        quotation TEXT
        body -> body
        owed_by TEXT
        unit_category TEXT
        answered_by TEXT
        meeting_category TEXT
        regular_only FLAG
        submission_item TEXT
        times INTEGER
        per TEXT
        deadline TEXT
        weekend TEXT
        threshold NUMBER
        position INTEGER
        valid_from DATE
        valid_until DATE
        note TEXT""",
    )  # fmt: skip
    create_register(
        db, "submission",
        """item TEXT
        body -> body
        unit -> unit
        year INTEGER
        half TEXT
        subject TEXT
        number TEXT
        received_on DATE
        medium TEXT
        pages INTEGER
        signer TEXT
        receiver TEXT
        returned_on DATE
        adopted FLAG
        note TEXT""",
        index="year received_on",
    )  # fmt: skip
    create_register(
        db, "document_number",
        """code TEXT
        year INTEGER
        serial INTEGER
        subject TEXT
        meeting -> meeting
        issued_on DATE
        note TEXT""",
    )  # fmt: skip


@migrations()
def m007_holidays(db: Database) -> None:
    """Holidays and 调休 workdays that the office enters itself."""
    create_register(
        db, "holiday",
        """observed_on DATE
        name TEXT
        mark TEXT""",
        index="observed_on",
    )  # fmt: skip


@migrations()
def m008_preparation(db: Database) -> None:
    """What has to be got ready for a meeting (S0-23)."""
    create_register(
        db, "preparation",
        """meeting -> meeting
        position INTEGER
        item TEXT
        by TEXT
        due_on DATE
        done_on DATE
        note TEXT""",
    )  # fmt: skip
