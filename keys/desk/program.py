"""Name and version of the program, as they stand in reports and manifests."""

from __future__ import annotations

from importlib.metadata import version

__all__ = ["PROGRAM"]

PROGRAM = f"Isoloir {version('isoloir')}"
