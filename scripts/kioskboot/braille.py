"""A braille line of forty cells: what BRLTTY sends to it follows the focus."""

from __future__ import annotations

from kioskboot.findings import Findings
from kioskboot.machine import START, Machine

__all__ = ["check_braille"]

_BRLTTY = (
    "systemctl stop brltty; (TERM=vt100 setsid brltty -n -N -b tt -B term=vt100,lines=1,columns=40 "
    "-d serial:/dev/ttyS1 -x lx > /dev/null 2>&1 < /dev/null &)"
)
"""Its driver for a terminal as a braille line: letters, not dots."""
_LEAST = 12
"""Letters of a line that are compared: the braille line begins at the cursor's part of a long one."""


def check_braille(machine: Machine, seen: Findings) -> None:
    """Ends with the station's page again."""
    machine.expect(START)
    machine.run(_BRLTTY)
    machine.braille(6)
    for key in ("down", "down", "up"):
        machine.press(key)
        felt = machine.braille(4)
        focus = next(row for row in machine.expect(START) if row.lstrip().startswith("> "))
        words = focus.lstrip(" >").replace("\xa0", " ")[:_LEAST]
        seen.say(words in felt.replace("\xa0", " "), f"the braille line follows the focus: {words}…")
    machine.run("pkill -x brltty; true")
