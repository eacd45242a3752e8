from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_filmmaker, make_mentor, make_user
from webapp.enums import EditionState, MatchState, PairPlace, ProjectState
from webapp.errors import CampfireError, ChangedMeanwhile, InvalidValue, NotFound, NotPossible
from webapp.models import Edition, Match, ProfileVersion, Project, ProjectMember, User
from webapp.services import plan, projects
from webapp.services.plan_lines import Line


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session, with_terms=True, state=EditionState.COLLECTING)


@pytest.fixture
def maker(session: Session, edition: Edition) -> User:
    user = make_user(session, "Айпери")
    make_filmmaker(session, edition, user)
    return user


@pytest.fixture
def film(session: Session, edition: Edition, maker: User) -> Project:
    return projects.make_project(
        session,
        edition,
        actor=maker,
        filmmaker=maker,
        values={"title": "Соль", "needs": ["career"]},
    )


def update(session: Session, film: Project, actor: User, **values: object) -> Project:
    return projects.update_project(
        session, film, values, actor=actor, expected_version=film.version
    )


def submit(session: Session, film: Project, actor: User) -> Project:
    return projects.submit_project(session, film, actor=actor, expected_version=film.version)


def withdraw(session: Session, film: Project, actor: User) -> Project:
    return projects.withdraw_project(session, film, actor=actor, expected_version=film.version)


def test_a_draft_belongs_to_its_maker(
    session: Session, edition: Edition, film: Project, maker: User
) -> None:
    assert (film.code, film.state, film.title_folded) == ("p1", ProjectState.DRAFT, "соль")
    assert projects.list_own_projects(session, edition, maker) == [film]
    assert projects.get_own_project(session, edition, film.id, maker) is film
    with pytest.raises(NotFound):
        projects.get_own_project(session, edition, film.id, make_user(session))
    with pytest.raises(NotFound):
        projects.get_project(session, make_edition(session), film.id)


def test_a_credited_name_may_not_edit(session: Session, edition: Edition, film: Project) -> None:
    credited = make_user(session, "Editor")
    film.members.append(ProjectMember(user=credited, name="Editor", role="editor"))
    session.flush()
    assert projects.list_own_projects(session, edition, credited) == []
    with pytest.raises(NotFound):
        projects.get_own_project(session, edition, film.id, credited)


def test_needs_keep_their_order_and_own_words(session: Session, film: Project, maker: User) -> None:
    update(session, film, maker, needs=["монтаж", "чтобы верили", "need.career", "монтаж"])
    assert film.needs == ["need.editing", "чтобы верили", "need.career"]
    assert film.needs_ordered is True
    update(session, film, maker, needs=["need.career"], needs_ordered=False)
    assert film.needs_ordered is False


def test_what_is_not_given_stays(session: Session, film: Project, maker: User) -> None:
    update(session, film, maker, synopsis="long")
    assert (film.title, film.needs, film.synopsis) == ("Соль", ["need.career"], "long")


def test_the_organizers_reading_is_not_a_filmmakers_to_write(
    session: Session, film: Project, maker: User
) -> None:
    update(session, film, maker, reading="mine")
    assert film.reading == ""


def test_a_team_of_names_stands_beside_those_with_an_account(
    session: Session, film: Project, maker: User
) -> None:
    team = [{"name": "Бакыт", "role": "оператор"}, {"name": " ", "role": "x"}]
    update(session, film, maker, team=team, own_role="режиссёр")
    assert [(each.name, each.role, each.is_contact) for each in film.members] == [
        ("Айпери", "режиссёр", True),
        ("Бакыт", "оператор", False),
    ]
    update(session, film, maker, team=[])
    assert [each.name for each in film.members] == ["Айпери"]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"title": "x" * 201}, "too_long", "title"),
        ({"logline": "x" * 1_001}, "too_long", "logline"),
        ({"pasted": "x" * 20_001}, "too_long", "pasted"),
        ({"needs": list("abcdef")}, "too_many_entries", "needs"),
        ({"team": [{"name": str(n)} for n in range(31)]}, "too_many_entries", "team"),
        ({"team": [{"name": "x" * 201}]}, "too_long", "team"),
        ({"own_role": "x" * 201}, "too_long", "own_role"),
        ({"demand_low": 3, "demand_high": 1}, "low_above_high", "demand_low"),
        ({"demand_low": 2}, "low_above_high", "demand_low"),
        ({"demand_high": 51}, "number_out_of_range", "demand_low"),
    ],
)
def test_limits_hold_below_the_forms(
    session: Session,
    film: Project,
    maker: User,
    values: dict[str, object],
    code: str,
    field: str,
) -> None:
    with pytest.raises(InvalidValue) as caught:
        update(session, film, maker, **values)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_an_older_page_is_refused(session: Session, film: Project, maker: User) -> None:
    shown = film.version
    update(session, film, maker, team=[{"name": "Бакыт"}])
    for act in (projects.submit_project, projects.withdraw_project, projects.mark_checked):
        with pytest.raises(ChangedMeanwhile):
            act(session, film, actor=maker, expected_version=shown)
    with pytest.raises(ChangedMeanwhile):
        projects.update_project(session, film, {}, actor=maker, expected_version=shown)


def test_what_is_missing_is_named_in_the_order_of_the_questions(
    session: Session, film: Project, maker: User
) -> None:
    assert projects.missing_answers(film) == (
        "logline",
        "difficulties",
        "stage_and_form",
        "languages",
    )
    update(
        session,
        film,
        maker,
        pasted="an old application",
        difficulties="the end",
        stages=["stage.idea"],
        forms=["form.short"],
        languages=[{"code": "ky", "level": None}],
    )
    assert projects.missing_answers(film) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"needs": []}, "nothing_to_match"),
        ({"needs": [], "forms": ["form.short"], "place": "Naryn"}, "nothing_to_match"),
    ],
)
def test_sending_in_asks_for_a_title_and_something_to_go_by(
    session: Session, film: Project, maker: User, values: dict[str, object], code: str
) -> None:
    update(session, film, maker, **values)
    with pytest.raises(InvalidValue) as caught:
        submit(session, film, maker)
    assert caught.value.code == code
    assert film.state is ProjectState.DRAFT


@pytest.mark.parametrize(
    "text", ["logline", "pasted", "difficulties", "synopsis", "statement", "goals"]
)
def test_any_text_is_enough(session: Session, film: Project, maker: User, text: str) -> None:
    update(session, film, maker, needs=[], **{text: "a few words"})
    assert submit(session, film, maker).state is ProjectState.SUBMITTED


def test_a_film_is_sent_in_taken_back_and_sent_in_again(
    session: Session, film: Project, maker: User
) -> None:
    submit(session, film, maker)
    assert film.submitted_at is not None
    with pytest.raises(NotPossible) as caught:
        submit(session, film, maker)
    assert caught.value.code == "already_submitted"
    withdraw(session, film, maker)
    with pytest.raises(NotPossible) as caught:
        withdraw(session, film, maker)
    assert caught.value.code == "already_withdrawn"
    assert submit(session, film, maker).state is ProjectState.SUBMITTED


def test_without_selection_whoever_sends_in_is_selected(
    session: Session, edition: Edition, film: Project, maker: User
) -> None:
    edition.has_selection = False
    assert submit(session, film, maker).state is ProjectState.SELECTED


def test_a_withdrawn_films_pairs_open_again(
    session: Session, edition: Edition, film: Project, maker: User
) -> None:
    edition.has_selection = False
    submit(session, film, maker)
    mentor = make_mentor(session, edition)
    line = Line(film.id, mentor.id, PairPlace.NONE, PairPlace.CONFIRMED)
    plan.apply_lines(session, edition, [line], actor=None)
    withdraw(session, film, maker)
    assert session.scalars(select(Match.state)).all() == [MatchState.CANCELLED]
    assert film.state is ProjectState.WITHDRAWN


def test_once_everyone_was_told_only_organizers_change_it(
    session: Session, edition: Edition, film: Project, maker: User
) -> None:
    submit(session, film, maker)
    organizer = make_user(session)
    edition.state = EditionState.RELEASED
    with pytest.raises(NotPossible) as caught:
        update(session, film, maker, title="late")
    assert caught.value.code == "edition_released"
    with pytest.raises(NotPossible) as caught:
        withdraw(session, film, maker)
    assert caught.value.code == "withdraw_with_organizers"
    update(session, film, organizer, title="corrected")
    withdraw(session, film, organizer)
    assert (film.title, film.state) == ("corrected", ProjectState.WITHDRAWN)


def test_what_an_organizer_fills_in_waits_to_be_seen(
    session: Session, edition: Edition, maker: User
) -> None:
    organizer = make_user(session)
    film = projects.make_project(
        session, edition, actor=organizer, filmmaker=maker, values={"title": "Told by phone"}
    )
    assert (film.filled_in_by_id, film.checked_at) == (organizer.id, None)
    with pytest.raises(NotFound):
        projects.mark_checked(session, film, actor=organizer, expected_version=film.version)
    projects.mark_checked(session, film, actor=maker, expected_version=film.version)
    assert film.checked_at is not None


def test_each_new_content_is_kept_once(session: Session, film: Project, maker: User) -> None:
    update(session, film, maker, title="Соль")
    update(session, film, maker, team=[{"name": "Бакыт", "role": ""}])
    kept = session.scalars(select(ProfileVersion).order_by(ProfileVersion.number)).all()
    assert [(each.number, each.saved_by_id) for each in kept] == [(1, maker.id), (2, maker.id)]
    assert [len(each.content["team"]) for each in kept] == [1, 2]
    assert "reading" not in kept[0].content


def test_nothing_changes_in_the_archive(
    session: Session, edition: Edition, film: Project, maker: User
) -> None:
    edition.state = EditionState.ARCHIVED
    for act in (
        lambda: update(session, film, maker, title="late"),
        lambda: submit(session, film, maker),
        lambda: withdraw(session, film, maker),
        lambda: projects.mark_checked(session, film, actor=maker, expected_version=film.version),
        lambda: projects.make_project(session, edition, actor=maker, filmmaker=maker),
    ):
        with pytest.raises(CampfireError) as caught:
            act()
        assert caught.value.code == "edition_archived"
