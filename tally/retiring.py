"""After the time for appeals: the town hall orders machines to be wiped, and destroys what is private in its folder.

The order and the report lie in `destruction/`. The report is the turning point, as on a machine: before it is signed
nothing has changed; once it is there, what was stopped goes on from it, without the authority's key. What is public
stays: the definition, the folders of the vote and of its rehearsal, the posters.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from keys.desk.destroying import destroy
from keys.desk.files import folder_lock, load_statement, read_bytes, write_whole
from keys.desk.town import speaks
from keys.election.destruction import Destroyed, DestructionOrder, DestructionReport, check_order
from keys.election.dossier import Dossier
from keys.election.hours import closing_hour
from keys.election.result import Publication
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Fact, Misuse, Refused
from keys.paper.destruction import destruction_paper
from keys.paper.pages import render_a4
from tally.verify.published import PUBLICATION, read_folder
from tally.workspace import Authority, Workspace

__all__ = [
    "begin_retiring",
    "finish_retiring",
    "hand_out_order",
    "hand_out_report",
    "order_destruction",
    "ordered_from",
    "retired_report",
    "what_is_left",
]

_ORDER = "order.cose"


def order_destruction(workspace: Workspace, authority: Authority, not_before: int, now: int) -> Statement:
    """Sign the order for all machines and for the office, and keep it; a later one takes the place of the first.

    Args:
        workspace: Of the officer, certified.
        authority: Opened.
        not_before: When the time for appeals is over, Unix seconds.
        now: Unix seconds.

    Raises:
        Refused: T-206, nothing is certified yet; V-161.
        Misuse: The date lies before the end of the vote.
    """
    with folder_lock(workspace.folder):
        dossier = _certified(workspace)
        if not_before < closing_hour(dossier.manifest.definition):
            raise Misuse("the time for appeals cannot be over before the vote is")
        order = DestructionOrder(now, not_before)
        raw = authority.sign(StatementType.DESTRUCTION_ORDER, workspace.mode, dossier.fingerprint, order)
        write_whole(workspace.destruction / _ORDER, raw)
    return read_statement(raw)


def ordered_from(workspace: Workspace, dossier: Dossier) -> int | None:
    """When the order that is kept may be followed, Unix seconds; None while there is none.

    Raises:
        Refused: V-101, V-102, V-103, V-104, V-158: something else lies there.
    """
    path = workspace.destruction / _ORDER
    if not path.exists():
        return None
    statement = load_statement(path)
    content = dossier.open(statement, StatementType.DESTRUCTION_ORDER, Role.AUTHORITY)
    return DestructionOrder.from_content(content, statement.name).not_before


def hand_out_order(workspace: Workspace, out: Path) -> Path:
    """Copy the order to a stick, for the machines; gives where it lies.

    Raises:
        Unreadable: There is none, or it could not be written.
    """
    path = out / "destruction-order.cose"
    write_whole(path, read_bytes(workspace.destruction / _ORDER))
    return path


def hand_out_report(workspace: Workspace, out: Path) -> Path:
    """Write the report and its paper, here and on a stick; gives where the paper lies.

    Raises:
        Refused: V-160, there is no report yet; as `retired_report`.
        Unreadable: It could not be written.
    """
    report = _signed_report(workspace)
    definition = workspace.draft()[0].definition
    pdf = render_a4(destruction_paper(definition, report, speaks(definition)))
    write_whole(workspace.destruction / "report.pdf", pdf)
    write_whole(out / "destruction-town-hall.cose", report.raw)
    write_whole(out / "destruction-town-hall.pdf", pdf)
    return out / "destruction-town-hall.pdf"


def what_is_left(workspace: Workspace) -> bool:
    """Whether anything private is there still: a retiring that was stopped goes on."""
    return any(path.exists() for path in _doomed(workspace))


def retired_report(workspace: Workspace) -> Statement | None:
    """The report of this office, checked; None while there is none.

    Raises:
        Refused: V-101, V-102, V-103, V-159: something else lies there.
    """
    path = workspace.retired
    if not path.exists():
        return None
    report = load_statement(path)
    report.expect(StatementType.DESTRUCTION_REPORT, workspace.mode, report.header.context, Role.AUTHORITY)
    report.verify(workspace.draft()[0].authority_key)
    return report


def begin_retiring(workspace: Workspace, public: Path, authority: Authority, now: int) -> Statement:
    """Check that the office may be retired, and sign the report; nothing is destroyed yet.

    Args:
        workspace: Of the officer, in the vote.
        public: The public folder, which is all that stays.
        authority: Opened.
        now: Unix seconds.

    Raises:
        Refused: T-206; T-728, the public folder is not whole; V-160, too early; V-161; V-102, V-103, V-104, V-158, the
            order is none of this vote.
    """
    with folder_lock(workspace.folder):
        dossier = _certified(workspace)
        report = DestructionReport(
            at=now,
            destroyed=(
                Destroyed.AUTHORITY_KEYS,
                Destroyed.ROLLS,
                Destroyed.SEALED_MARKS,
                Destroyed.DATABASE,
                Destroyed.REHEARSAL,
            ),
            order=_order(workspace, dossier, now),
            publication=_published(public, dossier),
        )
        raw = authority.sign(StatementType.DESTRUCTION_REPORT, workspace.mode, dossier.fingerprint, report)
        write_whole(workspace.retired, raw)
    return read_statement(raw)


def finish_retiring(workspace: Workspace) -> int:
    """Destroy what the report names; may be stopped at any instant and run again.

    Returns:
        How many files were destroyed now.

    Raises:
        Refused: V-160, there is no report yet; as `retired_report`.
        Unreadable: The disk failed.
    """
    with folder_lock(workspace.folder):
        _signed_report(workspace)
        return destroy(_doomed(workspace))


def _signed_report(workspace: Workspace) -> Statement:
    report = retired_report(workspace)
    if report is None:
        raise Refused("V-160", str(workspace.folder), "its destruction report is not signed")
    return report


def _certified(workspace: Workspace) -> Dossier:
    dossier = workspace.dossier()
    if not (workspace.root / "minutes.pdf").exists():
        raise Refused("T-206", "destruction", Fact("the results are not certified"))
    return dossier


def _order(workspace: Workspace, dossier: Dossier, now: int) -> bytes:
    path = workspace.destruction / _ORDER
    order = load_statement(path) if path.exists() else None
    return check_order(order, workspace.mode, dossier.fingerprint, dossier.manifest, now).fingerprint


def _published(public: Path, dossier: Dossier) -> bytes:
    """Fingerprint of the list of published files, once every file is found to be as listed.

    Raises:
        Refused: T-728.
    """
    folder = read_folder(public)
    if PUBLICATION not in folder.files:
        raise Refused("T-728", str(public), Fact("{file} is missing", file=PUBLICATION))
    statement = read_statement(folder.files[PUBLICATION])
    content = dossier.open(statement, StatementType.PUBLICATION, Role.AUTHORITY)
    listed = {item.path: item for item in Publication.from_content(content, statement.name).files}
    for path in sorted(listed.keys() | folder.stored.keys() - {PUBLICATION}):
        item, found = listed.get(path), folder.stored.get(path)
        if item is None or found is None or (item.size, item.digest) != (found.size, found.digest):
            raise Refused("T-728", path, Fact("changed, missing or added"))
    for stray in folder.strays:
        raise Refused("T-728", stray.subject, stray.detail)
    return statement.fingerprint


def _doomed(workspace: Workspace) -> Iterator[Path]:
    """The key first, then what names people, then the boxes; with what was half written beside them."""
    folder = workspace.folder
    yield from sorted(folder.glob("authority.key*"))
    yield from sorted(folder.glob(".authority.key*"))
    yield workspace.private
    yield folder / "packages"
    for mode in Mode:
        name = dataclasses.replace(workspace, mode=mode).boxes.name
        yield from sorted((*folder.glob(f"{name}*"), *folder.glob(f".{name}*")))
