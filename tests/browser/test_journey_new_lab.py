"""From an empty Campfire to a camp where everyone knows who works with whom."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.started import Campfire
from tests.browser.test_journey_demo import film, say_yes_to_all, tell, write_letters
from tests.browser.visitor import Visitor

PASSWORD = "a quiet valley"
NEEDS = "Most important"
BIOGRAPHY = (
    "Bermet Osmonova is an editor. She has cut documentaries for twenty years and helps "
    "with editing and rough cut. Bermet Osmonova — монтажёр, работает на русском."
)


def open_the_lab(owner: Visitor) -> None:
    """Begin where nobody is yet: an account, the lab, its first year."""
    owner.go("/")
    owner.look("first page")
    owner.fill("What is your lab or camp called?", "Naryn Script Lab")
    owner.fill("Your name", "Asel Bekova")
    owner.fill("E-mail", "asel@example.org")
    owner.fill("A password", PASSWORD)
    owner.press("Begin")
    owner.look("home")
    owner.follow("Set up a year")
    owner.look("new year")
    owner.fill("Which year", "2027")
    owner.fill("Where is it?", "Naryn")
    owner.press("Open this year")
    owner.sees("2027 is open. Here is what comes next.")
    owner.look("checklist of a new year")


def invite(owner: Visitor, role: str, name: str) -> str:
    """Make an invitation's link, as it is pasted into a chat."""
    owner.go("/organize/1/people/invite")
    owner.page.get_by_label(role, exact=False).check()
    owner.fill("Name", name)
    owner.press("Make the link")
    owner.look(f"invitation of {name}")
    text = owner.page.get_by_label("Text to paste").input_value()
    assert text.startswith(f"Hello {name},\n")
    link = owner.page.get_by_label("Only the link").input_value()
    assert link in text
    return link


def join(visitor: Visitor, link: str, email: str) -> None:
    """Take an invitation up on the phone."""
    visitor.go(link)
    visitor.look("invitation")
    visitor.fill("E-mail", email)
    visitor.fill("A password", PASSWORD)
    visitor.press("Join")


def answer_six_questions(filmmaker: Visitor) -> None:
    """Write half, save, come back another day, and send it in."""
    filmmaker.look("first visit")
    filmmaker.follow("Begin")
    filmmaker.look("six questions")
    filmmaker.fill("What is your film called?", "Salt on the Window")
    filmmaker.fill("What is it about", "A bus driver keeps the last timetable of a closed road.")
    filmmaker.press("Save and go on later")
    filmmaker.go("/editions/1/films")
    filmmaker.look("a draft")
    filmmaker.follow("Go on")
    page = filmmaker.page
    expect(page.get_by_label("What is your film called?")).to_have_value("Salt on the Window")
    filmmaker.fill("What doesn't work yet?", "Sixty hours, and no form holds them together.")
    page.get_by_label(NEEDS).select_option(label="Editing & rough cut")
    page.get_by_label("Where are you now?").select_option(label="Rough cut")
    page.get_by_label("Creative documentary", exact=True).check()
    page.get_by_label("Language", exact=True).first.select_option(label="Russian")
    filmmaker.press("Send it in")
    filmmaker.look("sent in")
    filmmaker.go("/editions/1/films")
    filmmaker.sees("sent in")


def write_own_page(mentor: Visitor) -> None:
    """Say what people come for: all that the film asks, so that only a "never" stands between."""
    mentor.look("profile")
    page = mentor.page
    page.get_by_label("Editing & rough cut", exact=True).check()
    mentor.fill("Films and posts", "The Third Shore, editor")
    page.get_by_text("Where you help best").click()
    page.get_by_label("Rough cut", exact=True).check()
    page.get_by_label("Creative documentary", exact=True).check()
    page.get_by_label("At most").fill("2")
    page.get_by_label("Language", exact=True).first.select_option(label="Russian")
    mentor.press("Save")
    mentor.look("own page")


def fill_in_for_a_guest(owner: Visitor) -> str:
    """Paste a biography, look over what it names, and make the guest's link."""
    owner.go("/organize/1/people")
    owner.look("people")
    owner.follow("Fill in for a mentor")
    owner.look("paste")
    owner.fill("Name", "Bermet Osmonova")
    owner.fill("Paste the biography", BIOGRAPHY)
    owner.press("Go on")
    owner.look("what the biography names")
    expect(owner.page.get_by_label("Editing & rough cut", exact=True)).to_be_checked()
    owner.press("Save")
    owner.look("guest")
    owner.press("Make their link")
    return owner.page.get_by_label("Only the link").input_value()


def check_own_page(guest: Visitor) -> None:
    """Right? How many? Here all week?"""
    expect(guest.page.get_by_role("heading", level=1)).to_have_text(
        "Right? How many? Here all week?"
    )
    guest.look("right")
    guest.page.get_by_label("At most").fill("3")
    guest.press("Yes, this is right")
    guest.look("own page")


def choose_and_keep_apart(owner: Visitor) -> None:
    """Select the film, and say whom it must not meet."""
    owner.go("/organize/1/")
    owner.follow("Choose the films", within=owner.page.locator("#next"))
    owner.look("choose the films")
    owner.page.get_by_role("button", name="selected: Salt on the Window").click()
    expect(owner.page.locator("#choice-counts")).to_contain_text("1 selected")
    owner.go("/organize/1/apart")
    owner.look("not together")
    owner.page.get_by_label("Film", exact=True).select_option(label="Salt on the Window")
    owner.page.get_by_label("Mentor", exact=True).select_option(label="Ilyas Ward")
    owner.page.get_by_label("Why?").select_option(label="Relative or partner")
    owner.press("Do not put together")
    owner.look("one pair apart")


def test_from_an_empty_house_to_everyone_told(empty: Campfire, visit: Visit) -> None:
    owner = visit(empty, "owner")
    open_the_lab(owner)
    film_link = invite(owner, "a filmmaker, with a film", "Aida Nurlan kyzy")
    mentor_link = invite(owner, "a mentor", "Ilyas Ward")

    filmmaker = visit(empty, "aida", "phone")
    join(filmmaker, film_link, "aida@example.org")
    answer_six_questions(filmmaker)
    mentor = visit(empty, "ilyas", "phone")
    join(mentor, mentor_link, "ilyas@example.org")
    write_own_page(mentor)
    guest = visit(empty, "bermet", "phone")
    join(guest, fill_in_for_a_guest(owner), "bermet@example.org")
    check_own_page(guest)

    choose_and_keep_apart(owner)
    owner.follow("Suggest pairs")
    owner.press("Suggest pairs")
    owner.press("Put all of it on the list")
    owner.look("list")
    names = film(owner, 0).locator(".pair-name")
    expect(names).to_have_text(re.compile("^Bermet Osmonova"))
    say_yes_to_all(owner)
    write_letters(owner)
    owner.look("letters")

    filmmaker.go("/editions/1/films")
    filmmaker.sees_nothing_of("Bermet")
    guest.go("/editions/1/mentor/films")
    guest.sees_nothing_of("Salt on the Window")

    tell(owner)
    filmmaker.go("/editions/1/films")
    filmmaker.follow("Meet your mentors")
    filmmaker.sees("Bermet Osmonova")
    filmmaker.look("mentor")
    guest.go("/editions/1/mentor/films")
    guest.follow("Read Salt on the Window")
    guest.sees("Sixty hours, and no form holds them together.")
    guest.look("film")
    mentor.go("/editions/1/mentor/films")
    mentor.sees_nothing_of("Salt on the Window")
    mentor.look("no film")
