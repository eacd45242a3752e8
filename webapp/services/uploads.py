"""Files of a film: PDFs that open, kept under names nobody can guess."""

from __future__ import annotations

import hashlib
import io
import secrets
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import limits
from webapp.enums import UploadKind
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.models import Project, Upload, User
from webapp.services.editions import check_open
from webapp.services.projects import check_editable
from webapp.services.texts import clean_line

MARK = b"%PDF-"
MOST_PAGES = 5_000


@dataclass(frozen=True, slots=True)
class CheckedPdf:
    """A file that was opened and found to be what it says."""

    name: str
    content: bytes
    n_pages: int

    @property
    def sha256(self) -> str:
        """The file's fingerprint."""
        return hashlib.sha256(self.content).hexdigest()


def check_pdf(content: bytes, name: str) -> CheckedPdf:
    """Open a file as a PDF, or say why it cannot be one.

    It takes its time on a long script: call it before a write transaction.
    """
    if len(content) > limits.UPLOAD_BYTES:
        raise InvalidValue(
            "file_too_big", field="file", size=_megabytes(len(content)), most=_megabytes()
        )
    if not content.startswith(MARK):
        raise InvalidValue("file_not_pdf", field="file")
    return CheckedPdf(_file_name(name), content, _count_pages(content))


def _megabytes(n_bytes: int = limits.UPLOAD_BYTES) -> str:
    return f"{n_bytes / 1024 / 1024:.0f} MB"


def _count_pages(content: bytes) -> int:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InvalidValue("pdf_locked", field="file")
        n_pages = len(reader.pages)
        if not 1 <= n_pages <= MOST_PAGES:
            raise InvalidValue("pdf_broken", field="file")
        reader.pages[0].get_object()
    except InvalidValue:
        raise
    except Exception as error:
        # A broken or hostile file can make the reader fail in any way at all.
        raise InvalidValue("pdf_broken", field="file") from error
    return n_pages


def _file_name(name: str) -> str:
    """Give the name it is handed out under: no folders, and always a PDF."""
    plain = clean_line(name.replace("\\", "/").rpartition("/")[2])
    stem = plain[:-4] if plain.casefold().endswith(".pdf") else plain
    return f"{stem[:200].strip('. ') or 'file'}.pdf"


def keep_upload(
    session: Session,
    project: Project,
    pdf: CheckedPdf,
    kind: UploadKind,
    *,
    actor: User,
    folder: Path,
) -> Upload:
    """Store a checked file with its film; the same file is stored once."""
    check_open(project.edition)
    check_editable(project, actor)
    for known in project.uploads:
        if known.sha256 == pdf.sha256:
            return known
    if len(project.uploads) >= limits.UPLOADS_PER_PROJECT:
        raise NotPossible("too_many_files", most=limits.UPLOADS_PER_PROJECT)
    folder.mkdir(parents=True, exist_ok=True)
    stored_name = f"{secrets.token_hex(16)}.pdf"
    (folder / stored_name).write_bytes(pdf.content)
    upload = Upload(
        kind=kind,
        file_name=pdf.name,
        stored_name=stored_name,
        n_bytes=len(pdf.content),
        n_pages=pdf.n_pages,
        sha256=pdf.sha256,
        uploaded_by_id=actor.id,
    )
    project.uploads.append(upload)
    session.flush()
    return upload


def get_upload(session: Session, project: Project, upload_id: int) -> Upload:
    """Give one file of this film, and of no other."""
    found = session.scalar(
        select(Upload).where(Upload.id == upload_id, Upload.project_id == project.id)
    )
    if found is None:
        raise NotFound("no_such_file")
    return found


def remove_upload(session: Session, project: Project, upload_id: int, *, actor: User) -> str:
    """Take a file out; give its stored name, for the page to delete once that holds."""
    check_open(project.edition)
    check_editable(project, actor)
    upload = get_upload(session, project, upload_id)
    project.uploads.remove(upload)
    session.flush()
    return upload.stored_name
