"""In which language a page speaks: the reader's own choice, then the browser's."""

from __future__ import annotations

import re
from functools import cached_property

from babel.support import NullTranslations, Translations
from flask import Flask, request, url_for
from flask_babel import Babel, Domain, get_locale
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from webapp.config import FALLBACKS, LANGUAGES

COOKIE = "campfire_language"
# Each language in its own words, so that it is found by who needs it.
NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша", "ky": "Кыргызча"}


def init_app(app: Flask) -> None:
    """Let pages speak the reader's language."""
    CampfireBabel(app, locale_selector=choose_language)
    app.context_processor(_for_templates)


def known(code: str | None) -> str:
    """Give the language if the application speaks it, else nothing."""
    return code if code in LANGUAGES else ""


def choose_language() -> str:
    """Give the reader's language: own setting, choice made here, browser, English."""
    return (
        _own_language()
        or known(request.args.get("lang"))
        or known(request.cookies.get(COOKIE))
        or _browsers_language()
        or LANGUAGES[0]
    )


def language() -> str:
    """Give the code of the language this page is written in."""
    return str(get_locale() or LANGUAGES[0])


def _own_language() -> str:
    try:
        return known(getattr(current_user, "language", ""))
    except SQLAlchemyError:
        # The page that says so is still written in the reader's language.
        return ""


def _browsers_language() -> str:
    # In the reader's order: kk-KZ before ru, although ru alone is spelled like ours.
    tags = request.accept_languages.values()
    return next(filter(None, (known(re.split("[-_]", tag)[0].lower()) for tag in tags)), "")


def _for_templates() -> dict[str, object]:
    current = language()
    # Where to come back to; what a form's address showed cannot be come back to.
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    address = url_for("account.set_language", next=here)
    return {
        "current_language": current,
        "language_links": [
            {"code": code, "label": NAMES[code], "url": address, "current": code == current}
            for code in LANGUAGES
        ],
    }


class FallbackDomain(Domain):
    """Catalogues that lean on another language where a sentence is missing."""

    def get_translations(self) -> NullTranslations:
        """Give the reader's catalogue, with its fallback behind it."""
        code = language()
        if code not in self.cache:
            self.cache[code] = self._load(code)
        found: NullTranslations = self.cache[code]
        return found

    def _load(self, code: str) -> NullTranslations:
        (directory,) = self.translation_directories
        catalogue = Translations.load(directory, [code])
        if code in FALLBACKS:
            catalogue.add_fallback(Translations.load(directory, [FALLBACKS[code]]))
        return catalogue


class CampfireBabel(Babel):
    """Flask-Babel with our fallbacks."""

    @cached_property
    def domain_instance(self) -> Domain:
        """The application's sentences."""
        return FallbackDomain()
