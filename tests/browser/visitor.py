"""A visitor: one person at one screen, with an eye on everything that goes wrong there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

# WCAG 2.2 AA and best practices; `target-size` is 2.2's and has to be asked for.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# Set this to a folder to look at every page that is visited.
SHOTS = os.environ.get("CAMPFIRE_SHOTS", "")


class Visitor:
    """A person's page, and what they do on it in their own words."""

    def __init__(
        self, context: BrowserContext, address: str, name: str, *, has_script: bool = True
    ) -> None:
        self.context = context
        # axe is a script as well: it cannot look where scripts are off.
        self.has_script = has_script
        self.address = address
        self.name = name
        self.page: Page = context.new_page()
        self.trouble: list[str] = []
        self._allowed_statuses: set[int] = set()
        self._n_shots = 0
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.trouble.append(f"script: {error.error}"))
        context.on("request", lambda request: self._check_host(request.url))
        context.on("response", self._check_answer)

    # ------------------------------------------------------------- watching

    def _hear(self, message: ConsoleMessage) -> None:
        refused = re.search(r"status of (\d+)", message.text)
        if refused and int(refused[1]) in self._allowed_statuses:
            return
        if message.type in {"error", "warning"}:
            self.trouble.append(f"console: {message.text} ({message.page and message.page.url})")

    def _check_host(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and not url.startswith(f"{self.address}/"):
            self.trouble.append(f"asks another host: {url}")

    def _check_answer(self, answer: Response) -> None:
        if answer.status >= 400 and answer.status not in self._allowed_statuses:
            self.trouble.append(f"{answer.status}: {answer.url}")

    def expects_refusal(self, status: int) -> None:
        """Say that this journey meets an answer of this status."""
        self._allowed_statuses.add(status)

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong on the way."""
        self.context.close()
        assert self.trouble == [], f"{self.name} met trouble:\n" + "\n".join(self.trouble)

    # ------------------------------------------------------------- going and doing

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path if path.startswith("http") else self.address + path)

    def enter(self, link: str) -> None:
        """Open a sign-in link and press its button."""
        self.go(link)
        self.press("Sign in", within=self.page.locator("main"))

    def press(self, label: str, *, within: Locator | Page | None = None, nth: int = 0) -> None:
        """Press a button by the words on it, and wait for the page it leads to."""
        place = within or self.page
        with self.page.expect_navigation():
            place.get_by_role("button", name=label, exact=True).nth(nth).click()

    def follow(self, label: str, *, within: Locator | Page | None = None, nth: int = 0) -> None:
        """Follow a link by its words to another page."""
        place = within or self.page
        with self.page.expect_navigation():
            place.get_by_role("link", name=label, exact=True).nth(nth).click()

    def fill(self, label: str, text: str) -> None:
        """Fill in the field with this label, which may go on with "if you like"."""
        begin = re.compile("^" + re.escape(label))
        self.page.get_by_label(begin).first.fill(text)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Check that these words stand on the page."""
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def sees_nothing_of(self, *texts: str) -> None:
        """Check that none of these words stand on the page, folded away or not."""
        content = self.page.content()
        assert [text for text in texts if text in content] == []

    # ------------------------------------------------------------- looking

    def look(self, what: str) -> None:
        """Look at the page as it is now: it fits, and everybody can use it."""
        self.page.wait_for_load_state()
        self.keep_picture(what)
        self.check_width()
        if not self.has_script:
            return
        found: dict[str, Any] = Axe().run(self.page, options=RULES).response
        assert found["violations"] == [], f"{what}:\n{_readable(found['violations'])}"

    def check_width(self) -> None:
        """Check that nothing has to be pushed sideways."""
        wide, room = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        size = self.page.viewport_size
        assert size is not None
        assert wide <= min(room, size["width"]), f"{self.page.url} is {wide} px wide"

    def keep_picture(self, what: str) -> None:
        """Keep a picture of the whole page, where one is wanted."""
        if not SHOTS:
            return
        self._n_shots += 1
        slug = re.sub(r"\W+", "-", what).strip("-")
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        path = Path(SHOTS) / f"{self.name}-{self._n_shots:02}-{slug}.png"
        self.page.screenshot(path=path, full_page=True)


def _readable(violations: list[dict[str, Any]]) -> str:
    lines = []
    for violation in violations:
        lines.append(f"- {violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"][:4]:
            lines.append(f"    {node['html'][:200]}")
            lines += [f"      {check['message']}" for check in [*node["any"], *node["all"]]]
    return "\n".join(lines)
