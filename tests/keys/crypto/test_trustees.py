"""Single trustees: keys, joint key, decryptions put together; and everything that must be refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from keys.crypto.elgamal import IDENTITY_CIPHERTEXT, Ciphertext, encrypt, total
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, IDENTITY, Q, Scalar, base_mul, scalar
from keys.crypto.proofs import pok_prove
from keys.crypto.randomness import SeededDraw
from keys.crypto.trustees import (
    Logarithms,
    PartialDecryption,
    Single,
    TrusteeKey,
    TrusteePublicKey,
    Trustees,
    combine,
    decrypt_sums,
    partial_decrypt,
    verify_partial,
    verify_published_partial,
)

MARK = "A" * 43
DRAW = SeededDraw(bytes(32), b"trustees")
KEYS = [TrusteeKey.generate(DRAW) for _ in range(3)]
TRUSTEES = Trustees(tuple(Single(key.public(DRAW)) for key in KEYS))
MESSAGES = [0, 1, 7]
TALLY = [encrypt(TRUSTEES.joint_key, message, DRAW()) for message in MESSAGES]
PARTIALS = {n: partial_decrypt(key.secret, TALLY, MARK, DRAW) for n, key in enumerate(KEYS, start=1)}


def test_keys_are_read_as_they_are_written() -> None:
    TRUSTEES.verify()
    assert Trustees.parse(TRUSTEES.to_json()) == TRUSTEES
    assert TRUSTEES.joint_key == base_mul(scalar(sum(key.secret for key in KEYS)))
    assert TRUSTEES.public_keys == tuple(base_mul(key.secret) for key in KEYS)


def test_decryptions_put_together() -> None:
    for owner, partial in PARTIALS.items():
        verify_partial(TRUSTEES.public_keys[owner - 1], TALLY, MARK, partial)
        again = PartialDecryption.parse(partial.to_json(), partial.bound)
        assert again == partial
    assert decrypt_sums(TALLY, combine(TRUSTEES, PARTIALS), 7) == MESSAGES


def test_sums() -> None:
    doubled = [total([item, item]) for item in TALLY]
    partials = {n: partial_decrypt(key.secret, doubled, MARK, DRAW) for n, key in enumerate(KEYS, start=1)}
    assert decrypt_sums(doubled, combine(TRUSTEES, partials), 14) == [0, 2, 14]


def test_an_empty_tally() -> None:
    tally = [total([])] * 3
    assert tally == [IDENTITY_CIPHERTEXT] * 3
    partials = {n: partial_decrypt(key.secret, tally, MARK, DRAW) for n, key in enumerate(KEYS, start=1)}
    for owner, partial in partials.items():
        verify_partial(TRUSTEES.public_keys[owner - 1], tally, MARK, partial)
        assert PartialDecryption.parse(partial.to_json(), partial.bound) == partial
    assert decrypt_sums(tally, combine(TRUSTEES, partials), 0) == [0, 0, 0]


def test_secrets_are_not_shown() -> None:
    assert str(KEYS[0].secret) not in repr(KEYS[0])


def test_a_key_is_never_zero() -> None:
    values = iter([Scalar(0), Scalar(0), Scalar(5)])
    assert TrusteeKey.generate(lambda: next(values)).secret == 5


def test_keys_that_cancel_out() -> None:
    secret = KEYS[0].secret
    other = TrusteeKey(scalar(-secret))
    trustees = Trustees((TRUSTEES.entries[0], Single(other.public(DRAW))))
    with pytest.raises(CryptoError) as caught:
        trustees.verify()
    assert caught.value.step == "trustees"


def test_a_key_whose_secret_nobody_proved() -> None:
    stolen = TrusteePublicKey(base_mul(KEYS[0].secret) + GENERATOR, KEYS[0].public(DRAW).pok)
    with pytest.raises(CryptoError) as caught:
        Trustees((Single(stolen),)).verify()
    assert caught.value.step == "proof of knowledge"


def test_a_bit_of_any_proof() -> None:
    partial = PARTIALS[1]
    public = TRUSTEES.public_keys[0]
    for row in range(3):
        for name, step in (("proofs", "decryption proof"), ("bound", "bound decryption proof")):
            for part in ("challenge", "response"):
                proofs = list(getattr(partial, name))
                proofs[row] = replace(proofs[row], **{part: scalar(getattr(proofs[row], part) ^ 1)})
                with pytest.raises(CryptoError) as caught:
                    verify_partial(public, TALLY, MARK, replace(partial, **{name: tuple(proofs)}))
                assert caught.value.step == step


def test_a_factor_was_changed() -> None:
    for row in range(3):
        factors = list(PARTIALS[1].factors)
        for lie in (factors[row] + GENERATOR, IDENTITY):
            changed = tuple(lie if n == row else factor for n, factor in enumerate(factors))
            with pytest.raises(CryptoError) as caught:
                verify_partial(TRUSTEES.public_keys[0], TALLY, MARK, replace(PARTIALS[1], factors=changed))
            assert caught.value.step == "decryption proof"


def test_decryption_of_something_else() -> None:
    public = TRUSTEES.public_keys[0]
    with pytest.raises(CryptoError):
        verify_partial(TRUSTEES.public_keys[1], TALLY, MARK, PARTIALS[1])
    with pytest.raises(CryptoError):
        verify_partial(public, TALLY, "B" * 43, PARTIALS[1])
    with pytest.raises(CryptoError):
        verify_partial(public, TALLY[::-1], MARK, PARTIALS[1])
    other = [Ciphertext(TALLY[0].alpha, TALLY[0].beta + GENERATOR), *TALLY[1:]]
    verify_published_partial(public, other, MARK, PARTIALS[1])
    with pytest.raises(CryptoError) as caught:
        verify_partial(public, other, MARK, PARTIALS[1])
    assert caught.value.step == "bound decryption proof"


def test_without_the_second_proofs() -> None:
    bare = replace(PARTIALS[1], bound=())
    verify_published_partial(TRUSTEES.public_keys[0], TALLY, MARK, bare)
    with pytest.raises(CryptoError) as caught:
        verify_partial(TRUSTEES.public_keys[0], TALLY, MARK, bare)
    assert caught.value.step == "shape"


@pytest.mark.parametrize("name", ["factors", "proofs", "bound"])
def test_one_too_few_or_too_many(name: str) -> None:
    values = getattr(PARTIALS[1], name)
    for changed in (values[:-1], values + values[:1], ()):
        with pytest.raises(CryptoError) as caught:
            verify_partial(TRUSTEES.public_keys[0], TALLY, MARK, replace(PARTIALS[1], **{name: changed}))
        assert caught.value.step == "shape"


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_every_single_trustee_is_needed(missing: int) -> None:
    some = {owner: partial for owner, partial in PARTIALS.items() if owner != missing}
    with pytest.raises(CryptoError) as caught:
        combine(TRUSTEES, some)
    assert caught.value.step == "threshold"


@pytest.mark.parametrize("owner", [0, 4, -1])
def test_an_owner_who_is_no_trustee(owner: int) -> None:
    with pytest.raises(CryptoError) as caught:
        combine(TRUSTEES, {**PARTIALS, owner: PARTIALS[1]})
    assert caught.value.step == "shape"


def test_decryptions_of_different_lengths() -> None:
    with pytest.raises(CryptoError):
        combine(TRUSTEES, {**PARTIALS, 2: replace(PARTIALS[2], factors=PARTIALS[2].factors[:2])})


def test_exchanged_owners_still_sum_up_but_do_not_verify() -> None:
    exchanged = {1: PARTIALS[2], 2: PARTIALS[1], 3: PARTIALS[3]}
    with pytest.raises(CryptoError):
        for owner, partial in exchanged.items():
            verify_partial(TRUSTEES.public_keys[owner - 1], TALLY, MARK, partial)


@pytest.mark.parametrize("bound", [0, 1, 2, 3, 8, 9, 10, 99, 100, 1000])
def test_logarithms(bound: int) -> None:
    logarithm = Logarithms(bound)
    for number in {0, 1, bound // 2, bound - 1, bound} - {-1}:
        if number <= bound:
            assert logarithm(base_mul(Scalar(number))) == number
    for number in (bound + 1, bound + 2, Q - 1):
        with pytest.raises(CryptoError) as caught:
            logarithm(base_mul(Scalar(number)))
        assert caught.value.step == "logarithm"


def test_a_sum_above_the_number_of_ballots() -> None:
    with pytest.raises(CryptoError):
        decrypt_sums(TALLY, combine(TRUSTEES, PARTIALS), 6)
    with pytest.raises(CryptoError):
        decrypt_sums(TALLY, combine(TRUSTEES, PARTIALS)[:2], 7)


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    value = json.loads(data)
    change(value)
    return json.dumps(value, separators=(",", ":")).encode()


TRUSTEE_TEXTS: dict[str, bytes] = {
    "empty": b"",
    "empty list": b"[]",
    "an object": b"{}",
    "null": b"null",
    "deep": b"[" * 100_000,
    "huge": b" " * (1 << 21),
    "a space": TRUSTEES.to_json().replace(b",", b", ", 1),
    "a newline": TRUSTEES.to_json() + b"\n",
    "not UTF-8": b"\xff",
    "another kind": edited(TRUSTEES.to_json(), lambda v: v[0].__setitem__(0, "Double")),
    "no key": edited(TRUSTEES.to_json(), lambda v: v[0].pop()),
    "three things": edited(TRUSTEES.to_json(), lambda v: v[0].append(1)),
    "no proof": edited(TRUSTEES.to_json(), lambda v: v[0][1].pop("pok")),
    "no public key": edited(TRUSTEES.to_json(), lambda v: v[0][1].pop("public_key")),
    "more": edited(TRUSTEES.to_json(), lambda v: v[0][1].update(more=1)),
    "identity": edited(TRUSTEES.to_json(), lambda v: v[0][1].update(public_key=IDENTITY.hex())),
    "capitals": edited(
        TRUSTEES.to_json(), lambda v: v[0][1].update(public_key=v[0][1]["public_key"].upper())
    ),
    "other order": edited(TRUSTEES.to_json(), lambda v: v[0].__setitem__(1, dict(reversed(v[0][1].items())))),
}


@pytest.mark.parametrize("data", TRUSTEE_TEXTS.values(), ids=TRUSTEE_TEXTS.keys())
def test_trustees_in_another_form(data: bytes) -> None:
    with pytest.raises(CryptoError):
        Trustees.parse(data)


PARTIAL = PARTIALS[1].to_json()
PARTIAL_TEXTS: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "a list": b"[]",
    "no factors": edited(PARTIAL, lambda v: v.pop("decryption_factors")),
    "no proofs": edited(PARTIAL, lambda v: v.pop("decryption_proofs")),
    "two questions": edited(PARTIAL, lambda v: v["decryption_factors"].append([])),
    "no question": edited(PARTIAL, lambda v: v["decryption_factors"].clear()),
    "factors are a number": edited(PARTIAL, lambda v: v.update(decryption_factors=[5])),
    "more": edited(PARTIAL, lambda v: v.update(more=1)),
    "a newline": PARTIAL + b"\n",
    "deep": b"[" * 100_000,
    "factor outside the group": edited(
        PARTIAL, lambda v: v["decryption_factors"][0].__setitem__(0, "0" * 64)
    ),
    "factor not canonical": edited(
        PARTIAL, lambda v: v["decryption_factors"][0].__setitem__(0, "7" + "f" * 62 + "e")
    ),
}


@pytest.mark.parametrize("data", PARTIAL_TEXTS.values(), ids=PARTIAL_TEXTS.keys())
def test_decryptions_in_another_form(data: bytes) -> None:
    with pytest.raises(CryptoError):
        PartialDecryption.parse(data)


@pytest.mark.parametrize("parse", [Trustees.parse, PartialDecryption.parse])
def test_what_is_too_long_is_not_even_read(parse: Callable[[bytes], object]) -> None:
    with pytest.raises(CryptoError, match="longer than"):
        parse(b" " * ((1 << 24) + 1))


def test_the_proof_of_knowledge_is_that_of_the_key() -> None:
    key = TrusteePublicKey(base_mul(Scalar(9)), pok_prove(Scalar(9), DRAW))
    key.verify()
    assert TrusteePublicKey.from_json(json.loads(key.to_json())) == key
