"""Every sentence of every page is said in Russian, and pages hold no other sentences."""

from __future__ import annotations

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, get_babel, ngettext
from jinja2 import Environment

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "webapp" / "templates"
# Names, the same in every language.
NAMES = {"Campfire"}
# A page of samples for those who draw; nobody else ever sees it.
SAMPLES = {"components.html"}
# A block whose words are classes of style.
CLASSES = re.compile(r"{% block main_class %}[\w -]*{% endblock %}")
SEEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
PARAMETER = re.compile(r"%\((\w+)\)[a-z]")
# Not words of film people, quotes of another language, and a capital in mid-sentence
# that makes a page sound like an office.
NOT_SAID = re.compile(
    r"(?i:\b(?:мэтч|релиз|запасн|заблокир|программ))|[“”\"]|[\w,;] (?:Вы|Ва[смш])"
)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The tool that gathers the sentences."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def russian(tool: ModuleType) -> Catalog:
    """What is written in Russian."""
    with tool.catalogue_path("ru").open("rb") as file:
        return read_po(file, locale="ru")


@pytest.fixture
def speaking(app: Flask, russian: Catalog, tmp_path: Path) -> Flask:
    """The application with today's Russian, compiled or not."""
    place = tmp_path / "catalogues" / "ru" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "messages.mo").open("wb") as file:
        write_mo(file, russian)
    get_babel(app).translation_directories = [str(tmp_path / "catalogues")]
    return app


def keys(catalogue: Catalog) -> set[tuple[str | None, object]]:
    return {(message.context, message.id) for message in catalogue if message.id}


def said(message: Message) -> list[str]:
    return list(message.string) if message.pluralizable else [message.string]


def sources(message: Message) -> list[str]:
    return list(message.id) if message.pluralizable else [message.id]


def test_catalogues_hold_the_sentences_of_code_and_pages(
    tool: ModuleType, russian: Catalog
) -> None:
    gathered = keys(tool.gather_template())
    with tool.TEMPLATE.open("rb") as file:
        template = keys(read_po(file))
    # To mend it: make messages.
    assert gathered - template == set()
    assert template - gathered == set()
    assert keys(russian) == gathered


def test_every_sentence_is_said_in_russian(tool: ModuleType, russian: Catalog) -> None:
    assert [message.id for message in tool.missing(russian)] == []
    assert [message.id for message in russian if message.id and message.fuzzy] == []


def test_parameters_survive_translation(tool: ModuleType, russian: Catalog) -> None:
    assert list(tool.broken(russian)) == []
    lost = []
    for message in russian:
        if not message.id:
            continue
        known = [set(PARAMETER.findall(source)) for source in sources(message)]
        # One of something may be said without its number.
        needed = set.intersection(*known) - ({"num"} if message.pluralizable else set())
        for words in said(message):
            used = set(PARAMETER.findall(words))
            if not needed <= used <= set.union(*known):
                lost.append((message.id, words))
    assert lost == []


def test_russian_keeps_to_the_words_people_say(russian: Catalog) -> None:
    spoken = [words for message in russian if message.id for words in said(message)]
    assert [words for words in spoken if NOT_SAID.search(words)] == []


@pytest.mark.parametrize(
    ("n", "expected"), [(1, "1 фильм"), (3, "3 фильма"), (5, "5 фильмов"), (21, "21 фильм")]
)
def test_numbers_are_followed_by_the_right_form(speaking: Flask, n: int, expected: str) -> None:
    with speaking.test_request_context(), force_locale("ru"):
        assert ngettext("%(num)d film", "%(num)d films", n).replace("\u00a0", " ") == expected


@pytest.mark.parametrize("code", ["ru", "kk", "ky"])
def test_kazakh_and_kyrgyz_pages_speak_russian_until_they_have_their_own_words(
    speaking: Flask, client: FlaskClient, code: str
) -> None:
    page = client.get(f"/sign-in?lang={code}").text
    assert f'<html lang="{code}">' in page
    assert "Не знаю пароля" in page
    assert "I do not know my password" not in page


class TextsOf(HTMLParser):
    """What a page shows by itself: its text, and the attributes people see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in {"script", "style"}
        self.found += [value or "" for name, value in attrs if name in SEEN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def unmarked(source: str) -> list[str]:
    """Texts of a template that no translator ever sees."""
    plain: list[str] = []
    strays: list[str] = []
    in_trans = False
    before: list[str] = []
    for _line, kind, value in Environment().lex(CLASSES.sub("", source)):
        if kind == "data":
            if not in_trans:
                plain.append(value)
        elif kind in {"block_end", "variable_end"}:
            # Something stands here when the page is shown.
            plain.append("" if kind == "block_end" else "0")
            before = []
        elif kind == "name" and value in {"trans", "endtrans"}:
            in_trans = value == "trans"
        elif kind == "string" and is_sentence(value) and not is_marked(before):
            strays.append(value.strip("'\""))
        if kind not in {"whitespace", "data"}:
            before.append(value)
    parser = TextsOf()
    parser.feed("".join(plain))
    texts = (" ".join(text.split()) for text in parser.found)
    return [text for text in [*texts, *strays] if re.search(r"[^\W\d_]", text)]


def is_sentence(literal: str) -> bool:
    """Tell a text for people from a key, an address or a class."""
    return re.match(r"""['"][A-Z][a-z’']*( [A-Za-z]|[.!?…]?['"]$)""", literal) is not None


def is_marked(before: list[str]) -> bool:
    """Whether a string stands in a call that translators' tools read."""
    calls = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    after_call = before[::-1]
    for position, token in enumerate(after_call):
        if token == "(":
            return position + 1 < len(after_call) and after_call[position + 1] in calls
        if token != "," and token[:1] not in "'\"":
            return False
    return False


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ _('Hello') }} · {{ n }}</p>", []),
        ("<p>{{ pgettext('a', 'Hello you') }}{% trans %}Hello you{% endtrans %}</p>", []),
        ('<a title="Open it" class="wide">{{ ngettext("A film", "Films", n) }}</a>', ["Open it"]),
        ("{{ page_header('Hello you', _('Hello')) }}", ["Hello you"]),
        ("<script>let words</script>{# a note #}<i class='{{ 'big' }}'>!</i>", []),
    ],
)
def test_unmarked_text_is_found(source: str, expected: list[str]) -> None:
    assert unmarked(source) == expected


@pytest.mark.parametrize(
    "path",
    sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")),
)
def test_pages_show_no_text_of_their_own(path: str) -> None:
    if path in SAMPLES:
        return
    texts = unmarked((TEMPLATES / path).read_text(encoding="utf-8"))
    assert [text for text in texts if text.strip("· ") not in NAMES] == []
