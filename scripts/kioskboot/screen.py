"""What the screen shows: by itself, in two themes, in every size of letters, in all languages; and a code."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from keys.paper.qr import half_blocks, matrix
from kioskboot.findings import Findings
from kioskboot.looks import code_in, contrast_of, letters_of_all_languages, undrawn, written
from kioskboot.machine import START, Machine
from station.kiosk.letters import WISH

__all__ = ["check_screen"]


def check_screen(machine: Machine, seen: Findings) -> None:
    """Ends with the station's page again."""
    for check in (_page, _letters, _code):
        check(machine, seen)
    machine.run("systemctl kill -s CONT isoloir; systemctl kill -s KILL isoloir")
    machine.expect(START)


def _page(machine: Machine, seen: Findings) -> None:
    rows = machine.expect(START)
    seen.say(True, f"the station comes up by itself: {rows[0].split('  ')[0].strip()}")
    seen.say(machine.cells() == (113, 32), "normal letters: {} by {} cells".format(*machine.cells()))
    for theme in ("dark", "light"):
        ratio = contrast_of(machine.picture(f"screen-{theme}"))
        seen.say(ratio >= 20, f"contrast in the points of the screen, {theme}: {ratio:.1f} to 1")
        machine.press("f4")
        machine.expect(START)


def _letters(machine: Machine, seen: Findings) -> None:
    sizes = machine.run(f"cat {WISH.with_name('sizes')}").split()
    seen.say({"normal", "large"} <= set(sizes), f"letters that this console can show: {', '.join(sizes)}")
    before = machine.cells()
    for size in (*sizes, "normal"):
        done = "systemctl show -P ExecMainExitTimestampMonotonic isoloir-letters"
        machine.run(
            f"old=$({done}); echo {size} > {WISH}; for n in $(seq 100); do "
            f'new=$({done}); [ "$new" = 0 ] || [ "$new" = "$old" ] || break; sleep 0.2; done'
        )
        shown = machine.cells()
        seen.say(shown[0] >= 42, "{}: {} by {} cells".format(size, *shown))
        machine.picture(f"letters-{size}")
    seen.say(machine.cells() == before, "and normal again")
    signs = letters_of_all_languages()
    _write(machine, [written(signs)])
    missing = undrawn(machine.picture("letters"), signs, machine.cells())
    seen.say(
        not missing,
        f"{len(signs)} letters and signs of ten languages are drawn{missing and ', but: '}{missing}",
    )


def _code(machine: Machine, seen: Findings) -> None:
    text = "ISO1" + "0123456789" * 35  # a receipt of one contest: 149 bytes, version 9
    _write(machine, half_blocks(matrix(text)), light=True)
    seen.say(
        text in code_in(machine.picture("code")), "a receipt's code is read from the points of the screen"
    )


def _write(machine: Machine, lines: Sequence[str], *, light: bool = False) -> None:
    """Over the station's page, which is stopped meanwhile."""
    text = "\r\n".join(lines)
    colours = "\x1b[30;47m" if light else "\x1b[37;40m"
    words = base64.b64encode(f"\x1b[0m\x1b[2J\x1b[H{colours}{text}".encode()).decode()
    machine.run(f"systemctl kill -s STOP isoloir; echo {words} | base64 -d > /dev/tty1; sleep 1")
