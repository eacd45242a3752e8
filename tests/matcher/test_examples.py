"""Every example in the matcher's docstrings runs and says what it shows."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import matcher

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(matcher.__path__, "matcher.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_to_run() -> None:
    found = doctest.DocTestFinder(exclude_empty=True)
    examples = [
        test
        for name in MODULES
        for test in found.find(importlib.import_module(name))
        if test.examples
    ]
    assert len(examples) >= 20
