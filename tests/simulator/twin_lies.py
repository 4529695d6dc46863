"""Lies that put something of the rehearsal in the place of the vote's own; the same authority sealed both."""

from __future__ import annotations

import shutil

from keys.election.interruption import Interrupted
from keys.election.opening import Shuffled, ShuffledContest
from keys.election.report import ClosingReport, PauseReport
from keys.election.statement import Role, StatementType, read_statement, sign_statement
from tests.simulator.forgery import Forgery
from tests.simulator.lies import Lie
from tests.simulator.vote import NOW, HeldVote


def _twin(forgery: Forgery) -> HeldVote:
    assert forgery.vote.twin is not None
    return forgery.vote.twin


def exchanged(path: str) -> Lie:
    """One file of the rehearsal under the name it has in the vote."""
    return lambda forgery: forgery.write(path, (_twin(forgery).public / path).read_bytes())


def whole_folder(forgery: Forgery) -> None:
    """The rehearsal is published as the vote."""
    shutil.rmtree(forgery.root)
    shutil.copytree(_twin(forgery).public, forgery.root)


def called_official(forgery: Forgery) -> None:
    """The authority signs the manifest of the rehearsal as that of the vote."""
    other = read_statement((_twin(forgery).public / "manifest.cose").read_bytes())
    header = read_statement(forgery.read("manifest.cose")).header
    forgery.write("manifest.cose", sign_statement(header, other.content, forgery.vote.authority.signing))


def report_of(type_: StatementType) -> Lie:
    """A report of the rehearsal in the place of the machine's own."""

    def tell(forgery: Forgery) -> None:
        twin = Forgery(_twin(forgery), _twin(forgery).public)
        forgery.write(forgery.report(0, type_), twin.read(twin.report(0, type_)))

    return tell


report = report_of(StatementType.CLOSING_REPORT)


def signed_by_machine(type_: StatementType, path: str) -> Lie:
    """A report of the rehearsal among those of the vote."""

    def tell(forgery: Forgery) -> None:
        twin = _twin(forgery)
        content = PauseReport(at=NOW, marks=0, previous=bytes(32)).to_content()
        forgery.write(path, twin.signed_by(Role.MACHINE, type_, content, 0))

    return tell


def interrupted(forgery: Forgery) -> None:
    twin = Forgery(_twin(forgery), _twin(forgery).public)
    closing = read_statement(twin.read(twin.report(0, StatementType.CLOSING_REPORT)))
    content = Interrupted(0, ClosingReport.from_content(closing.content, "report")).to_content()
    raw = _twin(forgery).signed_by(Role.MACHINE, StatementType.INTERRUPTED, content, 1)
    forgery.write("reports/x.cose", raw)


def handed_in(type_: StatementType) -> Lie:
    """What a trustee or a board member handed in for the rehearsal, in the place of what was for the vote."""

    def tell(forgery: Forgery) -> None:
        twin = Forgery(_twin(forgery), _twin(forgery).public)
        forgery.write(_handed_in(forgery, type_), twin.read(_handed_in(twin, type_)))

    return tell


def _handed_in(forgery: Forgery, type_: StatementType) -> str:
    return next(
        path
        for path in forgery.paths()
        if path.startswith("trustees/") and read_statement(forgery.read(path)).header.type is type_
    )


def shuffle(forgery: Forgery) -> None:
    content = Shuffled(bytes(32), (ShuffledContest(0, bytes(32), b"{}"),)).to_content()
    raw = _twin(forgery).signed_by(Role.TRUSTEE, StatementType.SHUFFLE, content, 0)
    forgery.write("decryptions/shuffle-0.cose", raw)


def paper_count(forgery: Forgery) -> None:
    """A count on paper that was typed in for the rehearsal; what is in it is not even looked at."""
    raw = _twin(forgery).signed_by(Role.AUTHORITY, StatementType.PAPER_COUNT, {1: 0}, None)
    forgery.write("paper/x.cose", raw)


def report_called_official(forgery: Forgery) -> None:
    """The key that a machine uses in rehearsals signs a report of the vote."""
    path = forgery.report(0, StatementType.CLOSING_REPORT)
    old = read_statement(forgery.read(path))
    forgery.write(path, sign_statement(old.header, old.content, _twin(forgery).machines[0].signing))


def decision(forgery: Forgery) -> None:
    twin = Forgery(_twin(forgery), _twin(forgery).public)
    path = next(path for path in twin.paths() if path.startswith("decisions/"))
    forgery.write("decisions/x.cose", twin.read(path))


def answer_by_the_published_key(forgery: Forgery) -> None:
    """The rehearsal's trustee, whose key everybody knows, answers in the vote."""
    path = "decryptions/trustee-0.cose"
    old = read_statement(forgery.read(path))
    forgery.write(path, sign_statement(old.header, old.content, _twin(forgery).trustees[0].signing))
