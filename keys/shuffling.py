"""A trustee's shuffle: ballots that are opened whole are mixed by every trustee who decrypts, before anybody does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keys.checking import check_folder
from keys.crypto.randomness import system_draw
from keys.crypto.shuffle import shuffle
from keys.election.events import Stage
from keys.election.opening import Shuffled, ShuffledContest
from keys.election.statement import Mode, StatementType, sign_statement
from keys.election.verification import Verified
from keys.findings import Misuse, Refused
from keys.holding import Trustee
from keys.opened import remembering

__all__ = ["shuffle_ballots"]

_STAGES = frozenset({Stage.TALLIED, Stage.SHUFFLING})


def shuffle_ballots(
    trustee: Trustee,
    root: Path,
    memory: Path | None,
    mode: Mode = Mode.OFFICIAL,
    *,
    workers: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> bytes:
    """Shuffle the ballots that are opened whole, in all contests that have such, and sign what was done.

    Everything is checked here first, as before a decryption; and so are the shuffles of those who came before. The
    opening is remembered now: a trustee who has shuffled for one opening takes no part in another.

    Args:
        trustee: Opened.
        root: The whole folder: papers, reports, decisions, archives, request.
        memory: The trustee's folder, which remembers what is opened; None for a rehearsal.
        mode: Official or rehearsal.
        workers: Processes that check ballots.
        progress: Told the contest and the number of ballots checked.

    Returns:
        The statement to hand in.

    Raises:
        Refused: Something does not hold; K-103, K-104, as for a decryption; V-333, this trustee has shuffled already.
        Misuse: No contest is opened whole, or a vote shall be shuffled without a memory, or a
            rehearsal with one.
    """
    checked = check_folder(trustee, root, memory, mode, _STAGES, workers=workers, progress=progress)
    if not checked.whole:
        raise Misuse("no contest of this vote is opened ballot by ballot; go on with: keys decrypt")
    if checked.number in checked.signed_shuffles:
        raise Refused(
            "V-333", f"shuffle of trustee {checked.number + 1}", "this trustee has shuffled already"
        )
    openings = {checked.uuids[at]: checked.openings[checked.uuids[at]] for at in checked.whole}
    with remembering(memory, openings, checked.judge):
        parts = tuple(_part(checked.archives[at], at) for at in checked.whole)
    content = Shuffled(checked.request_fingerprint, parts).to_content()
    return sign_statement(checked.header(StatementType.SHUFFLE), content, trustee.signing)


def _part(archive: Verified, contest: int) -> ShuffledContest:
    before, params = archive.shuffled or (), archive.contest.params
    made = shuffle(before, params.public_key, archive.contest.fingerprint, system_draw)
    return ShuffledContest(contest, bytes.fromhex(archive.head), made.to_json())
