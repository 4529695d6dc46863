"""Shuffling ciphertexts, and proving it (section 6, after the CHVote system specification 1.3.2).

Arrays count from 0 here. The permutation psi takes the ciphertext at psi[i] to place i; re-encryption
randomness is indexed by the place before the shuffle. About eight multiplications a ciphertext, to prove
and to verify.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.generators import generators, secondary_generator
from keys.crypto.group import IDENTITY, Point, Q, Scalar, base_mul, mul, scalar
from keys.crypto.randomness import Draw
from keys.crypto.shuffle_proof import Shuffle, ShuffleProof
from keys.crypto.transcript import challenge, sha256_text

__all__ = ["Shuffle", "ShuffleProof", "shuffle", "sort_ciphertexts", "verify_shuffle"]


def sort_ciphertexts(ciphertexts: Iterable[Ciphertext]) -> list[Ciphertext]:
    """Sort ciphertexts as the encrypted tally of a non-homomorphic question lists them.

    By (alpha, beta), each as its little-endian bytes: the specification is silent, the outside tool insists.
    """
    return sorted(ciphertexts, key=lambda item: (item.alpha.raw, item.beta.raw))


def _sum(points: Iterable[Point]) -> Point:
    result = IDENTITY
    for point in points:
        result += point
    return result


def _listed(points: Iterable[Point]) -> str:
    return "".join(point.hex() + "," for point in points)


def _statement(before: Sequence[Ciphertext], after: Sequence[Ciphertext], c: Sequence[Point]) -> str:
    pairs = "".join(item.text() + "," for items in (before, after) for item in items)
    return pairs + _listed(c)


def _challenges(count: int, fingerprint: str, statement: str) -> list[Scalar]:
    head = sha256_text(f"shuffle-challenges|{fingerprint}|{statement}").hex()
    return [challenge(head + sha256_text(str(index)).hex()) for index in range(count)]


def _challenge(
    fingerprint: str, statement: str, proof_points: Sequence[Point], c_hat: Sequence[Point], key: Point
) -> Scalar:
    text = f"{_listed(proof_points)}{statement}{_listed(c_hat)}{key.hex()}"
    return challenge(f"shuffle-challenge|{fingerprint}|{text}")


def _permutation(count: int, draw: Draw) -> list[int]:
    rest = list(range(count))
    psi = []
    for place in range(count):
        chosen = place + draw() % (count - place)
        psi.append(rest[chosen])
        rest[chosen] = rest[place]
    return psi


def _inner(left: Iterable[int], right: Iterable[int]) -> int:
    return sum(a * b for a, b in zip(left, right, strict=True)) % Q


def shuffle(before: Sequence[Ciphertext], key: Point, fingerprint: str, draw: Draw) -> Shuffle:
    """Permute and re-encrypt ciphertexts, and prove it (`GenShuffle`, `GenShuffleProof`).

    Args:
        before: Points of the group; in the order of the tally or of the shuffle before.
        key: Public key of the election.
        fingerprint: Of the election.
        draw: Randomness.
    """
    psi = _permutation(len(before), draw)
    randomness = [draw() for _ in before]
    again = [
        Ciphertext(item.alpha + base_mul(r), item.beta + mul(key, r))
        for item, r in zip(before, randomness, strict=True)
    ]
    after = tuple(again[place] for place in psi)
    return Shuffle(after, _prove(before, after, randomness, psi, key, fingerprint, draw))


def _prove(
    before: Sequence[Ciphertext],
    after: Sequence[Ciphertext],
    randomness: Sequence[Scalar],
    psi: Sequence[int],
    key: Point,
    fingerprint: str,
    draw: Draw,
) -> ShuffleProof:
    """`GenShuffleProof`: commit to the permutation and to a chain, then answer one challenge for all of it."""
    count = len(before)
    r, c = _permutation_commitment(psi, draw)
    statement = _statement(before, after, c)
    u = _challenges(count, fingerprint, statement)
    u_prime = [u[source] for source in psi]
    r_hat, c_hat = _commitment_chain(u_prime, draw)
    h = generators(count)

    w = [draw() for _ in range(4)]
    w_hat = [draw() for _ in range(count)]
    w_prime = [draw() for _ in range(count)]
    t = (
        base_mul(w[0]),
        base_mul(w[1]),
        base_mul(w[2]) + _sum(map(mul, h, w_prime)),
        _sum(map(mul, (item.beta for item in after), w_prime)) - mul(key, w[3]),
        _sum(map(mul, (item.alpha for item in after), w_prime)) - base_mul(w[3]),
    )
    chain = [secondary_generator(), *c_hat][:count]
    t_hat = tuple(base_mul(a) + mul(b, e) for a, b, e in zip(w_hat, chain, w_prime, strict=True))
    c0 = _challenge(fingerprint, statement, (*t, *t_hat), c_hat, key)

    v = [1] * count
    for place in reversed(range(count - 1)):
        v[place] = u_prime[place + 1] * v[place + 1] % Q
    secrets = (sum(r), _inner(r_hat, v), _inner(r, u), _inner(randomness, u))
    s1, s2, s3, s4 = (scalar(a + c0 * b) for a, b in zip(w, secrets, strict=True))
    return ShuffleProof(
        t=t,
        t_hat=t_hat,
        s=(s1, s2, s3, s4),
        s_hat=tuple(scalar(a + c0 * b) for a, b in zip(w_hat, r_hat, strict=True)),
        s_prime=tuple(scalar(a + c0 * b) for a, b in zip(w_prime, u_prime, strict=True)),
        c=tuple(c),
        c_hat=tuple(c_hat),
    )


def _permutation_commitment(psi: Sequence[int], draw: Draw) -> tuple[list[Scalar], list[Point]]:
    """`GenPermutationCommitment`: randomness and commitment of each place before the shuffle."""
    h = generators(len(psi))
    r = [draw() for _ in psi]
    c = [IDENTITY] * len(psi)
    for place, source in enumerate(psi):
        c[source] = base_mul(r[source]) + h[place]
    return r, c


def _commitment_chain(u_prime: Sequence[Scalar], draw: Draw) -> tuple[list[Scalar], list[Point]]:
    """`GenCommitmentChain`: randomness and links of a chain that multiplies the permuted challenges."""
    r_hat = [draw() for _ in u_prime]
    c_hat: list[Point] = []
    previous = secondary_generator()
    for own, exponent in zip(r_hat, u_prime, strict=True):
        previous = base_mul(own) + mul(previous, exponent)
        c_hat.append(previous)
    return r_hat, c_hat


def verify_shuffle(before: Sequence[Ciphertext], shuffled: Shuffle, key: Point, fingerprint: str) -> None:
    """Check that ciphertexts are a re-encrypted permutation of those before (`CheckShuffleProof`).

    Membership of every point of the shuffle in the group is checked on the way; the identity is refused.

    Args:
        before: Points of the group: the sorted tally, or the ciphertexts of the shuffle before.
        shuffled: What is checked.
        key: Public key of the election.
        fingerprint: Of the election.

    Raises:
        CryptoError: Step ``"shape"``, ``"point"`` or ``"shuffle proof"``.
    """
    proof, after, count = shuffled.proof, shuffled.ciphertexts, len(before)
    lists = (after, proof.t_hat, proof.s_hat, proof.s_prime, proof.c, proof.c_hat)
    if any(len(each) != count for each in lists):
        raise CryptoError("shape", f"expected {count} of each kind")
    if any(item.alpha.is_identity or item.beta.is_identity for item in after):
        raise CryptoError("point", "the identity is not allowed in a shuffle")
    statement = _statement(before, after, proof.c)
    u = _challenges(count, fingerprint, statement)
    c0 = _challenge(fingerprint, statement, (*proof.t, *proof.t_hat), proof.c_hat, key)
    if _commitments(before, shuffled, key, u, c0) != (*proof.t, *proof.t_hat):
        raise CryptoError("shuffle proof", "the proof does not hold")


def _commitments(
    before: Sequence[Ciphertext], shuffled: Shuffle, key: Point, u: Sequence[Scalar], c0: Scalar
) -> tuple[Point, ...]:
    """Compute t1', t2', t3', t41', t42' and the t^' of the specification."""
    proof, after = shuffled.proof, shuffled.ciphertexts
    h, first = generators(len(before)), secondary_generator()
    minus = scalar(-c0)
    s1, s2, s3, s4 = proof.s
    product = 1
    for number in u:
        product = product * number % Q
    chain = [first, *proof.c_hat]
    c_bar = _sum(proof.c) - _sum(h)
    c_end = chain[-1] - mul(first, scalar(product))
    c_tilde = _sum(map(mul, proof.c, u))
    alpha = _sum(map(mul, (item.alpha for item in before), u))
    beta = _sum(map(mul, (item.beta for item in before), u))
    alpha_after = _sum(map(mul, (item.alpha for item in after), proof.s_prime))
    beta_after = _sum(map(mul, (item.beta for item in after), proof.s_prime))
    links = zip(chain[1:], chain[:-1], proof.s_hat, proof.s_prime, strict=True)
    return (
        mul(c_bar, minus) + base_mul(s1),
        mul(c_end, minus) + base_mul(s2),
        mul(c_tilde, minus) + base_mul(s3) + _sum(map(mul, h, proof.s_prime)),
        mul(beta, minus) - mul(key, s4) + beta_after,
        mul(alpha, minus) - base_mul(s4) + alpha_after,
        *(mul(end, minus) + base_mul(own) + mul(start, exponent) for end, start, own, exponent in links),
    )
