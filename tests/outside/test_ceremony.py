"""A vote whose trustees made their key in our ceremony: belenios-tool accepts its archives, opened by two of three."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.election.decision import DecisionKind
from tests.outside.tool import Tool
from tests.simulator.contest import flip
from tests.simulator.office import Office


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root: Path = tmp_path_factory.mktemp("ceremony") / "office"
    office = Office.sealed(root, trustees=("Anne", "Bilal", "Chloé"), threshold=2)
    office.hold("m1", range(1, 7))
    office.bring("m1")
    for machine in (1, 2, 3):
        office.decide(DecisionKind.EXCLUSION, machine)
    office.decide(DecisionKind.FEW_BALLOTS, 1)
    office.request()
    office.answer(0, 2)
    return (office.folder / "archives" / "ville.bel").read_bytes()


def test_the_archive_is_accepted(archive: bytes, belenios_tool: Tool) -> None:
    assert b'["Pedersen",{"threshold":2,' in archive
    assert belenios_tool.accepts(archive)


@pytest.mark.parametrize(
    "after", [b'"decryption_factors":[["', b'"verification_keys":[{"pok":{"challenge":"']
)
def test_a_changed_one_is_refused(archive: bytes, belenios_tool: Tool, after: bytes) -> None:
    assert not belenios_tool.verdict(flip(archive, after)).accepted
