"""What anyone does with a paper in the hand: check it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from keys.desk.catalogue import SOURCE, available
from keys.desk.command import Answer, answers
from keys.desk.language import Language
from keys.election.record import UNWRITABLE
from keys.findings import Misuse, Refused
from keys.paper.groups import parse_check_code, parse_fingerprint
from tally.check import MAX_TEXT, State, answer_json, answer_text, check_items, open_evidence, read_sources

__all__ = ["check_command"]


@click.command("check")
@click.argument("sources", nargs=-1, required=True, metavar="FILE_OR_TEXT...")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="P",
    help="The public folder; without it, nothing is confirmed.",
)
@click.option(
    "--slip", metavar="CODE", help="For an opened ballot: the check code of the slip printed before."
)
@click.option(
    "--fingerprint", metavar="F", help="Of the sealed file, from the poster: shows that P is the right one."
)
@click.option("--lang", metavar="CODE", help="Language of the answer; otherwise the town's own.")
@answers
def check_command(
    sources: tuple[str, ...],
    against: Path | None,
    slip: str | None,
    fingerprint: str | None,
    lang: str | None,
) -> Answer:
    """Check a receipt, report, result, opened ballot, decision or code, from paper or file.

    FILE_OR_TEXT is a photo or scan (PNG, JPEG, PDF), a .cose file, a text, the text of a square code as a scanner
    types it (also on a French or Czech keyboard), a short code of 8 characters, a check code of 16, or - to read
    from the standard input. Without --against it says only what the paper claims.

    Example: tally check receipt.jpg --against public
    """
    if fingerprint is not None and against is None:
        raise Misuse("--fingerprint says whether a public folder is the right one: add --against FOLDER")
    try:
        code = None if slip is None else parse_check_code(slip)
        expected = None if fingerprint is None else parse_fingerprint(fingerprint)
    except Refused as refused:
        language = Language(lang or SOURCE)
        sentence = language.say(
            "This is not one of our codes: type or scan it again, from its first character to its last."
        )
        return _stopped(sentence, refused, language)
    items = read_sources(sources, lambda: sys.stdin.buffer.read(MAX_TEXT), _tell_page)
    try:
        evidence = None if against is None else open_evidence(against, expected)
    except Refused as refused:
        language = Language(lang or SOURCE)
        return _stopped(_no_evidence(refused, against, language), refused, language)
    town = SOURCE if evidence is None else evidence.dossier.manifest.definition.language
    language = Language(lang or (town if town in available() else SOURCE))
    verdicts = check_items(items, evidence, language, code)
    findings = tuple(
        finding for verdict in verdicts if verdict.state is State.REFUSED for finding in verdict.findings
    )
    return Answer(answer_text(verdicts, language), answer_json(verdicts, language), findings, language.code)


def _no_evidence(refused: Refused, against: Path | None, language: Language) -> str:
    if refused.code == "V-119":
        return language.say("This public folder is not that of the poster: its fingerprint is another.")
    if against is not None and not (against / "manifest.cose").is_file():
        return language.say(
            "This is not a whole public folder: take the one in which index.html and manifest.cose lie."
        )
    return language.say(
        "The public folder itself does not hold together, so nothing can be checked against it."
    )


def _stopped(sentence: str, refused: Refused, language: Language) -> Answer:
    """The answer where nothing could be looked at."""
    data = {"holds": False, "sentence": sentence, "codes": []}
    return Answer(sentence, data, (refused,), language.code)


def _tell_page(name: str, page: int, of: int) -> None:
    """Say on a terminal which page is looked at: a paper of many pages takes minutes, and Ctrl-C stops it."""
    if sys.stderr.isatty() and of > 1:
        click.echo(f"\r{UNWRITABLE.sub('?', name)}: {page}/{of} \033[K", err=True, nl=page == of)
