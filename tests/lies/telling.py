"""Tells a lie, and hears what becomes of it: here, and at belenios-tool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from keys.election.decision import DecisionKind
from keys.findings import Refused
from tally.boxes.database import open_boxes
from tally.boxes.merge import Verdict
from tally.opening.answers import collect_decryptions, open_totals
from tally.verify import Status, verify_folder
from tests.lies.lie import Lie, Point
from tests.lies.worlds import Worlds
from tests.outside.tool import Tool
from tests.simulator.hands import Hands
from tests.simulator.vote import HeldVote

__all__ = ["Told", "ask_outside", "tell"]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a lie."""

    refused: Mapping[str, str]
    """Step by step the first code; empty if nobody objected."""
    archives: tuple[bytes, ...]
    """Those that the lie made or changed."""
    published: Published | None = None
    """The folder of a lie that was published."""


@dataclass(frozen=True, slots=True)
class Published:
    """A forged folder."""

    root: Path
    held: HeldVote
    """The vote before the lie."""
    poster: bytes
    """The fingerprint that whoever verifies has in hand."""


def tell(lie: Lie, worlds: Worlds, scratch: Path) -> Told:
    """Tell a lie in a fresh copy.

    Args:
        lie: Of the table.
        worlds: Held before, or on the way.
        scratch: An empty folder.
    """
    return _publish(lie, worlds, scratch) if lie.folder or lie.published else _command(lie, worlds, scratch)


def _publish(lie: Lie, worlds: Worlds, scratch: Path) -> Told:
    forgery = worlds.forgery(lie, scratch)
    before = _archives(forgery.root)
    if lie.folder is not None:
        lie.folder(forgery)
    forgery.publish()
    if lie.published is not None:
        lie.published(forgery)
    poster = worlds.poster(lie)
    report = verify_folder(forgery.root, fingerprint=poster)
    failed = {step.name: step.findings[0].code for step in report.steps if step.status is Status.FAILED}
    assert report.accepted is not bool(failed)
    published = Published(forgery.root, forgery.vote, poster)
    return Told(failed, _changed(before, _archives(forgery.root)), published)


def _command(lie: Lie, worlds: Worlds, scratch: Path) -> Told:
    hands = worlds.hands(lie, scratch)
    before = _archives(hands.office.folder)
    if lie.office is not None:
        lie.office(hands)
    after = _archives(hands.office.folder)
    kept = _boxes(hands)
    made = _changed(before, after) if lie.told in {Point.DECRYPT, Point.COUNT} else ()
    try:
        _ACTS[lie.told](hands)
    except Refused as refused:
        return Told({lie.told.value: refused.code}, made)
    if lie.told is Point.IMPORT:
        assert _boxes(hands) == kept, "something was taken in"
    return Told({}, made)


def _count(hands: Hands) -> None:
    for path in sorted((hands.office.root / "stick").glob("opens-*.cose")):
        collect_decryptions(hands.office.workspace, [path])
    open_totals(hands.office.workspace)


def _certify(hands: Hands) -> None:
    """All boxes come in and are counted; nobody has objected so far."""
    office = hands.office
    names = [item.name for item in office.dossier.manifest.machines]
    for at, name in enumerate(names):
        if (office.root / "stick" / name).exists():
            assert office.bring(name).verdict is Verdict.TAKEN_IN
        else:
            _leave_out(hands, at)
    office.request()
    office.answer()
    office.certify()


def _leave_out(hands: Hands, machine: int) -> None:
    hands.office.decide(DecisionKind.EXCLUSION, machine)


_ACTS: Mapping[Point, Callable[[Hands], None]] = {
    Point.IMPORT: lambda hands: hands.bring(),
    Point.REQUEST: lambda hands: hands.office.request(),
    Point.DECRYPT: lambda hands: hands.open(),
    Point.COUNT: _count,
    Point.CERTIFY: _certify,
}


def _boxes(hands: Hands) -> list[tuple[int, bytes]]:
    with open_boxes(hands.office.workspace.boxes) as boxes:
        return [(row.machine, row.set_digest) for row in boxes.all()]


def _archives(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "archives").glob("*.bel"))}


def _changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[bytes, ...]:
    return tuple(data for name, data in after.items() if data != before.get(name))


def ask_outside(tool: Tool, archives: tuple[bytes, ...]) -> str:
    """What belenios-tool says of the archives that a lie made.

    It is asked to verify, and to compute the encrypted total again, which its verification does not compare.
    """
    if not archives:
        return "not its business"
    if not all(tool.verdict(archive).accepted for archive in archives):
        return "refused"
    if not all(tool.recomputes(archive) for archive in archives):
        return "accepted, with another total"
    return "accepted"
