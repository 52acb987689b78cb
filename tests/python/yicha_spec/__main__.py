"""`python -m yicha_spec DIR`: exit 0 and what was checked, or 1 and what does not hold."""

import sys

from .folder import check
from .text import Refused

try:
    print("\n".join(check(sys.argv[1])))
except Refused as e:
    sys.exit(f"does not hold: {e}")
