"""The seed of a visit, and draws of the system."""

from __future__ import annotations

import pytest

from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, Point, Q, Scalar, base_mul
from keys.crypto.randomness import SeededDraw, expand_seed, system_draw

SEED = bytes(range(32))
MARK = "A" * 43
OTHER = base_mul(Scalar(2))


def first(
    seed: bytes = SEED, mark: str = MARK, point: Point = GENERATOR, choice: tuple[int, ...] = (1, 0)
) -> int:
    return expand_seed(seed, fingerprint=mark, credential=point, selection=choice)()


def test_the_same_seed_gives_the_same_stream() -> None:
    one, two = (expand_seed(SEED, fingerprint=MARK, credential=GENERATOR, selection=[1]) for _ in range(2))
    values = [one() for _ in range(50)]
    assert values == [two() for _ in range(50)]
    assert len(set(values)) == 50
    assert all(0 <= value < Q for value in values)


def test_known_answer() -> None:
    """Fixes the expansion: a printed challenge must open for ever."""
    drawn = expand_seed(SEED, fingerprint=MARK, credential=GENERATOR, selection=[1, 0])
    assert drawn() == KNOWN[0]
    assert drawn() == KNOWN[1]


def test_seed_election_credential_and_selection_are_bound() -> None:
    values = {
        first(),
        first(seed=bytes(32)),
        first(mark="B" * 43),
        first(point=OTHER),
        first(choice=(0, 1)),
        first(choice=(1,)),
        first(choice=(1, 0, 0)),
        first(choice=()),
    }
    assert len(values) == 8


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_seed_of_another_length(length: int) -> None:
    with pytest.raises(CryptoError):
        SeededDraw(bytes(length))


def test_the_system_draws_in_range() -> None:
    values = {system_draw() for _ in range(100)}
    assert len(values) == 100
    assert all(0 <= value < Q for value in values)


KNOWN = (
    1268809622338824877619517999013894250970345058096625712895323200434533299804,
    3403363285475832814091739492031444235586176794403281772720650244878265827411,
)
