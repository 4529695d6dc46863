"""The booth: everything a machine needs to make ballots, once two officers have opened it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.credentials import derive_credential, secret_key
from keys.crypto.group import Scalar
from keys.election.forms import Shape
from keys.election.manifest import Manifest, contest_params
from keys.election.packing import body_size
from keys.election.question import ElectionParams, WholeParams, fingerprint
from keys.election.statement import Header, Mode, Role, StatementType
from station.disk.plan import ContestSlots, StorePlan

__all__ = ["Booth", "BoothContest", "booth_contests", "store_plan"]


@dataclass(frozen=True, slots=True)
class BoothContest:
    """A contest of the machine's style."""

    contest: int
    """Index in the manifest."""
    shape: Shape
    params: ElectionParams | WholeParams
    fingerprint: str
    """Of its Belenios election, 43 characters."""

    @property
    def body_size(self) -> int:
        """Bytes of a packed ballot."""
        return body_size(self.params)


def booth_contests(manifest: Manifest, station: int) -> tuple[BoothContest, ...]:
    """The contests of a station's style, in the order of the manifest."""
    joint_key = manifest.joint_key
    contests = []
    for contest in manifest.styles[station]:
        params = contest_params(manifest.definition, manifest.uuids[contest], contest, joint_key)
        shape = Shape.of(manifest.definition.contests[contest])
        contests.append(BoothContest(contest, shape, params, fingerprint(params.to_json_bytes())))
    return tuple(contests)


def store_plan(manifest: Manifest, station: int) -> StorePlan:
    """The slots of a machine of a station: one for each of its credentials, in each contest of its style."""
    slots = manifest.definition.capacity(station)
    return StorePlan(
        tuple(ContestSlots(item.contest, slots, item.body_size) for item in booth_contests(manifest, station))
    )


@dataclass(frozen=True, slots=True)
class Booth:
    """A machine that two officers have opened."""

    fingerprint: bytes
    """Of the manifest, 32 bytes."""
    mode: Mode
    machine: int
    """Index in the manifest."""
    contests: tuple[BoothContest, ...]
    credential_seed: bytes = field(repr=False)
    """32 secret bytes."""
    signing_key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def of(
        cls,
        manifest: Manifest,
        fingerprint: bytes,
        mode: Mode,
        machine: int,
        credential_seed: bytes,
        signing_key: Ed25519PrivateKey,
    ) -> Self:
        """The booth of a machine of a manifest that was checked."""
        contests = booth_contests(manifest, manifest.machines[machine].station)
        return cls(fingerprint, mode, machine, contests, credential_seed, signing_key)

    def header(self, type_: StatementType) -> Header:
        """The header of a statement by this machine."""
        return Header(type_, self.mode, self.fingerprint, Role.MACHINE, self.machine)

    def secret(self, item: BoothContest, slot: int) -> Scalar:
        """The secret exponent of the credential that belongs to a slot of a contest."""
        credential = derive_credential(self.credential_seed, item.params.uuid, slot)
        return secret_key(item.params.uuid, credential)
