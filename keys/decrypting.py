"""A trustee's decryption: the part of the requested totals, or of the shuffled ballots, that this trustee opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keys.checking import Checked, Shown, check_folder
from keys.crypto.errors import CryptoError
from keys.crypto.randomness import system_draw
from keys.crypto.trustees import partial_decrypt
from keys.election.events import Stage
from keys.election.opening import ContestDecryption, Decryption
from keys.election.reopening import stated
from keys.election.statement import Mode, StatementType, sign_statement
from keys.election.verification import Verified
from keys.findings import Refused
from keys.holding import Trustee
from keys.opened import remembering

__all__ = ["decrypt"]


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

    Returns:
        The statement to hand in.

    Raises:
        Refused: Something does not hold, or another total of a contest was opened before and no decision allows
            this one (K-103), or the memory of it is gone or damaged (K-104), or this trustee has not confirmed this
            very vote (V-210, K-115), or has not shuffled what is opened whole (V-332).
        Misuse: The totals of a vote shall be opened without a memory, or those of a rehearsal with one.
    """
    checked = check_folder(
        trustee, root, memory, mode, frozenset({Stage.SHUFFLED}), workers=workers, progress=progress
    )
    _check_own_shuffle(checked)
    show(checked.shown)
    openings, archives = checked.openings, checked.archives
    with remembering(memory, openings, checked.judge) as earlier:
        parts = tuple(_part(trustee, archives[contest], contest) for contest in sorted(archives))
    before = None if earlier is None else stated(checked.uuids, earlier, openings)
    answer = Decryption(checked.request_fingerprint, parts, before)
    return sign_statement(checked.header(StatementType.DECRYPTION), answer.to_content(), trustee.signing)


def _check_own_shuffle(checked: Checked) -> None:
    """Check that ballots which are opened whole were shuffled by this trustee too."""
    contests = checked.dossier.manifest.definition.contests
    for at in checked.whole:
        if checked.number + 1 not in dict(checked.archives[at].shuffles):
            raise Refused(
                "V-332", f"contest {contests[at].id}", "this trustee has not shuffled it: keys shuffle"
            )


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
