"""The part of `tally new` that gives a town a definition to begin with."""

from __future__ import annotations

from pathlib import Path

from keys.desk.command import Answer
from keys.desk.files import write_whole
from keys.findings import Misuse
from tally.templates import summary, template, templates

__all__ = ["list_templates", "write_template"]


def list_templates(language: str) -> Answer:
    """Say which templates there are."""
    found = {name: summary(name, language) for name in templates()}
    width = max(map(len, found))
    return Answer("\n".join(f"{name:{width}}  {text}" for name, text in found.items()), {"templates": found})


def write_template(name: str, language: str, path: Path) -> Answer:
    """Write a template where nothing is yet.

    Raises:
        Misuse: There is no such template, or the file is there already.
    """
    text = template(name, language)
    if path.exists():
        raise Misuse(f"{path} is there already; name another file: tally new --template {name} FILE")
    write_whole(path, text.encode())
    return Answer(
        f"Written: {path}. Change it for your town, then: tally new {path} --dir office", {"file": str(path)}
    )
