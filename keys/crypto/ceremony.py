"""The key ceremony of a set with a threshold (section 4.6), as pure steps: messages in, message out.

1. each trustee: `certify`; 2. anybody: `read_certificates`; 3. each trustee: `deal`; 4. anybody: `route`;
5. each trustee: `receive`; 6. anybody: `conclude`. A trustee's only state is its seed; what it must find
again it seals to itself. Whoever sends a bad message is named by the error (`BadMessage.trustee`).
"""

from __future__ import annotations

from collections.abc import Sequence

from keys.crypto.ceremony_messages import Delivery, Outcome, Polynomial
from keys.crypto.channel import ChannelKeys, SignedMessage, decode, open_sealed, seal
from keys.crypto.errors import BadMessage, CryptoError
from keys.crypto.group import Point, Scalar, base_mul, scalar, scalar_from_json
from keys.crypto.pedersen import (
    MAX_MEMBERS,
    Certificate,
    Pedersen,
    certificate_text,
    check_public_share,
    coefficients_text,
    commitments_text,
    evaluate,
    read_certificates,
    read_commitments,
)
from keys.crypto.proofs import Proof, message_prove, pok_prove
from keys.crypto.randomness import Draw
from keys.crypto.trustee_key import TrusteeKey, TrusteePublicKey

__all__ = [
    "Delivery",
    "Outcome",
    "Polynomial",
    "certify",
    "conclude",
    "deal",
    "read_certificates",
    "receive",
    "recover",
    "route",
]


def certify(seed: str, size: int, threshold: int, index: int, draw: Draw) -> SignedMessage:
    """Step 1: make a trustee's certificate.

    Args:
        seed: Of the trustee, 22 characters, secret; from `keys.crypto.channel.new_seed`.
        size: Number of trustees of the set.
        threshold: Number of trustees needed to decrypt.
        index: Of this trustee, from 1.
        draw: Randomness.

    Raises:
        CryptoError: Step ``"seed"`` or ``"certificate"``.
    """
    if not 1 <= threshold <= size <= MAX_MEMBERS or not 1 <= index <= size:
        raise CryptoError("certificate", "expected 1 <= threshold <= size and 1 <= index <= size")
    keys = ChannelKeys.from_seed(seed)
    text = certificate_text(size, threshold, index, keys.verification, keys.encryption)
    return SignedMessage.sign(text, keys.signing, draw)


def _own(seed: str, certificates: Sequence[Certificate]) -> tuple[ChannelKeys, Certificate]:
    keys = ChannelKeys.from_seed(seed)
    for certificate in certificates:
        if (certificate.verification, certificate.encryption) == (keys.verification, keys.encryption):
            return keys, certificate
    raise CryptoError("certificates", "none of them belongs to this seed")


def deal(seed: str, certs: Sequence[SignedMessage], draw: Draw) -> Polynomial:
    """Step 3: draw a polynomial and deal its images to the members.

    Raises:
        BadMessage: A certificate is bad.
        CryptoError: Step ``"seed"`` or ``"certificates"``: none is ours.
    """
    certificates = read_certificates(certs)
    keys, own = _own(seed, certificates)
    coefficients = [draw() for _ in range(own.threshold)]
    commitments = [base_mul(coefficient) for coefficient in coefficients]
    listed = ",".join(f'"{coefficient}"' for coefficient in coefficients)
    secrets = tuple(
        seal(f'{{"secret":"{_image(coefficients, other.index)}"}}', keys.signing, other.encryption, draw)
        for other in certificates
    )
    return Polynomial(
        polynomial=seal(f'{{"polynomial":[{listed}]}}', keys.signing, own.encryption, draw),
        secrets=secrets,
        coefexps=SignedMessage.sign(coefficients_text(commitments), keys.signing, draw),
        signature=message_prove(keys.signing, commitments_text(certificates, commitments), draw),
    )


def _image(coefficients: Sequence[Scalar], index: int) -> Scalar:
    result = 0
    for coefficient in reversed(coefficients):
        result = result * index + coefficient
    return scalar(result)


def route(certs: Sequence[SignedMessage], polynomials: Sequence[Polynomial]) -> tuple[Delivery, ...]:
    """Step 4: check what was dealt, as far as it is public, and sort it by recipient.

    Raises:
        BadMessage: A certificate or a polynomial is bad.
        CryptoError: Step ``"certificates"`` or ``"shape"``: not one polynomial a member.
    """
    certificates = read_certificates(certs)
    if len(polynomials) != len(certificates):
        raise CryptoError("shape", f"expected {len(certificates)} polynomials, found {len(polynomials)}")
    for index, dealt in enumerate(polynomials, start=1):
        read_commitments(certificates, index, dealt.coefexps, dealt.signature)
        if len(dealt.secrets) != len(certificates):
            raise BadMessage(index, "polynomial", "it does not deal to every member")
    coefexps = tuple(dealt.coefexps for dealt in polynomials)
    signatures = tuple(dealt.signature for dealt in polynomials)
    return tuple(
        Delivery(own.polynomial, tuple(dealt.secrets[n] for dealt in polynomials), coefexps, signatures)
        for n, own in enumerate(polynomials)
    )


def _commitments(
    certificates: Sequence[Certificate], coefexps: Sequence[SignedMessage], signatures: Sequence[Proof]
) -> list[tuple[Point, ...]]:
    if not len(certificates) == len(coefexps) == len(signatures):
        raise CryptoError("shape", f"expected {len(certificates)} of each kind of message")
    return [
        read_commitments(certificates, n, *pair)
        for n, pair in enumerate(zip(coefexps, signatures, strict=True), start=1)
    ]


def _dealt_to(keys: ChannelKeys, own: Certificate, dealer: Certificate, sealed: str) -> Scalar:
    """Open what a member dealt to us; whatever is wrong with it is the dealer's doing, or the carrier's."""
    try:
        text = open_sealed(sealed, keys, dealer.verification)
        return scalar_from_json(decode("secret", text, ("secret",))["secret"])
    except CryptoError as error:
        detail = f"what it dealt to trustee {own.index} cannot be read ({error.step})"
        raise BadMessage(dealer.index, "secret", detail) from None


def _check_own(keys: ChannelKeys, own: Certificate, sealed: str, commitments: Sequence[Point]) -> None:
    text = open_sealed(sealed, keys, own.verification)
    values = decode("polynomial", text, ("polynomial",))["polynomial"]
    if not isinstance(values, list) or len(values) != len(commitments):
        raise CryptoError("polynomial", "our own does not have the right number of coefficients")
    if any(base_mul(scalar_from_json(v)) != point for v, point in zip(values, commitments, strict=True)):
        raise CryptoError("polynomial", "the commitments in our name are not ours")


def receive(seed: str, certs: Sequence[SignedMessage], delivery: Delivery, draw: Draw) -> Outcome:
    """Step 5: check everything that was dealt to us, and compute our share.

    Raises:
        BadMessage: A member's certificate, commitments or secret is bad.
        CryptoError: Step ``"seed"``, ``"certificates"``, ``"shape"``; or ``"polynomial"``, ``"sealed
            message"``... if what is said to be our own is not.
    """
    certificates = read_certificates(certs)
    keys, own = _own(seed, certificates)
    commitments = _commitments(certificates, delivery.coefexps, delivery.signatures)
    if len(delivery.secrets) != len(certificates):
        raise CryptoError("shape", f"expected {len(certificates)} secrets, found {len(delivery.secrets)}")
    _check_own(keys, own, delivery.polynomial, commitments[own.index - 1])
    share = 0
    for dealer, points, sealed in zip(certificates, commitments, delivery.secrets, strict=True):
        secret = _dealt_to(keys, own, dealer, sealed)
        if base_mul(secret) != evaluate(points, own.index):
            detail = f"what it dealt to trustee {own.index} does not match its commitments"
            raise BadMessage(dealer.index, "secret", detail)
        share += secret
    private = scalar(share)
    public = base_mul(private)
    signature = message_prove(keys.signing, public.hex(), draw)
    return Outcome(
        private_key=seal(f'{{"decryption_key":"{private}"}}', keys.signing, own.encryption, draw),
        public_key=TrusteePublicKey(public, pok_prove(private, draw), signature),
    )


def conclude(
    certs: Sequence[SignedMessage], polynomials: Sequence[Polynomial], outcomes: Sequence[Outcome]
) -> Pedersen:
    """Step 6: check the outcomes and make what is published.

    Raises:
        BadMessage: A message is bad.
        CryptoError: Step ``"certificates"`` or ``"shape"``.
    """
    certificates = read_certificates(certs)
    coefexps = tuple(dealt.coefexps for dealt in polynomials)
    signatures = tuple(dealt.signature for dealt in polynomials)
    commitments = _commitments(certificates, coefexps, signatures)
    if len(outcomes) != len(certificates):
        raise CryptoError("shape", f"expected {len(certificates)} outcomes, found {len(outcomes)}")
    for certificate, outcome in zip(certificates, outcomes, strict=True):
        check_public_share(certificate, commitments, outcome.public_key)
    return Pedersen(
        threshold=certificates[0].threshold,
        certs=tuple(certs),
        coefexps=coefexps,
        signatures=signatures,
        verification_keys=tuple(outcome.public_key for outcome in outcomes),
    )


def recover(seed: str, public_key: Point, private_key: str) -> TrusteeKey:
    """Open a trustee's sealed share for decryption.

    Args:
        seed: Of the trustee.
        public_key: The share that is published for the trustee.
        private_key: From the trustee's `Outcome`.

    Raises:
        CryptoError: Step ``"sealed message"``...; or ``"private key"``: it is not the secret of the public
            share.
    """
    keys = ChannelKeys.from_seed(seed)
    text = open_sealed(private_key, keys, keys.verification)
    secret = scalar_from_json(decode("private key", text, ("decryption_key",))["decryption_key"])
    if base_mul(secret) != public_key:
        raise CryptoError("private key", "not the secret of the published share")
    return TrusteeKey(secret)
