"""`python -m fairplace`."""

from __future__ import annotations

import sys

from fairplace.cli import main

if __name__ == "__main__":
    sys.exit(main())
