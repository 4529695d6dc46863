"""A trustee's shuffle: ballots that are opened whole are mixed by every trustee who decrypts, before anybody does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from keys.checking import Checked, Shown, check_folder
from keys.confirming import check_confirmed
from keys.crypto.randomness import system_draw
from keys.crypto.shuffle import shuffle
from keys.election.events import Stage
from keys.election.forms import Shape
from keys.election.opening import Shuffled, ShuffledContest
from keys.election.reopening import Opening, check_again
from keys.election.shuffles import check_signed_shuffles, signed_shuffles
from keys.election.statement import Header, Mode, Role, StatementType, sign_statement
from keys.election.verification import Verified
from keys.findings import Misuse, Refused
from keys.opened import remembering
from keys.trustee import Trustee

__all__ = ["shuffle_ballots"]

_STAGES = frozenset({Stage.TALLIED, Stage.SHUFFLING})


def shuffle_ballots(
    trustee: Trustee,
    root: Path,
    memory: Path | None,
    mode: Mode = Mode.OFFICIAL,
    *,
    workers: int = 1,
    show: Callable[[tuple[Shown, ...]], None] = lambda _: None,
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
        show: Told what is about to be shuffled; raises to stop.
        progress: Told the contest and the number of ballots checked.

    Returns:
        The statement to hand in.

    Raises:
        Refused: Something does not hold; K-103, K-104, as for a decryption; V-333, this trustee has shuffled already.
        Misuse: No contest is opened whole, or a vote shall be shuffled without a memory, or a
            rehearsal with one.
    """
    if memory is None and mode is Mode.OFFICIAL:
        raise Misuse("a trustee opens nothing without the memory of what was opened before")
    if memory is not None and mode is Mode.REHEARSAL:
        raise Misuse("a rehearsal leaves no trace in a trustee's memory")
    who = (trustee.name, trustee.signing.public_key().public_bytes_raw())
    checked = check_folder(root, mode, _STAGES, who, workers=workers, progress=progress)
    manifest, number = checked.dossier.manifest, checked.number
    if memory is not None:
        check_confirmed(memory, checked.dossier, number)
    whole = [at for at, contest in enumerate(manifest.definition.contests) if Shape.of(contest).is_whole]
    if not whole:
        raise Misuse("no contest of this vote is opened ballot by ballot; go on with: keys decrypt")
    _check_before(checked, whole, number)
    show(tuple(checked.shown[at] for at in whole))

    def judge(uuid: str, earlier: Sequence[Opening], now: Opening) -> str | None:
        return check_again(checked.dossier, manifest.uuids.index(uuid), earlier, now)

    openings = {manifest.uuids[at]: checked.openings[manifest.uuids[at]] for at in whole}
    with remembering(memory, openings, judge):
        parts = tuple(_part(checked.archives[at], at) for at in whole)
    header = Header(StatementType.SHUFFLE, mode, checked.dossier.fingerprint, Role.TRUSTEE, number)
    content = Shuffled(checked.request_fingerprint, parts).to_content()
    return sign_statement(header, content, trustee.signing)


def _check_before(checked: Checked, whole: Sequence[int], number: int) -> None:
    """Check that the shuffles so far are those of their trustees, and none is this trustee's."""
    signed = signed_shuffles(checked.dossier, checked.dossier.others, checked.request_fingerprint)
    for at in whole:
        subject = f"contest {checked.dossier.manifest.definition.contests[at].id}"
        check_signed_shuffles(signed, at, checked.archives[at].shuffles, subject)
    if number in signed:
        raise Refused("V-333", f"shuffle of trustee {number + 1}", "this trustee has shuffled already")


def _part(archive: Verified, contest: int) -> ShuffledContest:
    before, params = archive.shuffled or (), archive.contest.params
    made = shuffle(before, params.public_key, archive.contest.fingerprint, system_draw)
    return ShuffledContest(contest, bytes.fromhex(archive.head), made.to_json())
