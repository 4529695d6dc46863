"""`scripts/kiosk-boot`: make a kiosk's disk, boot it, look at it, attack it, vote on it, cut its power, undo it."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from kioskboot.attacks import check_attacks
from kioskboot.braille import check_braille
from kioskboot.day import CHOICE, answer_check, choose_for, close, is_open, open_station, reopen, vote
from kioskboot.disk import ROOT, encrypt, make_disk
from kioskboot.findings import Findings
from kioskboot.looks import copies
from kioskboot.machine import START, Machine
from kioskboot.papers import add_printer, check_paper, check_spool
from kioskboot.screen import check_screen
from kioskboot.sticks import check_held, check_kinds, is_there, make_stick
from tests.simulator.town import Loaded

_INSTANT = 0.3
"""Seconds from a press of Enter to the power cut: in the middle of what it does."""


def main() -> int:
    """Exit status 0 if all is as it should be, 1 if not."""
    parser = argparse.ArgumentParser(prog="scripts/kiosk-boot", description=__doc__)
    parser.add_argument("--release", default="bookworm", help="of Debian: bookworm or trixie (bookworm)")
    parser.add_argument(
        "--dir", type=Path, default=ROOT / ".cache" / "kiosk", help="where disks and pictures go"
    )
    arguments = parser.parse_args()
    folder: Path = arguments.dir.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    seen = Findings()
    disk, loaded = make_disk(folder, arguments.release)
    seen.say(True, f"Debian {arguments.release} is installed, and the kiosk on it")
    kiosk = _Kiosk(folder, disk, loaded, seen)
    for part in (kiosk.look, kiosk.encrypted, kiosk.first_day, kiosk.in_the_booth, kiosk.at_the_vote):
        part()
    kiosk.end()
    kiosk.undone()
    return 1 if seen.bad else 0


class _Kiosk:
    """Each part is one start of the machine, and ends with a power cut."""

    def __init__(self, folder: Path, disk: Path, loaded: Loaded, seen: Findings) -> None:
        self._folder = folder
        self._disk = disk
        self._loaded = loaded
        self._seen = seen
        self._sticks = {kind: make_stick(folder, kind) for kind in ("fat", "exfat", "ext4", "other")}

    def _machine(self, clock: str) -> Machine:
        return Machine(self._folder, self._disk, clock)

    def look(self) -> None:
        """Screen, keys, faults, braille, sticks, printer; the power is cut while the check is made."""
        seen = self._seen
        with self._machine("10:00") as machine:
            check_screen(machine, seen)
            check_attacks(machine, seen)
            check_braille(machine, seen)
            check_kinds(machine, seen, self._sticks)
            check_held(machine, seen, self._sticks["exfat"], self._sticks["fat"])
            add_printer(machine)
            page = answer_check(machine)
            for words in ("Disque NON chiffré", "Clé USB reconnue", "Imprimante : page d’essai envoyée"):
                seen.say(words in page, f"the readiness check says: {words}")
            check_spool(machine, seen)
            machine.reset()
            machine.expect(START)
            seen.say(True, "after a reset in the middle of work it comes up by itself")
        check_paper(machine.paper, self._folder / "system", seen, 0)

    def encrypted(self) -> None:
        """The same disk in a LUKS container."""
        with Machine(self._folder, encrypt(self._disk), "10:15", encrypted=True) as machine:
            machine.choose("Vérifier la machine")
            page = "\n".join(machine.expect("page d’essai"))
            self._seen.say("Disque chiffré" in page, "on an encrypted disk the readiness check says so")

    def first_day(self) -> None:
        """Open with two cards, the power cut at once."""
        with self._machine("10:30") as machine:
            machine.plug(self._sticks["fat"])
            answer_check(machine)
            open_station(machine, self._loaded, wait=False)
            time.sleep(_INSTANT)

    def in_the_booth(self) -> None:
        """One vote, and the power cut where the receipt's code is shown."""
        seen = self._seen
        with self._machine("11:00") as machine:
            machine.plug(self._sticks["fat"])
            again = is_open(machine)
            if again:
                reopen(machine, self._loaded)
            else:
                answer_check(machine)
                open_station(machine, self._loaded)
                machine.choose("Accueillir le premier électeur")
            seen.say(True, f"a power cut at the opening: it {'was open' if again else 'is opened again'}")
            machine.run("sync")
            before = copies(self._disk, CHOICE)
            choose_for(machine, 131)
            vote(machine)
            machine.expect("Votre vote est enregistré")
            machine.choose("[ Imprimer mon reçu ]")
            machine.expect("Votre vote est enregistré")
            machine.run("sync")
            after = copies(self._disk, CHOICE)
            seen.say(True, "opened with two cards typed on its keyboard; one vote is recorded")
            seen.say(
                before == after > 0,
                f"what was chosen is on the whole disk as often as before the vote: {before}, {after}",
            )
            journal = machine.run(f"journalctl --sync; journalctl -o cat | grep -c '{CHOICE}'")
            seen.say(journal == "0", "and nowhere in the journal")
            check_spool(machine, seen)
        check_paper(machine.paper, self._folder / "system", seen, 1)

    def at_the_vote(self) -> None:
        """The power cut, and the stick pulled out, in the middle of a vote."""
        seen = self._seen
        with self._machine("11:30") as machine:
            machine.plug(self._sticks["fat"])
            seen.say(_votes(machine) == 1, "after a power cut in the booth the vote is there")
            seen.say(is_open(machine), "and two cards are asked for")
            reopen(machine, self._loaded)
            choose_for(machine, 132)
            vote(machine)
            time.sleep(_INSTANT)

    def end(self) -> None:
        """Another vote with the stick pulled out, closing, copying, and the undo script."""
        seen = self._seen
        with self._machine("12:00") as machine:
            machine.plug(self._sticks["fat"])
            votes = _votes(machine)
            seen.say(votes in {1, 2}, f"after a power cut at the vote there are {votes}, and as many marks")
            reopen(machine, self._loaded)
            self._pulled(machine)
            close(machine, self._loaded, votes + 1)
            self._copied(machine)
            done = machine.run("/var/lib/isoloir-kiosk/undo 2>&1")
            seen.say("Undone." in done, "the undo script says: " + done.splitlines()[-1])
            machine.run("sync")

    def _pulled(self, machine: Machine) -> None:
        seen, stick = self._seen, self._sticks["fat"]
        choose_for(machine, 133)
        vote(machine)
        time.sleep(_INSTANT)
        machine.pull(stick)
        machine.expect("Votre vote est enregistré")
        seen.say(True, "the stick pulled out in the middle of a vote: it is recorded")
        machine.choose("[ Terminer ]")
        machine.expect("C’est fini")
        machine.type("4713\n")
        machine.expect("PAS DE CLÉ")
        seen.say(True, "and the desk says that there is no stick")
        machine.choose("[ A signé ]")
        strays = machine.run("find /media -xdev -mindepth 2; find / -xdev -name slots.bin")
        seen.say(
            not strays, f"nothing is written in its place on the machine's disk{strays and ': '}{strays}"
        )
        machine.plug(stick)
        machine.expect("copie à jour")
        seen.say(True, "put in again, it is brought up to date")

    def _copied(self, machine: Machine) -> None:
        seen, stick = self._seen, self._sticks["fat"]
        machine.choose("[ Copier sur la clé USB ]", wait=False)
        machine.pull(stick)
        page = "\n".join(machine.expect(START))
        seen.say(
            "Copie terminée" not in page, "pulled out while the box is copied: no word of a finished copy"
        )
        machine.plug(stick)
        is_there(machine)
        machine.choose("Copier sur")
        machine.expect("Copie terminée et relue")
        seen.say(True, "and copied and read back when it is in again")

    def undone(self) -> None:
        """The machine as it was."""
        seen = self._seen
        with self._machine("12:30") as machine:
            asked = any("login:" in row for row in machine.expect("login:"))
            seen.say(asked, "undone, it asks for a login again")
            left = machine.run(
                "ls /etc/systemd/system /etc/systemd/system/*.wants | grep -E 'isoloir|cups.mount'; "
                "find / -xdev -name '*before-isoloir*'; ls -d /usr/local/lib/isoloir /etc/isoloir 2>/dev/null"
            )
            seen.say(not left, f"nothing of ours is left{left and ': '}{left}")
            machine.press("alt-f2")
            shown = machine.run(
                "for n in $(seq 60); do [ $(fgconsole) = 2 ] && break; sleep 0.5; done; fgconsole"
            )
            seen.say(shown == "2", "and other consoles are there again")


def _votes(machine: Machine) -> int:
    """As many as marks; -1 if they differ."""
    page = "\n".join(machine.expect("Pointages")).replace("\xa0", " ")
    known = [number for number in range(4) if f"Votes {number}   Pointages {number}" in page]
    return known[0] if known else -1


if __name__ == "__main__":
    sys.exit(main())
