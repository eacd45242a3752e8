"""Someone who has never seen it: from the printed link to "tell everyone", in the demo lab."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.started import Campfire
from tests.browser.visitor import Visitor

MENTOR = "Tamta Chkhenkeli"
NOT_YET = "The organizers are still finding who works with whom."


def film(visitor: Visitor, nth: int) -> Locator:
    """Give one film's row on the list."""
    return visitor.page.locator("article.film-row").nth(nth)


def word(row: Locator, action: str) -> Locator:
    """Give the first button of a film that says this about a pair."""
    return row.get_by_role("button", name=re.compile(f"^{action}: ")).first


def mentors_of(row: Locator) -> list[str]:
    """Name who is with a film on the list, without the marks beside the names."""
    names = row.locator(".pair-row:not(.aside) .pair-name")
    return [re.sub(r"\s+(yes|kept)$", "", name.strip()) for name in names.all_inner_texts()]


def unfold(row: Locator) -> None:
    """Open what is folded away under a film's first pair."""
    row.get_by_text("Why, and more").first.click()


def suggest(visitor: Visitor) -> None:
    """Go from the first page to a suggestion that is taken over."""
    visitor.look("home")
    visitor.follow("See what is next")
    visitor.look("checklist")
    visitor.follow("Suggest pairs", within=visitor.page.locator("main"))
    visitor.look("suggest")
    visitor.press("Suggest pairs")
    take = visitor.page.get_by_role("button", name="Put all of it on the list")
    # The first time, the worker reads all texts with the sentence encoder.
    expect(take).to_be_visible(timeout=180_000)
    visitor.look("suggestion")
    visitor.press("Put all of it on the list")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Who with whom")


def say_yes_to_all(visitor: Visitor) -> None:
    visitor.page.locator("summary", has_text="Yes to all that wait").click()
    visitor.press("Yes to all that wait")
    visitor.sees("No pair waits for your word")


def write_letters(visitor: Visitor) -> None:
    visitor.follow("Tell everyone", within=visitor.page.locator("main"))
    visitor.look("before the letters")
    visitor.press("Write the letters")
    visitor.sees(re.compile(r"^\d+ letters, not sent yet$"))


def tell(visitor: Visitor) -> None:
    visitor.page.locator("summary", has_text="Tell everyone now").click()
    visitor.press("Tell everyone now")
    expect(visitor.page.get_by_role("heading", name="What was told")).to_be_visible()


def go_through_the_list(organizer: Visitor) -> None:
    """Use every word that the list offers, once."""
    organizer.look("list")
    page = organizer.page
    page.evaluate("window.isTheSamePage = true")

    first = film(organizer, 0)
    word(first, "Yes").click()
    expect(first.locator(".badge", has_text="yes")).to_have_count(1)
    expect(page.locator("#plan-count")).to_contain_text("1 yes")
    assert page.evaluate("window.isTheSamePage") is True

    second = film(organizer, 1)
    before = mentors_of(second)
    second.get_by_role("link", name=re.compile("^Another mentor than ")).first.click()
    page.wait_for_url("**/others?**")
    organizer.look("other options")
    organizer.fill("Why not?", "Met last year already")
    choose = page.get_by_role("button", name=re.compile("^Choose ")).first
    chosen = (choose.get_attribute("aria-label") or "").removeprefix("Choose ")
    choose.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who with whom")
    assert sorted(mentors_of(second)) == sorted([*before[1:], chosen])

    third = film(organizer, 2)
    third.get_by_role("link", name=re.compile("^Later")).first.click()
    assert page.url.endswith("#" + (film(organizer, 3).get_attribute("id") or "no film"))

    unfold(third)
    word(third, "Keep").click()
    expect(third.locator(".badge", has_text="kept")).to_have_count(1)

    fourth = film(organizer, 3)
    before = mentors_of(fourth)
    unfold(fourth)
    fourth.get_by_label("Why not?").first.fill("Too far from her films")
    word(fourth, "Set aside").click()
    expect(fourth.get_by_text("1 set aside")).to_be_visible()
    assert mentors_of(fourth) == before[1:]
    fourth.get_by_text("1 set aside").click()
    expect(fourth.get_by_text("Too far from her films")).to_be_visible()
    organizer.look("list with every state")

    page.reload()
    page.get_by_text("What was changed, and by whom").click()
    page.get_by_role("button", name=re.compile("^Undo change")).first.click()
    expect(fourth.get_by_text("1 set aside")).to_have_count(0)
    assert mentors_of(fourth) == before


def test_from_the_link_to_everyone_told(demo: Campfire, visit: Visit) -> None:
    mentor = visit(demo, "mentor", "phone")
    mentor.enter(demo.links["mentor"])
    mentor.look("home before")
    filmmaker = visit(demo, "filmmaker", "phone")
    filmmaker.enter(demo.links["filmmaker"])
    filmmaker.look("home before")

    organizer = visit(demo, "organizer")
    organizer.enter(demo.links["organizer"])
    suggest(organizer)
    go_through_the_list(organizer)
    say_yes_to_all(organizer)
    write_letters(organizer)

    heading = organizer.page.get_by_role("heading", name=MENTOR, exact=True)
    letter = organizer.page.locator("section.letter").filter(has=heading)
    letter.get_by_text("Read and correct").click()
    body = letter.get_by_label("Letter")
    text = body.input_value()
    assert text.startswith(f"Hello {MENTOR},\n")
    body.fill(f"{text}\n\nThe tea is on the stove.")
    organizer.press("Save this letter", within=letter)
    organizer.look("letters")
    letter.get_by_text("Read and correct").click()
    expect(letter.get_by_label("Letter")).to_have_value(f"{text}\n\nThe tea is on the stove.")

    # Everything is decided and written, and nobody has heard a word of it.
    see_nothing(mentor, filmmaker)
    tell(organizer)
    organizer.look("told")
    see_each_other(mentor, filmmaker)


def see_nothing(mentor: Visitor, filmmaker: Visitor) -> None:
    mentor.go("/editions/1/mentor/films")
    mentor.sees(NOT_YET)
    mentor.look("films before")
    filmmaker.go("/editions/1/films")
    filmmaker.sees_nothing_of(MENTOR)
    filmmaker.follow("What a mentor sees")
    filmmaker.look("what a mentor sees")
    filmmaker.go(f"{filmmaker.page.url}/mentors")
    filmmaker.sees(NOT_YET)
    filmmaker.sees_nothing_of(MENTOR)
    filmmaker.look("mentors before")


def see_each_other(mentor: Visitor, filmmaker: Visitor) -> None:
    mentor.go("/editions/1/mentor")
    mentor.look("page after")
    mentor.follow("See your films")
    mentor.look("films after")
    films = mentor.page.locator("section.card")
    assert films.count() == 6
    films.first.get_by_role("link", name=re.compile("^Read ")).click()
    expect(mentor.page.get_by_role("heading", name="Why you two")).to_be_visible()
    mentor.look("film after")

    filmmaker.go("/editions/1/films")
    filmmaker.look("films after")
    filmmaker.follow("Meet your mentors")
    expect(filmmaker.page.get_by_role("heading", name="Why you two")).to_have_count(2)
    filmmaker.look("mentors after")


def test_the_core_on_a_phone_in_the_dark(demo: Campfire, visit: Visit) -> None:
    organizer = visit(demo, "organizer-phone", "phone", color_scheme="dark")
    organizer.enter(demo.links["organizer"])
    suggest(organizer)
    organizer.look("list")
    first = film(organizer, 0)
    word(first, "Yes").click()
    expect(first.locator(".badge", has_text="yes")).to_have_count(1)
    # The page is older than this Yes, and that is no hindrance.
    say_yes_to_all(organizer)
    write_letters(organizer)
    organizer.page.get_by_text("Read and correct").first.click()
    organizer.look("letters")
    tell(organizer)
    organizer.look("told")


def test_the_core_without_javascript(demo: Campfire, visit: Visit) -> None:
    organizer = visit(demo, "organizer-plain", java_script_enabled=False)
    organizer.enter(demo.links["organizer"])
    suggest(organizer)
    first = film(organizer, 0)
    word(first, "Yes").click()
    assert organizer.page.url.endswith("#" + (first.get_attribute("id") or "no film"))
    expect(first.locator(".badge", has_text="yes")).to_have_count(1)
    say_yes_to_all(organizer)
    write_letters(organizer)
    tell(organizer)


@pytest.mark.parametrize(("size", "language"), [("phone", "ru"), ("desk", "en")])
def test_every_page_of_the_organizers(
    demo: Campfire, visit: Visit, size: str, language: str
) -> None:
    organizer = visit(demo, f"pages-{size}", size)
    organizer.enter(demo.links["organizer"])
    # Russian words are longer: on a phone they are what has to fit.
    cookie = {"name": "campfire_language", "value": language, "url": demo.address}
    organizer.context.add_cookies([cookie])
    organizer.go("/organize/1/")
    expect(organizer.page.locator("html")).to_have_attribute("lang", language)
    links = organizer.page.locator(".site-nav a")
    addresses = [each.get_attribute("href") or "" for each in links.all()]
    assert len(addresses) == 7
    for address in addresses:
        organizer.go(address)
        organizer.look(address)
