"""Shuffles: taken in one after the other, checked, and laid down in the archives of ballots that are opened whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from keys.crypto.errors import CryptoError
from keys.crypto.shuffle import Shuffle, verify_shuffle
from keys.desk.files import folder_lock, load_statement
from keys.election.archive import Outline
from keys.election.dossier import Dossier
from keys.election.events import Stage
from keys.election.forms import whole_contests
from keys.election.layout import SHUFFLES
from keys.election.opening import Shuffled, ShuffledContest
from keys.election.statement import Role, Statement, StatementType
from keys.election.verification import read_contest
from keys.findings import Misuse, Refused
from tally.opening.answers import request_fingerprint
from tally.opening.archiving import continued, last_ciphertexts, read_outline
from tally.workspace import Workspace

__all__ = ["Shuffling", "collect_shuffles", "read_shuffling"]


@dataclass(frozen=True, slots=True)
class Shuffling:
    """How far the shuffles have come."""

    done: tuple[int, ...]
    """Trustees who have shuffled, from 0, in their order."""
    left: tuple[int, ...]
    """Trustees who have not."""
    needed: int
    """How many are needed to open."""
    ended: bool
    """Nobody shuffles any more; those who did decrypt now."""


def read_shuffling(workspace: Workspace, dossier: Dossier) -> Shuffling | None:
    """How far the shuffles have come; None where no ballots are opened whole, or no archive is written yet.

    Raises:
        Refused: An archive is damaged.
    """
    whole = whole_contests(dossier.manifest.definition)
    if not whole or not all(_path(workspace, dossier, at).exists() for at in whole):
        return None
    return _state(workspace, dossier, whole)


def collect_shuffles(workspace: Workspace, sources: Iterable[Path], *, end: bool = False) -> Shuffling:
    """Take in trustees' shuffles, in the order in which they were made; each is checked, and then kept.

    When all trustees have shuffled, or when it is asked for and enough have, the shuffling ends. Only those who have
    shuffled can decrypt then.

    Args:
        workspace: Of the officer.
        sources: Files, or folders that are searched for shuffles.
        end: Wait for no other trustee.

    Raises:
        Refused: V-102, V-103, V-207; V-333, it is not made of the archives as they stand; V-334, its proof does not
            hold; T-205, too few trustees have shuffled. What came before the refused one is kept.
        Misuse: No contest is opened whole.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        whole = whole_contests(dossier.manifest.definition)
        if not whole:
            raise Misuse("no contest of this vote is opened ballot by ballot; nothing is shuffled")
        request = request_fingerprint(dossier)
        for statement in _statements(sources):
            _take_in(workspace, dossier, whole, request, statement)
        state = _state(workspace, dossier, whole)
        if not state.ended and (end or not state.left):
            if len(state.done) < state.needed:
                raise Refused("T-205", "shuffles", f"{len(state.done)} of {state.needed}")
            _end(workspace, dossier, whole)
            state = _state(workspace, dossier, whole)
    return state


def _statements(sources: Iterable[Path]) -> list[Statement]:
    found = []
    for source in sources:
        paths = sorted(source.rglob("*.cose")) if source.is_dir() else [source]
        for path in paths:
            statement = load_statement(path)
            if statement.header.type is StatementType.SHUFFLE or not source.is_dir():
                found.append(statement)
    return found


def _take_in(
    workspace: Workspace, dossier: Dossier, whole: Sequence[int], request: bytes, statement: Statement
) -> None:
    content = dossier.open(statement, StatementType.SHUFFLE, Role.TRUSTEE)
    shuffled = Shuffled.from_content(content, statement.name)
    trustee = statement.header.signer or 0
    if shuffled.request != request or tuple(part.contest for part in shuffled.contests) != tuple(whole):
        raise Refused("V-333", statement.name, "it answers another request")
    outlines = {at: _outline(workspace, dossier, at) for at in whole}
    new = [part for part in shuffled.contests if not _is_in(outlines[part.contest], part, trustee)]
    for part in new:
        _check(outlines[part.contest], part, trustee, f"{statement.name}, contest {part.contest + 1}")
    for part in new:
        at = part.contest
        with continued(_path(workspace, dossier, at), f"contest {at + 1}") as writer:
            writer.shuffle(trustee + 1, part.shuffle)
    workspace.write(f"{SHUFFLES}{trustee}.cose", statement.raw)


def _is_in(seen: Outline, part: ShuffledContest, trustee: int) -> bool:
    """Whether an archive holds this shuffle already: a command that was cut off is run again."""
    return any((step.numbers[0], step.documents[0]) == (trustee + 1, part.shuffle) for step in seen.shuffles)


def _check(seen: Outline, part: ShuffledContest, trustee: int, subject: str) -> None:
    """Check a shuffle against the archive as it stands."""
    if seen.stage not in {Stage.TALLIED, Stage.SHUFFLING}:
        raise Refused("V-333", subject, "the shuffling has ended")
    if part.head.hex() != seen.head:
        raise Refused("V-333", subject, "another shuffle came first; it has to be made again, after that one")
    if trustee + 1 in {step.numbers[0] for step in seen.shuffles}:
        raise Refused("V-333", subject, "this trustee has shuffled already")
    election, trustees, credentials = seen.setup.documents
    setup = read_contest(election, trustees, credentials, subject)
    before = last_ciphertexts(seen, subject)
    try:
        made = Shuffle.parse(part.shuffle)
    except CryptoError as error:
        raise Refused("V-333", subject, str(error)) from None
    try:
        verify_shuffle(before, made, setup.params.public_key, setup.fingerprint)
    except CryptoError as error:
        raise Refused("V-334", subject, str(error)) from None


def _end(workspace: Workspace, dossier: Dossier, whole: Sequence[int]) -> None:
    for at in whole:
        if _outline(workspace, dossier, at).stage is Stage.SHUFFLING:
            with continued(_path(workspace, dossier, at), f"contest {at + 1}") as writer:
                writer.end_shuffles()


def _state(workspace: Workspace, dossier: Dossier, whole: Sequence[int]) -> Shuffling:
    manifest = dossier.manifest
    outlines = [_outline(workspace, dossier, at) for at in whole]
    done = tuple(step.numbers[0] - 1 for step in outlines[0].shuffles)
    return Shuffling(
        done,
        tuple(at for at in range(len(manifest.trustees)) if at not in done),
        1 if manifest.rehearsal_secret is not None else manifest.definition.threshold,
        all(seen.stage not in {Stage.TALLIED, Stage.SHUFFLING} for seen in outlines),
    )


def _path(workspace: Workspace, dossier: Dossier, contest: int) -> Path:
    return workspace.archive(dossier.manifest.definition.contests[contest].id)


def _outline(workspace: Workspace, dossier: Dossier, contest: int) -> Outline:
    identifier = dossier.manifest.definition.contests[contest].id
    return read_outline(workspace.archive(identifier), f"contest {identifier}")
