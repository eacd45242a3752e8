from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_project, make_user
from tests.pdfs import make_pdf
from webapp import limits
from webapp.enums import UploadKind
from webapp.errors import InvalidValue, NotFound, NotPossible
from webapp.services import uploads

SCRIPT = UploadKind.SCRIPT


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_not_pdf"),
        (b"GIF89a", "file_not_pdf"),
        (b"<html>%PDF-1.4</html>", "file_not_pdf"),
        (b"%PDF-1.7\n", "pdf_broken"),
        (b"%PDF-1.7\n" + b"\x00" * 5_000, "pdf_broken"),
        (make_pdf()[:150], "pdf_broken"),
        (make_pdf(password="secret"), "pdf_locked"),
        (b"%PDF-" + b"x" * limits.UPLOAD_BYTES, "file_too_big"),
    ],
)
def test_what_is_no_pdf_is_refused_with_why(content: bytes, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        uploads.check_pdf(content, "script.pdf")
    assert (caught.value.code, caught.value.field) == (code, "file")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Сценарий.PDF", "Сценарий.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\films\\salt.pdf", "salt.pdf"),
        ("salt.pdf.exe", "salt.pdf.exe.pdf"),
        ("", "file.pdf"),
        ("a\r\nb\x00.pdf", "a b.pdf"),
    ],
)
def test_a_file_is_handed_out_under_a_harmless_name(given: str, kept: str) -> None:
    pdf = uploads.check_pdf(make_pdf(3), given)
    assert (pdf.name, pdf.n_pages) == (kept, 3)


def test_a_file_is_stored_once_under_a_name_nobody_guesses(
    session: Session, tmp_path: Path
) -> None:
    film = make_project(session, make_edition(session))
    pdf = uploads.check_pdf(make_pdf(), "salt.pdf")
    user, folder = make_user(session), tmp_path / "files"
    first = uploads.keep_upload(session, film, pdf, SCRIPT, actor=user, folder=folder)
    again = uploads.keep_upload(session, film, pdf, SCRIPT, actor=user, folder=folder)
    assert again is first
    assert [path.name for path in folder.iterdir()] == [first.stored_name]
    assert (folder / first.stored_name).read_bytes() == pdf.content
    assert "salt" not in first.stored_name
    assert len(first.stored_name) == 36


def test_a_film_takes_so_many_files(session: Session, tmp_path: Path) -> None:
    film = make_project(session, make_edition(session))
    user = make_user(session)
    for n_pages in range(1, limits.UPLOADS_PER_PROJECT + 1):
        pdf = uploads.check_pdf(make_pdf(n_pages), "salt.pdf")
        uploads.keep_upload(session, film, pdf, SCRIPT, actor=user, folder=tmp_path)
    pdf = uploads.check_pdf(make_pdf(n_pages + 1), "salt.pdf")
    with pytest.raises(NotPossible) as caught:
        uploads.keep_upload(session, film, pdf, SCRIPT, actor=user, folder=tmp_path)
    assert caught.value.code == "too_many_files"


def test_a_file_belongs_to_one_film(session: Session, tmp_path: Path) -> None:
    edition = make_edition(session)
    film, other = make_project(session, edition), make_project(session, edition)
    user = make_user(session)
    pdf = uploads.check_pdf(make_pdf(), "salt.pdf")
    upload = uploads.keep_upload(session, film, pdf, SCRIPT, actor=user, folder=tmp_path)
    with pytest.raises(NotFound):
        uploads.get_upload(session, other, upload.id)
    with pytest.raises(NotFound):
        uploads.remove_upload(session, other, upload.id, actor=user)
    assert uploads.remove_upload(session, film, upload.id, actor=user) == upload.stored_name
    assert film.uploads == []
