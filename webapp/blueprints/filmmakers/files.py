"""A film's files: PDFs in, PDFs out, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import current_app, flash, g, redirect, render_template
from flask_babel import gettext as _

from webapp import access, db, limits
from webapp.blueprints.filmmakers.pages import blueprint, can_edit, film_url, film_view
from webapp.blueprints.handing_out import hand_out
from webapp.enums import UploadKind
from webapp.errors import CampfireError, InvalidValue, NotPossible
from webapp.forms.project import ActForm, UploadForm
from webapp.services import nonces, projects, uploads
from webapp.wording.errors import word_error


@blueprint.get("/<int:project_id>/files")
@access.filmmaker
def files(edition_id: int, project_id: int) -> Any:
    """Show a film's files."""
    return _page(UploadForm(formdata=None))


@blueprint.post("/<int:project_id>/files")
@access.filmmaker
def upload(edition_id: int, project_id: int) -> Any:
    """Take a PDF in."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _page(form), 422
    user = access.actor()
    try:
        if not form.file.data:
            raise InvalidValue("file_missing", field="file")
        # Reading a long script takes a while: nobody waits for the lock meanwhile.
        db.rollback()
        with form.file.data.stream as stream:
            content = stream.read(limits.UPLOAD_BYTES + 1)
        pdf = uploads.check_pdf(content, form.file.data.filename or "")
        project = projects.get_own_project(db.session(), g.edition, project_id, user)
        nonces.spend_nonce(db.session(), form.nonce.data, user)
        uploads.keep_upload(
            db.session(), project, pdf, UploadKind(form.kind.data), actor=user, folder=_folder()
        )
        db.commit()
    except CampfireError as error:
        db.rollback()
        if isinstance(error, NotPossible) and error.code == "already_done":
            return redirect(film_url("files"), 303)
        form.add_error(error.field if isinstance(error, InvalidValue) else "", word_error(error))
        return _page(form), error.status
    flash(_("“%(name)s” is with your film.", name=pdf.name), "ok")
    return redirect(film_url("files"), 303)


@blueprint.get("/<int:project_id>/files/<int:upload_id>")
@access.filmmaker
def upload_file(edition_id: int, project_id: int, upload_id: int) -> Any:
    """Hand a file back to its filmmaker."""
    return hand_out(uploads.get_upload(db.session(), g.project, upload_id))


@blueprint.post("/<int:project_id>/files/<int:upload_id>/remove")
@access.filmmaker
def remove_upload(edition_id: int, project_id: int, upload_id: int) -> Any:
    """Take a file out."""
    if not ActForm().validate_on_submit():
        raise InvalidValue("form_incomplete")
    stored_name = uploads.remove_upload(db.session(), g.project, upload_id, actor=access.actor())
    db.commit()
    (_folder() / stored_name).unlink(missing_ok=True)
    flash(_("The file is gone."), "ok")
    return redirect(film_url("files"), 303)


def _folder() -> Path:
    return Path(current_app.config["UPLOAD_FOLDER"])


def _page(form: UploadForm) -> str:
    return render_template(
        "filmmakers/files.html",
        form=form,
        view=film_view(g.project),
        uploads=g.project.uploads,
        can_edit=can_edit(),
        most_files=limits.UPLOADS_PER_PROJECT,
        most_megabytes=limits.UPLOAD_BYTES // 1024 // 1024,
    )
