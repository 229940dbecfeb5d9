"""The steps from an empty file to today's schema. Append only: a step that has shipped never changes."""

from __future__ import annotations

from models.store.database import Database
from models.store.first_migrations import migrations as migrations
from models.store.schema import add_column, create_register


@migrations()
def m009_study(db: Database) -> None:
    """Study sessions and who took part; what rules of study ask of persons and units."""
    create_register(
        db, "study_session",
        """subject TEXT
        category TEXT
        before_meeting TEXT
        body -> body
        unit -> unit
        meeting -> meeting
        starts_at MOMENT
        place TEXT
        speaker TEXT
        leader_speaks FLAG
        audience TEXT
        hours NUMBER
        days NUMBER
        headcount INTEGER
        material TEXT
        note TEXT""",
        index="starts_at",
    )  # fmt: skip
    create_register(
        db, "study_attendance",
        """session -> study_session
        person -> person
        unit -> unit
        presence TEXT
        hours NUMBER
        days NUMBER
        note TEXT""",
    )  # fmt: skip
    for table, column in (
        ("unit", "enforcement FLAG"), ("unit", "legal_section FLAG"), ("person", "law_degree TEXT"),
        ("person", "joined_on DATE"), ("person", "left_on DATE"), ("person", "certificate TEXT"),
        ("person", "certificate_until DATE"),
    ):  # fmt: skip
        add_column(db, table, column)


@migrations()
def m010_exams(db: Database) -> None:
    """Law exams, scores, tests before an appointment."""
    create_register(
        db, "exam",
        """name TEXT
        held_on DATE
        unit -> unit
        audience TEXT
        full_marks NUMBER
        pass_marks NUMBER
        note TEXT""",
    )  # fmt: skip
    create_register(
        db, "exam_score",
        """exam -> exam
        person -> person
        unit -> unit
        score NUMBER
        attempt INTEGER
        exempt FLAG
        note TEXT""",
    )  # fmt: skip
    create_register(
        db, "appointment_test",
        """person -> person
        post TEXT
        unit -> unit
        level TEXT
        review TEXT
        tested_on DATE
        score NUMBER
        passed FLAG
        reported_to TEXT
        qualified_until DATE
        note TEXT""",
    )  # fmt: skip


@migrations()
def m011_supervision(db: Database) -> None:
    """Cases under supervision and what happened to them."""
    create_register(
        db, "supervised_case",
        """number TEXT
        matter TEXT
        source TEXT
        basis TEXT
        source_on DATE
        resolution -> resolution
        requirement TEXT
        lead_units IDS
        co_units IDS
        urgency TEXT
        opened_on DATE
        due_on DATE
        handler TEXT
        handler_phone TEXT
        result TEXT
        state TEXT
        first_due_on DATE
        assigned_on DATE
        signed_on DATE
        reported_on DATE
        closed_on DATE
        feedback_on DATE
        written_off_on DATE
        note TEXT""",
        index="due_on state",
    )  # fmt: skip
    create_register(
        db, "case_step",
        """matter -> supervised_case
        happened_on DATE
        kind TEXT
        said TEXT
        by TEXT
        new_due_on DATE
        number TEXT""",
    )  # fmt: skip


@migrations()
def m012_filing(db: Database) -> None:
    """Work dynamics, waivers, attachments, USB media."""
    create_register(
        db, "dynamic",
        """title TEXT
        dynamic_class TEXT
        stage TEXT
        body -> body
        unit -> unit
        received_on DATE
        summary TEXT
        adopted FLAG
        adopted_in TEXT
        note TEXT""",
        index="received_on",
    )  # fmt: skip
    create_register(
        db, "waiver",
        """clause -> clause
        body -> body
        unit -> unit
        person -> person
        year INTEGER
        period TEXT
        reason TEXT
        approved_by TEXT
        approved_on DATE""",
    )  # fmt: skip
    create_register(
        db, "attachment",
        """name TEXT
        owner_kind TEXT
        owner TEXT
        digest TEXT
        size INTEGER
        note TEXT""",
        index="owner",
    )  # fmt: skip
    create_register(
        db, "usb_medium",
        """number TEXT
        purpose TEXT
        level TEXT
        keeper TEXT
        registered_on DATE
        retired_on DATE
        serial TEXT
        note TEXT""",
    )  # fmt: skip


@migrations()
def m013_clauses(db: Database) -> None:
    """Clauses of any kind of answer and owner; reports by addressee; remarks beside waivers."""
    for column in (
        "suspended FLAG", "enforcement_only FLAG", "staff_kinds TEXT", "content_class TEXT", "addressee TEXT",
        "about_before FLAG", "dynamic_class TEXT", "study_category TEXT", "before_meeting TEXT",
        "leader_speaks FLAG", "case_source TEXT", "measure TEXT", "upper INTEGER", "rolling FLAG",
        "within_days INTEGER", "workdays FLAG",
    ):  # fmt: skip
        add_column(db, "clause", column)
    db.execute("UPDATE clause SET measure = '次数'")
    db.execute(
        "UPDATE clause SET about_before = 1 WHERE answered_by = '报送' AND per = '年' AND deadline <> '' "
        "AND CAST(substr(deadline, 1, instr(deadline, '-') - 1) AS INTEGER) <= 4 "
        "AND (submission_item LIKE '%报告' OR submission_item LIKE '%总结')"
    )
    add_column(db, "submission", "addressee TEXT")
    add_column(db, "submission", "matter -> supervised_case")
    add_column(db, "waiver", "decision TEXT")
    db.execute("UPDATE waiver SET decision = '免办'")


@migrations()
def m014_medium_use(db: Database) -> None:
    """The register of what left the program on a stick."""
    create_register(
        db, "medium_use",
        """used_at MOMENT
        content TEXT
        medium -> usb_medium
        clerk TEXT
        place TEXT
        files INTEGER
        size INTEGER
        phones FLAG
        digest TEXT
        note TEXT""",
        index="used_at",
    )  # fmt: skip


@migrations()
def m015_campaigns(db: Database) -> None:
    """News says which campaign it is about (S2-6)."""
    add_column(db, "dynamic", "campaign TEXT")


@migrations()
def m016_closed_years(db: Database) -> None:
    """Years that are closed, with the sealed copy of their figures."""
    create_register(
        db, "closed_year",
        """year INTEGER
        closed_on DATE
        serial TEXT
        digest TEXT
        figures TEXT
        note TEXT""",
    )  # fmt: skip


@migrations()
def m017_year_texts(db: Database) -> None:
    """What the annual report says in words, by year and part."""
    create_register(
        db, "year_text",
        """year INTEGER
        part TEXT
        content TEXT""",
        index="year",
    )  # fmt: skip


@migrations()
def m018_days_of_the_calendar(db: Database) -> None:
    """Days by which the calendar asks for records of which there are many."""
    for table, day in (
        ("supervised_case", "opened_on"), ("supervised_case", "feedback_on"), ("submission", "returned_on"),
        ("preparation", "due_on"), ("document_number", "issued_on"), ("appointment_test", "tested_on"),
    ):  # fmt: skip
        db.execute(f"CREATE INDEX IF NOT EXISTS {table}_{day} ON {table} ({day}) WHERE deleted_at IS NULL")


@migrations()
def m019_questions(db: Database) -> None:
    """The question bank; rank and authorised posts of legal sections."""
    create_register(
        db, "question",
        """form TEXT
        stem TEXT
        option_a TEXT
        option_b TEXT
        option_c TEXT
        option_d TEXT
        option_e TEXT
        answer TEXT
        explanation TEXT
        basis TEXT
        audiences TEXT
        suspended FLAG""",
        index="stem",
    )  # fmt: skip
    add_column(db, "unit", "legal_rank TEXT")
    add_column(db, "unit", "legal_posts INTEGER")


@migrations()
def m020_open_and_joint_cases(db: Database) -> None:
    """What the first page asks of the cases of many years: the few that are open, the few that several units lead."""
    db.execute(
        "CREATE INDEX IF NOT EXISTS supervised_case_closed_on "
        "ON supervised_case (coalesce(closed_on, '9999'), opened_on) WHERE deleted_at IS NULL"
    )
    db.execute(
        "CREATE INDEX IF NOT EXISTS supervised_case_joint ON supervised_case (assigned_on) "
        "WHERE deleted_at IS NULL AND json_array_length(lead_units) > 1"
    )


@migrations()
def m021_days_of_adopting_and_putting_off(db: Database) -> None:
    """The day a paper or piece of news was adopted (without one: when it came in), a meeting last put off."""
    for table in ("submission", "dynamic"):
        add_column(db, table, "adopted_on DATE")
        db.execute(f"CREATE INDEX {table}_adopted_on ON {table} (adopted_on) WHERE deleted_at IS NULL")
    add_column(db, "meeting", "postponed_on DATE")
