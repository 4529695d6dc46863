"""A trustee's use cases after sealing: the confirmation and the decryption.

How a trustee's keys are made stands in `keys.holding` and `keys.ceremony`, the memory of what this trustee has opened
in `keys.opened`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from keys.checking import Checked, Shown, check_folder, number_of
from keys.confirming import check_confirmed, confirm
from keys.crypto.errors import CryptoError
from keys.crypto.randomness import system_draw
from keys.crypto.trustees import partial_decrypt
from keys.election.events import Stage
from keys.election.forms import Shape
from keys.election.manifest import Manifest
from keys.election.opening import ContestDecryption, Decryption
from keys.election.reopening import Opening, check_again, stated
from keys.election.shuffles import check_signed_shuffles, signed_shuffles
from keys.election.statement import (
    Header,
    Mode,
    Role,
    StatementType,
    sign_statement,
)
from keys.election.verification import Verified
from keys.findings import Misuse, Refused
from keys.holding import Trustee, new_trustee, open_trustee, rehearsal_trustee
from keys.opened import remembering

__all__ = ["Shown", "Trustee", "confirm", "decrypt", "new_trustee", "open_trustee", "rehearsal_trustee"]


def decrypt(
    trustee: Trustee,
    root: Path,
    memory: Path | None,
    mode: Mode = Mode.OFFICIAL,
    *,
    workers: int = 1,
    show: Callable[[tuple[Shown, ...]], None] = lambda _: None,
    progress: Callable[[str, int], None] | None = None,
) -> bytes:
    """Open this trustee's part of the totals that the authority requests, and of nothing else.

    Everything is checked here first: the papers, every ballot, every box against its report, the totals.

    Args:
        trustee: Opened.
        root: The whole folder: papers, reports, decisions, archives, request.
        memory: The trustee's folder, which remembers what was opened; None for a rehearsal.
        mode: Official or rehearsal.
        workers: Processes that check ballots.
        show: Told what is about to be opened; raises to stop.
        progress: Told the contest and the number of ballots checked.

    Raises:
        Refused: Something does not hold, or another total of a contest was opened before and no decision allows
            this one (K-103), or the memory of it is gone or damaged (K-104), or this trustee has not confirmed this
            very vote (V-210, K-115).
        Misuse: The totals of a vote shall be opened without a memory, or those of a rehearsal with one.
    """
    if memory is None and mode is Mode.OFFICIAL:
        raise Misuse("a trustee opens nothing without the memory of what was opened before")
    if memory is not None and mode is Mode.REHEARSAL:
        raise Misuse("a rehearsal leaves no trace in a trustee's memory")
    who = (trustee.name, trustee.signing.public_key().public_bytes_raw())
    checked = check_folder(root, mode, frozenset({Stage.SHUFFLED}), who, workers=workers, progress=progress)
    dossier, archives, uuids = checked.dossier, checked.archives, checked.dossier.manifest.uuids
    number = _number(trustee, dossier.manifest)
    if memory is not None:
        check_confirmed(memory, dossier, number)
    _check_own_shuffle(checked, number)
    show(checked.shown)

    def judge(uuid: str, earlier: Sequence[Opening], now: Opening) -> str | None:
        return check_again(dossier, uuids.index(uuid), earlier, now)

    with remembering(memory, checked.openings, judge) as earlier:
        parts = tuple(_part(trustee, archives[contest], contest) for contest in sorted(archives))
    header = Header(StatementType.DECRYPTION, mode, dossier.fingerprint, Role.TRUSTEE, number)
    before = None if earlier is None else stated(uuids, earlier, checked.openings)
    answer = Decryption(checked.request_fingerprint, parts, before)
    return sign_statement(header, answer.to_content(), trustee.signing)


def _number(trustee: Trustee, manifest: Manifest) -> int:
    return number_of(trustee.name, trustee.signing.public_key().public_bytes_raw(), manifest)


def _check_own_shuffle(checked: Checked, number: int) -> None:
    """Check that ballots which are opened whole were shuffled as trustees signed it, by this trustee too."""
    signed = signed_shuffles(checked.dossier, checked.dossier.others, checked.request_fingerprint)
    for at, contest in enumerate(checked.dossier.manifest.definition.contests):
        if Shape.of(contest).is_whole:
            shuffles, subject = checked.archives[at].shuffles, f"contest {contest.id}"
            check_signed_shuffles(signed, at, shuffles, subject)
            if number + 1 not in dict(shuffles):
                raise Refused("V-332", subject, "this trustee has not shuffled it: keys shuffle")


def _part(trustee: Trustee, archive: Verified, contest: int) -> ContestDecryption:
    if archive.shuffled is None:
        raise CryptoError("tally", "the archive has none")
    partial = partial_decrypt(trustee.secret, archive.shuffled, archive.contest.fingerprint, system_draw)
    return ContestDecryption(
        contest=contest,
        head=bytes.fromhex(archive.head),
        partial=partial.to_json(),
        bound_proofs=b"".join(proof.to_bytes() for proof in partial.bound),
    )
