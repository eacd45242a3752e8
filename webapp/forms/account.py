"""What a person types to get in, to join, and about themself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from webapp import limits
from webapp.forms.base import AtMost, CampfireForm

NEW = {"autocomplete": "new-password", "minlength": str(limits.PASSWORD_MIN)}
PRESENT = {"autocomplete": "current-password"}
ADDRESS = {"autocomplete": "username", "inputmode": "email", "autocapitalize": "none"}


def _email() -> EmailField:
    return EmailField(
        _("E-mail"),
        [InputRequired(_("Write your e-mail address.")), AtMost(limits.EMAIL)],
        render_kw=ADDRESS,
    )


def _name() -> StringField:
    return StringField(
        _("Your name, as you write it"),
        [InputRequired(_("Write your name.")), AtMost(limits.NAME)],
        render_kw={"autocomplete": "name"},
    )


def _new_password() -> PasswordField:
    return PasswordField(
        _("A password of your own"),
        [InputRequired(_("Think of a password.")), AtMost(limits.PASSWORD_MAX)],
        render_kw=NEW,
    )


class SignInForm(CampfireForm):
    """Address and password."""

    email = _email()
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Write your password.")), AtMost(limits.PASSWORD_MAX)],
        render_kw=PRESENT,
    )


class ForgotForm(CampfireForm):
    """Where a letter with a link goes."""

    email = _email()


class ResetForm(CampfireForm):
    """A new password."""

    password = _new_password()


class JoinForm(CampfireForm):
    """Who joins by an invitation."""

    name = _name()
    email = _email()
    password = _new_password()


class FirstRunForm(CampfireForm):
    """The first lab and who looks after it."""

    program = StringField(
        _("What is your lab or camp called?"),
        [InputRequired(_("Give the lab its name.")), AtMost(limits.NAME)],
    )
    name = _name()
    email = _email()
    password = _new_password()


class PersonForm(CampfireForm):
    """Name and language; the languages are handed in."""

    name = _name()
    language = SelectField(_("Language of pages and letters"))


class SignInDetailsForm(CampfireForm):
    """Address and password, changed by whoever knows the present one."""

    email = _email()
    new_password = PasswordField(
        _("New password"), [Optional(), AtMost(limits.PASSWORD_MAX)], render_kw=NEW
    )
    present_password = PasswordField(
        _("Your present password"), [Optional(), AtMost(limits.PASSWORD_MAX)], render_kw=PRESENT
    )
