"""Independent programs that count too, a development extra: `scripts/oracles` brings them and runs these tests.

Without them nothing here is collected; with some of them missing, the tests fail.
"""

from __future__ import annotations

from importlib.util import find_spec

ORACLES = ("interregnum", "pabutools", "votelib")

collect_ignore_glob = [] if any(find_spec(name) for name in ORACLES) else ["test_*.py"]
