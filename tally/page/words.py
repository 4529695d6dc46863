"""What the page's own program says, in one language: sentences with their places open, filled in the browser.

Wherever `tally check` says the same, the sentence is the same, so that both have one wording.
"""

from __future__ import annotations

from typing import Any

from keys.desk import catalogue
from keys.desk.language import Language, placeholders

__all__ = ["page_words"]

_MOST = 250
"""Largest number that a sentence is said of: the ballots of one visit."""


def page_words(language: Language) -> dict[str, Any]:
    """The sentences.

    Returns:
        ``say`` by name, ``many`` by name with its forms, ``plural`` the form that each number from 0 to 250
        takes, a digit each.
    """
    code = language.code
    form = (lambda count: int(count != 1)) if code == catalogue.SOURCE else catalogue.plural(code)
    return {
        "say": {**_names(language), **_codes(language), **_ballots(language), **_papers(language)},
        "many": _many(language),
        "plural": "".join(str(form(count)) for count in range(_MOST + 1)),
    }


class _Open:
    """A language that leaves the places of its sentences as they are."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def say(self, sentence: str) -> str:
        return self._language.say(sentence, **{name: f"{{{name}}}" for name in placeholders(sentence)})

    def many(self, one: str, many: str) -> list[str]:
        """The forms in the order of the language's own rule, which its catalogue states."""
        return [self.say(form) for form in catalogue.messages(self._language.code).get(one, (one, many))]


def _many(language: Language) -> dict[str, list[str]]:
    many = _Open(language).many
    return {
        "is_in": many(
            "This ballot is in the box of station {station}.",
            "The {count} ballots of this visit are all in the box of station {station}.",
        ),
        "missing": many(
            "This ballot is missing from the box of station {station}: keep this receipt, it is evidence against "
            "the station's machine.",
            "{count} ballots of this visit are missing from the box of station {station}: keep this receipt, it is "
            "evidence against the station's machine.",
        ),
        "found": many(
            "One published ballot has the code {code}.", "{count} published ballots have the code {code}."
        ),
    }


def _names(language: Language) -> dict[str, str]:
    say = _Open(language).say
    return {
        "name_receipt": say("Receipt"),
        "name_zero": say("Opening report"),
        "name_pause": say("Pause report"),
        "name_reopening": say("Reopening report"),
        "name_closing": say("Closing report"),
        "name_interrupted": say("Closing report of a machine that stopped"),
        "name_destruction_order": say("Destruction order"),
        "name_destruction_report": say("Destruction report"),
        "name_challenge": say("Opened ballot"),
        "name_result": say("Result"),
        "name_decision": say("Decision"),
        "name_publication": say("List of published files"),
        "name_manifest": say("Sealed file"),
        "name_other": say("Signed file ({kind})"),
        "town_hall": say("the town hall"),
        "machine_of": say("the machine of station {station}"),
        "somebody": say("somebody who is not named in this vote"),
        "contest_number": say("contest number {number}"),
        "option_number": say("option number {number}"),
        "holds": say("Holds."),
        "refused": say("Refused."),
        "unchecked": say("Not checked."),
        "listed": say("Found."),
        "unlisted": say("Not found."),
        "checking": say("Checking…"),
    }


def _codes(language: Language) -> dict[str, str]:
    say = _Open(language).say
    return {
        "no_code": say(
            "This is not one of our codes: type or scan it again, from its first character to its last."
        ),
        "damaged": say("The code is damaged: a digit is missing, wrong or too many, or somebody changed it."),
        "newer": say("This code was made by a newer program than this one."),
        "incomplete": say("The code is not complete: part {parts} of {total} is missing."),
        "failed": say("This browser could not finish the check: try a newer one, or another browser."),
        "no_crypto": say(
            "This browser does not let a page opened from the disk compute digests: try another browser, or "
            "tally check."
        ),
        "no_ed25519": say(
            "{what}: read but NOT checked; this browser cannot check signatures of this kind (Ed25519). Take a "
            "newer browser, or tally check."
        ),
        "rehearsal": say("{what}: it is from a rehearsal, whose votes do not count."),
        "real_vote": say("{what}: it is from a real vote, and this public folder is that of a rehearsal."),
        "elsewhere": say("{what}: it belongs to another election."),
        "replaced": say("{what}: it belongs to a sealed file that was replaced before the vote."),
        "forged": say("{what}: it was not signed by {signer}; it is forged, or was changed afterwards."),
        "keep_forged": say("Keep the paper and show it to the observers; it proves nothing about the vote."),
        "right_folder": say("Take the public folder of the election that stands on the paper."),
        "no_sense": say("{what}: it is signed, but what it says makes no sense."),
        "signed_by": say("Signed by {signer}."),
        "is_manifest": say("This is the fingerprint of the sealed file of this vote."),
        "is_key": say("This is the key of the machine of station {station}."),
        "is_box": say("This is the digest of the box of station {station}, as it closed."),
        "is_file": say("This is the digest of the file {path}."),
        "is_nothing": say("Nothing in this page has this fingerprint."),
    }


def _ballots(language: Language) -> dict[str, str]:
    say = _Open(language).say
    return {
        "codes": say("Codes of its ballots: {codes}"),
        "check_code": say("Check code: {code}"),
        "receipt_unfit": say("Receipt: it is signed, but it does not fit the ballots of this station."),
        "left_out": say("The box of station {station} was left out by a decision."),
        "not_yet": say(
            "The ballots of station {station} are not published yet: keep this paper and ask again after "
            "the publication."
        ),
        "other_box": say(
            "The published list of station {station} is not the one its machine signed when it closed: "
            "ballots were added, left out or exchanged."
        ),
        "box_holds": say(
            "The published box of the station is the one in its closing report. Ballots in each contest: "
            "{count}."
        ),
        "in_list": say("Code {code} is in the list of {contest}."),
        "not_in_list": say("Code {code} is NOT in the list of {contest}."),
        "other_machine": say("Code {code} is in the list, but as a ballot of another machine."),
        "other_vote": say(
            "This vote is in the box, but it is not the one the machine had fixed on the slip: "
            "keep slip and receipt, they are evidence."
        ),
        "code_fixed": say(
            "The check code {code} is that of the ballot in the box, fixed before it was cast."
        ),
        "says_nothing": say("None of this says what was chosen: nobody can tell from it how you voted."),
        "line": say("Station {station}, {contest}: {tracker}"),
        "which": say("Only the square code of the receipt tells which of them is meant."),
        "only_listed": say(
            "A code for people finds a line of the list; only the square code of the receipt proves it."
        ),
        "not_found": say(
            "No published ballot has the code {code}: type it again, then check the square code."
        ),
        "own_code": say("Its code in the list of {contest} is {code}."),
        "slip_found": say(
            "The ballot of the slip with the check code {code} is in the box of station {station}."
        ),
        "slip_not_found": say(
            "No published ballot has the check code {code}: unless another slip was made after this one, keep "
            "the slip, it is evidence."
        ),
        "slip_of_several": say(
            "The check code {code} belongs to no visit with a single ballot; where a visit has several, the "
            "check code cannot be looked up alone: use the square code of the receipt."
        ),
    }


def _papers(language: Language) -> dict[str, str]:
    say = _Open(language).say
    return {
        "opened": say("Opened: {time}"),
        "closed": say("Closed: {time}"),
        "time": say("Time: {time}"),
        "made": say("Made: {time}"),
        "files": say("Files: {count}"),
        "reason": say("Reason: {reason}"),
        "votes_in": say("Votes in the box: {count}"),
        "marked": say("Electors marked: {count}"),
        "on_roll": say("Electors on the register: {count}"),
        "ballots_in": say("Ballots in the box, in each contest: {count}"),
        "signatures": say("Signatures on the paper list: {count}"),
        "digest": say("Digest of all ballots: {groups}"),
        "figures_agree": say(
            "Electors marked, ballots and signatures on paper are the same number: {count}."
        ),
        "figures_differ": say(
            "Electors marked, ballots and signatures differ: the decisions and the minutes must say why."
        ),
        "contest": say("Contest: {contest}"),
        "ballots": say("Ballots: {count}"),
        "blank": say("Blank or left out: {count}"),
        "chosen": say("chosen"),
        "other_report": say(
            "{what}: signed by station {station}, but the published one says something else: keep this paper, "
            "it is evidence."
        ),
        "report_equal": say("{what} of station {station}: it is genuine, and the same as the published one."),
        "station_left_out": say("The box of this station was left out by a decision."),
        "result_of_none": say("Result: it is signed, but for a contest that does not exist."),
        "other_result": say("The published result of {contest} says something else than this one."),
        "result_equal": say("This is the certified result of {contest}, as published."),
        "follows": say("How the result follows from every ballot is shown by: tally verify"),
        "decision_equal": say("This decision is genuine, and the same as the published one."),
        "not_published": say("{what}: it is not among the published files of this vote."),
        "genuine": say("{what}: it is genuine."),
        "published_as": say("{what}: it is genuine, and published as {path}."),
        "challenge_elsewhere": say(
            "Opened ballot: it is signed, but this page does not build ballots anew. Check it with: tally check"
        ),
        "other_publication": say(
            "List of published files: it is signed, but names other files than this page."
        ),
        "publication_equal": say(
            "List of published files: it is genuine, and this page names the same {count} files."
        ),
        "changed": say("Changed, missing or added: {path}"),
        "digest_of_page": say(
            "What this page cannot check itself: the SHA-256 of the file index.html must be {digest}"
        ),
    }
