"""A file of weights: what each feature counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError
from matcher.files.sheets import Source, read_sheet, read_text
from matcher.weights import checked_weights


def read_weights(source: Source) -> dict[str, float]:
    """Give the weights in a file; a feature that it does not name keeps its own.

    Parameters
    ----------
    source : path or text file
        CSV with the columns ``feature,weight``, or a file that ends in
        ``.json`` and holds an object such as ``{"needs": 4, "genre": 0}``.

    Raises
    ------
    MatcherError
        For a feature that there is not, one named twice, or a weight that is
        no number of 0 or more.

    Examples
    --------
    >>> import io
    >>> read_weights(io.StringIO("feature,weight\\nneeds,5\\ngenre,0\\n"))
    {'needs': 5.0, 'genre': 0.0}
    """
    if isinstance(source, (str, Path)) and Path(source).suffix.casefold() == ".json":
        return checked_weights(_from_json(source))
    given: dict[str, Any] = {}
    for row in read_sheet(source, required=("feature", "weight")).rows:
        name, text = row.text("feature"), row.text("weight")
        if name in given:
            raise row.at("feature").error("weight_double", name=name)
        try:
            given[name] = float(text.replace(",", "."))
        except ValueError:
            given[name] = text
    return checked_weights(given)


def _from_json(source: Source) -> dict[str, Any]:
    file, text = read_text(source, first_column="needs")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):  # the latter for brackets within brackets without end
        given = None
    if not isinstance(given, dict):
        raise MatcherError("weights_not_json", file=file)
    return given
