"""Letters and names that belong to accounts."""

from __future__ import annotations

from flask_babel import force_locale, gettext, ngettext

from webapp import limits

BROWSERS = (
    ("Telegram", "Telegram"),
    ("YaBrowser", "Yandex"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def word_reset_letter(name: str, url: str, language: str) -> tuple[str, str]:
    """Give subject and body of the letter with a link for a new password."""
    with force_locale(language):
        subject = gettext("A new password")
        lines = (
            gettext("Hello %(name)s,", name=name),
            gettext("With this link you choose a new password:"),
            url,
            ngettext(
                "It is good for %(num)d hour and works once.",
                "It is good for %(num)d hours and works once.",
                limits.RESET_HOURS,
            ),
            gettext("If you did not ask for it, leave it: nothing has changed."),
        )
    return subject, "\n\n".join(lines)


def word_device(user_agent: str) -> str:
    """Give the words by which somebody knows their own browser again."""
    browser = _first(BROWSERS, user_agent)
    machine = _first(MACHINES, user_agent)
    if browser and machine:
        return gettext("%(browser)s on %(machine)s", browser=browser, machine=machine)
    return browser or machine or gettext("A browser")


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in names if mark in text), "")
