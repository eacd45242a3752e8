"""What each command does."""

from __future__ import annotations

import argparse
import logging
import sys

from flask import Flask, url_for
from sqlalchemy.orm import Session

from webapp import create_app, limits
from webapp.cli import instance, server
from webapp.cli.instance import CannotStart
from webapp.enums import LinkPurpose
from webapp.errors import NotFound
from webapp.jobs.place import Place
from webapp.jobs.worker import Worker
from webapp.models import User
from webapp.services import accounts, demo, links


def serve(wanted: argparse.Namespace) -> int:
    """Check, prepare, and become the watch over web server and worker."""
    place = server.Place(wanted.host, wanted.port, wanted.workers, wanted.threads)
    server.check(place, demo=wanted.demo)
    server.set_environment(place, demo=wanted.demo)
    print("Campfire is starting …", flush=True)
    lines = []
    with instance.database() as sessions, sessions.writing() as session:
        if wanted.demo:
            demo.load_demo(session)
            lines = _demo_lines(session, place)
        elif accounts.is_empty(session):
            lines = ["Nobody is here yet: open it and say who you are and what your lab is called."]
    server.watch(place, lines)
    return 0


def work(_wanted: argparse.Namespace) -> int:
    """Work until a signal says stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for chatty in ("huey", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    with instance.database() as sessions:
        Worker(Place(sessions, instance.settings())).run()
    return 0


def migrate(_wanted: argparse.Namespace) -> int:
    """Bring the database up to date."""
    with instance.database():
        print(f"The database in {instance.short(instance.folder())} is up to date.")
    return 0


def load_demo(_wanted: argparse.Namespace) -> int:
    """Load the demo lab, if it is not there."""
    with instance.database() as sessions, sessions.writing() as session:
        is_new = demo.load_demo(session)
    print("The demo lab is loaded." if is_new else "The demo lab is already there; it was kept.")
    return 0


def link(wanted: argparse.Namespace) -> int:
    """Print a sign-in link that works once."""
    with instance.database() as sessions, sessions.writing() as session:
        user = _find(session, wanted.person)
        address = _sign_in_link(_app(), session, user, instance.settings()["PUBLIC_URL"])
    print(address)
    print(f"It signs in {user.name}, once, within a day.", file=sys.stderr)
    return 0


def _app() -> Flask:
    return create_app(instance=instance.folder())


def _find(session: Session, person: str) -> User:
    try:
        if person.isdigit():
            return accounts.get_user(session, int(person))
    except NotFound:
        pass
    user = accounts.find_by_email(session, person)
    if user is None:
        raise CannotStart(f"Nobody here has the address or number {person!r}.")
    return user


def _sign_in_link(app: Flask, session: Session, user: User, address: str) -> str:
    _, token = links.make_link(session, user, LinkPurpose.SIGN_IN, hours=limits.SIGN_IN_LINK_HOURS)
    with app.test_request_context():
        return address.rstrip("/") + url_for("account.enter", token=token)


def _demo_lines(session: Session, place: server.Place) -> list[str]:
    """Give what stands under the address: three ways in, fresh at every start."""
    people = demo.list_demo_people(session)
    if not people:
        return ["There is no demo lab here: this instance already has people of its own."]
    app = _app()
    width = max(len(role) for role, _ in people)
    return [
        f"{demo.LAB} {demo.YEAR}, an invented lab. Look at it as",
        *(
            f"  {role.ljust(width)}  {_sign_in_link(app, session, user, place.address)}"
            for role, user in people
        ),
        "Each link signs you in once; the next start prints new ones.",
    ]
