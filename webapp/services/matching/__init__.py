"""The only door to the matcher."""
