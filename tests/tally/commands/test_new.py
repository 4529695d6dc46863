"""`tally new`: what a town is told before anybody enrols."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from keys.findings import Misuse
from tally.commands.before import new_command

TEMPLATE = """
[election]
title = "Points"
town = "Agen"
opens = 2026-10-04T08:00:00
closes = 2026-10-04T18:00:00
timezone = "Europe/Paris"
languages = ["fr"]
demonstration = {demonstration}
[trustees]
names = ["A"]
threshold = 1
[[station]]
id = "1"
name = "Un"
electors = 30
[[contest]]
id = "c"
title = "C"
rule = "plurality"
form = "{form}"
{terms}
[[contest.option]]
id = "a"
name = "A"
[[contest.option]]
id = "b"
name = "B"
"""
POINTS = "choose = [1, 4]\npoints_each = 3"
MARKS = "choose = 1"


def new(folder: Path, form: str, terms: str, demonstration: str) -> object:
    (folder / "election.toml").write_text(
        TEMPLATE.format(form=form, terms=terms, demonstration=demonstration), encoding="utf-8"
    )
    (folder / "words").write_text("long enough\n", encoding="utf-8")
    arguments = [folder / "election.toml", "--dir", folder / "office", "--passphrase-file", folder / "words"]
    return CliRunner().invoke(new_command, [str(word) for word in arguments]).exception


def test_a_vote_that_the_booth_cannot_draw_is_refused(tmp_path: Path) -> None:
    error = new(tmp_path, "points", POINTS, "false")
    assert isinstance(error, Misuse)
    assert "contest c" in str(error) and not (tmp_path / "office").exists()


@pytest.mark.parametrize(
    ("form", "terms", "demonstration"), [("marks", MARKS, "false"), ("points", POINTS, "true")]
)
def test_marks_and_demonstrations_are_drafted(
    tmp_path: Path, form: str, terms: str, demonstration: str
) -> None:
    assert new(tmp_path, form, terms, demonstration) is None
    assert (tmp_path / "office" / "draft.cose").exists()
