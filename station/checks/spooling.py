"""What the print system says: whether the printer is ready, and whether anything is kept of what it printed."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from station.checks.facts import PrinterFact, SpoolFact

__all__ = ["printer_state", "run_quietly", "spool"]

_PATIENCE = 5
_KEEPING = {
    "preservejobhistory": "no",
    "preservejobfiles": "no",
    "pagelogformat": "",
    "accessloglevel": "config",
}
"""Settings of cupsd.conf(5), in small letters, and the value with which nothing is kept, not even an hour."""
_KEPT_UNSET = {
    "preservejobhistory": "PreserveJobHistory",
    "preservejobfiles": "PreserveJobFiles",
    "accessloglevel": "AccessLogLevel",
}
"""Those that keep something where they are not set."""


def printer_state(printing: str | None, run: Callable[[Sequence[str]], str | None]) -> PrinterFact:
    """What `lpstat` says of the printer that the command names.

    Args:
        printing: The printing command.
        run: Runs a program and gives its output; None if there is none, or it failed.
    """
    if printing is None:
        return PrinterFact.NONE
    words = shlex.split(printing)
    if not words or Path(words[0]).name not in {"lp", "lpr"}:
        return PrinterFact.UNKNOWN
    said = run(["lpstat", "-l", "-p", *_named(words)])
    if said is None:
        return PrinterFact.UNKNOWN
    if "media-empty" in said or "media-needed" in said:
        return PrinterFact.NO_PAPER
    if " disabled " in said or "offline" in said:
        return PrinterFact.STOPPED
    return PrinterFact.READY if " is idle" in said or " now printing" in said else PrinterFact.UNKNOWN


def _named(words: Sequence[str]) -> list[str]:
    """The printer that the words of a command choose (lp -d NAME, lpr -P NAME)."""
    for place, word in enumerate(words[1:], start=1):
        if word[:2] in {"-d", "-P"}:
            return [word[2:]] if word[2:] else list(words[place + 1 : place + 2])
    return []


def spool(root: Path) -> tuple[tuple[str, ...], SpoolFact]:
    """The settings of the print system that keep what was printed, as they are written there."""
    try:
        lines = (root / "etc/cups/cupsd.conf").read_text("utf-8", "replace").splitlines()
    except OSError:
        return (), SpoolFact.UNKNOWN
    found: dict[str, tuple[str, str]] = {}
    for line in lines:
        name, *rest = line.split(None, 1) or [""]
        value = rest[0] if rest else ""
        if name.lower() in _KEEPING:
            found[name.lower()] = (name, value.strip())
    kept = [_KEPT_UNSET[name] for name in sorted(set(_KEPT_UNSET) - set(found))]
    kept += [
        f"{name} {value}" for key, (name, value) in sorted(found.items()) if value.lower() != _KEEPING[key]
    ]
    return tuple(kept), SpoolFact.KEEPS if kept else SpoolFact.NOTHING


def run_quietly(words: Sequence[str]) -> str | None:
    """What a program says; None if there is none, or it fails or takes too long."""
    try:
        done = subprocess.run(
            words,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
