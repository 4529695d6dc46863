"""Elections made by belenios-tool from beginning to end: accepted by us, and refused after one changed bit."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from keys.crypto.transcript import sha256
from keys.election.archive import ArchiveReader, ArchiveWriter, Step
from keys.election.events import Kind, Stage
from keys.election.verification import Verified, verify_archive
from keys.findings import Refused
from tests.outside.tool import Tool
from tests.simulator.contest import flip

UUID = "HcNdVzzEcCHXPe"
GROUP = ("--group", "Ed25519")
QUESTION = {
    "answers": ["Jardin", "Préau", 'Banc "rouge"'],
    "blank": True,
    "min": 1,
    "max": 2,
    "question": "Où ?",
}
VOTES = ([1, 0, 0, 0], [0, 1, 0, 1], [0, 1, 0, 0], [0, 0, 0, 1])


class Election:
    """An election in a folder, made with nothing but the tool."""

    def __init__(self, tool: Tool, folder: Path) -> None:
        self._tool = tool
        self._folder = folder

    def set_up(self, voters: int, singles: int, threshold: tuple[int, int] | None = None) -> None:
        """Make trustees, credentials and the archive. A threshold is `(needed, members)`."""
        folder = self._folder
        self.run("setup", "generate-credentials", "--uuid", UUID, *GROUP, "--count", str(voters))
        next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
        next(folder.glob("*.privcreds")).rename(folder / "private_creds.json")
        if threshold:
            self._members(*threshold)
        for _ in range(singles):
            self.run("setup", "generate-trustee-key", *GROUP)
        if singles:
            keys = b"".join(path.read_bytes() for path in self.singles("pubkey"))
            (folder / "public_keys.jsons").write_bytes(keys)
        self.run("setup", "make-trustees")
        template = {"description": "", "name": "Élection", "questions": [QUESTION]}
        (folder / "template.json").write_text(json.dumps(template, ensure_ascii=False))
        self.run("setup", "make-election", "--uuid", UUID, *GROUP, "--template", "template.json")
        self.run("archive", "init")

    def vote(self, votes: Sequence[Sequence[int]]) -> None:
        """Cast ballots in this order, which is not that of their trackers."""
        secrets = json.loads((self._folder / "private_creds.json").read_text()).values()
        for secret, vote in zip(secrets, votes, strict=False):
            (self._folder / "secret.txt").write_text(secret)
            (self._folder / "vote.json").write_text(json.dumps([vote]))
            ballot = self.run(
                "election", "generate-ballot", "--privcred", "secret.txt", "--choice", "vote.json"
            )
            self.add("Ballot", ballot)

    def count(self, members: Sequence[int], first_single: int) -> None:
        """End the vote and open the total with some members of the set and all single trustees."""
        self.add("EndBallots", "")
        self.add("EncryptedTally", self.run("election", "compute-encrypted-tally"))
        for member in members:
            name = (self._folder / f"{member}.trustee").read_text().strip()
            self._decrypt("decrypt-threshold", "--key", f"{name}.key", "--decryption-key", f"{name}.dkey",
                          owner=member + first_single - 1)  # fmt: skip
        for owner, path in enumerate(self.singles("privkey"), 1):
            self._decrypt("decrypt", "--privkey", path.name, owner=owner)
        self.add("Result", self.run("election", "compute-result"))

    def archive(self) -> bytes:
        (path,) = self._folder.glob("*.bel")
        return path.read_bytes()

    def singles(self, kind: str) -> list[Path]:
        return sorted(self._folder.glob(f"*.{kind}"))

    def run(self, *arguments: str, given: str = "") -> str:
        return self._tool.run(*arguments, folder=self._folder, given=given.encode())

    def add(self, kind: str, documents: str) -> None:
        self.run("archive", "add-event", f"--type={kind}", given=documents)

    def _decrypt(self, *command: str, owner: int) -> None:
        self.add("PartialDecryption", self.run("election", *command, "--trustee-id", str(owner)))

    def _members(self, needed: int, members: int) -> None:
        step = ("setup", "generate-trustee-key-threshold", *GROUP)
        numbers = range(1, members + 1)
        context = {n: ("--threshold-context", f"{n}/{needed}/{members}") for n in numbers}
        names = {n: self.run(*step, *context[n], "--step", "1").strip() for n in numbers}
        for n, name in names.items():
            (self._folder / f"{n}.trustee").write_text(name)
        self._gather("certs.jsons", [f"{name}.cert" for name in names.values()])
        certs = ("--certs", "certs.jsons")
        self.run(*step, *certs, "--step", "2")
        polynomials = [
            self.run(*step, *context[n], *certs, "--key", f"{name}.key", "--step", "3")
            for n, name in names.items()
        ]
        (self._folder / "polynomials.jsons").write_text("".join(polynomials))
        given = ("--polynomials", "polynomials.jsons")
        self.run(*step, *certs, "--step", "4", *given)
        outputs = ""
        for name in names.values():
            text = (self._folder / f"{name}.vinput").read_text()
            outputs += self.run(*step, *certs, "--key", f"{name}.key", "--step", "5", given=text)
        parameters = self.run(*step, *certs, "--step", "6", *given, given=outputs)
        (self._folder / "threshold.json").write_text(parameters)

    def _gather(self, target: str, names: Sequence[str]) -> None:
        parts = [(self._folder / name).read_bytes() for name in names]
        (self._folder / target).write_bytes(b"".join(parts))


@pytest.fixture(scope="module")
def two_singles(belenios_tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two trustees, both needed."""
    election = Election(belenios_tool, tmp_path_factory.mktemp("singles"))
    election.set_up(6, singles=2)
    election.vote(VOTES)
    election.count([], 1)
    return election.archive()


@pytest.fixture(scope="module")
def two_of_three(belenios_tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A set of three of which two are enough, and one trustee who is needed."""
    election = Election(belenios_tool, tmp_path_factory.mktemp("threshold"))
    election.set_up(6, singles=1, threshold=(2, 3))
    election.vote(VOTES)
    election.count([1, 3], 2)
    return election.archive()


def verified(archive: bytes) -> Verified:
    return verify_archive(io.BytesIO(archive), expected=Stage.COMPLETE, foreign=True)


@pytest.mark.parametrize("name", ["two_singles", "two_of_three"])
def test_is_accepted(name: str, belenios_tool: Tool, request: pytest.FixtureRequest) -> None:
    archive = request.getfixturevalue(name)
    assert belenios_tool.accepts(archive)
    report = verified(archive)
    assert report.result == (1, 2, 0, 2)
    assert len(report.cast) == len(VOTES)
    assert report.contest.params.answers == ("Jardin", "Préau", 'Banc "rouge"')


Change = Callable[[bytes], bytes]


def changed(archive: bytes, kind: Kind, place: int, change: Change) -> bytes:
    """Write the archive again with one document changed, digests and chain to match."""
    reader = ArchiveReader(io.BytesIO(archive))
    stream = io.BytesIO()
    writer = ArchiveWriter(stream, reader.timestamp)
    todo = True
    for step in reader:
        if step.kind is kind and todo:
            documents = list(step.documents)
            documents[place] = change(documents[place])
            assert documents[place] != step.documents[place]
            step = Step(kind, tuple(documents), step.numbers)
            todo = False
        writer.append(step)
    assert not todo
    return stream.getvalue()


def after(text: bytes) -> Change:
    return lambda document: flip(document, text)


TWINS: dict[str, tuple[Kind, int, Change]] = {
    "election": (Kind.SETUP, 0, after(b'"public_key":"')),
    "trustee": (Kind.SETUP, 1, after(b'"response":"')),
    "ballot": (Kind.BALLOT, 0, after(b'"alpha":"')),
    "credential": (Kind.BALLOT, 0, after(b'"credential":"')),
    "ballot's proof": (Kind.BALLOT, 0, after(b'"response":"')),
    "decryption": (Kind.PARTIAL_DECRYPTION, 0, after(b'"decryption_factors":[["')),
    "decryption's proof": (Kind.PARTIAL_DECRYPTION, 0, after(b'"response":"')),
    "result": (Kind.RESULT, 0, lambda document: document.replace(b"[[1,2,", b"[[1,3,")),
}


@pytest.mark.parametrize("name", ["two_singles", "two_of_three"])
@pytest.mark.parametrize("twin", TWINS)
def test_twin_is_refused(name: str, twin: str, belenios_tool: Tool, request: pytest.FixtureRequest) -> None:
    archive = changed(request.getfixturevalue(name), *TWINS[twin])
    with pytest.raises(Refused):
        verified(archive)
    assert not belenios_tool.verdict(archive).accepted


def test_order_of_casting_is_accepted_only_as_foreign(two_singles: bytes, belenios_tool: Tool) -> None:
    steps = list(ArchiveReader(io.BytesIO(two_singles)))
    ballots = [step for step in steps if step.kind is Kind.BALLOT]
    ballots.sort(key=lambda step: sha256(step.documents[0]), reverse=True)
    stream = io.BytesIO()
    writer = ArchiveWriter(stream, 1795301063)
    for step in (steps[0], *ballots, *steps[1 + len(ballots) :]):
        writer.append(step)
    assert belenios_tool.accepts(stream.getvalue())
    assert verified(stream.getvalue()).result == (1, 2, 0, 2)
    with pytest.raises(Refused) as refused:
        verify_archive(io.BytesIO(stream.getvalue()), expected=Stage.COMPLETE)
    assert refused.value.code == "V-324"
