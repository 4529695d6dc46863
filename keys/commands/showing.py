"""The command `keys show`: a look into any statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.files import read_bytes
from keys.election.statement import Statement, read_statement
from keys.paper.codes import PREFIX, decode
from keys.paper.groups import fingerprint_text

__all__ = ["show_command"]


@click.command("show")
@click.argument("source")
@answers
def show_command(source: str) -> Answer:
    """Print what a statement says, from a .cose file or the text of a code.

    Nothing is verified: it shows, it does not vouch.

    Example: keys show closing.cose
    """
    text = source.strip()
    raw = decode(text.split()) if text.upper().startswith(PREFIX) else read_bytes(Path(source))
    statement = read_statement(raw)
    data = _statement_data(statement)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in data.items()]
    return Answer("\n".join([*lines, "Shown as it stands; the signature was not checked."]), data)


def _statement_data(statement: Statement) -> dict[str, object]:
    header = statement.header
    return {
        "type": header.type.name.lower(),
        "mode": header.mode.name.lower(),
        "role": header.role.name.lower(),
        "signer": header.signer,
        "context": fingerprint_text(header.context),
        "fingerprint": fingerprint_text(statement.fingerprint),
        "content": _plain(statement.content),
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.hex() if len(value) <= 64 else f"{value[:16].hex()}... ({len(value)} bytes)"
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
