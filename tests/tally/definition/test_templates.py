"""Templates: each is valid as it stands, so is what its notes offer instead, and each is held the whole way."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keys.desk import passphrase
from keys.election.definition import Contest, Definition
from keys.election.forms import Shape
from keys.election.rules import Form
from keys.findings import Misuse
from tally.cli import cli
from tally.definition.file import DefinitionMistakes, read_definition
from tally.templates import LANGUAGES, summary, template, templates
from tally.verify import Status, verify_folder
from tests.simulator.holding import by_script, hold, with_rolls

NAMES = ("budget", "council-lists", "council-names", "places", "priorities", "yes-no")
VOTERS = 4


def test_all_are_here() -> None:
    assert templates() == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_valid_as_it_stands_and_warns_of_nothing(name: str, language: str) -> None:
    text = template(name, language)
    definition, cautions = read_definition(text, name)
    assert (cautions, definition.language, set(definition.languages)) == ((), language, {"fr", "en"})
    assert not definition.demonstration and definition.threshold < len(definition.trustees)
    assert "| " not in text
    assert summary(name, language) == text.splitlines()[0][2:]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_and_define_the_same_vote(name: str) -> None:
    texts = [template(name, language) for language in LANGUAGES]
    notes = [[at for at, line in enumerate(text.splitlines()) if line.startswith("#")] for text in texts]
    assert notes[0] == notes[1] and len(notes[0]) >= 12
    first, second = (tomllib.loads(text.replace(":00\n", ":00:00\n")) for text in texts)
    for table in (first, second):
        del table["election"]["languages"], table["trustees"]["names"]
    assert first == second


OFFERED = {
    "ranks instead": ("council-names", 'rule = "block"', 'rule = "stv-scottish"', "choose = [1, 9]", ""),
    "the eldest first": (
        "council-names",
        'ties = "lot"',
        'ties = "age"\ntie_order = [3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]',
    ),
    "no bonus": ("council-lists", 'rule = "majority-bonus"', 'rule = "dhondt"', 'bonus = "1/2"', ""),
    "the eldest list": ("council-lists", 'ties = "lot"', 'ties = "age"\ntie_order = [2, 1, 3]'),
    "stop": ("budget", 'rule = "budget-greedy"', 'rule = "budget-no-skip"'),
    "seven points": ("budget", "choose = [1, 3]", 'form = "points"\npoints_each = 3\nchoose = [1, 7]'),
    "fair shares": (
        "budget",
        'rule = "budget-greedy"',
        'rule = "budget-equal-shares"\nsatisfaction = "cost"\ncompletion = "add1"',
    ),
    "a voter's own sum": ("budget", "choose = [1, 3]", 'form = "whole-approvals"\nspend = 400000'),
    "some stations": ("places", 'title = {fr = "Le lavoir"', 'stations = ["01"]\ntitle = {fr = "Le lavoir"'),
    "two thirds": ("yes-no", 'majority = "1/2"', 'majority = "2/3"\nqualified = true'),
    "of the voters": ("yes-no", 'quorum_base = "electors"', 'quorum_base = "voters"'),
    "yes alone": ("yes-no", 'quorum_counts = "voters"', 'quorum_counts = "yes"'),
}


@pytest.mark.parametrize("offer", OFFERED)
def test_what_the_notes_offer_instead_is_valid_too(offer: str) -> None:
    name, *changes = OFFERED[offer]
    text = template(name, "en")
    for before, after in zip(changes[::2], changes[1::2], strict=True):
        assert before in text
        once = offer == "the eldest list"  # the other contest has one list
        text = text.replace(before, after, 1 if once else -1)
    read_definition(text, name)


def test_a_template_with_one_letter_too_many_is_refused() -> None:
    with pytest.raises(DefinitionMistakes, match="contest place, rule"):
        read_definition(template("yes-no", "en").replace('"yes-no"', '"yes-noo"'), "yes-no")


def wanted(contest: Contest, voter: int) -> tuple[int, ...]:
    """What a voter chooses, a value an option: each voter something else, the last one leaves the contest out."""
    number, shape = len(contest.options), Shape.of(contest)
    if voter == VOTERS - 1:
        return ()
    if shape.form is Form.GRADES:
        return tuple(1 + (voter + at) % shape.highest for at in range(number))
    marked = {(voter + at) % number for at in range(min(shape.most, number - 1) or 1)}
    return tuple(int(at in marked) for at in range(number))


def script(definition: Definition, station: int) -> Iterator[str]:
    """Lines as `station cast` takes them."""
    for voter in range(VOTERS):
        choices: dict[str, object] = {}
        for index in definition.style(station):
            contest = definition.contests[index]
            values = wanted(contest, voter)
            given = {
                option.id: value for option, value in zip(contest.options, values, strict=False) if value
            }
            if given:
                choices[contest.id] = given if contest.form == Form.GRADES else list(given)
        yield json.dumps({"elector": voter + 1, "choices": choices})


@pytest.mark.parametrize(("name", "language"), list(zip(NAMES, ["fr", "en"] * 3, strict=True)))
def test_each_is_held_the_whole_way(
    name: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enrolled, sealed, cast by script, imported, opened by two of three trustees, counted, published, verified."""
    monkeypatch.setattr(passphrase, "_LOG_N", 4)  # stretching passphrases is tested elsewhere
    written, _ = read_definition(template(name, language), name)
    stations = range(len(written.stations))
    definition = with_rolls(written, [VOTERS for _ in stations])
    held = hold(tmp_path, definition, [list(script(definition, at)) for at in stations], by_script)
    for item in held.counted():
        contest = definition.contests[item.contest]
        votes = [wanted(contest, voter) for voter in range(VOTERS)] * len(contest.stations)
        assert (item.totals.ballots, item.totals.blank) == (len(votes), len(contest.stations))
        if contest.form == Form.MARKS:
            sums = Counter(at for vote in votes for at, value in enumerate(vote) if value)
            assert item.totals.votes == tuple(sums[at] for at in range(len(contest.options)))
    held.draw_lots()
    held.publish()
    report = verify_folder(held.public, fingerprint=held.fingerprint)
    assert {step.status for step in report.steps} <= {Status.OK}, report.findings
    assert report.accepted


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_the_command_lists_writes_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    listed = run("new", "--template", "--json")
    assert set(json.loads(listed.stdout)["templates"]) == set(NAMES)
    assert "Budget participatif" in run("new", "--template", "--lang", "fr").stdout
    assert run("new", "--template", "budget").exit_code == 0
    assert Path("election.toml").read_text("utf-8") == template("budget", "en")
    assert isinstance(run("new", "--template", "yes-no").exception, Misuse)
    assert Path("election.toml").read_text("utf-8") == template("budget", "en")
    assert run("new", "--template", "yes-no", "other.toml", "--lang", "fr").exit_code == 0
    assert Path("other.toml").read_text("utf-8") == template("yes-no", "fr")


@pytest.mark.parametrize(
    "words",
    [
        ("--template", "no-such"),
        ("--template", "budget", "--pabulib"),
        ("--template", "budget", "a.toml", "b.toml"),
        ("a.toml",),
    ],
    ids=["no such template", "with --pabulib", "two files", "no folder"],
)
def test_wrong_use(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert isinstance(run("new", *words).exception, Misuse)
    assert not list(tmp_path.iterdir())


def test_what_is_written_is_what_a_town_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("words").write_text("long enough for this\n", encoding="utf-8")
    run("new", "--template", "council-lists", "--lang", "fr")
    drafted = run("new", "election.toml", "--dir", "office", "--passphrase-file", "words")
    assert drafted.exit_code == 0, drafted.output
    assert Path("office/election.toml").read_text("utf-8") == template("council-lists", "fr")
