"""A set of trustees of whom some are enough (sections 4.6 and 4.7): what is published of it, and its verification.

Members are numbered from 1; `threshold` is the number of members needed. What anybody can check here:
certificates, the signed commitments to the members' polynomials, and that each member's public share
follows from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keys.crypto.channel import SignedMessage, decode
from keys.crypto.errors import BadMessage, CryptoError
from keys.crypto.group import GROUP_NAME, IDENTITY, Point, Q, Scalar, mul, scalar
from keys.crypto.proofs import Proof, message_verify
from keys.crypto.trustee_key import TrusteePublicKey

__all__ = ["MAX_MEMBERS", "Certificate", "Pedersen", "commitments_text", "lagrange", "public_share"]

MAX_MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Certificate:
    """A member's public channel keys, signed with the first of them."""

    signed: SignedMessage
    size: int
    threshold: int
    index: int
    verification: Point
    encryption: Point

    @classmethod
    def from_signed(cls, signed: SignedMessage, claimed: int) -> Certificate:
        """Read and check a certificate.

        Args:
            signed: As its member sent it.
            claimed: Index of the member from whom it comes, for the blame.

        Raises:
            BadMessage: Step ``"certificate"``.
        """
        try:
            value = decode("certificate", signed.message, ("context", "verification", "encryption"))
            context = value["context"]
            if not isinstance(context, dict) or tuple(context) != ("group", "size", "threshold", "index"):
                raise CryptoError("certificate", "expected a context of group, size, threshold, index")
            size, threshold, index = (context[name] for name in ("size", "threshold", "index"))
            if not all(type(number) is int for number in (size, threshold, index)):
                raise CryptoError("certificate", "expected whole numbers")
            keys = Point.from_hex(value["verification"]), Point.from_hex(value["encryption"])
            certificate = cls(signed, size, threshold, index, *keys)
            if context["group"] != GROUP_NAME or certificate.text() != signed.message:
                raise CryptoError("certificate", "another group, or not written in the canonical form")
            signed.verify(certificate.verification)
        except CryptoError as error:
            raise BadMessage(claimed, "certificate", error.detail) from None
        if not 1 <= threshold <= size <= MAX_MEMBERS or index != claimed:
            raise BadMessage(claimed, "certificate", "the numbers of its context do not fit")
        return certificate

    def text(self) -> str:
        """Write the text that is signed."""
        return certificate_text(self.size, self.threshold, self.index, self.verification, self.encryption)


def certificate_text(size: int, threshold: int, index: int, verification: Point, encryption: Point) -> str:
    """Write the text of a certificate."""
    return (
        f'{{"context":{{"group":"{GROUP_NAME}","size":{size},"threshold":{threshold},"index":{index}}},'
        f'"verification":"{verification.hex()}","encryption":"{encryption.hex()}"}}'
    )


def read_certificates(signed: Sequence[SignedMessage]) -> tuple[Certificate, ...]:
    """Read and check the certificates of a set, in the order of its members.

    Raises:
        BadMessage: One is bad, or does not agree with the first on size and threshold.
        CryptoError: Step ``"certificates"``: there are not as many as they say.
    """
    certificates = tuple(Certificate.from_signed(item, n) for n, item in enumerate(signed, start=1))
    for certificate in certificates:
        same = (certificate.size, certificate.threshold) == (certificates[0].size, certificates[0].threshold)
        if not same:
            raise BadMessage(certificate.index, "certificate", "another size or threshold than the first's")
    if not certificates or certificates[0].size != len(certificates):
        raise CryptoError("certificates", "there are not as many as they say")
    return certificates


def coefficients_text(commitments: Sequence[Point]) -> str:
    """Write the text of a member's commitments, which the member signs (`raw_coefexps`)."""
    return '{"coefexps":[' + ",".join(f'"{point.hex()}"' for point in commitments) + "]}"


def commitments_text(certificates: Sequence[Certificate], commitments: Sequence[Point]) -> str:
    """Write the text by which a member ties its commitments to all certificates."""
    certs = ",".join(certificate.signed.to_json() for certificate in certificates)
    points = ",".join(f'"{point.hex()}"' for point in commitments)
    return f'certs_sig|{{"certs":[{certs}],"coefexps":[{points}]}}'


def read_commitments(
    certificates: Sequence[Certificate], index: int, coefexps: SignedMessage, signature: Proof
) -> tuple[Point, ...]:
    """Read and check a member's signed commitments to its polynomial.

    Raises:
        BadMessage: Step ``"commitments"``.
    """
    certificate = certificates[index - 1]
    try:
        coefexps.verify(certificate.verification)
        values = decode("commitments", coefexps.message, ("coefexps",))["coefexps"]
        if not isinstance(values, list) or len(values) != certificate.threshold:
            raise CryptoError("commitments", f"expected {certificate.threshold} points")
        points = tuple(Point.from_hex(value) for value in values)
        if coefficients_text(points) != coefexps.message:
            raise CryptoError("commitments", "not written in the canonical form")
        message_verify(certificate.verification, commitments_text(certificates, points), signature)
    except CryptoError as error:
        raise BadMessage(index, "commitments", f"{error.step}: {error.detail}") from None
    return points


def evaluate(commitments: Sequence[Point], index: int) -> Point:
    """Compute the image of a polynomial at a member's index, in the exponent."""
    result = IDENTITY
    for point in reversed(commitments):
        result = mul(result, scalar(index)) + point
    return result


def public_share(commitments: Sequence[Sequence[Point]], index: int) -> Point:
    """Compute the public share of a member from all members' commitments (section 4.6, voutputs)."""
    result = IDENTITY
    for points in commitments:
        result += evaluate(points, index)
    return result


def lagrange(index: int, indices: Sequence[int]) -> Scalar:
    """Compute the Lagrange coefficient at zero of one of several distinct indices (section 4.21)."""
    top, bottom = 1, 1
    for other in indices:
        if other != index:
            top = top * other % Q
            bottom = bottom * (other - index) % Q
    return scalar(top * pow(bottom, -1, Q))


@dataclass(frozen=True, slots=True)
class Pedersen:
    """The published parameters of a set with a threshold (`threshold_parameters`)."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[TrusteePublicKey, ...]

    @property
    def public_keys(self) -> tuple[Point, ...]:
        """The public shares of the members, in their order."""
        return tuple(key.public_key for key in self.verification_keys)

    @property
    def joint_key(self) -> Point:
        """What this set contributes to the election's key: the sum of the polynomials' images at zero.

        Computed from the first `threshold` public shares, which `verify` ties to the polynomials.
        """
        indices = range(1, self.threshold + 1)
        key = IDENTITY
        for index in indices:
            key += mul(self.public_keys[index - 1], lagrange(index, indices))
        return key

    def verify(self) -> None:
        """Check certificates, commitments, public shares and their proofs.

        Raises:
            BadMessage: ``trustee`` is the index of the member, ``step`` the kind of its message.
            CryptoError: Step ``"certificates"`` or ``"shape"``.
        """
        certificates = read_certificates(self.certs)
        size = len(certificates)
        if self.threshold != certificates[0].threshold:
            raise CryptoError("shape", "the threshold is not that of the certificates")
        if not size == len(self.coefexps) == len(self.signatures) == len(self.verification_keys):
            raise CryptoError("shape", f"expected {size} of each kind of message")
        commitments = [
            read_commitments(certificates, n + 1, self.coefexps[n], self.signatures[n]) for n in range(size)
        ]
        for certificate, key in zip(certificates, self.verification_keys, strict=True):
            check_public_share(certificate, commitments, key)

    def to_json(self) -> str:
        """Write the compact JSON pair."""
        certs = ",".join(item.to_json() for item in self.certs)
        coefexps = ",".join(item.to_json() for item in self.coefexps)
        signatures = ",".join(item.to_json() for item in self.signatures)
        keys = ",".join(item.to_json() for item in self.verification_keys)
        return (
            f'["Pedersen",{{"threshold":{self.threshold},"certs":[{certs}],"coefexps":[{coefexps}],'
            f'"signatures":[{signatures}],"verification_keys":[{keys}]}}]'
        )

    @classmethod
    def from_json(cls, value: object) -> Pedersen:
        """Read a decoded `threshold_parameters`; nothing is verified.

        Raises:
            CryptoError: Step ``"trustees"``, or those of the parts.
        """
        fields = ("threshold", "certs", "coefexps", "signatures", "verification_keys")
        if not isinstance(value, dict) or tuple(value) != fields:
            raise CryptoError("trustees", f"expected an object of {', '.join(fields)}")
        lists = [value[name] for name in fields[1:]]
        if type(value["threshold"]) is not int or not all(isinstance(item, list) for item in lists):
            raise CryptoError("trustees", "expected a number and four lists")
        certs, coefexps, signatures, keys = lists
        if not 1 <= value["threshold"] <= len(keys) <= MAX_MEMBERS:
            raise CryptoError("trustees", "the threshold does not fit the number of members")
        return cls(
            threshold=value["threshold"],
            certs=tuple(SignedMessage.from_json(item) for item in certs),
            coefexps=tuple(SignedMessage.from_json(item) for item in coefexps),
            signatures=tuple(Proof.from_json(item) for item in signatures),
            verification_keys=tuple(TrusteePublicKey.from_json(item) for item in keys),
        )

    def combine(self, factors: Mapping[int, Sequence[Point]]) -> list[Point]:
        """Combine the factors of enough members; of more, the first by index are used.

        Args:
            factors: By index of the member, from 1.

        Raises:
            CryptoError: Step ``"threshold"``: too few.
        """
        if len(factors) < self.threshold:
            raise CryptoError("threshold", f"{self.threshold} decryptions needed, {len(factors)} found")
        indices = sorted(factors)[: self.threshold]
        weights = {index: lagrange(index, indices) for index in indices}
        combined = [IDENTITY] * len(factors[indices[0]])
        for index in indices:
            weighted = (mul(factor, weights[index]) for factor in factors[index])
            combined = [left + right for left, right in zip(combined, weighted, strict=True)]
        return combined


def check_public_share(
    certificate: Certificate, commitments: Sequence[Sequence[Point]], key: TrusteePublicKey
) -> None:
    """Check a member's public share: that it follows from the commitments, its proof, the member's signature.

    Raises:
        BadMessage: Step ``"public share"``.
    """
    index = certificate.index
    if key.public_key != public_share(commitments, index):
        raise BadMessage(index, "public share", "it does not follow from the commitments")
    if key.signature is None:
        raise BadMessage(index, "public share", "it is not signed")
    try:
        key.verify()
        message_verify(certificate.verification, key.public_key.hex(), key.signature)
    except CryptoError as error:
        raise BadMessage(index, "public share", f"{error.step}: {error.detail}") from None
