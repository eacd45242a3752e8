"""Small PDF files for tests, made on the spot."""

from __future__ import annotations

import io

from pypdf import PdfWriter


def make_pdf(n_pages: int = 1, password: str = "") -> bytes:
    """Give a PDF of blank pages; with a password, a locked one."""
    writer = PdfWriter()
    for _ in range(n_pages):
        writer.add_blank_page(width=200, height=200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
