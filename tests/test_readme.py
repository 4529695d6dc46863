"""What the README shows and names is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from keys.cli import cli as keys_cli
from station.cli import cli as station_cli
from tally.cli import cli as tally_cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = ROOT / "tests" / "station" / "app" / "snapshots" / "contest-85x24.txt"
COMMANDS: dict[str, click.Group] = {"keys": keys_cli, "station": station_cli, "tally": tally_cli}


def test_the_picture_is_what_the_app_draws() -> None:
    drawn = PICTURE.read_text(encoding="utf-8").rstrip().splitlines()
    indented = "\n".join(f"    {line}".rstrip() for line in drawn)
    assert indented in README, (
        "copy tests/station/app/snapshots/contest-85x24.txt into README.md, indented by four"
    )


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`(?:\.venv/bin/)?((?:keys|station|tally) [a-z-]+)", README)))
)
def test_every_command_that_is_named_exists(name: str) -> None:
    program, command = name.split()
    assert command in COMMANDS[program].commands


@pytest.mark.parametrize("name", sorted(set(re.findall(r"scripts/([a-z-]+)", README))))
def test_every_script_that_is_named_exists(name: str) -> None:
    assert (ROOT / "scripts" / name).exists()
