"""``python -m matcher``."""

import sys

from matcher.command.program import main

if __name__ == "__main__":
    sys.exit(main())
