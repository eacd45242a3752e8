"""A person with the plainest of browsers: reads a page, fills in its forms, follows its links."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient


class Form:
    """A form as the page shows it: what is in its fields, and its buttons."""

    def __init__(self, action: str, method: str) -> None:
        self.action = action
        self.method = method
        self.names: set[str] = set()
        # For each list and row of ticks: the words beside a choice, and what it sends.
        self.choices: dict[str, dict[str, str]] = {}
        self.filled: list[tuple[str, str]] = []
        self.buttons: list[dict[str, str]] = []


class Page(HTMLParser):
    """What a person finds on a page: words, links, forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._open: dict[str, str] = {}
        self._inside = ""
        self._select = ""
        self._choices: list[tuple[str, bool]] = []
        self._unnamed: tuple[str, str] | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        elif tag in {"a", "button", "textarea"}:
            self._inside, self._open = tag, {**given, "words": ""}
        if self._form is None:
            return
        if tag == "option" and self._select:
            self._choices.append((given.get("value", ""), "selected" in given))
            self._unnamed = (self._select, given.get("value", ""))
        if "name" not in given:
            return
        name = given["name"]
        if tag in {"input", "select", "textarea"}:
            self._form.names.add(name)
        if tag == "select":
            self._select, self._choices = name, []
        elif tag == "input" and given.get("type") in {"checkbox", "radio"}:
            self._unnamed = (name, given.get("value", "on"))
            if "checked" in given:
                self._form.filled.append((name, given.get("value", "on")))
        elif tag == "input":
            self._form.filled.append((name, given.get("value", "")))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._unnamed and self._form is not None and data.strip():
            name, value = self._unnamed
            self._form.choices.setdefault(name, {})[data.strip()] = value
            self._unnamed = None
        if self._inside:
            self._open["words"] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._form is not None:
            # Where nothing is chosen, a browser sends the first.
            chosen = [value for value, is_chosen in self._choices if is_chosen]
            first = [value for value, _ in self._choices[:1]]
            self._form.filled += [(self._select, value) for value in chosen or first]
            self._select = ""
        if tag != self._inside:
            return
        words = self._open.get("aria-label") or self._open["words"].strip()
        if tag == "a":
            self.links.append((words, self._open.get("href", "")))
        elif self._form is not None and tag == "button":
            self._form.buttons.append({**self._open, "words": words})
        elif self._form is not None and "name" in self._open:
            # The first line break of a text area is the page's, not the person's.
            text = self._open["words"].removeprefix("\r").removeprefix("\n")
            self._form.filled.append((self._open["name"], text))
        self._inside = ""


class Reader:
    """A person in front of a browser, who reads, types and presses."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.url = ""
        self.page: Page = Page("")

    def go(self, path: str) -> None:
        """Open an address; the page must come."""
        self._show(self.client.get(path, follow_redirects=True))

    def follow(self, words: str) -> None:
        """Follow the first link with these words."""
        self.go(next(url for text, url in self.page.links if text == words))

    def press(self, words: str, **answers: Any) -> None:
        """Fill in the form of a button, leave the rest as the page shows it, and send it.

        Choices are given by the words beside them.
        """
        form, button = next(
            (form, button)
            for form in self.page.forms
            for button in form.buttons
            if button["words"] == words
        )
        given = {name.replace("__", "-"): value for name, value in answers.items()}
        assert sorted(set(given) - form.names) == []
        fields = [(name, value) for name, value in form.filled if name not in given]
        for name, value in given.items():
            for each in value if isinstance(value, list) else [value]:
                # What is not in a list cannot be chosen from it.
                choices = form.choices.get(name)
                fields.append((name, each if choices is None else choices[each]))
        if button.get("name"):
            fields.append((button["name"], button.get("value", "")))
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        target = button.get("formaction") or form.action or self.url
        self._show(self.client.post(target, data=data, follow_redirects=True))

    def _show(self, answer: Any) -> None:
        assert answer.status_code == 200, f"{answer.status_code}: {Page(answer.text).text}"
        self.url = urlsplit(answer.request.url).path
        self.page = Page(answer.text)
