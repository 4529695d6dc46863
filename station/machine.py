"""A machine: its keys, which two officers' cards open, and what it hands in and loads.

What lies in its folder is told in `station.disk.folder`, how its cards are recognised in `station.recognition`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from keys.crypto.credentials import derive_credential, public_credential
from keys.crypto.errors import CryptoError
from keys.crypto.sharing import SECRET_LENGTH, join, split
from keys.desk.cards import Card
from keys.desk.files import folder_lock, read_bytes, write_private, write_whole
from keys.desk.passphrase import unwrap_with_key, wrap_with_key
from keys.desk.program import PROGRAM
from keys.election.draft import Draft, open_draft
from keys.election.enrolment import ContestCredentials, Enrolment
from keys.election.statement import Header, Mode, Role, StatementType, read_statement, sign_statement
from keys.findings import Misuse, Refused
from station.disk.folder import machine_name, mode_file
from station.recognition import Recognitions, recognise

__all__ = [
    "MachineKeys",
    "enrol",
    "open_keys",
    "open_stick_key",
]

_KIND = "machine keys"
_MARKS = {mode: f"isoloir {mode.name.lower()} keys\n".encode() for mode in Mode}
"""How the file of the keys begins: the two modes are told apart before any card is there."""


@dataclass(frozen=True, slots=True)
class MachineKeys:
    """The private part of a machine in one mode."""

    signing: Ed25519PrivateKey
    box: X25519PrivateKey
    credential_seed: bytes
    """32 bytes, from which the private credentials are derived."""
    stick_key: bytes
    """32 bytes, under which the copy on the stick is sealed; the cards alone give it, without this disk."""

    def __repr__(self) -> str:
        return "MachineKeys(...)"


def enrol(
    folder: Path, draft_bytes: bytes, machine: str, random_bytes: Callable[[int], bytes]
) -> dict[Mode, tuple[bytes, tuple[Card, ...]]]:
    """Make a machine's keys, credentials and officers' cards, for the vote and for its rehearsal.

    Args:
        folder: Of the machine; must not be enrolled yet.
        draft_bytes: `draft.cose`.
        machine: Its name in the definition.
        random_bytes: Randomness.

    Returns:
        By mode, the enrolment to hand in, and the cards. The cards are nowhere on the disk.

    Raises:
        Misuse: The folder is enrolled already, or the definition has no such machine.
        Refused: The draft is not sound.
    """
    statement = read_statement(draft_bytes)
    draft = open_draft(statement)
    try:
        station = draft.definition.machine_station(machine)
    except KeyError:
        names = ", ".join(name for item in draft.definition.stations for name in item.machines)
        raise Misuse(f"the definition has no machine {machine!r}; it has {names}") from None
    folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        if (folder / "machine.json").exists():
            raise Misuse(f"{folder} is enrolled already; a machine that serves again takes a new folder")
        made = {
            mode: _enrol_mode(folder, draft, statement.fingerprint, station, machine, mode, random_bytes)
            for mode in Mode
        }
        write_whole(folder / "draft.cose", draft_bytes)
        write_whole(folder / "machine.json", json.dumps({"machine": machine}).encode())
    return made


def open_keys(folder: Path, mode: Mode, cards: Sequence[Card]) -> MachineKeys:
    """Open a machine's keys with two cards of two persons.

    Raises:
        Misuse: Not two cards.
        Refused: S-101 a card of another machine, S-110 of the rehearsal, S-102 the same card twice, S-111 the keys
            of the rehearsal, S-120, K-101.
    """
    if len(cards) != 2:
        raise Misuse("two cards of two persons are needed")
    for card in cards:
        recognise(folder, mode, card)
    secret = _joined(cards)
    content = cbor2.loads(unwrap_with_key(_wrapped(folder, mode), _file_key(secret, mode), _KIND))
    return MachineKeys(
        Ed25519PrivateKey.from_private_bytes(content[1]),
        X25519PrivateKey.from_private_bytes(content[2]),
        content[3],
        _derived(secret, f"stick copy/{mode.name.lower()}"),
    )


def _wrapped(folder: Path, mode: Mode) -> bytes:
    """The wrapped keys of a mode.

    Raises:
        Refused: S-111, those of the other mode lie there; K-101, none do.
    """
    data = read_bytes(mode_file(folder, mode, "secret"), 10_000)
    for found, mark in _MARKS.items():
        if data.startswith(mark):
            if found is not mode:
                raise Refused("S-111", f"machine {machine_name(folder)}")
            return data.removeprefix(mark)
    raise Refused("K-101", _KIND, "this is not a file of that kind")


def open_stick_key(known: Recognitions, mode: Mode, machine: str, cards: Sequence[Card]) -> bytes:
    """The key of a machine's copy on a stick, from two of its cards; its disk is not needed.

    Args:
        known: By which its cards are recognised, from the stick.
        mode: Official or rehearsal.
        machine: Its name, for messages.
        cards: Of that machine.

    Raises:
        Misuse: Not two cards.
        Refused: S-101 a card of another machine, S-102 the same card twice, S-120.
    """
    if len(cards) != 2:
        raise Misuse(f"two cards of machine {machine} are needed")
    for card in cards:
        known.check(card, machine)
    return _derived(_joined(cards), f"stick copy/{mode.name.lower()}")


def _joined(cards: Sequence[Card]) -> bytes:
    """The secret that two cards share.

    Raises:
        Refused: S-101, S-102.
    """
    try:
        return join(cards[0].share, cards[1].share)
    except CryptoError as error:
        if error.step == "same share":
            raise Refused("S-102", "card") from None
        raise Refused("S-101", "card", error.step) from None


def _enrol_mode(
    folder: Path,
    draft: Draft,
    context: bytes,
    station: int,
    machine: str,
    mode: Mode,
    random_bytes: Callable[[int], bytes],
) -> tuple[bytes, tuple[Card, ...]]:
    secret = random_bytes(SECRET_LENGTH)
    stick_key = _derived(secret, f"stick copy/{mode.name.lower()}")
    keys = MachineKeys(Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), random_bytes(32), stick_key)
    enrolment = Enrolment(
        station=station,
        machine=machine,
        public_key=keys.signing.public_key().public_bytes_raw(),
        box_key=keys.box.public_key().public_bytes_raw(),
        credentials=_credentials(draft, station, mode, keys.credential_seed),
        cards=draft.definition.cards,
        program=PROGRAM,
    )
    header = Header(StatementType.ENROLMENT, mode, context, Role.MACHINE)
    handed_in = sign_statement(header, enrolment.to_content(), keys.signing)
    shares = split(secret, draft.definition.cards, random_bytes)
    salt = random_bytes(16)
    private = cbor2.dumps(
        {1: keys.signing.private_bytes_raw(), 2: keys.box.private_bytes_raw(), 3: keys.credential_seed}
    )
    wrapped = wrap_with_key(private, _file_key(secret, mode), _KIND)
    write_private(mode_file(folder, mode, "secret"), _MARKS[mode] + wrapped)
    rows = sorted(share.recognition(salt) for share in shares)
    write_private(mode_file(folder, mode, "cards"), cbor2.dumps({1: salt, 2: rows}))
    write_whole(mode_file(folder, mode, "enrolment.cose"), handed_in)
    return handed_in, tuple(Card(share) for share in shares)


def _credentials(draft: Draft, station: int, mode: Mode, seed: bytes) -> tuple[ContestCredentials, ...]:
    capacity = draft.definition.capacity(station)
    parts = []
    for contest in draft.definition.style(station):
        uuid = draft.uuids(mode)[contest]
        points = [
            public_credential(uuid, derive_credential(seed, uuid, slot)).raw for slot in range(capacity)
        ]
        parts.append(ContestCredentials(contest, b"".join(points)))
    return tuple(parts)


def _file_key(secret: bytes, mode: Mode) -> bytes:
    """The key that wraps the machine's private file; the key of its stick copies has another label."""
    return _derived(secret, f"machine file/{mode.name.lower()}")


def _derived(secret: bytes, label: str) -> bytes:
    info = f"isoloir/{label}/1".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
