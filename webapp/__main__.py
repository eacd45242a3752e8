"""Run with ``python -m webapp``; see ``--help``."""

from webapp.cli.grammar import main

if __name__ == "__main__":
    raise SystemExit(main())
