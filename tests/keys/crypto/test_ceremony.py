"""The key ceremony of a set with a threshold: honest, read from another program, and with every kind of liar."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from keys.crypto.ceremony import (
    Delivery,
    Outcome,
    Polynomial,
    certify,
    conclude,
    deal,
    read_certificates,
    receive,
    recover,
    route,
)
from keys.crypto.channel import ChannelKeys, SignedMessage, _cipher, new_seed, open_sealed, seal
from keys.crypto.elgamal import Ciphertext, encrypt
from keys.crypto.errors import BadMessage, CryptoError
from keys.crypto.group import GENERATOR, IDENTITY, Point, Q, Scalar, base_mul, mul, scalar
from keys.crypto.pedersen import Pedersen, coefficients_text, commitments_text, lagrange
from keys.crypto.proofs import message_prove
from keys.crypto.randomness import SeededDraw
from keys.crypto.transcript import prf
from keys.crypto.trustees import (
    PartialDecryption,
    Single,
    TrusteeKey,
    Trustees,
    combine,
    decrypt_sums,
    partial_decrypt,
    verify_partial,
    verify_published_partial,
)
from keys.election.question import fingerprint

VECTOR = json.loads(
    (Path(__file__).parents[2] / "vectors" / "belenios" / "threshold.json").read_text(encoding="utf-8")
)
MARK = "A" * 43
DRAW = SeededDraw(bytes(32), b"ceremony")
SIZE, NEEDED = 4, 3
SEEDS = [new_seed(prf(bytes([n]), "seed")) for n in range(SIZE)]
KEYS = [ChannelKeys.from_seed(seed) for seed in SEEDS]
CERTS = [certify(seed, SIZE, NEEDED, n, DRAW) for n, seed in enumerate(SEEDS, start=1)]
DEALT = [deal(seed, CERTS, DRAW) for seed in SEEDS]
DELIVERIES = route(CERTS, DEALT)
OUTCOMES = [receive(seed, CERTS, d, DRAW) for seed, d in zip(SEEDS, DELIVERIES, strict=True)]
SET = conclude(CERTS, DEALT, OUTCOMES)
SHARES = [recover(s, o.public_key.public_key, o.private_key) for s, o in zip(SEEDS, OUTCOMES, strict=True)]


def test_any_enough_of_them_decrypt() -> None:
    SET.verify()
    trustees = Trustees((SET,))
    assert Trustees.parse(trustees.to_json()) == trustees
    messages = [0, 3, 5]
    tally = [encrypt(trustees.joint_key, message, DRAW()) for message in messages]
    partials = {n: partial_decrypt(key.secret, tally, MARK, DRAW) for n, key in enumerate(SHARES, start=1)}
    for owner, partial in partials.items():
        verify_partial(trustees.public_keys[owner - 1], tally, MARK, partial)
    for some in (*combinations(partials, NEEDED), tuple(partials)):
        chosen = {owner: partials[owner] for owner in some}
        assert decrypt_sums(tally, combine(trustees, chosen), 5) == messages
    for few in combinations(partials, NEEDED - 1):
        with pytest.raises(CryptoError) as caught:
            combine(trustees, {owner: partials[owner] for owner in few})
        assert caught.value.step == "threshold"


def test_a_set_beside_a_trustee_who_is_needed() -> None:
    single = TrusteeKey.generate(DRAW)
    trustees = Trustees((Single(single.public(DRAW)), SET))
    trustees.verify()
    assert Trustees.parse(trustees.to_json()) == trustees
    tally = [encrypt(trustees.joint_key, 2, DRAW())]
    secrets = dict(enumerate([single, *SHARES], start=1))
    partials = {n: partial_decrypt(key.secret, tally, MARK, DRAW) for n, key in secrets.items()}
    assert decrypt_sums(tally, combine(trustees, {n: partials[n] for n in (1, 2, 4, 5)}), 2) == [2]
    for some in ((2, 3, 4, 5), (1, 2, 3)):
        with pytest.raises(CryptoError):
            combine(trustees, {n: partials[n] for n in some})


@pytest.mark.parametrize(("size", "needed"), [(1, 1), (2, 1), (3, 3)])
def test_other_sizes(size: int, needed: int) -> None:
    certs = [certify(seed, size, needed, n, DRAW) for n, seed in enumerate(SEEDS[:size], start=1)]
    dealt = [deal(seed, certs, DRAW) for seed in SEEDS[:size]]
    deliveries = route(certs, dealt)
    outcomes = [receive(s, certs, d, DRAW) for s, d in zip(SEEDS[:size], deliveries, strict=True)]
    published = conclude(certs, dealt, outcomes)
    published.verify()
    indices = range(1, size + 1)
    secret = 0
    for index, (seed, outcome) in enumerate(zip(SEEDS, outcomes, strict=False), start=1):
        if index <= needed:
            share = recover(seed, outcome.public_key.public_key, outcome.private_key)
            secret += share.secret * lagrange(index, indices[:needed])
    assert base_mul(scalar(secret)) == published.joint_key


def test_messages_are_read_as_they_are_written() -> None:
    assert Polynomial.from_json(DEALT[0].to_json()) == DEALT[0]
    assert Delivery.from_json(DELIVERIES[0].to_json()) == DELIVERIES[0]
    assert Outcome.from_json(OUTCOMES[0].to_json()) == OUTCOMES[0]
    assert SignedMessage.from_json(json.loads(CERTS[0].to_json())) == CERTS[0]


def test_a_ceremony_of_the_outside_tool() -> None:
    """Certificates, polynomials and outcomes of belenios-tool 3.0: routed, received, concluded, decrypted."""
    certs = [SignedMessage.from_json(json.loads(text)) for text in VECTOR["certs"]]
    dealt = [Polynomial.from_json(text) for text in VECTOR["polynomials"]]
    assert [item.to_json() for item in route(certs, dealt)] == VECTOR["vinputs"]
    outcomes = [Outcome.from_json(text) for text in VECTOR["voutputs"]]
    ours = [
        receive(seed, certs, delivery, DRAW)
        for seed, delivery in zip(VECTOR["seeds"], route(certs, dealt), strict=True)
    ]
    keys = [outcome.public_key.public_key for outcome in outcomes]
    assert [outcome.public_key.public_key for outcome in ours] == keys
    trustees = Trustees((conclude(certs, dealt, outcomes),))
    trustees.verify()
    assert trustees.to_json().decode() == VECTOR["trustees"]
    assert json.loads(VECTOR["election"])["public_key"] == trustees.joint_key.hex()
    for seed, outcome, key in zip(VECTOR["seeds"], outcomes, keys, strict=True):
        assert base_mul(recover(seed, key, outcome.private_key).secret) == key
    rows = json.loads(VECTOR["encrypted_tally"])[0]
    tally = [Ciphertext(Point.from_hex(row["alpha"]), Point.from_hex(row["beta"])) for row in rows]
    mark = fingerprint(VECTOR["election"].encode())
    texts = VECTOR["partial_decryptions"].items()
    partials = {int(owner): PartialDecryption.parse(text.encode()) for owner, text in texts}
    for owner, partial in partials.items():
        verify_published_partial(trustees.public_keys[owner - 1], tally, mark, partial)
    assert decrypt_sums(tally, combine(trustees, partials), 2) == VECTOR["result"]


# --- who is to blame


def blamed(trustee: int, step: str, act: Callable[[], Any]) -> None:
    with pytest.raises(BadMessage) as caught:
        act()
    assert (caught.value.trustee, caught.value.step) == (trustee, step)


def changed(items: Any, place: int, item: Any) -> list[Any]:
    return [item if n == place else old for n, old in enumerate(items)]


def resigned(message: str, trustee: int) -> SignedMessage:
    return SignedMessage.sign(message, KEYS[trustee - 1].signing, DRAW)


CERT_LIES: dict[str, SignedMessage] = {
    "a bit of the text": replace(CERTS[1], message=CERTS[1].message.replace('"index":2', '"index":3')),
    "another index": certify(SEEDS[1], SIZE, NEEDED, 1, DRAW),
    "another size": certify(SEEDS[1], SIZE + 1, NEEDED, 2, DRAW),
    "another threshold": certify(SEEDS[1], SIZE, NEEDED - 1, 2, DRAW),
    "another group": resigned(CERTS[1].message.replace("Ed25519", "Ed448"), 2),
    "threshold zero": resigned(CERTS[1].message.replace('"threshold":3', '"threshold":0'), 2),
    "threshold too large": resigned(CERTS[1].message.replace('"threshold":3', '"threshold":5'), 2),
    "huge size": resigned(CERTS[1].message.replace('"size":4', '"size":400'), 2),
    "size is true": resigned(CERTS[1].message.replace('"size":4', '"size":true'), 2),
    "size is 4.0": resigned(CERTS[1].message.replace('"size":4', '"size":4.0'), 2),
    "a space": resigned(CERTS[1].message.replace(",", ", "), 2),
    "no context": resigned("{}", 2),
    "context is a list": resigned(
        CERTS[1].message.replace('{"group"', '[{"group"').replace("2},", "2}],"), 2
    ),
    "not JSON": resigned("certificate", 2),
    "signed by another": replace(CERTS[1], signature=resigned(CERTS[1].message, 1).signature),
    "key is the identity": resigned(CERTS[1].message.replace(KEYS[1].encryption.hex(), IDENTITY.hex()), 2),
}


@pytest.mark.parametrize("lie", CERT_LIES.values(), ids=CERT_LIES.keys())
def test_a_bad_certificate(lie: SignedMessage) -> None:
    certs = changed(CERTS, 1, lie)
    blamed(2, "certificate", lambda: read_certificates(certs))
    blamed(2, "certificate", lambda: deal(SEEDS[0], certs, DRAW))
    blamed(2, "certificate", lambda: route(certs, DEALT))
    blamed(2, "certificate", lambda: receive(SEEDS[0], certs, DELIVERIES[0], DRAW))
    blamed(2, "certificate", lambda: replace(SET, certs=tuple(certs)).verify())


def test_missing_and_exchanged_certificates() -> None:
    for certs in (CERTS[:3], []):
        with pytest.raises(CryptoError) as caught:
            read_certificates(certs)
        assert caught.value.step == "certificates"
    blamed(1, "certificate", lambda: read_certificates(CERTS[::-1]))


def test_a_stranger_deals() -> None:
    with pytest.raises(CryptoError) as caught:
        deal(new_seed(prf(b"stranger", "seed")), CERTS, DRAW)
    assert caught.value.step == "certificates"


POINTS = [base_mul(Scalar(n)) for n in (5, 6, 7)]
COEFEXPS = DEALT[2].coefexps


def tied(points: list[Point], trustee: int) -> dict[str, Any]:
    """Commitments that a trustee signs in every form, whatever they are."""
    text = commitments_text(read_certificates(CERTS), points)
    signature = message_prove(KEYS[trustee - 1].signing, text, DRAW)
    return {"coefexps": resigned(coefficients_text(points), trustee), "signature": signature}


DEAL_LIES: dict[str, tuple[str, Polynomial]] = {
    "commitments of another": ("commitments", replace(DEALT[2], coefexps=DEALT[0].coefexps)),
    "signature of another": ("commitments", replace(DEALT[2], signature=DEALT[0].signature)),
    "one commitment less": ("commitments", replace(DEALT[2], **tied(POINTS[:2], 3))),
    "one commitment more": ("commitments", replace(DEALT[2], **tied([*POINTS, GENERATOR], 3))),
    "commitments are a text": ("commitments", replace(DEALT[2], coefexps=resigned('{"coefexps":"abc"}', 3))),
    "commitments with a space": (
        "commitments",
        replace(DEALT[2], coefexps=resigned(COEFEXPS.message.replace(",", ", "), 3)),
    ),
    "identity": ("commitments", replace(DEALT[2], **tied([IDENTITY, *POINTS[1:]], 3))),
    "not tied to the certificates": (
        "commitments",
        replace(DEALT[2], coefexps=resigned(coefficients_text(POINTS), 3)),
    ),
    "a secret less": ("polynomial", replace(DEALT[2], secrets=DEALT[2].secrets[:3])),
    "a secret more": ("polynomial", replace(DEALT[2], secrets=DEALT[2].secrets * 2)),
}


@pytest.mark.parametrize(("step", "lie"), DEAL_LIES.values(), ids=DEAL_LIES.keys())
def test_a_bad_polynomial(step: str, lie: Polynomial) -> None:
    blamed(3, step, lambda: route(CERTS, changed(DEALT, 2, lie)))


@pytest.mark.parametrize("name", [name for name, lie in DEAL_LIES.items() if lie[0] == "commitments"])
def test_bad_commitments_are_found_by_everybody(name: str) -> None:
    lie = DEAL_LIES[name][1]
    coefexps = tuple(changed(SET.coefexps, 2, lie.coefexps))
    signatures = tuple(changed(SET.signatures, 2, lie.signature))
    delivery = replace(DELIVERIES[0], coefexps=coefexps, signatures=signatures)
    blamed(3, "commitments", lambda: receive(SEEDS[0], CERTS, delivery, DRAW))
    blamed(3, "commitments", lambda: conclude(CERTS, changed(DEALT, 2, lie), OUTCOMES))
    published = replace(SET, coefexps=coefexps, signatures=signatures)
    blamed(3, "commitments", published.verify)


def test_not_one_polynomial_a_member() -> None:
    for dealt in (DEALT[:3], [*DEALT, DEALT[0]], []):
        with pytest.raises(CryptoError) as caught:
            route(CERTS, dealt)
        assert caught.value.step == "shape"


def sealed(message: str, sender: int, recipient: int) -> str:
    return seal(message, KEYS[sender - 1].signing, KEYS[recipient - 1].encryption, DRAW)


def flipped(text: str) -> str:
    value = json.loads(text)
    value["data"] = f"{int(value['data'][:2], 16) ^ 1:02x}" + value["data"][2:]
    return json.dumps(value, separators=(",", ":"))


SECRET_LIES: dict[str, str] = {
    "another number": sealed('{"secret":"5"}', 3, 1),
    "for another member": DEALT[2].secrets[1],
    "from another member": DEALT[1].secrets[0],
    "a bit": flipped(DEALT[2].secrets[0]),
    "cut": DEALT[2].secrets[0][:-1],
    "empty": "",
    "null": "null",
    "number above the order": sealed(f'{{"secret":"{Q}"}}', 3, 1),
    "another field": sealed('{"polynomial":"5"}', 3, 1),
    "not JSON": sealed("5,", 3, 1),
    "data is a number": '{"alpha":"%s","beta":"%s","data":5}' % ((GENERATOR.hex(),) * 2),
    "data is odd": '{"alpha":"%s","beta":"%s","data":"5"}' % ((GENERATOR.hex(),) * 2),
    "no data": '{"alpha":"%s","beta":"%s","data":""}' % ((GENERATOR.hex(),) * 2),
    "points outside the group": '{"alpha":"%s","beta":"%s","data":"00"}' % (("0" * 64,) * 2),
}


@pytest.mark.parametrize("lie", SECRET_LIES.values(), ids=SECRET_LIES.keys())
def test_a_bad_secret_names_its_dealer(lie: str) -> None:
    delivery = replace(DELIVERIES[0], secrets=tuple(changed(DELIVERIES[0].secrets, 2, lie)))
    blamed(3, "secret", lambda: receive(SEEDS[0], CERTS, delivery, DRAW))


def test_a_message_that_was_sealed_again_for_another_member() -> None:
    """The recipient is signed: who receives a message cannot pass it on as the sender's."""
    inner = resigned(f'{{"recipient":"{KEYS[1].encryption.hex()}","message":"x"}}', 3)
    randomness, mask = DRAW(), base_mul(DRAW())
    alpha = base_mul(randomness)
    cipher, nonce = _cipher(mask, alpha)
    data = cipher.encrypt(nonce, inner.to_json().encode(), None).hex()
    beta = mul(KEYS[0].encryption, randomness) + mask
    text = f'{{"alpha":"{alpha.hex()}","beta":"{beta.hex()}","data":"{data}"}}'
    with pytest.raises(CryptoError, match="somebody else"):
        open_sealed(text, KEYS[0], KEYS[2].verification)


def test_our_own_part_was_exchanged() -> None:
    ours = json.loads(open_sealed(DELIVERIES[0].polynomial, KEYS[0], KEYS[0].verification))
    del ours["polynomial"][-1]
    cut = sealed(json.dumps(ours, separators=(",", ":")), 1, 1)
    for lie in (DELIVERIES[1].polynomial, "", cut, sealed('{"polynomial":["1","2","3"]}', 1, 1)):
        with pytest.raises(CryptoError) as caught:
            receive(SEEDS[0], CERTS, replace(DELIVERIES[0], polynomial=lie), DRAW)
        assert not isinstance(caught.value, BadMessage)


@pytest.mark.parametrize("name", ["secrets", "coefexps", "signatures"])
def test_a_delivery_with_something_missing(name: str) -> None:
    delivery = replace(DELIVERIES[0], **{name: getattr(DELIVERIES[0], name)[:-1]})
    with pytest.raises(CryptoError) as caught:
        receive(SEEDS[0], CERTS, delivery, DRAW)
    assert caught.value.step == "shape"


KEY = OUTCOMES[3].public_key
KEY_LIES = {
    "of another member": OUTCOMES[0].public_key,
    "another share": replace(KEY, public_key=KEY.public_key + GENERATOR),
    "another proof": replace(KEY, pok=OUTCOMES[0].public_key.pok),
    "not signed": replace(KEY, signature=None),
    "another signature": replace(KEY, signature=OUTCOMES[0].public_key.signature),
    "a bit of the signature": replace(KEY, signature=replace(KEY.pok, challenge=Scalar(1))),
}


@pytest.mark.parametrize("lie", KEY_LIES.values(), ids=KEY_LIES.keys())
def test_a_bad_public_share(lie: Any) -> None:
    outcomes = changed(OUTCOMES, 3, replace(OUTCOMES[3], public_key=lie))
    blamed(4, "public share", lambda: conclude(CERTS, DEALT, outcomes))
    published = replace(SET, verification_keys=tuple(changed(SET.verification_keys, 3, lie)))
    blamed(4, "public share", published.verify)


def test_a_share_that_was_proved_and_signed_but_never_dealt() -> None:
    own = TrusteeKey.generate(DRAW)
    public = base_mul(own.secret)
    signature = message_prove(KEYS[3].signing, public.hex(), DRAW)
    lie = replace(own.public(DRAW), signature=signature)
    blamed(
        4,
        "public share",
        lambda: conclude(CERTS, DEALT, [*OUTCOMES[:3], replace(OUTCOMES[3], public_key=lie)]),
    )


def test_a_published_set_of_another_shape() -> None:
    with pytest.raises(CryptoError) as caught:
        replace(SET, threshold=2).verify()
    assert caught.value.step == "shape"
    for name in ("certs", "coefexps", "signatures", "verification_keys"):
        with pytest.raises(CryptoError):
            replace(SET, **{name: getattr(SET, name)[:-1]}).verify()
    with pytest.raises(CryptoError):
        conclude(CERTS, DEALT, OUTCOMES[:-1])


def test_recover_only_our_own() -> None:
    for key, private in (
        (OUTCOMES[1].public_key.public_key, OUTCOMES[0].private_key),
        (OUTCOMES[0].public_key.public_key, OUTCOMES[1].private_key),
        (OUTCOMES[0].public_key.public_key, ""),
        (OUTCOMES[0].public_key.public_key, sealed('{"decryption_key":"5"}', 1, 1)),
        (OUTCOMES[0].public_key.public_key, sealed('"5"', 1, 1)),
    ):
        with pytest.raises(CryptoError):
            recover(SEEDS[0], key, private)


@pytest.mark.parametrize("seed", ["", "1" * 21, "1" * 23, "0" * 22, "1" * 22 + "\n"])
def test_no_seed(seed: str) -> None:
    with pytest.raises(CryptoError) as caught:
        ChannelKeys.from_seed(seed)
    assert caught.value.step == "seed"


@pytest.mark.parametrize(
    ("size", "needed", "index"), [(0, 0, 0), (3, 0, 1), (3, 4, 1), (3, 2, 0), (3, 2, 4), (51, 2, 1)]
)
def test_no_such_set(size: int, needed: int, index: int) -> None:
    with pytest.raises(CryptoError):
        certify(SEEDS[0], size, needed, index, DRAW)


def test_messages_that_are_too_long_are_not_sealed() -> None:
    with pytest.raises(CryptoError, match="sealed message"):
        sealed("x" * 66_000, 1, 2)


MESSAGES = ["", "null", "[]", "{}", "[" * 100_000, '{"polynomial":1}', DEALT[0].to_json()[:-1]]


@pytest.mark.parametrize("text", MESSAGES, ids=range(len(MESSAGES)))
@pytest.mark.parametrize("kind", [Polynomial, Delivery, Outcome])
def test_messages_in_another_form(kind: Any, text: str) -> None:
    with pytest.raises(CryptoError):
        kind.from_json(text)


WRONG_FIELDS = [
    (DEALT[0], "polynomial", [5, None, []]),
    (DEALT[0], "secrets", [5, "xyzt", {}, [5], [None]]),
    (DEALT[0], "coefexps", [5, [], {}, {"message": 5}]),
    (DEALT[0], "signature", [5, [], {}]),
    (DELIVERIES[0], "polynomial", [5, None]),
    (DELIVERIES[0], "secrets", ["xyzt", [5]]),
    (DELIVERIES[0], "coefexps", [{}, "", [5]]),
    (DELIVERIES[0], "signatures", [{}, "", [5]]),
    (OUTCOMES[0], "private_key", [5, None, {}]),
    (OUTCOMES[0], "public_key", [5, None, {}]),
]


@pytest.mark.parametrize(("message", "field", "lies"), WRONG_FIELDS, ids=range(len(WRONG_FIELDS)))
def test_messages_with_a_field_of_another_kind(message: Any, field: str, lies: list[Any]) -> None:
    for lie in lies:
        value = json.loads(message.to_json())
        assert field in value
        value[field] = lie
        with pytest.raises(CryptoError):
            type(message).from_json(json.dumps(value))


FORMS: list[Callable[[Any], Any]] = [
    lambda v: v.pop("threshold"),
    lambda v: v.update(more=1),
    lambda v: v.update(threshold="3"),
    lambda v: v.update(threshold=True),
    lambda v: v.update(threshold=0),
    lambda v: v.update(threshold=5),
    lambda v: v.update(certs={}),
    lambda v: v.update(signatures=None),
    lambda v: v["certs"].__setitem__(0, "x"),
    lambda v: v["certs"][0].update(message=5),
    lambda v: v["certs"][0].update(message="é"),
    lambda v: v["verification_keys"].clear(),
    lambda v: v["verification_keys"][0].update(signature=None),
]


@pytest.mark.parametrize("change", FORMS, ids=range(len(FORMS)))
def test_a_published_set_in_another_form(change: Callable[[Any], Any]) -> None:
    value = json.loads(SET.to_json())[1]
    assert Pedersen.from_json(json.loads(SET.to_json())[1]) == SET
    change(value)
    with pytest.raises(CryptoError):
        Pedersen.from_json(value)


def test_secrets_are_not_shown() -> None:
    assert str(KEYS[0].signing) not in repr(KEYS[0])


def test_lagrange_of_known_sets() -> None:
    assert [lagrange(n, (1, 2, 3)) for n in (1, 2, 3)] == [3, Q - 3, 1]
    assert lagrange(7, (7,)) == 1
