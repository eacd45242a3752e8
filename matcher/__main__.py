"""``python -m matcher``."""

import sys

from matcher.command import main

if __name__ == "__main__":
    sys.exit(main())
