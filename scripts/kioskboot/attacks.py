"""What a voter can press or move, and what happens where the program dies."""

from __future__ import annotations

from kioskboot.findings import Findings
from kioskboot.machine import START, Machine

__all__ = ["check_attacks"]

_WITHOUT_EFFECT = "Touche sans effet"
_CHORDS = (
    *(f"ctrl-alt-f{number}" for number in range(1, 13)),
    *(f"alt-f{number}" for number in range(2, 13)),
    *("alt-left", "alt-right", "alt-up", "ctrl-alt-delete", "ctrl-alt-backspace", "sleep", "power"),
    *(f"alt-sysrq-{key}" for key in "bkrosteifumwpcl019"),
    *("print", "sysrq", "ctrl-print", "shift-print", "ctrl-pause", "pause", "menu", "insert", "num_lock"),
    *("ctrl-c", "ctrl-z", "ctrl-backslash", "ctrl-s", "ctrl-q", "ctrl-d", "ctrl-p", "ctrl-r", "ctrl-v"),
    *("shift-pgup", "shift-pgdn", "ctrl-alt-minus", "alt-kp_1", "meta_l-l"),
    *(f"{held}scroll_lock" for held in ("", "ctrl-", "shift-", "alt-", "alt_r-", "ctrl-alt-")),
)
_REPEATED = ("ctrl-alt-delete",) * 8
"""Seven within two seconds are a signal of their own to systemd."""
_STATE = {
    "console": "fgconsole",
    "program": "pgrep -f 'station run'",
    "start": "cat /proc/sys/kernel/random/boot_id",
    "failed units": "systemctl --failed --no-legend",
}
_EMPTY = (
    "for n in $(seq 400); do if [ -z \"$(tr -d ' \\0' < /dev/vcs1)\" ]; then echo empty; break; fi; "
    "sleep 0.05; done"
)


def check_attacks(machine: Machine, seen: Findings) -> None:
    """Ends with the station's page again."""
    _keys(machine, seen)
    _fault(machine, seen)


def _keys(machine: Machine, seen: Findings) -> None:
    before = machine.expect(START)
    known = {name: machine.run(line) for name, line in _STATE.items()}
    logged = machine.run("dmesg | wc -l")
    for chord in _CHORDS:
        machine.press(chord)
    machine.press(*_REPEATED, pause=0.05)
    machine.move_mouse()
    after = machine.expect(START)
    moved = [name for name, line in _STATE.items() if machine.run(line) != known[name]]
    moved += machine.run(f"dmesg | tail -n +$(({logged} + 1))").splitlines()
    seen.say(
        not moved,
        f"{len(_CHORDS)} chords, {len(_REPEATED)} times Ctrl-Alt-Del, the mouse: same console, program and start; "
        f"nothing logged {moved or ''}",
    )
    page = {row.removeprefix("  > ").strip() for row in before}
    changed = [
        row for row in after if row.removeprefix("  > ").strip() not in page and _WITHOUT_EFFECT not in row
    ]
    seen.say(not changed, f"and the page is as before, but for where the focus is {changed or ''}")


def _fault(machine: Machine, seen: Findings) -> None:
    for signal in ("KILL", "SEGV"):
        old = machine.run("pgrep -f 'station run'")
        machine.press("ctrl-s", "alt-scroll_lock")
        empty = machine.run(f"systemctl kill -s {signal} isoloir; {_EMPTY}")
        seen.say(empty == "empty", f"after SIG{signal} the screen becomes empty")
        machine.press(*["ctrl-s"] * 10)  # meanwhile the console is nobody's, and would stop
        machine.expect(START)
        seen.say(machine.run("pgrep -f 'station run'") != old, "and the station comes back")
    cores = machine.run(r"find / -xdev -type f \( -name core -o -name 'core.[0-9]*' \)")
    seen.say(not cores, f"no image of its memory is kept{cores and ': '}{cores}")
