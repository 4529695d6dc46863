"""Officers' cards: printed in groups, typed by tired people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.sharing import Share, join, split
from keys.crypto.transcript import prf
from keys.desk.cards import Card, WrongGroup, check_group, wrong_group
from keys.findings import Refused
from keys.paper.crockford import ALPHABET
from keys.paper.keyboard import LAYOUTS

SECRET = bytes(range(16))
CARDS = [Card(share) for share in split(SECRET, 5, lambda length: prf(b"", "test")[:length])]
CARD = CARDS[3]
SALT = b"machine 7"
KNOWN = {card.share.recognition(SALT) for card in CARDS}

cards = st.builds(Share, st.integers(1, 15), st.integers(0, 15), st.binary(min_size=16, max_size=16)).map(
    Card
)


def recognised(share: Share) -> bool:
    return share.recognition(SALT) in KNOWN


@settings(max_examples=100, deadline=None)
@given(cards)
def test_a_card_is_read_as_it_is_printed(card: Card) -> None:
    assert [len(group) for group in card.groups] == [4] * 8
    assert set("".join(card.groups)) <= set(ALPHABET)
    assert Card.parse(card.text) == card
    for number, group in enumerate(card.groups, start=1):
        assert check_group(number, group) == group


def test_any_two_cards_as_typed_give_the_secret() -> None:
    texts = [card.text for card in CARDS]
    assert join(Card.parse(texts[0]).share, Card.parse(texts[4]).share) == SECRET
    assert join(Card.parse(texts[2]).share, Card.parse(texts[1]).share) == SECRET


@pytest.mark.parametrize("separator", ["", " ", "-", " - ", "\n", "  "])
def test_typing_is_forgiven(separator: str) -> None:
    text = separator.join(CARD.groups).lower().replace("0", "o").replace("1", "l")
    assert Card.parse(text) == CARD


@given(cards, st.sampled_from(sorted(LAYOUTS)))
def test_a_scanned_card_is_read_on_any_keyboard(card: Card, layout: str) -> None:
    (text,) = card.code
    typed = "ISO" + "".join(LAYOUTS[layout][int(digit)] for digit in text[3:])
    assert Card.parse(typed) == card


@pytest.mark.parametrize("place", [3, 10, 40, 80])
def test_a_scanned_card_with_one_digit_changed_or_missing_opens_nothing(place: int) -> None:
    (text,) = CARD.code
    for wrong in (
        text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :],
        text[:place] + text[place + 1 :],
    ):
        try:
            card = Card.parse(wrong)
        except Refused as refused:
            assert refused.code in {"S-120", "S-121", "V-110", "V-111", "V-113"}
        else:
            assert not recognised(card.share)


def changed(position: int, letter: str) -> str:
    letters = list("".join(CARD.groups))
    letters[position] = letter
    return "".join(letters)


@pytest.mark.parametrize("position", range(32))
def test_a_wrong_character_names_its_group(position: int) -> None:
    """Of the 31 wrong characters three pass the group's check; the machine's recognitions name their group."""
    right = "".join(CARD.groups)[position]
    passed = 0
    for letter in set(ALPHABET) - {right}:
        try:
            card = Card.parse(changed(position, letter))
        except WrongGroup as refusal:
            assert refusal.group == position // 4 + 1
            assert refusal.code == "S-120"
            continue
        except Refused as refusal:
            assert position == 0
            assert refusal.code == "S-121"
        else:
            assert not recognised(card.share)
            assert wrong_group(card, recognised) == position // 4 + 1
        passed += 1
    assert passed == 3


LOOK_ALIKE: list[str] = [
    "0D",
    "0Q",
    "DQ",
    "2Z",
    "27",
    "7Z",
    "17",
    "5S",
    "6G",
    "CG",
    "8B",
    "38",
    "VY",
    "MN",
    "HM",
    "HN",
]
LOOK_ALIKE += ["EF", "PR", "KX", "XY", "VW", "4A", "0C", "56", "12", "23", "34", "45", "67", "78", "89"]
BOTH_WAYS = {*LOOK_ALIKE, *(pair[::-1] for pair in LOOK_ALIKE)}


def test_characters_that_look_alike_or_lie_side_by_side_never_pass() -> None:
    tried = set()
    for card in map(Card, split(SECRET, 15, lambda length: prf(b"more", "test")[:length])):
        for number, group in enumerate(card.groups, start=1):
            for place, right in enumerate(group):
                for wrong in {pair[1] for pair in BOTH_WAYS if pair[0] == right}:
                    tried.add(right + wrong)
                    with pytest.raises(WrongGroup):
                        check_group(number, group[:place] + wrong + group[place + 1 :])
    assert tried == BOTH_WAYS


def test_groups_in_another_order_are_named() -> None:
    for first in range(8):
        for second in range(first + 1, 8):
            groups = list(CARD.groups)
            groups[first], groups[second] = groups[second], groups[first]
            with pytest.raises(WrongGroup) as caught:
                Card.parse(" ".join(groups))
            assert caught.value.group == first + 1


@pytest.mark.parametrize("text", ["", "7", "U23A", "?234", "77777", "7 7 7", "١٢٣٤"])
def test_a_group_of_another_form_is_named(text: str) -> None:
    with pytest.raises(WrongGroup) as caught:
        check_group(4, text)
    assert caught.value.group == 4


@pytest.mark.parametrize(
    "text",
    ["", CARD.text[:-1], CARD.text + "7", CARD.text * 2, " ".join(CARD.groups[:7])],
    ids=["empty", "a character less", "a character more", "twice", "a group less"],
)
def test_a_card_of_another_length(text: str) -> None:
    with pytest.raises(Refused) as caught:
        Card.parse(text)
    assert caught.value.code == "S-121"


def test_a_card_of_another_machine_is_not_explained_by_a_typing_mistake() -> None:
    foreign = Card(split(bytes(16), 5, lambda length: prf(b"other", "test")[:length])[0])
    assert not recognised(foreign.share)
    assert wrong_group(foreign, recognised) is None


def test_nothing_of_a_card_is_in_a_message() -> None:
    with pytest.raises(WrongGroup) as caught:
        Card.parse(changed(9, "7" if CARD.groups[2][1] != "7" else "3"))
    assert not any(group in str(caught.value) for group in CARD.groups)
    assert CARD.groups[0] not in repr(CARD)
