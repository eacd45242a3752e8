"""Measurements, each beside something well known in the same run."""
