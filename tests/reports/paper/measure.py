"""Read a rendered PDF back with another program's eyes: rows, edges, text."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pdfplumber

from models.documents.blocks import Document
from reports.paper.geometry import MM
from reports.paper.pdf import render_pdf

FOOT = 262 * MM  # lower edge of the 版心 of a portrait page


@dataclass
class Row:
    """One line of text: *base* of its baseline from the top, *left* and *right* edges, all in pt."""

    base: float
    left: float
    right: float
    text: str


def pdf(document: Document) -> io.BytesIO:
    stream = io.BytesIO()
    render_pdf(document, stream)
    stream.seek(0)
    return stream


def page_rows(document: Document, below: float = FOOT) -> list[list[Row]]:
    """Return the rows above *below* of each page, from the top."""
    pages = []
    with pdfplumber.open(pdf(document)) as opened:
        for page in opened.pages:
            lines: dict[int, list[dict[str, object]]] = {}
            for char in page.chars:
                base = float(page.height) - char["matrix"][5]
                if base < below:
                    lines.setdefault(round(base), []).append(char)
            pages.append([_row(float(page.height), lines[base]) for base in sorted(lines)])
    return pages


def _row(height: float, chars: list) -> Row:  # type: ignore[type-arg]
    chars.sort(key=lambda char: char["matrix"][4])
    base = height - chars[0]["matrix"][5]
    return Row(base, chars[0]["matrix"][4], chars[-1]["x1"], "".join(char["text"] for char in chars))


def all_text(document: Document) -> str:
    """Return the text of all pages without white space."""
    with pdfplumber.open(pdf(document)) as opened:
        text = "".join(char["text"] for page in opened.pages for char in page.chars)
    return "".join(text.split())
