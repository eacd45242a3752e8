"""Kazakh and Kyrgyz typed without their own letters, written out again."""

from matcher.spelling.restoring import restored

__all__ = ["restored"]
