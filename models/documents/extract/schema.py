"""Proposals as plain JSON data, the exchange form of the command ``intake --json``."""

from __future__ import annotations

from typing import Any

from models.documents.proposals import BodyProposal, DutyProposal, PostRule, Proposals, TaskProposal


def to_json(proposals: Proposals) -> dict[str, Any]:
    """Return *proposals* as tasks, organisations, duties and check items; nothing known is null."""
    return {
        "title": proposals.title,
        "number": proposals.number,
        "issued_by": proposals.issued_by,
        "issued_on": proposals.issued_on.isoformat() if proposals.issued_on else None,
        "tasks": [_task(task) for task in proposals.tasks],
        "organisations": [_body(body) for body in proposals.bodies],
        "duties": [_duty(duty) for duty in proposals.duties],
        "check_items": [item.text for item in proposals.check_items],
        "notes": "".join(proposals.notes),
    }


def _task(task: TaskProposal) -> dict[str, Any]:
    return {
        "no": task.number,
        "title": task.title,
        "lead": list(task.lead),
        "responsible": list(task.responsible),
        "deadline": task.deadline or None,
        "section": task.section,
    }


def _body(body: BodyProposal) -> dict[str, Any]:
    people = [{"name": p.name, "role": p.role, "post": p.post or None} for p in body.people]
    people += [_post(rule) for rule in (body.head_post, body.member_post, *body.seats) if rule]
    return {
        "name": body.name,
        "seat": body.seat or None,
        "lead_unit": body.lead_unit or None,
        "member_units": list(body.members),
        "people": people,
    }


def _post(rule: PostRule) -> dict[str, Any]:
    return {"name": "", "role": rule.role, "post": f"{rule.unit or '各成员单位'}{rule.post_kind}"}


def _duty(duty: DutyProposal) -> dict[str, Any]:
    return {
        "who": duty.who,
        "what": duty.what,
        "frequency_text": duty.frequency_text,
        "times": duty.times,
        "per": "once" if duty.per == "each" else duty.per or None,
        "deadline": duty.deadline or None,
        "threshold": duty.threshold or None,
    }
