"""Who votes where: one exact question, one answer, and no name to be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from keys.election.directory import Directory
from keys.election.roll import Elector, ElectorStatus, Roll

MARIE = Elector(1, "Dupont-Élie", "Marie", born="1958-03-14", birth_name="ROUX")
ROLLS = (
    Roll(
        0, (MARIE, Elector(2, "Martin", "Paul"), Elector(3, "Le Gall", "Anne", born="1990-01-01")), bytes(16)
    ),
    Roll(
        1,
        (
            Elector(1, "LEGALL", "Yann", born="1990-01-01"),
            Elector(2, "Leroy", "Jean", born="1970-01-01", status=ElectorStatus.STRUCK_OFF),
        ),
        bytes(16),
    ),
)


def _key(length: int) -> bytes:
    return bytes(range(length))


def test_the_surname_in_use_and_at_birth_find_the_station() -> None:
    directory = Directory.of(ROLLS, _key)
    for name in ("DUPONT-ELIE", "dupont élie", "roux"):
        assert directory.stations(name, "1958-03-14") == (0,)
    assert directory.stations("le gall", "1990-01-01") == (0, 1)


def test_nothing_else_does() -> None:
    directory = Directory.of(ROLLS, _key)
    for name, born in (
        ("dupont", "1958-03-14"),
        ("dupont-élie", "1958-03-15"),
        ("martin", ""),
        ("", "1958-03-14"),
        ("leroy", "1970-01-01"),
    ):
        assert directory.stations(name, born) == ()


def test_another_key_gives_other_rows_and_no_name_is_in_them() -> None:
    one, other = Directory.of(ROLLS, _key), Directory.of(ROLLS, bytes)
    assert len(one.rows) == len(other.rows) == 4 * 8
    assert one.rows != other.rows
    one.check(2)
    assert b"dupont" not in one.rows.lower()
    assert Directory(other.key, one.rows).stations("roux", "1958-03-14") == ()


@given(st.sets(st.integers(0, 400), max_size=60))
def test_everybody_is_found_at_their_own_station(numbers: set[int]) -> None:
    people = [Elector(number + 1, f"N{number}", "", born="1990-01-01") for number in sorted(numbers)]
    rolls = [Roll(at, tuple(people[at::3]), bytes(16)) for at in range(3)]
    directory = Directory.of(rolls, _key)
    directory.check(3)
    for roll in rolls:
        for elector in roll.electors:
            assert directory.stations(elector.surname, elector.born) == (roll.station,)
