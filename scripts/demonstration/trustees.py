"""The trustees' part: three make the key together, any two of them open the totals."""

from __future__ import annotations

from demonstration.commands import Commands, say

__all__ = ["confirm_and_try", "make_keys", "open_together"]

TRUSTEES = ("Trustee 1", "Trustee 2", "Trustee 3")
OPENING = (1, 3)
"""Two are enough; the second one is away on the day of the count."""


def make_keys(commands: Commands, draft: str) -> None:
    """Three rounds, each trustee with an own folder; what they say goes round on a stick."""
    say("Trustees: make the common key in three rounds; it never exists in one place")
    stick = commands.stick / "handed-in"
    for number, name in enumerate(TRUSTEES, 1):
        commands.run(
            "keys", "trustee", commands.office / "draft.cose", "--name", name, *_own(commands, number),
            "--out", stick, "--paper", draft,
        )  # fmt: skip
    for _ in range(2):
        for number in range(1, len(TRUSTEES) + 1):
            commands.run(
                "keys", "trustee", commands.office / "draft.cose", *_own(commands, number),
                "--from", stick, "--out", stick,
            )  # fmt: skip


def confirm_and_try(commands: Commands, fingerprint: str) -> None:
    """Each confirms the sealed vote; two of them try their keys on a made-up number."""
    sealed = commands.office / "official"
    for number in range(1, len(TRUSTEES) + 1):
        commands.run(
            "keys", "confirm", sealed, *_own(commands, number),
            "--out", commands.stick / "confirmed", "--paper", fingerprint,
        )  # fmt: skip
    say("Trustees: a dry run before the day, on a number that their own programs make")
    tried = commands.stick / "dry-run"
    for number in OPENING:
        source = ["--from", tried] if tried.exists() else []
        found = commands.run(
            "keys", "rehearse-opening", sealed, *_own(commands, number), *source, "--out", tried
        )
    print(f"   {' and '.join(found['taking_part'])} open together: {found['opened']}")


def open_together(commands: Commands) -> None:
    """Two of the three open the totals."""
    for number in OPENING:
        commands.run(
            "keys", "decrypt", commands.stick / "to-trustee" / "official", *_own(commands, number),
            "--out", commands.stick / "decrypted", "--yes",
        )  # fmt: skip


def _own(commands: Commands, number: int) -> list[object]:
    folder = commands.out / "trustees" / str(number)
    return ["--dir", folder, *commands.passphrase(f"trustee-{number}")]
