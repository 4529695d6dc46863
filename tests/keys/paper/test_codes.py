"""Codes: what is written can be read, and nothing else can."""

from __future__ import annotations

import random
import zlib
from itertools import pairwise, permutations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.findings import FINDINGS, Refused
from keys.paper import codes
from keys.paper.codes import Assembler, decode, encode


def noise(length: int, seed: int = 7) -> bytes:
    return random.Random(seed).randbytes(length)


def text_of(raw: bytes) -> str:
    return codes.PREFIX + str(int.from_bytes(raw, "big"))


def raw_of(text: str) -> bytes:
    number = int(text[len(codes.PREFIX) :])
    return number.to_bytes(-(-number.bit_length() // 8), "big")


def part(data: bytes, index: int, count: int, content: bytes) -> str:
    return text_of(bytes([3]) + data[:8] + bytes([index, count]) + content)


@given(st.binary(min_size=1, max_size=3000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_come_back(data: bytes) -> None:
    assert decode(encode(data)) == data


@given(st.integers(1, 2000), st.integers(0, 255), st.randoms())
@settings(max_examples=40, deadline=None)
def test_parts_in_any_order_and_twice(length: int, seed: int, order: random.Random) -> None:
    data = noise(length, seed)
    texts = [*encode(data)] * 2
    order.shuffle(texts)
    assert decode(texts) == data


@pytest.mark.parametrize(
    ("length", "parts"), [(1, 1), (149, 1), (389, 1), (617, 1), (618, 2), (1213, 2), (1214, 3), (1500, 3)]
)
def test_number_of_parts(length: int, parts: int) -> None:
    texts = encode(noise(length))
    assert len(texts) == parts
    assert all(text.startswith("ISO1") and text[4:].isdigit() and text[4] != "0" for text in texts)
    assert decode(texts) == noise(length)


def test_the_longest_goes_and_comes_back() -> None:
    data = noise(codes.MAX_DATA)
    texts = encode(data)
    assert len(texts) == 54
    assert max(map(len, texts)) <= 4 + 1487
    assert decode(reversed(texts)) == data
    with pytest.raises(ValueError, match="1 to 32768"):
        encode(data + b"x")
    with pytest.raises(ValueError, match="1 to 32768"):
        encode(b"")


def test_deflated_only_when_shorter() -> None:
    assert raw_of(encode(b"a" * 300)[0])[0] == 2
    assert raw_of(encode(noise(300))[0])[0] == 1
    assert encode(b"vote " * 1000) == encode(b"vote " * 1000)
    assert len(encode(b"vote " * 1000)) == 1


def test_the_text_is_the_only_one_for_a_number() -> None:
    text = encode(noise(40))[0]
    for other in (text + "\n", " " + text, text.lower(), text.replace("ISO1", "ISO10"), "ISO1+" + text[4:]):
        with pytest.raises(Refused):
            decode([other])
    with pytest.raises(Refused) as refused:
        decode([text[:4] + "٣" + text[5:]])  # a digit of another script
    assert refused.value.code == "V-110"


@pytest.mark.parametrize(
    "text", ["", "ISO1", "ISO", "NV1:6BFOXN", "https://example.org", "ISO2123", "ISO10123"]
)
def test_foreign_code(text: str) -> None:
    with pytest.raises(Refused) as refused:
        decode([text])
    assert refused.value.code == "V-110"


@pytest.mark.parametrize("length", [1, 20, 149, 389, 617])
def test_one_digit_missing_or_too_many_is_named(length: int) -> None:
    for seed in range(8):
        text = encode(noise(length, seed))[0]
        for place in range(5, len(text), 1 + len(text) // 60):
            for wrong in (text[:place] + text[place + 1 :], text[:place] + "5" + text[place:]):
                if wrong in {text, ""}:
                    continue
                with pytest.raises(Refused) as refused:
                    decode([wrong])
                assert refused.value.code in {"V-111", "V-112"}


@pytest.mark.parametrize("length", [149, 389, 617])
def test_one_changed_digit_never_keeps_the_signature(length: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(noise(32))
    message = noise(length - 64)
    text = encode(message + key.sign(message))[0]
    for place in range(4, len(text), 17):
        changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        try:
            data = decode([changed])
        except Refused:
            continue
        with pytest.raises(InvalidSignature):
            key.public_key().verify(data[-64:], data[:-64])


def test_one_changed_digit_of_a_part_is_refused() -> None:
    texts = encode(noise(1500))
    for place in range(4, len(texts[1]), 31):
        changed = texts[1][:place] + str((int(texts[1][place]) + 3) % 10) + texts[1][place + 1 :]
        with pytest.raises(Refused) as refused:
            decode([texts[0], changed, texts[2]])
        assert refused.value.code in {"V-110", "V-111", "V-112", "V-113", "V-115", "V-116", "V-117"}


def test_too_long_is_refused_before_it_is_a_number() -> None:
    for digits in ("9" * 1488, "1" * 10_000_000):
        with pytest.raises(Refused) as refused:
            decode(["ISO1" + digits])
        assert refused.value.code == "V-112"


def test_the_bound_on_digits_is_exact() -> None:
    assert len(text_of(b"\x03" + b"\xff" * 617)) == 4 + 1487
    assert len(text_of(b"\x01" + b"\x00" * 618)) == 4 + 1489


@pytest.mark.parametrize("kind", [4, 205, 255])
def test_unknown_kind(kind: int) -> None:
    with pytest.raises(Refused) as refused:
        decode([text_of(bytes([kind]) + noise(50))])
    assert refused.value.code == "V-113"


def test_kind_without_body() -> None:
    for kind in (1, 2, 3):
        with pytest.raises(Refused) as refused:
            decode([text_of(bytes([kind]))])
        assert refused.value.code == "V-111"


def _deflate(data: bytes, level: int = 9) -> bytes:
    packer = zlib.compressobj(level=level, wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    "body",
    [
        noise(60),
        _deflate(b"a" * 400)[:-1],
        _deflate(b"a" * 400) + b"\x00",
        _deflate(noise(200)),
        _deflate(b""),
        _deflate(b"\x00" * 500_000),
        _deflate(b"\x00" * 32_769),
    ],
    ids=["noise", "cut", "more behind", "not shorter", "empty", "bomb", "one byte too long"],
)
def test_bad_packing(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        decode([text_of(b"\x02" + body)])
    assert refused.value.code == "V-114"


def test_a_bomb_in_parts() -> None:
    whole = b"\x02" + _deflate(b"\x00" * 3_000_000)
    assert len(whole) > 2000
    texts = [text_of(piece) for piece in codes._pieces(whole)]
    with pytest.raises(Refused) as refused:
        decode(texts)
    assert refused.value.code == "V-114"


def test_a_part_inside_parts() -> None:
    whole = b"\x03" + noise(1400)
    with pytest.raises(Refused) as refused:
        decode([text_of(piece) for piece in codes._pieces(whole)])
    assert refused.value.code == "V-113"


def test_missing_parts_are_named() -> None:
    texts = encode(noise(3000))
    assembler = Assembler()
    assert not assembler.missing
    assert not assembler.complete
    with pytest.raises(Refused, match="V-115"):
        assembler.data()
    for text in (texts[4], texts[1]):
        assembler.feed(text)
    assert assembler.missing == (1, 3, 4)
    with pytest.raises(Refused, match="part 1, 3, 4 of 5 is missing") as refused:
        assembler.data()
    assert refused.value.code == "V-115"
    for text in (texts[0], texts[3], texts[2]):
        assert not assembler.complete
        assembler.feed(text)
    assert assembler.complete
    assert assembler.data() == noise(3000)


def test_parts_of_different_wholes() -> None:
    one, two, single = encode(noise(1500)), encode(noise(1500, 8)), encode(noise(20))
    for texts in (
        [one[0], two[1], one[2]],
        [*one, single[0]],
        [single[0], one[0]],
        [*single, *encode(noise(21))],
    ):
        with pytest.raises(Refused) as refused:
            decode(texts)
        assert refused.value.code == "V-116"


def test_a_refused_text_leaves_what_was_there() -> None:
    texts = encode(noise(1500))
    assembler = Assembler()
    assembler.feed(texts[0])
    for wrong in (encode(noise(1500, 8))[1], "ISO17", "nonsense"):
        with pytest.raises(Refused):
            assembler.feed(wrong)
    assembler.feed(texts[1])
    assembler.feed(texts[2])
    assert assembler.data() == noise(1500)


def test_parts_are_cut_in_one_way_only() -> None:
    whole = b"\x01" + noise(1400)
    digest = codes._digest(whole)
    for ends in permutations([400, 600, 401]):
        cuts = [0, ends[0], ends[0] + ends[1], 1401]
        texts = [part(digest, i, 3, whole[a:b]) for i, (a, b) in enumerate(pairwise(cuts), 1)]
        with pytest.raises(Refused) as refused:
            decode(texts)
        assert refused.value.code == "V-117"
    short = b"\x01" + noise(100)
    halves = [
        part(codes._digest(short), i, 2, short[a:b]) for i, (a, b) in enumerate([(0, 50), (50, 101)], 1)
    ]
    with pytest.raises(Refused) as refused:
        decode(halves)
    assert refused.value.code == "V-117"


@pytest.mark.parametrize(("index", "count"), [(0, 3), (4, 3), (1, 1), (1, 0), (1, 55), (255, 255)])
def test_part_numbers_that_make_no_sense(index: int, count: int) -> None:
    with pytest.raises(Refused) as refused:
        decode([part(noise(8), index, count, noise(100))])
    assert refused.value.code == "V-111"


def test_every_code_of_this_room_is_in_the_table() -> None:
    assert {f"V-11{n}" for n in range(10)} <= set(FINDINGS)
