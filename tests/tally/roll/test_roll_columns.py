"""Columns beyond name and number: struck off when and why, proxies, numbers kept for additions."""

from __future__ import annotations

import dataclasses

import pytest

from keys.election.definition import Station
from keys.election.roll import ElectorStatus
from tally.roll.town_list import read_roll
from tests.tally.roll.test_rolls import ONE

SIX = (Station("06", "École Lakanal", "", 6, ("06", "spare")),)
ALLOWED = dataclasses.replace(ONE, stations=SIX, proxies=1)
STRUCK = "N°;Nom;Radié;Date de radiation;Motif de radiation\n1;A;{}\n"
PROXY = "N°;Nom;Mandataire;Radié\n{}\n"


@pytest.mark.parametrize(
    ("cells", "status", "day", "reason"),
    [
        (";;", ElectorStatus.ENTITLED, "", ""),
        ("non;;", ElectorStatus.ENTITLED, "", ""),
        ("oui;;", ElectorStatus.STRUCK_OFF, "", ""),
        ("X;12/09/2025;déménagement", ElectorStatus.STRUCK_OFF, "2025-09-12", "déménagement"),
        (";2025-09-12;", ElectorStatus.STRUCK_OFF, "2025-09-12", ""),
        (";;décès", ElectorStatus.STRUCK_OFF, "", "décès"),
        ("12.09.2025;;", ElectorStatus.STRUCK_OFF, "2025-09-12", ""),
        ("12 sept., parti;;", ElectorStatus.STRUCK_OFF, "", "12 sept., parti"),
    ],
)
def test_struck_off_when_and_why(cells: str, status: ElectorStatus, day: str, reason: str) -> None:
    preview = read_roll(STRUCK.format(cells).encode("cp1252"), ONE)
    (elector,) = preview.accept("liste.csv")[0]
    assert (elector.status, elector.struck_off, elector.note) == (status, day, reason)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("non;12/09/2025;", "line 2: not struck off, but with a date or a reason of it"),
        ("oui;31/09/2025;", "line 2: '31/09/2025' is no day before the vote"),
        ("oui;12/09/2026;", "line 2: '12/09/2026' is no day before the vote"),
        (f";;{'a' * 101}", "line 2: 101 letters, at most 100"),
    ],
)
def test_striking_off_that_contradicts(cells: str, problem: str) -> None:
    (found,) = read_roll(STRUCK.format(cells).encode(), ONE).problems
    assert str(found).startswith(problem)


def test_proxies_are_numbers_or_names() -> None:
    lines = "1;A;2;\n2;B;;\n3;C;Zoé ÉMILE;\n4;D;non;"
    preview = read_roll(PROXY.format(lines).encode("utf-8-sig"), ALLOWED)
    electors = preview.accept("liste.csv")[0]
    assert [(item.proxy, item.proxy_name) for item in electors] == [
        (2, ""),
        (0, ""),
        (0, "Zoé ÉMILE"),
        (0, ""),
    ]
    assert ("Mandataire", "proxy") in preview.columns


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("1;A;9;", "line 2: the proxy is number 9, and there is none at this station"),
        ("1;A;0001;", "line 2: nobody is their own proxy"),
        ("1;A;2;\n2;B;;oui", "line 2: the proxy, number 2, is struck off"),
        ("1;A;3;\n2;B;3;\n3;C;;", "line 3: number 3 is a proxy for more than 1"),
        ("1;A;Roux;\n2;B;ROUX;", "line 3: ROUX is a proxy for more than 1"),
        ("1;A;10000001;", "line 2: '10000001' is not a number from 1 to"),
    ],
)
def test_proxies_that_cannot_be(lines: str, problem: str) -> None:
    (found,) = read_roll(PROXY.format(lines).encode(), ALLOWED).problems
    assert str(found).startswith(problem)


def test_proxies_need_the_leave_of_the_definition() -> None:
    text = PROXY.format("1;A;2;\n2;B;;").encode()
    (found,) = read_roll(text, ONE).problems
    assert str(found) == "line 2: a proxy, and the definition allows none (proxies)"
    two = dataclasses.replace(ALLOWED, proxies=2)
    assert not read_roll(PROXY.format("1;A;3;\n2;B;3;\n3;C;;").encode(), two).problems


def test_numbers_are_left_for_additions() -> None:
    adding = dataclasses.replace(ONE, stations=SIX, additions=10)
    assert not read_roll("N°;Nom\n999980;A\n".encode(), adding).problems
    (found,) = read_roll("N°;Nom\n999981;A\n".encode(), adding).problems
    assert str(found) == "station 06 has no numbers left for additions"
