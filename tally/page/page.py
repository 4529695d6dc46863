"""The page, put together: one file with its style, its program and its data, under a policy that allows nothing else.

The policy names style and program by their digests: nothing else on the page runs, loads, sends or frames, whatever
stands in the name of an option. It is a meta element, since a file has no header; it comes before what it governs.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

from keys.crypto.transcript import sha256
from keys.desk import catalogue
from keys.desk.language import Language
from keys.desk.program import PROGRAM
from keys.desk.town import speaks
from keys.election.definition import text_in
from keys.election.dossier import Dossier
from keys.election.statement import Mode
from tally.page.contests import contest_section
from tally.page.data import PageBallot, page_data
from tally.page.markup import Markup, element, escaped, fragment, name_of
from tally.page.papers import decisions_section, limits_section, origin_section, participation_section
from tally.results.counted import Counted

__all__ = ["page"]

_HERE = Path(__file__).parent
_SCRIPTS = ("bytes", "cbor", "codes", "statement", "ballots", "telling", "judging", "typed", "page")
"""Files of the program, in the order in which they stand in the page."""
_FILES = ("results.csv", "results.json", "minutes.pdf", "publication.cose")


def page(
    dossier: Dossier,
    counted: Sequence[Counted],
    ballots: Sequence[Sequence[PageBallot]],
    digests: Mapping[str, bytes],
) -> bytes:
    """Write `index.html`, in UTF-8; the same bytes from the same papers by the same version of the program.

    Args:
        dossier: The papers, checked.
        counted: The contests, in the order of the definition.
        ballots: Of each contest, as `read_ballots` gives them, in any order.
        digests: SHA-256, 32 bytes, by path of all other files of the folder but `publication.cose`.
    """
    languages = _languages(dossier)
    style, script = _style(), _script()
    first = languages[0]
    filled = Template((_HERE / "page.html").read_text("utf-8")).substitute(
        language=first.code,
        policy=_policy(style, script),
        title=escaped(_title(dossier, first)),
        style=style,
        skip=escaped(first.say("Go to the contents")),
        body=fragment(_switch(languages), *(_edition(dossier, counted, item) for item in languages)),
        data=page_data(dossier, ballots, digests, languages),
        script=script,
    )
    return filled.encode("utf-8")


@cache
def _style() -> str:
    return "\n" + (_HERE / "page.css").read_text("utf-8")


@cache
def _script() -> str:
    parts = ((_HERE / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
    return "\n(() => {\n'use strict';\n" + "\n".join(parts) + "})();\n"


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_source(script)}'",
            f"style-src '{_source(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _source(text: str) -> str:
    """A text as a policy names it (Content Security Policy Level 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(sha256(text.encode("utf-8"))).decode("ascii")


def _languages(dossier: Dossier) -> list[Language]:
    """The languages of the vote that there are texts for; English where there is none."""
    known = [code for code in dossier.manifest.definition.languages if code in catalogue.available()]
    definition = dossier.manifest.definition
    return [speaks(definition, code) for code in known or [catalogue.SOURCE]]


def _title(dossier: Dossier, language: Language) -> str:
    definition = dossier.manifest.definition
    return f"{text_in(definition.title, language.code)} – {definition.town}"


def _switch(languages: Sequence[Language]) -> Markup:
    if len(languages) < 2:
        return fragment()
    links = [
        element("a", item.name, href=f"#{item.code}", lang=item.code, hreflang=item.code)
        for item in languages
    ]
    label = " / ".join(item.say("Language") for item in languages)
    return element(
        "nav", element("ul", *(element("li", link) for link in links)), class_="languages", aria_label=label
    )


def _edition(dossier: Dossier, counted: Sequence[Counted], language: Language) -> Markup:
    code = language.code
    sections = _sections(dossier, counted, language)
    main = element(
        "main",
        _contents(dossier, sections, language),
        *(part for _, _, part in sections),
        id=f"main-{code}",
        tabindex=-1,
    )
    return element(
        "div",
        _header(dossier, language),
        main,
        _footer(language),
        class_="edition",
        id=code,
        lang=code,
        data_title=_title(dossier, language),
    )


def _sections(
    dossier: Dossier, counted: Sequence[Counted], language: Language
) -> list[tuple[str, str, Markup]]:
    """Name, heading and content of each part."""
    say, definition = language.say, dossier.manifest.definition
    results = fragment(*(contest_section(definition, item, language) for item in counted))
    parts = [
        ("results", say("Results"), results),
        ("check", say("Check a receipt, a report or a code"), _check(language)),
        (
            "participation",
            say("Participation and the three figures"),
            participation_section(dossier, language),
        ),
        ("decisions", say("Decisions and incidents"), decisions_section(dossier, language)),
        ("origin", say("Is this the right vote?"), origin_section(dossier, language)),
        ("limits", say("What this page proves, and what it does not"), limits_section(language)),
    ]
    return [(name, head, _section(f"{name}-{language.code}", head, part)) for name, head, part in parts]


def _section(name: str, head: str, content: Markup) -> Markup:
    return element("section", element("h2", head, id=name), content, aria_labelledby=name)


def _contents(dossier: Dossier, sections: Sequence[tuple[str, str, Markup]], language: Language) -> Markup:
    code, contests = language.code, dossier.manifest.definition.contests
    inner = [
        element("li", element("a", name_of(contest.title, code), href=f"#contest-{code}-{at}"))
        for at, contest in enumerate(contests)
    ]
    items = [
        element(
            "li",
            element("a", head, href=f"#{name}-{code}"),
            element("ol", *inner) if name == "results" and len(inner) > 1 else "",
        )
        for name, head, _ in sections
    ]
    return element("nav", element("ol", *items), class_="contents", aria_label=language.say("Contents"))


def _header(dossier: Dossier, language: Language) -> Markup:
    say, definition = language.say, dossier.manifest.definition
    opens, closes = language.announced(definition.opens), language.announced(definition.closes)
    mode = ""
    if dossier.mode is Mode.REHEARSAL:
        mode = say("REHEARSAL: THESE VOTES DO NOT COUNT")
    elif definition.demonstration:
        mode = say("DEMONSTRATION: NOT A REAL VOTE")
    return element(
        "header",
        element("p", element("bdi", definition.town), class_="town"),
        element("h1", name_of(definition.title, language.code)),
        element("p", say("From {opens} to {closes}", opens=opens, closes=closes), class_="hours"),
        element("p", mode, class_="mode") if mode else "",
    )


def _check(language: Language) -> Markup:
    say, code = language.say, language.code
    needs = say(
        "Checking needs scripts, which this browser has switched off. Everything else can be read without them."
    )
    hint = say(
        "Scan the square code, or paste its text (ISO1 and many digits); or type the short code of the receipt, such "
        "as 4T8W - M2RK, the check code of a slip, or a fingerprint. Enter checks."
    )
    form = element(
        "form",
        element("label", say("Code"), for_=f"code-{code}"),
        element("p", hint, class_="hint", id=f"hint-{code}"),
        element(
            "textarea",
            id=f"code-{code}",
            rows=3,
            spellcheck="false",
            autocomplete="off",
            autocapitalize="off",
            aria_describedby=f"hint-{code}",
        ),
        element("button", say("Check"), type="submit"),
        hidden=True,
    )
    answers = element("div", class_="answers", role="status", aria_live="polite", aria_label=say("Answer"))
    return fragment(element("p", needs, class_="needs-script notice"), form, answers)


def _footer(language: Language) -> Markup:
    say = language.say
    links = [element("li", element("a", path, href=path)) for path in _FILES]
    return element(
        "footer",
        element("p", say("Other files of this folder:")),
        element("ul", *links),
        element("p", say("Written by {program}, without a network.", program=PROGRAM)),
    )
