"""What a statement is about: its type, whether it counts, which vote it belongs to, who signs it.

Who signs which type, and which key verifies it (the tests hold this table and `SIGNERS` together):

    draft                                                authority        the key in its content
    enrolment                                            machine          the key in its content
    trustee, ceremony                                    trustee          the key in its content
    board member                                         board            the key in its content
    manifest                                             authority        the key in the draft
    request, paper count, publication, package           authority        the key in the manifest
    destruction order                                    authority        the key in the manifest
    destruction report                                   authority, machine the key in the manifest
    zero report, pause report, reopening report          machine          the key in the manifest
    closing report, receipt, challenge, marks            machine          the key in the manifest
    interrupted                                          machine          the key in the manifest
    shuffle, decryption                                  trustee          the key in the manifest
    confirmation                                         machine, trustee the key in the manifest
    decision, result                                     authority, board the key in the manifest
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

__all__ = ["NO_CONTEXT", "SIGNERS", "Header", "KeyFrom", "Mode", "Role", "StatementType"]

NO_CONTEXT = bytes(32)
"""Context of a draft, which comes before everything."""


class StatementType(IntEnum):
    """What a statement says."""

    DRAFT = 1
    ENROLMENT = 2
    TRUSTEE = 3
    BOARD_MEMBER = 4
    MANIFEST = 5
    CONFIRMATION = 6
    ZERO_REPORT = 7
    PAUSE_REPORT = 8
    REOPENING_REPORT = 9
    CLOSING_REPORT = 10
    RECEIPT = 11
    CHALLENGE = 12
    REQUEST = 13
    DECISION = 14
    DECRYPTION = 15
    RESULT = 16
    PAPER_COUNT = 17
    PUBLICATION = 18
    PACKAGE = 19
    CEREMONY = 20
    MARKS = 21
    INTERRUPTED = 22
    SHUFFLE = 23
    DESTRUCTION_ORDER = 24
    DESTRUCTION_REPORT = 25


class Mode(IntEnum):
    """Whether the votes count."""

    OFFICIAL = 0
    REHEARSAL = 1


class Role(IntEnum):
    """Who signs."""

    AUTHORITY = 0
    MACHINE = 1
    TRUSTEE = 2
    BOARD = 3


class KeyFrom(Enum):
    """Where the key stands that verifies a statement."""

    CONTENT = "content"
    """It brings its own: the fingerprint of a draft comes from paper, the others are bound by the manifest."""
    DRAFT = "draft"
    MANIFEST = "manifest"


_T, _R = StatementType, Role
SIGNERS: dict[StatementType, tuple[KeyFrom, frozenset[Role]]] = {
    _T.DRAFT: (KeyFrom.CONTENT, frozenset({_R.AUTHORITY})),
    _T.ENROLMENT: (KeyFrom.CONTENT, frozenset({_R.MACHINE})),
    **dict.fromkeys((_T.TRUSTEE, _T.CEREMONY), (KeyFrom.CONTENT, frozenset({_R.TRUSTEE}))),
    _T.BOARD_MEMBER: (KeyFrom.CONTENT, frozenset({_R.BOARD})),
    _T.MANIFEST: (KeyFrom.DRAFT, frozenset({_R.AUTHORITY})),
    **dict.fromkeys(
        (_T.REQUEST, _T.PAPER_COUNT, _T.PUBLICATION, _T.PACKAGE, _T.DESTRUCTION_ORDER),
        (KeyFrom.MANIFEST, frozenset({_R.AUTHORITY})),
    ),
    **dict.fromkeys(
        (_T.ZERO_REPORT, _T.PAUSE_REPORT, _T.REOPENING_REPORT, _T.CLOSING_REPORT),
        (KeyFrom.MANIFEST, frozenset({_R.MACHINE})),
    ),
    **dict.fromkeys(
        (_T.RECEIPT, _T.CHALLENGE, _T.MARKS, _T.INTERRUPTED),
        (KeyFrom.MANIFEST, frozenset({_R.MACHINE})),
    ),
    **dict.fromkeys((_T.SHUFFLE, _T.DECRYPTION), (KeyFrom.MANIFEST, frozenset({_R.TRUSTEE}))),
    _T.CONFIRMATION: (KeyFrom.MANIFEST, frozenset({_R.MACHINE, _R.TRUSTEE})),
    _T.DESTRUCTION_REPORT: (KeyFrom.MANIFEST, frozenset({_R.AUTHORITY, _R.MACHINE})),
    **dict.fromkeys((_T.DECISION, _T.RESULT), (KeyFrom.MANIFEST, frozenset({_R.AUTHORITY, _R.BOARD}))),
}
"""Where the key of each type stands, and who signs it; no header says anything else."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a statement is about; in the protected header, so that it is signed."""

    type: StatementType
    mode: Mode
    context: bytes
    """32 bytes: the fingerprint of the draft before sealing, of the manifest after, zeros for a draft."""
    role: Role
    signer: int | None = None
    """Index of the machine, trustee or board member in the manifest; None for the authority, and before sealing."""

    def __post_init__(self) -> None:
        """Refuse a role that does not sign this type, and a number where there is none.

        Raises:
            ValueError: So.
        """
        key, roles = SIGNERS[self.type]
        if self.role not in roles:
            raise ValueError(f"{self.type.name} is not signed by {self.role.name}")
        numbered = key is KeyFrom.MANIFEST and self.role is not Role.AUTHORITY
        if (self.signer is not None) != numbered:
            raise ValueError(
                f"{self.type.name} of {self.role.name} {'with' if numbered else 'without'} a number"
            )
        if len(self.context) != 32:
            raise ValueError("a context of another length than 32 bytes")
