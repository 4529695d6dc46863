"""Words that can come on any page: help, a key without effect, a window too small."""

from __future__ import annotations

from keys.desk.language import Language
from station.wording.page import Page, Words

__all__ = ["card_elsewhere", "help_page", "one_moment", "too_small", "wrong_key"]


def help_page(page: Page, language: Language) -> Page:
    """What F1 says about a page."""
    say = language.say
    items = tuple(Words(line) for line in (*page.keys_help, *page.help))
    hint = say("Press any key to continue.")
    return Page(
        "help",
        say("Help"),
        items,
        page.left,
        page.right,
        hint,
        voter=page.voter,
        covers=True,
        more=page.more,
        shown=0.0,
    )


def too_small(language: Language, *, voter: bool) -> str:
    """What a window says that is too small."""
    if voter:
        return language.say("Screen too small. Call a poll worker.")
    return language.say(
        "Window too small: it needs 80 columns and 24 rows. Make it larger, or its letters smaller. Nothing is lost."
    )


def wrong_key(language: Language, *, voter: bool, often: bool) -> str:
    """What a key says that has no effect."""
    words = language.say("That key does nothing. Arrows move, Enter confirms.")
    return f"{words} {language.say('F1: ask for help.')}" if often and voter else words


def card_elsewhere(language: Language) -> str:
    """What a card says, or another square code, that was shown where no card is asked for."""
    return language.say(
        "That was a card or another code. It was wiped: show cards only where they are asked for."
    )


def one_moment(language: Language) -> str:
    """While something takes a little time."""
    return language.say("One moment...")
