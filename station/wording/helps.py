"""What F1 says on each page of the officers: what the page is for, and what to do when it does not go as it should."""

from __future__ import annotations

from keys.desk.language import Language

__all__ = ["help_of", "helps"]


def help_of(key: str, language: Language) -> tuple[str, ...]:
    """Sentences for a page, by the first word of its key; none for a page that needs none."""
    kind = key.split(" ", maxsplit=1)[0]
    return next((sentences[kind] for sentences in helps(language) if kind in sentences), ())


def helps(language: Language) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Sentences by the first word of a page's key, in parts of the day; a page stands in one of them."""
    return _before(language), _during(language), _seldom(language), _after(language)


def _before(language: Language) -> dict[str, tuple[str, ...]]:
    say = language.say
    return {
        "unloaded": (
            say("The town hall gives a stick with the vote and the register of this station."),
            say("Nobody can vote before it is loaded. Loading needs two cards of two people."),
        ),
        "poster": (
            say("The poster hangs at the town hall and in every station: anybody can compare."),
            say("If the groups differ, this is another file: do not load it, and call the town hall."),
        ),
        "loaded": (say("Nobody can vote yet: the start page says what comes next."),),
        "start": (
            say("This page shows how far the day is. Its first button is the next step."),
            say("Nothing is opened from here without the check of the machine and two people's cards."),
        ),
        "cards": (
            say("Two people show a card each: nobody can open, pause or close alone. That is intended."),
            say("No card reader? Type the 8 groups; a wrong group is named at once, and you may try again."),
            say("Lost a card? A spare envelope is at the town hall."),
        ),
        "off": (
            say("Recorded votes are safe on the disk, with the machine off too."),
            say("Switch it on again with its own button; the start page names the next step."),
        ),
        "reason": (say("What you write goes into a signed report. Write no names."),),
        "zero": (
            say(
                "The code on the paper and on the screen must be the same: then the paper comes from this "
                "machine."
            ),
            say("No paper? Voting may start. Print the report again from the desk with F9."),
            say("Opened too early or on the wrong machine? Undo it while the box is empty."),
        ),
    }


def _during(language: Language) -> dict[str, tuple[str, ...]]:
    say = language.say
    leaving = say("To end a visit or a check without a vote: F12, then your PIN and Enter.")
    return {
        "desk,": (
            say("F10: you check the machine yourselves, as a voter would. No vote can be cast then."),
            leaving,
        ),
        "hand": (leaving,),
        "sign": (
            say(
                "The vote is recorded and cannot be taken back. Only the signature on the paper list is missing."
            ),
            say(
                "Left without signing? Choose it: it is counted, and explains the difference at the closing."
            ),
        ),
        "pause": (
            say("Nobody can vote now. The machine may be switched off; nothing is lost."),
            say("On another day the machine is checked again before it reopens."),
        ),
        "incident": (
            say("Choose a sentence, or write your own: it goes into the closing report and the minutes."),
            say(
                "Times are given there to the quarter hour, so that no line says who voted when. Nothing can "
                "be erased."
            ),
        ),
        "reprint": (
            say("Choose a report to print it again. The copy says DUPLICATE, with both times."),
            say("No paper comes out? Check the printer, then choose the report again."),
        ),
        "power": (
            say(
                "There is no need to guess: type the number of whoever was at the machine, and it says what is "
                "recorded."
            ),
            say(
                "Votes and marks are compared at each start. If they differ, do not reopen: call the town hall."
            ),
        ),
        "fault": (
            say("All recorded votes are safe on the disk. Restart; two cards reopen the station."),
            say("Twice in a row? Take the other machine, and call the town hall."),
        ),
    }


def _seldom(language: Language) -> dict[str, tuple[str, ...]]:
    say = language.say
    takeover = say("Two cards of the machine that stopped, then two of this one: nobody can take over alone.")
    return {
        "addition": (
            say(
                "Whoever is added votes here like everybody else, and stands in the closing report as a number."
            ),
        ),
        "proxy": (
            say("The other person then votes twice: once for themselves, and once for this person."),
            say("Noted by mistake? Find the person again: a proxy can be taken back until it has been used."),
        ),
        "takeover": (
            takeover,
            say("Not sure? Go back: nothing has changed. The votes stay on the stick."),
        ),
        "dead": (
            takeover,
            say("Count only the signatures of those who voted on the machine that stopped."),
        ),
        "taken": (
            say("Whoever voted on the other machine is marked here and cannot vote again."),
            say(
                "What the stick held is safe on this machine. Its copy goes to the town hall with this machine's own."
            ),
        ),
        "copied": (takeover, say("The same box may be copied as often as you want.")),
        "uncopied": (say("All recorded votes are safe on the disk. Restart; two cards reopen the station."),),
    }


def _after(language: Language) -> dict[str, tuple[str, ...]]:
    say = language.say
    return {
        "early": (
            say("The hours of a vote are published: closing early needs a reason, which everybody can read."),
            say("Chosen by mistake? Esc goes back, and the station stays open."),
        ),
        "closing": (
            say(
                "The machine never closes by itself. Whoever is in the queue at the planned time still votes."
            ),
            say("Chosen by mistake? Keep the station open: nothing has changed."),
        ),
        "signatures": (
            say("Two people count the signatures page by page, each alone; type both counts."),
            say("The machine shows its own figures only after both are typed and equal."),
            say(
                "Entry slips: only where everybody gets one at the door and hands it in when voting. Count them, and "
                "put them in the envelope with the paper list."
            ),
            say(
                "Votes on paper ballots are not counted here: take them to the town hall in an envelope of their own."
            ),
        ),
        "figures": (
            say("Three figures differ? Count again, page by page. Look for those who left without signing."),
            say("You may close all the same: write down why. The town hall decides."),
        ),
        "closed": (
            say("The box is closed for good. It stays on this machine until the time for appeals is over."),
            say("No paper? Copy the code of the box by hand and read it back together."),
        ),
        "export": (
            say("The stick may be taken out now. Carry stick and paper separately."),
            say("The same box may be copied as often as you want."),
        ),
    }
