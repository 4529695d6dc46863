"""Lies that put something of the rehearsal in the place of the vote's own; the same authority sealed both."""

from __future__ import annotations

import shutil

from keys.election.statement import StatementType, read_statement, sign_statement
from tests.simulator.forgery import Forgery
from tests.simulator.lies import Lie
from tests.simulator.vote import HeldVote


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


def report(forgery: Forgery) -> None:
    """The closing of the rehearsal in the place of the machine's own."""
    twin = Forgery(_twin(forgery), _twin(forgery).public)
    path = forgery.report(0, StatementType.CLOSING_REPORT)
    forgery.write(path, twin.read(twin.report(0, StatementType.CLOSING_REPORT)))


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
