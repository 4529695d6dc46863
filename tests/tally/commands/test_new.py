"""`tally new`: what a town is told before anybody enrols."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tally.commands.before import new_command

TEMPLATE = """
[election]
title = "Points"
town = "Agen"
opens = 2026-10-04T08:00:00
closes = 2026-10-04T18:00:00
timezone = "Europe/Paris"
languages = ["fr"]
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
rule = "{rule}"
form = "{form}"
{terms}
[[contest.option]]
id = "a"
name = "A"
[[contest.option]]
id = "b"
name = "B"
"""


def new(folder: Path, form: str, rule: str, terms: str) -> object:
    (folder / "election.toml").write_text(
        TEMPLATE.format(form=form, rule=rule, terms=terms), encoding="utf-8"
    )
    (folder / "words").write_text("long enough\n", encoding="utf-8")
    arguments = [folder / "election.toml", "--dir", folder / "office", "--passphrase-file", folder / "words"]
    return CliRunner().invoke(new_command, [str(word) for word in arguments]).exception


FORMS = {
    "marks": ("plurality", "choose = 1"),
    "points": ("plurality", "choose = [1, 4]\npoints_each = 3"),
    "whole-ranks": ("irv", ""),
    "whole-grades": ("majority-judgement", 'grades = ["Later", "Now"]'),
    "whole-approvals": ("approval", "choose = [1, 2]"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_ballot_form_is_drafted_for_a_real_vote(tmp_path: Path, form: str) -> None:
    rule, terms = FORMS[form]
    assert new(tmp_path, form, rule, terms) is None
    assert (tmp_path / "office" / "draft.cose").exists()


def test_a_rule_with_ballots_that_it_cannot_count_is_not_drafted(tmp_path: Path) -> None:
    error = new(tmp_path, "whole-grades", "irv", "")
    assert isinstance(error, SystemExit)
    assert not (tmp_path / "office").exists()
