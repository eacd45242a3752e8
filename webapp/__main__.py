"""Run with ``python -m webapp``; see ``--help``."""

from webapp.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
