"""`scripts/kiosk-boot`: make a kiosk's disk, boot it, look at it, attack it, cut its power, undo it."""

from __future__ import annotations

import argparse
import base64
import sys
from collections.abc import Sequence
from pathlib import Path

from keys.paper.qr import half_blocks, matrix
from kioskboot.disk import make_disk
from kioskboot.looks import code_in, contrast_of, copies, letters_of_all_languages, undrawn, written
from kioskboot.machine import Machine
from station.kiosk.letters import WISH
from tests.simulator.town import Loaded

ROOT = Path(__file__).resolve().parents[2]
_START = "[ "
"""The first button of a page."""
_CHOICE = "Aire de jeux pour enfants"
_PIN = "4713"
_WITHOUT_EFFECT = "Touche sans effet"
_ATTACKS = (
    *(f"ctrl-alt-f{number}" for number in range(1, 13)),
    *("alt-left", "alt-right", "alt-up", "alt-f2", "ctrl-alt-delete", "ctrl-alt-backspace", "sleep", "power"),
    *("alt-sysrq-b", "alt-sysrq-k", "alt-sysrq-r", "alt-sysrq-o", "alt-sysrq-s", "alt-sysrq-t", "print"),
    *("ctrl-c", "ctrl-z", "ctrl-backslash", "ctrl-s", "ctrl-q", "ctrl-d", "ctrl-p", "shift-pgup"),
    *(f"{held}scroll_lock" for held in ("", "ctrl-", "shift-", "alt-", "alt_r-", "ctrl-alt-")),
    *("alt-sysrq-m", "alt-sysrq-w", "alt-sysrq-p", "pause", "menu"),
)


class Findings:
    """What was seen, line by line."""

    def __init__(self) -> None:
        self.bad = 0

    def say(self, good: bool, words: str) -> None:
        """One line."""
        self.bad += not good
        print(f"{'ok ' if good else 'NOT'}  {words}", flush=True)


def main() -> int:
    """Exit status 0 if all is as it should be, 1 if not."""
    parser = argparse.ArgumentParser(prog="scripts/kiosk-boot", description=__doc__)
    parser.add_argument("--release", default="bookworm", help="of Debian (bookworm)")
    parser.add_argument(
        "--dir", type=Path, default=ROOT / ".cache" / "kiosk", help="where disks and pictures go"
    )
    arguments = parser.parse_args()
    arguments.dir.mkdir(parents=True, exist_ok=True)
    seen = Findings()
    disk, loaded = make_disk(arguments.dir, arguments.release)
    with Machine(arguments.dir, disk, "10:00") as machine:
        for check in (_screen, _letters, _code, _keys, _fault, _reset):
            check(machine, seen)
        _vote(machine, seen, loaded, disk)
    with Machine(arguments.dir, disk, "11:00") as machine:
        _power_cut(machine, seen)
        _undo(machine, seen)
    with Machine(arguments.dir, disk, "11:30") as machine:
        seen.say(
            any("login:" in row for row in machine.expect("login:")), "undone, it asks for a login again"
        )
        seen.say("isoloir" not in machine.run("ls /etc/systemd/system"), "no unit of ours is left")
        machine.press("alt-f2")
        seen.say(machine.run("sleep 5; fgconsole") == "2", "and other consoles are there again")
    return 1 if seen.bad else 0


def _screen(machine: Machine, seen: Findings) -> None:
    rows = machine.expect(_START)
    seen.say(True, f"the station comes up by itself: {rows[0].split('  ')[0].strip()}")
    seen.say(machine.cells() == (113, 32), "normal letters: {} by {} cells".format(*machine.cells()))
    for theme in ("dark", "light"):
        ratio = contrast_of(machine.picture(f"screen-{theme}"))
        seen.say(ratio >= 20, f"contrast in the points of the screen, {theme}: {ratio:.1f} to 1")
        machine.press("f4")
        machine.expect(_START)


def _letters(machine: Machine, seen: Findings) -> None:
    sizes = machine.run(f"cat {WISH.with_name('sizes')}").split()
    seen.say({"normal", "large"} <= set(sizes), f"letters that this console can show: {', '.join(sizes)}")
    before = machine.cells()
    for size in (*sizes, "normal"):
        machine.run(f"echo {size} > {WISH}; sleep 6")
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


def _keys(machine: Machine, seen: Findings) -> None:
    machine.run("systemctl kill -s CONT isoloir; systemctl kill -s KILL isoloir")
    before = machine.expect(_START)
    state = "fgconsole; pgrep -f 'station run'; cat /proc/sys/kernel/random/boot_id; dmesg | wc -l"
    known = machine.run(state)
    for chord in _ATTACKS:
        machine.press(chord)
    after = machine.expect(_START)
    seen.say(
        machine.run(state) == known, f"{len(_ATTACKS)} chords: same console, program, start; nothing logged"
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
        machine.run(f"systemctl kill -s {signal} isoloir")
        seen.say(machine.becomes_empty(), f"after SIG{signal} the screen becomes empty")
        machine.press(*["ctrl-s"] * 10)  # meanwhile the console is nobody's, and would stop
        machine.expect(_START)
        seen.say(machine.run("pgrep -f 'station run'") != old, "and the station comes back")
    cores = machine.run(r"find / -xdev -type f \( -name core -o -name 'core.[0-9]*' \)")
    seen.say(not cores, f"no image of its memory is kept{cores and ': '}{cores}")


def _reset(machine: Machine, seen: Findings) -> None:
    machine.reset()
    machine.expect(_START)
    seen.say(True, "after a reset in the middle of work it comes up by itself")


def _vote(machine: Machine, seen: Findings, loaded: Loaded, disk: Path) -> None:
    """Open with two cards, let one person vote, and stop where the receipt's code is shown."""
    for words in ("Vérifier la machine", "Liste d’émargement papier", "Cartes : cochez", "Ouvrir quand même"):
        machine.choose(words)
    for number, card in enumerate(loaded.cards[:2], start=1):
        machine.expect(f"Personne {number} : carte attendue")
        machine.type(f"{card.text}\n".replace(" ", ""))
        machine.expect(f"Personne {number} : carte {number} lue")
    machine.type(_PIN)
    machine.press("tab")
    machine.type(f"{_PIN}\n")
    machine.choose("[ Ouvrir le bureau ]")
    machine.choose("Accueillir le premier électeur")
    machine.run("sync")
    before = copies(disk, _CHOICE)
    machine.expect("Chercher")
    machine.type("131\n")
    for words in ("n° 131", "Laisser la place", "Français", _CHOICE, "[ Continuer ]"):
        machine.choose(words)
    for words in ("Continuer avec ces choix", "J’ai le code", "[ Voter ]"):
        machine.choose(words)
    machine.expect("Votre vote est enregistré")
    machine.run("sync")
    after = copies(disk, _CHOICE)
    seen.say(True, "opened with two cards typed on its keyboard; one vote is recorded")
    seen.say(
        before == after > 0,
        f"what was chosen is on the whole disk as often as before the vote: {before}, {after}",
    )
    journal = machine.run(f"journalctl --sync; journalctl -o cat | grep -c '{_CHOICE}'")
    seen.say(journal == "0", "and nowhere in the journal")


def _power_cut(machine: Machine, seen: Findings) -> None:
    page = "\n".join(machine.expect(_START))
    seen.say("Votes 1   Pointages 1" in page, "after a power cut in the booth the vote is there")
    seen.say("Rouvrir le bureau : deux cartes" in page.replace("\xa0", " "), "and two cards are asked for")


def _undo(machine: Machine, seen: Findings) -> None:
    done = machine.run("/var/lib/isoloir-kiosk/undo 2>&1")
    seen.say("Undone." in done, "the undo script says: " + done.splitlines()[-1])
    machine.run("sync")


if __name__ == "__main__":
    sys.exit(main())
