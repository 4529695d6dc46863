"""Keys that nobody meant do not count."""

from __future__ import annotations

import pytest

from station.faces.keygate import KeyGate


def gate(now: float = 10.0, quiet: float = 0.7) -> KeyGate:
    made = KeyGate()
    made.begin(now, quiet)
    return made


@pytest.mark.parametrize(("after", "counts"), [(0.0, False), (0.69, False), (0.71, True), (5.0, True)])
def test_keys_that_come_with_a_screen_do_not_count(after: float, counts: bool) -> None:
    assert gate().admits("down", 10.0 + after) is counts


@pytest.mark.parametrize("repeat", [0.03, 0.25, 0.5, 0.69])
def test_a_held_enter_counts_once_however_long_it_is_held(repeat: float) -> None:
    held = gate()
    times = [20.0 + repeat * number for number in range(100)]
    assert [held.admits("enter", now) for now in times].count(True) == 1


@pytest.mark.parametrize(
    ("after", "key", "kept"),
    [
        (0.69, "enter", False),
        (0.71, "enter", True),
        (1.99, "enter", True),
        (2.01, "enter", False),
        (1, "x", False),
    ],
)
def test_an_enter_in_a_long_quiet_is_kept(after: float, key: str, kept: bool) -> None:
    quiet = gate(quiet=2.0)
    assert quiet.admits(key, 10.0 + after) is (after > 2)
    assert quiet.kept is kept
    quiet.begin(15.0, 2.0)
    assert not quiet.kept


def test_a_held_enter_is_not_kept() -> None:
    held = gate(now=10.0, quiet=0.7)
    held.admits("enter", 11.0)
    held.begin(11.0, 2.0)
    assert not any(held.admits("enter", 11.0 + 0.25 * number) for number in range(1, 20))
    assert not held.kept


def test_a_held_enter_does_not_count_on_the_next_screen() -> None:
    held = gate()
    assert held.admits("enter", 20.0)
    held.begin(20.1, 0.7)
    assert not any(held.admits("enter", 20.1 + 0.5 * number) for number in range(20))
    assert held.admits("enter", 31.0)


def test_arrows_may_be_held() -> None:
    assert all(gate().admits("down", 20.0 + 0.03 * number) for number in range(50))


def test_a_scanner_counts_only_where_it_may_type() -> None:
    burst = [20.0 + 0.002 * number for number in range(30)]
    closed, open_ = gate(), gate()
    assert [closed.admits("7", now) for now in burst].count(True) == 1
    assert all(open_.admits("7", now, bursts=True) for now in burst)


def test_the_enter_of_a_scanner_does_not_count_and_that_of_a_person_does() -> None:
    for gap, counts in ((0.002, False), (0.016, False), (0.039, False), (0.06, True)):
        pressed = gate()
        pressed.admits("7", 20.0)
        assert pressed.admits("enter", 20.0 + gap) is counts
        open_ = gate()
        open_.admits("7", 20.0)
        assert open_.admits("enter", 20.0 + gap, bursts=True)
