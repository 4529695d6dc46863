"""A board member's use cases: the key, and the signature under a decision or a result of the authority.

A member's folder holds `board.key` (wrapped under a passphrase) and, once the member has compared the poster,
`seen-official` or `seen-rehearsal` with the fingerprint of the sealed vote: nothing else is signed after that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.desk.files import folder_lock, load_statement, read_bytes, write_private
from keys.desk.language import Language
from keys.desk.passphrase import unwrap, wrap
from keys.desk.verdicts import decision_words, result_words
from keys.election.decided import check_decision
from keys.election.decision import Decision
from keys.election.draft import open_draft
from keys.election.enrolment import BoardMember
from keys.election.manifest import Manifest, open_manifest
from keys.election.result import Result
from keys.election.statement import (
    Header,
    Mode,
    Role,
    Statement,
    StatementType,
    read_statement,
    sign_statement,
)
from keys.findings import Misuse, Refused

__all__ = ["Member", "Vote", "co_sign", "new_member", "open_member", "read_vote", "words_of"]

_KIND = "board member key"
_KEY = "board.key"
_SIGNED = {StatementType.DECISION, StatementType.RESULT}


@dataclass(frozen=True, slots=True)
class Member:
    """A board member's secret, opened."""

    name: str
    signing: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"Member({self.name})"


@dataclass(frozen=True, slots=True)
class Vote:
    """The sealed vote that papers belong to."""

    manifest: Manifest
    fingerprint: bytes
    """Of the manifest, as on the poster."""
    mode: Mode


def new_member(folder: Path, draft_bytes: bytes, name: str, passphrase: bytes) -> dict[Mode, bytes]:
    """Make a board member's key, and the files to hand in.

    Args:
        folder: The member's own; must not hold a key yet.
        draft_bytes: `draft.cose`.
        name: As the definition names the member.
        passphrase: Wraps the key.

    Returns:
        The statement to hand in for the vote, and that for its rehearsal.

    Raises:
        Misuse: There is a key already, or the definition names no such member.
        Refused: The draft is not sound.
    """
    statement = read_statement(draft_bytes)
    names = open_draft(statement).definition.board
    if name not in names:
        raise Misuse(f"the definition names no board member {name!r}; it names {', '.join(names) or 'none'}")
    folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        if (folder / _KEY).exists():
            raise Misuse(f"{folder} holds a board member's key already; take another folder")
        key = Ed25519PrivateKey.generate()
        secret = cbor2.dumps({1: name, 2: key.private_bytes_raw()})
        write_private(folder / _KEY, wrap(secret, passphrase, _KIND))
    content = BoardMember(name, key.public_key().public_bytes_raw()).to_content()
    context = statement.fingerprint
    return {
        mode: sign_statement(Header(StatementType.BOARD_MEMBER, mode, context, Role.BOARD), content, key)
        for mode in Mode
    }


def open_member(folder: Path, passphrase: bytes) -> Member:
    """Open a board member's folder.

    Raises:
        Refused: K-101, wrong passphrase.
        Unreadable: There is no key.
    """
    content = cbor2.loads(unwrap(read_bytes(folder / _KEY), passphrase, _KIND))
    return Member(content[1], Ed25519PrivateKey.from_private_bytes(content[2]))


def read_vote(root: Path, mode: Mode, folder: Path, check_poster: Callable[[bytes], None]) -> Vote:
    """Read the sealed vote, and compare it with the poster the first time.

    Args:
        root: Folder with `draft.cose` and `manifest.cose`.
        mode: Official or rehearsal.
        folder: The member's; remembers the vote that was compared.
        check_poster: Given the fingerprint; raises where the poster says otherwise. Not asked again for the same vote.

    Raises:
        Refused: V-2 codes; K-106, the member has seen the poster of another vote.
    """
    draft, sealed = load_statement(root / "draft.cose"), load_statement(root / "manifest.cose")
    manifest = open_manifest(sealed, mode, draft.fingerprint, open_draft(draft).authority_key)
    seen = folder / f"seen-{mode.name.lower()}"
    if seen.exists():
        if read_bytes(seen) != sealed.fingerprint:
            raise Refused("K-106", str(root))
    else:
        check_poster(sealed.fingerprint)
        write_private(seen, sealed.fingerprint)
    return Vote(manifest, sealed.fingerprint, mode)


def words_of(vote: Vote, statement: Statement, language: Language) -> tuple[str, ...]:
    """Check that the authority made this decision or result for this vote, and say what it says.

    Raises:
        Refused: V-102, V-103, V-104, V-606; K-107, it is nothing that a board signs.
    """
    type_ = statement.header.type
    if type_ not in _SIGNED:
        raise Refused("K-107", statement.name)
    statement.expect(type_, vote.mode, vote.fingerprint, Role.AUTHORITY)
    statement.verify(vote.manifest.authority_key)
    if type_ is StatementType.DECISION:
        decision = Decision.from_content(statement.content, statement.name)
        check_decision(vote.manifest, decision, statement.name)
        moment = language.moment(decision.at, vote.manifest.definition.timezone)
        return (decision_words(decision, vote.manifest, language), decision.reason, moment)
    result = Result.from_content(statement.content, statement.name)
    _check_result(vote.manifest, result, statement.name)
    return result_words(result, vote.manifest, language)


def co_sign(member: Member, vote: Vote, statement: Statement) -> bytes:
    """Sign what the authority signed, as a member of the board.

    Args:
        member: Opened.
        vote: The sealed vote.
        statement: As `words_of` accepted it.

    Raises:
        Refused: V-207, the vote names no such member with this key.
    """
    public = member.signing.public_key().public_bytes_raw()
    for number, entry in enumerate(vote.manifest.board):
        if entry.signing_key == public:
            header = Header(statement.header.type, vote.mode, vote.fingerprint, Role.BOARD, number)
            return sign_statement(header, statement.content, member.signing)
    raise Refused("V-207", f"board member {member.name}", "the manifest does not hold this member's key")


def _check_result(manifest: Manifest, result: Result, subject: str) -> None:
    """Check that a result names a contest and options that exist."""
    contests = manifest.definition.contests
    if result.contest >= len(contests):
        raise Refused("V-606", subject)
    options = len(contests[result.contest].options)
    rows = [result.totals] + [row for row in (result.paper, result.seats) if row is not None]
    named = (*result.winners, *(at for tie in result.ties for at in tie.options))
    if any(len(row) != options for row in rows) or any(at >= options for at in named):
        raise Refused("V-606", subject, "its options are not those of the contest")
