"""Having a name typed before something is destroyed for good."""

from __future__ import annotations

import sys

import click

from keys.findings import Misuse

__all__ = ["confirm_by_name"]


def confirm_by_name(question: str, name: str, other: str, *, yes: bool) -> None:
    """Ask for the name of what is destroyed.

    Args:
        question: What is asked.
        name: What has to be typed.
        other: What to say where something else was typed.
        yes: It was confirmed on the command line; nothing is asked.

    Raises:
        Misuse: Another name was typed, or there is no terminal to ask at.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise Misuse("--yes is needed where there is no terminal; nothing was destroyed")
    if click.prompt(question, err=True).strip() != name:
        raise Misuse(f"{other}; nothing was destroyed")
