"""A real browser, and the real Campfire behind it: web server and worker.

No test here is skipped where something is missing: it fails and says what to
install. One group, so that one process drives the browser.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.started import Campfire
from tests.browser.visitor import Visitor

HERE = Path(__file__).parent
# The whole of a page's journey; a busy machine is slow to start a process.
PATIENCE_MS = 20_000
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}

Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder: it needs a browser, and one process drives it."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's own Chromium."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("No chromium on this machine: install it with `sudo apt install chromium`.")
    browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def running_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campfire]:
    campfire = Campfire(tmp_path_factory.mktemp("demo") / "instance", "--demo")
    yield campfire
    campfire.stop()


@pytest.fixture
def demo(running_demo: Campfire) -> Campfire:
    """The demo lab as it is on the first day; nobody has done anything yet."""
    running_demo.begin_again()
    return running_demo


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Campfire]:
    """A Campfire in which nobody is yet."""
    campfire = Campfire(tmp_path / "instance")
    yield campfire
    campfire.stop()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Send somebody to a Campfire: ``visit(campfire, 'anna', 'phone')``.

    When the test is over each browser is closed, and nothing may have gone
    wrong in any of them: no error of a script, no refusal by the page's own
    policy, no word to another host.
    """
    visitors: list[Visitor] = []

    def send(campfire: Campfire, name: str, size: str = "desk", **options: object) -> Visitor:
        is_phone = size == "phone"
        context = chromium.new_context(
            viewport=SIZES[size],
            is_mobile=is_phone,
            has_touch=is_phone,
            locale="en-GB",
            timezone_id="Asia/Bishkek",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        has_script = options.get("java_script_enabled", True) is True
        visitors.append(Visitor(context, campfire.address, name, has_script=has_script))
        return visitors[-1]

    yield send
    for visitor in visitors:
        visitor.leave()
