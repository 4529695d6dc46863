"""What the page says beside the results: participation, decisions, incidents, origin, its own limits."""

from __future__ import annotations

from fractions import Fraction

from keys.desk.language import Language
from keys.desk.verdicts import decision_words
from keys.election.dossier import Dossier
from keys.election.figures import electors_of
from keys.election.report import ClosingReport
from keys.paper.groups import fingerprint_text, short_code
from tally.page.markup import Heads, Markup, cards, element, fragment, row

__all__ = ["decisions_section", "limits_section", "origin_section", "participation_section"]

_FIGURES = ("electors", "marks", "ballots", "signatures")


def participation_section(dossier: Dossier, language: Language) -> Markup:
    """The figures of each machine that closed and counts."""
    say, number = language.say, language.number
    heads = [
        (say("Station"), ""),
        (say("Electors"), "number"),
        (say("Marks"), "number"),
        (say("Ballots"), "number"),
        (say("Signatures"), "number"),
        (say("Three figures"), ""),
    ]
    rows, sums, rolls = [], dict.fromkeys(_FIGURES, 0), []
    excluded = dossier.excluded()
    for at, day in enumerate(dossier.days):
        if day.closing is None or at in excluded:
            out = say("left out by a decision") if at in excluded else say("has not closed")
            rows.append(row(_station(dossier, at), [out], heads))
            continue
        values = {name: int(getattr(day.closing, name)) for name in _FIGURES}
        values["electors"] = day.closing.on_roll
        sums = {name: sums[name] + values[name] for name in _FIGURES}
        rolls.append((dossier.manifest.machines[at].station, day.closing.electors, day.closing.additions))
        verdict = say("equal") if _equal(day.closing) else say("differ: see the decisions")
        cells = [*(number(values[name]) for name in _FIGURES), verdict]
        rows.append(row(_station(dossier, at), cells, heads))
    sums["electors"] = electors_of(rolls)
    foot = row(say("Total"), [*(number(sums[name]) for name in _FIGURES), ""], heads)
    return fragment(
        element(
            "p",
            say("Electors: {electors}. Voters: {voters}.", electors=sums["electors"], voters=sums["marks"]),
            " ",
            _turnout(sums["marks"], sums["electors"], language),
            class_="verdict",
        ),
        element("p", say("Electors marked, ballots in the box, signatures on the paper list.")),
        cards(say("The three figures, by machine"), heads, rows, foot),
    )


def _turnout(voters: int, electors: int, language: Language) -> str:
    if not electors:
        return ""
    tenths = round(Fraction(1000 * voters, electors))
    mark = "." if language.code == "en" else ","
    return language.say("Turnout: {share}%.", share=f"{tenths // 10}{mark}{tenths % 10}")


def _equal(closing: ClosingReport) -> bool:
    slips = closing.signatures if closing.slips is None else closing.slips
    return closing.marks == closing.ballots == closing.signatures == slips


def _station(dossier: Dossier, machine: int) -> Markup:
    entry = dossier.manifest.machines[machine]
    station = dossier.manifest.definition.stations[entry.station]
    several = len(station.machines) > 1
    place = station.name if station.name.startswith(station.id) else f"{station.id} {station.name}"
    return fragment(element("bdi", place), *((" (", element("bdi", entry.name), ")") if several else ()))


def decisions_section(dossier: Dossier, language: Language) -> Markup:
    """Decisions that have effect, and what officers wrote down."""
    say = language.say
    return fragment(
        _decisions(dossier, language), element("h3", say("Incidents")), _incidents(dossier, language)
    )


def _decisions(dossier: Dossier, language: Language) -> Markup:
    say, zone = language.say, dossier.manifest.definition.timezone
    heads: Heads = [(say("Decision"), ""), (say("Reason"), ""), (say("Time"), ""), (say("Code"), "")]
    rows = [
        row(
            decision_words(item.decision, dossier.manifest, language),
            [
                element("bdi", item.decision.reason),
                _moment(item.decision.at, zone, language),
                element("span", short_code(item.fingerprint), class_="code"),
            ],
            heads,
        )
        for item in sorted(dossier.effective_decisions(), key=lambda item: item.decision.at)
    ]
    if not rows:
        return element("p", say("No decision was needed."))
    return cards(say("Signed decisions"), heads, rows)


def _incidents(dossier: Dossier, language: Language) -> Markup:
    say, zone = language.say, dossier.manifest.definition.timezone
    heads: Heads = [(say("Station"), ""), (say("Time"), ""), (say("What happened"), "")]
    rows = [
        row(
            _station(dossier, at),
            [_moment(incident.at, zone, language), element("bdi", incident.text)],
            heads,
        )
        for at, day in enumerate(dossier.days)
        if day.closing is not None
        for incident in day.closing.incidents
    ]
    if not rows:
        return element("p", say("None was noted."))
    return cards(say("Incidents noted at the stations"), heads, rows)


def origin_section(dossier: Dossier, language: Language) -> Markup:
    """What binds this page to a vote: the fingerprint, and who could open the box."""
    say, manifest = language.say, dossier.manifest
    rehearsal = manifest.rehearsal_secret is not None
    people = [element("bdi", trustee.name) for trustee in manifest.trustees]
    items = [
        (
            say("Fingerprint of the sealed file"),
            element("span", fingerprint_text(dossier.fingerprint), class_="code"),
        ),
        (say("Sealed"), _moment(manifest.sealed, manifest.definition.timezone, language)),
    ]
    notes = []
    if rehearsal:
        notes.append(say("This is a rehearsal: its key is published, and anybody can open it."))
    else:
        needed = language.number(manifest.definition.threshold)
        items += [(say("Trustees"), fragment(*_listed(people))), (say("Trustees needed to open"), needed)]
    if manifest.one_machine_ceremony:
        notes.append(say("The trustees made their keys on one machine."))
    if len(manifest.trustees) == 1 and not rehearsal:
        notes.append(say("There is a single trustee: this person alone can open the box."))
    return fragment(
        element("p", say("Compare this fingerprint with the poster at the town hall and at every station.")),
        element("dl", *(element("div", element("dt", term), element("dd", text)) for term, text in items)),
        *(element("p", note, class_="notice") for note in notes),
    )


def _moment(unix: int, zone: str, language: Language) -> str:
    """Day and hour; a signed number that is no time, or a zone that there is not, must not stop whoever verifies."""
    try:
        return language.moment(unix, zone)
    except (ValueError, OverflowError, OSError, KeyError):
        return f"{unix} ({zone})"


def _listed(parts: list[Markup]) -> list[str]:
    return [piece for part in parts for piece in (part, ", ")][:-1]


def limits_section(language: Language) -> Markup:
    """What this page proves, and what it cannot."""
    say = language.say
    sentences = (
        say(
            "A page cannot vouch for itself: whoever could forge the results could forge this page with them."
        ),
        say(
            "The digest of this page is in publication.cose, which the town hall signs last, and it is shown "
            "when the folder is published. It cannot be in the minutes: they are among the files that this "
            "page names. tally verify writes the page again from the papers and compares every byte."
        ),
        say(
            "The page checks signatures, finds ballots in its lists, and compares a station's list with the "
            "digest in its closing report. It does not check the ballots themselves or the count: tally verify "
            "does, and so does belenios-tool, a program by other authors."
        ),
        say("A receipt shows that a ballot is in the box. Nothing here shows what anybody chose."),
        say("It uses no network, and what you type here stays in this browser."),
    )
    return element("ul", *(element("li", sentence) for sentence in sentences))
