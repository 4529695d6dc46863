"""The copy of a machine's day to its stick: what of the store goes there, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from keys.election.statement import canonical, read_statement
from keys.findings import Refused, Unreadable
from station.disk.plan import Counter
from station.disk.vote import Vote
from station.reports import incidents_of
from station.sticks.place import StickPlace
from station.sticks.stick import About, Change, Layout, MachineState, NotedProxy
from station.sticks.stickwriter import PATIENCE, StickState, StickWriter
from station.store import Store

__all__ = ["ABOUT", "COPIES", "Copying", "copy_folder", "report_files", "state_of"]

COPIES = "copies"
"""Folder on a stick; below it a folder for each machine and mode."""
ABOUT = "about.cbor"


def copy_folder(stick: Path, mode: str, machine: str) -> Path:
    """Where the copy of a machine stands on a stick."""
    return stick / COPIES / f"{mode}-{machine}"


def report_files(reports: Sequence[bytes]) -> dict[str, bytes]:
    """Signed reports by the names under which they stand in a folder, in their order."""
    files = {}
    for number, raw in enumerate(reports, 1):
        kind = read_statement(raw).header.type.name.lower().replace("_", "-")
        files[f"{number:02}-{kind}.cose"] = raw
    return files


def state_of(store: Store) -> MachineState:
    """Everything of a store beside its ballots and reports."""
    counters = store.counters()
    return MachineState(
        marks=store.marks(),
        counters=tuple(counters[counter] for counter in Counter),
        turnout=store.turnout(),
        incidents=incidents_of(store),
        desk_proxies=store.proxy_votes(),
        proxies=tuple(NotedProxy(*pair) for pair in sorted(store.desk_proxies().items())),
    )


class Copying:
    """Keeps the copy on a stick as the store is; nothing that goes wrong here goes wrong with a vote."""

    def __init__(
        self,
        place: StickPlace,
        folder: Path,
        about: About,
        key: bytes,
        clock: Callable[[], int],
        patience: float = PATIENCE,
    ) -> None:
        """Take a stick, which may be out for the moment; nothing is written yet.

        Args:
            place: Where it appears.
            folder: Of this machine's copy, below it.
            about: Whose copy it is.
            key: Of the stick, 32 bytes.
            clock: Gives Unix seconds.
            patience: Seconds to wait for a copy.
        """
        self._place = place
        self._about = about
        self._key = key
        self._writer = StickWriter(folder, clock, patience)
        self._seen = True

    @property
    def state(self) -> StickState:
        """How the copy stands."""
        return self._writer.state

    def look(self, store: Store) -> None:
        """Look whether the stick is in; one that is back is brought up to date at once, not at the next vote."""
        before, self._seen = self._seen, self._place.is_there()
        if self._seen and not before and self._writer.broken:
            self.renew(store)

    def renew(self, store: Store) -> None:
        """Write everything anew: at the start, after a fault, when the stick is back."""
        if not self._place.is_there():
            self._writer.give_up()
            return
        ballots = {item.contest: dict(store.ballots(item.contest)) for item in store.plan.contests}
        pieces = self._layout(store).whole(self._key, ballots, state_of(store), [*store.additions().values()])
        files = {ABOUT: canonical(self._about.to_content()), **report_files(store.reports())}
        self._writer.renew(pieces, files)

    def voted(self, store: Store, vote: Vote) -> None:
        """Copy a vote that is recorded; waits for the copy as long as the patience lasts."""
        try:
            if self._writer.broken:
                self.renew(store)
                return
            self._writer.change(self._layout(store).vote(self._key, vote.ballots, state_of(store)))
        except (Refused, Unreadable):
            self._writer.give_up()

    def noted(self, store: Store, files: Mapping[str, bytes], added: int | None = None) -> None:
        """Copy the state after something that is no vote.

        Args:
            store: Of the machine.
            files: What stands beside the slots, by name.
            added: Number of somebody who was added to the roll.
        """
        try:
            if self._writer.broken:
                self.renew(store)
                return
            if files:
                self._writer.add(files)
            layout = self._layout(store)
            steps: tuple[tuple[Change, ...], ...] = layout.state(self._key, state_of(store))
            if added is not None:
                rows = store.additions()
                place = list(rows).index(added)
                steps = (layout.addition(self._key, place, rows[added]), *steps)
            self._writer.change(steps)
        except (Refused, Unreadable):
            self._writer.give_up()

    def stop(self) -> None:
        """Finish what is begun, as long as the patience lasts."""
        self._writer.stop()

    def _layout(self, store: Store) -> Layout:
        return Layout(self._about, store.plan, len(store.marks()), len(store.additions()))
