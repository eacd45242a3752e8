"""The price of every pair as a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.counterfactuals import Prices
from matcher.files.cells import guarded, written_number
from matcher.files.saving import Target, save_rows

_COLUMNS = (
    *("project", "mentor", "price", "chosen", "pairs_lost", "minimums_missed"),
    *("drop_price", "drop_pairs_lost", "drop_minimums_missed"),
)


def write_prices(
    target: Target, project_ids: Sequence[str], mentor_ids: Sequence[str], prices: Prices
) -> None:
    """Write what every pair would cost, one row for each, projects in their order.

    ``price`` is by how much the total falls when the pair is forced: 0 for a
    chosen pair, empty where no plan can hold it. Such a plan has ``pairs_lost``
    fewer pairs and misses ``minimums_missed`` more places of minimums. The
    columns that begin with ``drop_`` say the same of forbidding a chosen pair,
    and are empty for the others. ``chosen`` is 1 or 0.

    Parameters
    ----------
    target : path or text file
        A file is replaced as a whole or not at all.
    project_ids, mentor_ids : sequences of str
        The rows and the columns.
    prices : Prices
    """
    save_rows(target, _COLUMNS, _rows(project_ids, mentor_ids, prices))


def _rows(
    project_ids: Sequence[str], mentor_ids: Sequence[str], prices: Prices
) -> Iterator[list[str]]:
    mentors = [guarded(one) for one in mentor_ids]
    for row, project in enumerate(map(guarded, project_ids)):
        forced = zip(
            prices.affinity[row].tolist(),
            prices.pairs_lost[row].tolist(),
            prices.minimums_missed[row].tolist(),
            strict=True,
        )
        dropped = zip(
            prices.drop_affinity[row].tolist(),
            prices.drop_pairs_lost[row].tolist(),
            prices.drop_minimums_missed[row].tolist(),
            strict=True,
        )
        for column, (force, drop) in enumerate(zip(forced, dropped, strict=True)):
            chosen = bool(prices.chosen[row, column])
            price, *lost = _cells(force, told=bool(prices.possible[row, column]))
            told = _cells(drop, told=chosen)
            yield [project, mentors[column], price, str(int(chosen)), *lost, *told]


def _cells(cost: tuple[float, int, int], *, told: bool) -> list[str]:
    price, lost, missed = cost
    return [written_number(price), str(lost), str(missed)] if told else ["", "", ""]
