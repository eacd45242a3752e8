"""Draw the pictures of docs/assignment.md from what the matcher answers.

``python tools/assignment_pictures.py`` writes ``docs/pictures/*.svg``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from matcher import Constraints, assign
from matcher.counterfactuals import SolvedPlan
from matcher.diagnosis import diagnose
from matcher.profiles import Conflict, Demand, Load
from matcher.stability import frontier

FILMS = ("Dust", "Ice", "Salt", "Wind")
MENTORS = ("Asel", "Ben", "Cem")
PLACES = (2, 1, 1)
FIT = [[0.8, 0.7, 0.5], [0.5, 0.2, 0.3], [0.9, 0.6, 0.1], [0.3, 0.5, 0.2]]
STANDING = (("Dust", "Asel"), ("Ice", "Asel"), ("Salt", "Ben"), ("Wind", "Cem"))
NEVER = (("Ice", "Asel"), ("Ice", "Cem"), ("Wind", "Asel"), ("Wind", "Cem"))

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
INK, FAINT, KEPT, COMES, GOES = "#22313a", "#c9d1d6", "#22313a", "#0b7a4b", "#b3261e"
LEFT, RIGHT, TOP, STEP, WIDTH = 150, 410, 64, 62, 640
Pair = tuple[str, str]


def limits(never: Iterable[Pair] = ()) -> Constraints:
    """One mentor a film; Asel takes two films, the others one."""
    return Constraints.build(
        FILMS,
        MENTORS,
        demand=[Demand(1, 1)] * len(FILMS),
        loads=[Load(0, places) for places in PLACES],
        conflicts=[Conflict(film, mentor) for film, mentor in never],
    )


def fit(pair: Pair) -> float:
    """Give a pair's affinity."""
    return FIT[FILMS.index(pair[0])][MENTORS.index(pair[1])]


def film_at(film: str) -> int:
    """Give a film's height in the picture."""
    return TOP + STEP * FILMS.index(film)


def mentor_at(mentor: str) -> int:
    """Give a mentor's height in the picture."""
    return TOP + STEP // 2 + STEP * MENTORS.index(mentor)


def text(x: float, y: float, words: str, *, at: str = "start", ink: str = INK) -> str:
    """Give words at a place."""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{at}" fill="{ink}" '
        f'dominant-baseline="central">{escape(words)}</text>'
    )


def line(pair: Pair, ink: str, *, wide: float = 3, dashed: bool = False) -> str:
    """Give a pair as a line."""
    dash = ' stroke-dasharray="7 5"' if dashed else ""
    return (
        f'<line x1="{LEFT}" y1="{film_at(pair[0])}" x2="{RIGHT}" y2="{mentor_at(pair[1])}" '
        f'stroke="{ink}" stroke-width="{wide:g}"{dash}/>'
    )


def number(pair: Pair, ink: str, part: float) -> str:
    """Give a pair's affinity on its line, so far along from the film."""
    x = LEFT + part * (RIGHT - LEFT)
    y = film_at(pair[0]) + part * (mentor_at(pair[1]) - film_at(pair[0]))
    patch = f'<rect x="{x - 15:g}" y="{y - 9:g}" width="30" height="18" rx="4" fill="#fff"/>'
    return patch + text(x, y, f"{fit(pair):.1f}", at="middle", ink=ink)


def people(films: dict[str, str], mentors: dict[str, str]) -> list[str]:
    """Both sides with a word about each."""
    drawn = []
    for film in FILMS:
        y = film_at(film)
        drawn.append(f'<circle cx="{LEFT}" cy="{y}" r="6" fill="{INK}"/>')
        drawn.append(text(LEFT - 14, y, f"{film}{films.get(film, '')}", at="end"))
    for mentor in MENTORS:
        y = mentor_at(mentor)
        drawn.append(f'<rect x="{RIGHT - 6}" y="{y - 6}" width="12" height="12" fill="{INK}"/>')
        drawn.append(text(RIGHT + 16, y, f"{mentor}{mentors.get(mentor, '')}"))
    return drawn


def save(name: str, title: str, parts: Iterable[str], height: int = 284) -> None:
    """Write one picture on a white ground, readable on dark pages too."""
    FOLDER.mkdir(exist_ok=True)
    body = "\n  ".join(parts)
    (FOLDER / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" font-family="sans-serif" font-size="15">\n'
        f"  <title>{escape(title)}</title>\n"
        f'  <rect width="{WIDTH}" height="{height}" rx="8" fill="#fff"/>\n  {body}\n</svg>\n',
        encoding="utf-8",
    )


def chosen_pairs(constraints: Constraints) -> list[Pair]:
    """Give the best plan's pairs."""
    chosen = assign(FIT, constraints).chosen
    return [
        (film, mentor)
        for row, film in enumerate(FILMS)
        for column, mentor in enumerate(MENTORS)
        if chosen[row, column]
    ]


def draw_plan() -> None:
    """Draw the best plan."""
    chosen = chosen_pairs(limits())
    every = [(film, mentor) for film in FILMS for mentor in MENTORS]
    parts = [line(pair, FAINT, wide=1.5) for pair in every if pair not in chosen]
    parts += [line(pair, KEPT) for pair in chosen]
    parts += [number(pair, KEPT, 0.22) for pair in chosen]
    takes = {mentor: f", takes {n}" for mentor, n in zip(MENTORS, PLACES, strict=True)}
    total = assign(FIT, limits()).total
    parts += [*people({}, takes), text(24, 26, f"The best plan: together {total:.1f}")]
    save("plan", "The best plan of the small lab", parts)


def draw_price() -> None:
    """Draw what else moves when one pair is forced."""
    solved = SolvedPlan.solve(FIT, limits())
    asked = solved.consequence("Dust", "Ben")
    lost, gained = (
        [(pair.project, pair.mentor) for pair in pairs] for pairs in (asked.lost, asked.gained)
    )
    stays = [pair for pair in chosen_pairs(limits()) if pair not in lost]
    parts = [line(pair, FAINT, wide=2.5) for pair in stays]
    parts += [line(pair, GOES, dashed=True) for pair in lost]
    parts += [line(pair, COMES) for pair in gained]
    parts += [number(pair, GOES, 0.2) for pair in lost]
    parts += [number(pair, COMES, 0.76) for pair in gained]
    given = " + ".join(f"{fit(pair):.1f}" for pair in lost)
    taken = " + ".join(f"{fit(pair):.1f}" for pair in gained)
    parts += people({}, {})
    parts += [
        text(24, 26, "Why not Ben for Dust?"),
        text(24, 300, f"given up (dashed): {given}", ink=GOES),
        text(290, 300, f"comes: {taken}", ink=COMES),
        text(616, 300, f"price {asked.price:.1f}", at="end"),
    ]
    save("price", "What else moves when Dust is to have Ben", parts, 324)


def draw_frontier() -> None:
    """Draw total against changes."""
    points = frontier(FIT, limits(), STANDING)
    low, high = points[0].total, points[-1].total
    last = max(1, points[-1].n_changes)
    left, right, top, bottom = 90, 590, 60, 240

    def place(n_changes: int, total: float) -> tuple[float, float]:
        across = left + (right - left) * n_changes / last
        return across, bottom - (bottom - top) * (total - low) / (high - low)

    parts = [text(24, 26, "The best total for each number of changes")]
    parts.append(f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="{FAINT}"/>')
    spots = [place(point.n_changes, point.total) for point in points]
    way = " ".join(f"{x:g},{y:g}" for x, y in spots)
    parts.append(f'<polyline points="{way}" fill="none" stroke="{FAINT}" stroke-width="2"/>')
    for point, (x, y) in zip(points, spots, strict=True):
        filled = COMES if point.supported else "#fff"
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="6" fill="{filled}" stroke="{COMES}" '
            'stroke-width="2"/>'
        )
        parts.append(text(x, y - 18, f"{point.total:.1f}", at="middle"))
        parts.append(text(x, bottom + 20, str(point.n_changes), at="middle"))
    parts.append(text((left + right) / 2, bottom + 44, "pairs changed", at="middle"))
    save("frontier", "Total against changes of the standing plan", parts, 304)


def draw_blockage() -> None:
    """Draw who blocks a plan."""
    blocked = limits(NEVER)
    found = diagnose(FIT, blocked).blockages[0]
    open_pairs = [
        (film, mentor) for film in FILMS for mentor in MENTORS if (film, mentor) not in NEVER
    ]
    inside = [pair for pair in open_pairs if pair[0] in found.project_ids]
    parts = [line(pair, FAINT, wide=1.5) for pair in open_pairs if pair not in inside]
    parts += [line(pair, GOES) for pair in inside]
    needs = dict.fromkeys(found.project_ids, " needs 1")
    offers = dict.fromkeys(found.mentor_ids, " offers 1")
    said = (
        f"{' and '.join(found.project_ids)} need {found.needed} places; whom they can have, "
        f"{' and '.join(found.mentor_ids)}, offers {found.offered}"
    )
    parts += [*people(needs, offers), text(24, 26, said)]
    save("blockage", "Who blocks a plan", parts)


def main() -> None:
    """Draw all."""
    draw_plan()
    draw_price()
    draw_frontier()
    draw_blockage()


if __name__ == "__main__":
    main()
