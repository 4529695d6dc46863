"""Findings: everything that is refused or doubtful, with its code, what it means and what to do.

One table for the three commands. `S-` codes belong to a station, `T-` to the tally, `V-` to verification.
Ranges: V-1 statements, codes and definition, V-2 manifest and roles, V-3 archive and ballots, V-4 reports,
V-5 decryption and result, V-6 publication; T-1 boxes, T-2 merge, T-3 decisions, T-4 count,
T-5 definition, T-6 rolls, T-7 pictures and codes; S-1 machine and cards, S-2 store, S-3 visit, S-4 printing;
K-1 secrets and a trustee's own refusals, K-11 the key ceremony.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

__all__ = ["FINDINGS", "Fact", "Finding", "Misuse", "Refused", "Severity", "Unreadable"]


class Severity(Enum):
    """How much a finding weighs."""

    REFUSED = "refused"
    """The thing is not accepted; nothing of it is used."""
    WARNING = "warning"
    """The thing is accepted; somebody must look at it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of the table."""

    title: str
    """What happened, a few words."""
    meaning: str
    """What it means for the vote, one sentence."""
    remedy: str
    """What to do now, one sentence."""
    severity: Severity = Severity.REFUSED


class Fact(str):
    """A detail in English that can be said in another language too: a sentence, and the values of its places."""

    sentence: str
    values: Mapping[str, object]

    def __new__(cls, sentence: str, **values: object) -> Fact:
        """Take a sentence, as catalogues have it, and its values."""
        self = super().__new__(cls, sentence.format(**values))
        self.sentence, self.values = sentence, values
        return self


class Refused(Exception):
    """Data that is not to be trusted, or a step that must not be taken.

    Attributes:
        code: The finding, a key of `FINDINGS`.
        subject: The record it is about ("ballot 7 of contest saint-cyprien", "stick ISOLOIR").
        detail: What was expected and what was found; never a secret, never a choice.
        told: Title, meaning and remedy in the words of whoever reads them, where somebody knew; else they are English.
    """

    def __init__(self, code: str, subject: str, detail: str = "", told: str = "") -> None:
        super().__init__(code, subject, detail)
        self.code = code
        self.subject = subject
        self.detail = detail
        self.told = told

    @property
    def finding(self) -> Finding:
        """The row of the table."""
        return FINDINGS[self.code]

    def __str__(self) -> str:
        if self.told:
            return f"{self.code} {self.subject}\n{self.told}"
        finding = self.finding
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.code} {self.subject}: {finding.title}{detail}. {finding.meaning} {finding.remedy}"


class Unreadable(Exception):
    """Something could not be read or written (exit status 3): what, and the reason the system gave.

    Attributes:
        place: The file, where it could not be written.
    """

    def __init__(self, text: str, place: Path | None = None) -> None:
        super().__init__(text)
        self.place = place


class Misuse(Exception):
    """The command was called in a way that cannot work (exit status 2)."""


FINDINGS: dict[str, Finding] = {
    # V-1: statements, codes
    "V-101": Finding(
        "not a statement of ours",
        "The bytes are not one COSE_Sign1 message in canonical form.",
        "Copy the file again from where it was made; if that does not help, it was altered.",
    ),
    "V-102": Finding(
        "signature does not match",
        "The content was changed, or was signed with another key: somebody else's, or the one for rehearsals.",
        "Ask the signer for the original; do not use this one.",
    ),
    "V-103": Finding(
        "statement of another kind",
        "A statement of this type, vote, mode or role was not expected here.",
        "Check that the file belongs to this vote and this step.",
    ),
    "V-104": Finding(
        "statement with wrong content",
        "The signed content does not have the fields or limits that its type demands.",
        "It was made by another version, or by hand; ask the signer for a new one.",
    ),
    # V-131 to V-159: the vote and its rehearsal mixed up, each thing by its own finding
    "V-131": Finding(
        "draft of the rehearsal in the vote, or the other way round",
        "There is one draft for both; this one says that it is for a rehearsal only.",
        "Take the draft that the town hall handed out.",
    ),
    "V-132": Finding(
        "enrolment of the rehearsal in the vote, or the other way round",
        "A machine makes keys and credentials for the vote, and others for its rehearsal; these are the others.",
        "Bring the other enrolment of this machine.",
    ),
    "V-133": Finding(
        "trustee's file of the rehearsal in the vote, or the other way round",
        "The rehearsal has a trustee of its own, whose key everybody knows.",
        "Bring the file that the trustee made for the vote.",
    ),
    "V-134": Finding(
        "board member's key of the rehearsal in the vote, or the other way round",
        "What a board member signs for the rehearsal must not bind the board in the vote.",
        "Bring the board member's file for the vote.",
    ),
    "V-135": Finding(
        "sealed file of the rehearsal in the vote, or the other way round",
        "Vote and rehearsal are sealed apart, with other keys; this is the sealed file of the other.",
        "Take the sealed file whose fingerprint is on the poster of the vote.",
    ),
    "V-136": Finding(
        "confirmation of the rehearsal in the vote, or the other way round",
        "It confirms the sealed file of the other, and says nothing about this one.",
        "Bring the confirmation of this sealed file.",
    ),
    "V-137": Finding(
        "opening report of the rehearsal in the vote, or the other way round",
        "It says that another box was empty.",
        "Bring the opening report of the vote; look for the right folder on the stick.",
    ),
    "V-138": Finding(
        "pause report of the rehearsal in the vote, or the other way round",
        "It counts the marks of another day.",
        "Bring the reports of the vote; look for the right folder on the stick.",
    ),
    "V-139": Finding(
        "reopening report of the rehearsal in the vote, or the other way round",
        "It carries on another day.",
        "Bring the reports of the vote; look for the right folder on the stick.",
    ),
    "V-140": Finding(
        "closing report of the rehearsal in the vote, or the other way round",
        "Its figures and its code are those of another box.",
        "Bring the closing report of the vote; compare it with the signed paper.",
    ),
    "V-141": Finding(
        "receipt of the rehearsal in the vote, or the other way round",
        "The ballot that it speaks of is in another box, and is not counted in this one.",
        "Check it against the public folder that it belongs to.",
    ),
    "V-142": Finding(
        "checked ballot of the rehearsal in the vote, or the other way round",
        "The ballot was opened on a machine that was working for the other.",
        "Hand it in where it belongs.",
    ),
    "V-143": Finding(
        "request to the trustees of the rehearsal in the vote, or the other way round",
        "It asks to open other boxes.",
        "Open nothing; ask the authority for the request of this vote.",
    ),
    "V-144": Finding(
        "decision of the rehearsal in the vote, or the other way round",
        "What was decided in the one decides nothing in the other.",
        "Have it decided and signed anew.",
    ),
    "V-145": Finding(
        "decryption of the rehearsal in the vote, or the other way round",
        "It opens other totals.",
        "Bring the trustee's answer to the request of this vote.",
    ),
    "V-146": Finding(
        "result of the rehearsal in the vote, or the other way round",
        "It states what another box holds.",
        "Take the result of this vote.",
    ),
    "V-147": Finding(
        "count on paper of the rehearsal in the vote, or the other way round",
        "It was typed in for the other.",
        "Type the count in again, by two people.",
    ),
    "V-148": Finding(
        "publication of the rehearsal in the vote, or the other way round",
        "The authority published another folder with it.",
        "Ask the authority for the publication of this vote.",
    ),
    "V-149": Finding(
        "package with a register of the rehearsal in the vote, or the other way round",
        "The register in it is sealed to other keys of this machine.",
        "Copy the package again from the town hall.",
    ),
    "V-150": Finding(
        "message of the key ceremony of the rehearsal in the vote, or the other way round",
        "The ceremony makes the keys of the vote; a rehearsal needs none.",
        "Use the messages of this ceremony only.",
    ),
    "V-151": Finding(
        "list of marks of the rehearsal in the vote, or the other way round",
        "It says who voted in the other.",
        "Bring the stick of the vote.",
    ),
    "V-152": Finding(
        "statement on a machine that stopped of the rehearsal in the vote, or the other way round",
        "It closes another box.",
        "Bring what the machine that took over signed in this vote.",
    ),
    "V-153": Finding(
        "shuffle of the rehearsal in the vote, or the other way round",
        "The ballots in it are those of another box.",
        "Bring the trustee's shuffle for the request of this vote.",
    ),
    "V-154": Finding(
        "the whole folder is that of the rehearsal, or the other way round",
        "Every signed paper in it belongs to the other.",
        "Take the folder of the vote; to look at a rehearsal, say --rehearsal.",
    ),
    "V-155": Finding(
        "archive of the rehearsal in the vote, or the other way round",
        "The ballots in it were cast in the other.",
        "Ask the authority for the archive of this vote; announce nothing from this one.",
    ),
    "V-156": Finding(
        "poster of the rehearsal, or the other way round",
        "What was typed stands on the poster of the other.",
        "Type it from the right poster, or load the other one.",
    ),
    "V-157": Finding(
        "minutes of the rehearsal in the vote, or the other way round",
        "The codes on their pages are results of the other.",
        "Take the minutes of this vote.",
    ),
    "V-158": Finding(
        "destruction order of the rehearsal in the vote, or the other way round",
        "It orders something else to be destroyed.",
        "Have it decided and signed anew.",
    ),
    "V-159": Finding(
        "destruction report of the rehearsal in the vote, or the other way round",
        "Something else was destroyed.",
        "Hand it in where it belongs.",
    ),
    # V-160, V-161: what is private is destroyed
    "V-162": Finding(
        "report of the vote signed with the key for rehearsals",
        "The machine itself signed it, with a key that it keeps for rehearsals: its keys or its program were changed.",
        "Keep machine and stick as they are, import nothing of it, and let the board decide.",
    ),
    "V-160": Finding(
        "too early to destroy",
        "There is no order of the town hall, or its day has not come by this clock; nothing was destroyed.",
        "Look at the clock; if it is right, come back on the day of the order.",
    ),
    "V-161": Finding(
        "already destroyed",
        "The destruction report is signed; what is private here is gone or being destroyed.",
        "If it was stopped, run station wipe once more, or tally retire at the town hall.",
    ),
    # V-110 to V-119: codes on paper
    "V-110": Finding(
        "not a code of ours",
        "What was read is not the text of an Isoloir code.",
        "Scan the square code again, or copy its text from the start, with nothing added.",
    ),
    "V-111": Finding(
        "a digit is missing or too many",
        "The code was cut off or mistyped: its number cannot be what was printed.",
        "Scan the square code again, or compare the text with the paper, group by group.",
    ),
    "V-112": Finding(
        "code too long",
        "Nothing that this program prints is that long.",
        "Check that two codes were not read as one.",
    ),
    "V-113": Finding(
        "code of an unknown kind",
        "It was made by a newer version, or it is not one of ours.",
        "Scan it again; if that does not help, read it with the version that printed it.",
    ),
    "V-114": Finding(
        "code cannot be unpacked",
        "What it carries is damaged or was packed by somebody else.",
        "Scan it again; if that does not help, ask for another copy of the paper.",
    ),
    "V-115": Finding(
        "part of a code is missing",
        "This code is printed in several squares, and only all of them together say something.",
        "Scan the squares that are named here too; the order does not matter.",
    ),
    "V-116": Finding(
        "squares of different codes",
        "They come from different papers, or one of them was replaced.",
        "Scan the squares of one paper only.",
    ),
    "V-117": Finding(
        "the parts do not make the whole",
        "Every square could be read, but put together they are not what they announce.",
        "Scan them all again; if that does not help, the paper was altered.",
    ),
    "V-118": Finding(
        "code mistyped",
        "It has a character too many or too few, or one that our codes do not use.",
        "Compare it with the paper, group by group.",
    ),
    "V-119": Finding(
        "paper and file differ",
        "The groups typed from the paper are not those of this file.",
        "Type them again; if they still differ, stop and call the town hall: this is another file.",
    ),
    # S-2: store
    "S-201": Finding(
        "the vote is already open in another window",
        "Nothing is lost: that window goes on, and this one has changed nothing. Two at once could each miss what the "
        "other records.",
        "Go back to the window that is open, or close it first. If you see none, restart the machine, then start this "
        "again.",
    ),
    "S-202": Finding(
        "store damaged",
        "The file of this machine is not whole any more.",
        "Do not reopen; call the town hall and go on with the spare machine or on paper.",
    ),
    "S-203": Finding(
        "marks and ballots differ",
        "There are more or fewer ballots than people who voted here.",
        "Do not reopen; note an incident, copy the box to the stick and call the town hall.",
    ),
    "S-204": Finding(
        "no room for another vote",
        "Every place for a ballot on this machine is taken; the votes in it are safe.",
        "Let people vote on the spare machine; call the town hall.",
    ),
    "S-205": Finding(
        "disk not suited for a vote",
        "On this kind of disk old copies stay behind, or votes can be lost when the power goes.",
        "Put the store on an ext4 or XFS disk with its usual settings.",
    ),
    "S-206": Finding(
        "not a store of this program",
        "The file was made by another program or another version.",
        "Load the file of the town hall again into an empty folder.",
    ),
    "S-207": Finding(
        "log altered",
        "A line of the log was changed, removed or added.",
        "Note an incident and call the town hall; the board decides.",
    ),
    "S-208": Finding(
        "log full",
        "The log of this machine has no line left.",
        "Keep notes on paper from now on; the closing can still be logged.",
    ),
    "S-209": Finding(
        "step out of turn",
        "This step is not possible in the present state of the station.",
        "Choose one of the steps that the screen offers.",
    ),
    "S-210": Finding(
        "stored ballot damaged",
        "A ballot in the store is not as it was written.",
        "Do not go on; note an incident and call the town hall.",
    ),
    "S-211": Finding(
        "copy differs from what was written",
        "The stick did not keep what was copied to it.",
        "Copy again to another stick.",
    ),
    "S-212": Finding(
        "the store is already there",
        "The folder already holds the store of a vote, which is never overwritten.",
        "Use another folder, or wipe this one once the vote is over.",
    ),
    "S-213": Finding(
        "store of the rehearsal in the place of the vote's, or the other way round",
        "The two files were exchanged in the folder of this machine.",
        "Let nobody vote on it; call the town hall, and go on with the spare machine or on paper.",
    ),
    # S-3: visit
    "S-301": Finding(
        "this person has voted already",
        "A recorded vote cannot be taken back, and each person has one vote.",
        "Look at the signature on the paper list; if it is the wrong line, note an incident.",
    ),
    "S-302": Finding(
        "this person may not vote here",
        "The number is not on the register of this station, or was struck off.",
        "Try the number on the paper list; if that does not help, call the town hall.",
    ),
    "S-303": Finding(
        "selection not allowed",
        "The choices do not fit the rules of the contest, so no ballot was made.",
        "Start the visit again.",
    ),
    "S-304": Finding(
        "nobody can be added to the register",
        "This machine has already added as many electors as this vote allows.",
        "Send the person to the town hall; the board decides.",
    ),
    "S-305": Finding(
        "this person is on the register",
        "Someone with this name and date of birth is already on the register, and each person has one vote.",
        "Search for the name again; if it is another person, call the town hall.",
    ),
    "S-306": Finding(
        "this person cannot be the proxy",
        "A proxy is another person on this register who has given none, votes for no more people than the definition "
        "allows, and stands in for someone who holds none.",
        "Type another number, or let the person come and vote.",
    ),
    "S-310": Finding(
        "line of the script is not a visit",
        "No vote was cast from this line; the visits before it are recorded.",
        "Correct the line and run the rest of the script.",
    ),
    "S-311": Finding(
        "vote in doubt",
        "The disk failed while a vote was written; the mark on the register says whether it is recorded.",
        "Run: station run, and look the person up.",
    ),
    # V-3: archive and ballots
    "V-301": Finding(
        "not an archive in canonical form",
        "The file was cut off, changed, or written by another program.",
        "Copy it again from where it was published; if that does not help, do not use it.",
    ),
    "V-302": Finding(
        "record does not match its name",
        "The content of a record was changed after the archive was written.",
        "Copy the archive again from where it was published; if that does not help, it was altered.",
    ),
    "V-303": Finding(
        "broken chain",
        "An event does not follow the one before it, or does not name the documents before it.",
        "Something was added or removed: do not use this archive, ask for the original.",
    ),
    "V-304": Finding(
        "event or document out of turn",
        "The events of this archive are not in the one order that a vote has.",
        "Do not use this archive: ballots can hide behind a wrong order.",
    ),
    "V-305": Finding(
        "record in another form",
        "At best the record means the same as the right one, and at worst something else.",
        "Ask for the archive as the count wrote it; do not use this one.",
    ),
    "V-306": Finding(
        "record too large",
        "No vote within the limits of this program makes a record of this size.",
        "Do not use this archive; ask who made it.",
    ),
    "V-307": Finding(
        "archive at another stage",
        "It has not come as far as this step needs, or has already gone beyond it.",
        "Use the archive that belongs to this step of the count.",
    ),
    "V-310": Finding(
        "election in another form",
        "The question that ballots answer is not written as this program writes it.",
        "Do not count this archive; compare the contest with the sealed file.",
    ),
    "V-311": Finding(
        "trustees' proofs do not hold",
        "A key may belong to nobody, or to somebody who chose it to take over the joint key.",
        "Do not vote or count with these keys; the trustees' ceremony has to be held again.",
    ),
    "V-312": Finding(
        "not the trustees' key",
        "Ballots are locked for somebody other than the trustees who are named.",
        "Do not vote or count with this archive; report it to the count board.",
    ),
    "V-313": Finding(
        "list of credentials in another form",
        "A credential is there twice, out of order, with a weight, or is not a credential.",
        "Do not count this archive; compare the list with the enrolments.",
    ),
    "V-320": Finding(
        "not a ballot in canonical form",
        "A part of the ballot is missing, superfluous, or spelt in another way.",
        "Do not count this archive; the machine that made the ballot has to be examined.",
    ),
    "V-321": Finding(
        "ballot proves nothing",
        "A proof or the signature of a ballot does not hold, so that it could hide more than one vote.",
        "Do not count this archive; the machine that made the ballot has to be examined.",
    ),
    "V-322": Finding(
        "credential not on the list",
        "The ballot was made by a machine that nobody enrolled.",
        "Do not count this archive; find out where the ballot comes from.",
    ),
    "V-323": Finding(
        "second ballot with the same credential",
        "Two ballots stand for one visit.",
        "Do not count this archive; the machine of this credential has to be examined.",
    ),
    "V-324": Finding(
        "ballots out of order",
        "Ballots must be in the order of their trackers, so that nothing shows when they were cast.",
        "Do not use this archive; ask for it as the count wrote it.",
    ),
    "V-330": Finding(
        "encrypted total with other counts",
        "The encrypted total does not have the form or the number of ballots that this contest has.",
        "Do not decrypt it; the count has to be made again from the boxes.",
    ),
    "V-331": Finding(
        "encrypted total is not the sum of the ballots",
        "Ballots were left out, or votes were added afterwards.",
        "Do not decrypt it; keep the file as evidence and make the count again from the boxes.",
    ),
    "V-332": Finding(
        "shuffled where it should not be, or not shuffled where it should",
        "Ballots that are opened one by one are shuffled by everyone who opens them; those that are added are not.",
        "Do not use this archive; ask for it as the count wrote it.",
    ),
    "V-333": Finding(
        "shuffle that does not fit",
        "It has another form, or comes from somebody whose turn it is not.",
        "Ask the trustee for a shuffle of the archive as it stands now.",
    ),
    "V-334": Finding(
        "proof of a shuffle does not hold",
        "Ballots may have been exchanged while they were shuffled.",
        "Do not open this contest; keep the file as evidence and let another trustee shuffle.",
    ),
    "V-335": Finding(
        "shuffles that nobody signed",
        "The shuffles of the archive are not exactly those that the trustees signed.",
        "Do not open this contest; ask the town hall and the trustees for their files.",
    ),
    # V-5: decryption and result
    "V-501": Finding(
        "decryption in another form",
        "It belongs to no trustee, is there twice, or is not written as it should be.",
        "Ask the trustee to make it again from the same archive.",
    ),
    "V-502": Finding(
        "decryption proves nothing",
        "Nothing shows that the trustee's own key made it from this total.",
        "Ask the trustee to make it again; if that does not help, do without this trustee.",
    ),
    "V-503": Finding(
        "second proof of a decryption does not hold",
        "The proof that ties the decryption to this very total is missing or false.",
        "Do not accept the result; keep the file as evidence and ask the trustee for a new decryption.",
    ),
    "V-504": Finding(
        "not enough decryptions",
        "Fewer trustees took part than the vote was set up for.",
        "Ask another trustee for a decryption.",
    ),
    "V-505": Finding(
        "result is not what the decryptions give",
        "The published figures were changed or miscounted.",
        "Do not announce them; make the result again from the decryptions.",
    ),
    "V-506": Finding(
        "fewer trustees could have opened the box",
        "The keys allow an opening by fewer trustees than the definition says.",
        "Do not use this sealed file; ask the authority how the keys were made.",
    ),
    # K-1: secrets at rest
    "K-101": Finding(
        "it does not open",
        "The passphrase or the cards are wrong, or the file was damaged; nothing was changed.",
        "Try again; if several tries fail, take the file from its safe copy.",
    ),
    "K-102": Finding(
        "it was not sealed to you",
        "The file was made for another machine or person, or was changed on the way.",
        "Ask for the file that was made for you.",
    ),
    "K-105": Finding(
        "not a key that can be sealed to",
        "Nothing that is sealed to it would be secret.",
        "Ask for a new enrolment of that machine, made with this program.",
    ),
    # T-101 to T-119: boxes and other files from sticks
    "T-101": Finding(
        "not a plain file",
        "It is a link, a folder or a device; a station writes plain files only.",
        "Stop using this stick; ask the station to export again to another one.",
    ),
    "T-102": Finding(
        "file of an impossible size",
        "It is empty, larger than this vote allows, or it changed while it was read.",
        "Read the stick again; if that does not help, export again from the machine.",
    ),
    "T-103": Finding(
        "not a box in canonical form",
        "The file was cut off, damaged, or written by another program.",
        "Export the box again from the machine; nothing of this one is counted.",
    ),
    "T-104": Finding(
        "file with other content than a box",
        "It is a database, but its tables are not those of a box.",
        "Check that the right file was chosen; if so, export again and keep this stick as evidence.",
    ),
    "T-105": Finding(
        "damaged box",
        "Some of its pages cannot be read, so that ballots could be missing.",
        "Export the box again from the machine, to another stick; nothing of this one is counted.",
    ),
    "T-106": Finding(
        "ballot of the wrong shape",
        "No machine of this vote writes such a ballot.",
        "Check that the box belongs to this vote; if so, export again and keep this stick as evidence.",
    ),
    "T-107": Finding(
        "ballot twice or out of order",
        "A box holds each ballot once, sorted; this one was altered after it was written.",
        "Export the box again from the machine and keep this stick as evidence.",
    ),
    "T-108": Finding(
        "more ballots than the machine can cast",
        "It holds more ballots than the machine has credentials.",
        "Keep this stick as evidence and tell the board; export again from the machine.",
    ),
    "T-109": Finding(
        "box that cannot be read to the end",
        "Reading took more time or memory than any box needs; it may be an attack on this computer. Nothing of "
        "it was kept.",
        "Do not try it in another program; keep this stick as evidence and export again.",
    ),
    "T-110": Finding(
        "stray file beside the box",
        "Another program had the box open, or somebody wants a program to alter it when it is opened.",
        "Do not open the stick in another program; export again, or copy the box alone to an empty stick.",
    ),
    # S-12: officers' cards
    "S-120": Finding(
        "wrong group",
        "This group of the card was mistyped, or belongs in another place.",
        "Read that group again on the card and type it once more.",
    ),
    "S-121": Finding(
        "not a card",
        "What was read does not have the length or the content of a card.",
        "Show the code of the card, or type its eight groups from the start.",
    ),
    # T-4: count, files of votes
    "T-401": Finding(
        "figures that contradict each other",
        "These votes cannot have come from these ballots, so nothing can be counted from them.",
        "Compare the figures with where they were made.",
    ),
    "T-402": Finding(
        "decision that fits no tie",
        "A decision must name a step where the count stopped and exactly the options that are tied there.",
        "Count without it, read who is tied, and record the decision for that step.",
    ),
    "T-403": Finding(
        "rule that cannot be counted in this way",
        "The rule, its parameters and the ballots of this contest do not go together.",
        "Correct the parameters, or choose a rule for this form of ballot.",
    ),
    "T-411": Finding(
        "file of votes that cannot be read",
        "A line does not have the form that this kind of file needs; none of it was used.",
        "Correct the line named, or export the file again.",
    ),
    "T-412": Finding(
        "file of votes that contradicts itself",
        "What the file says about its votes is not what it holds; none of it was used.",
        "Ask whoever made the file which of the two is right.",
    ),
    "T-413": Finding(
        "amount that is not whole",
        "Money is counted in whole units of the currency, so that no rounding can change a result.",
        "Write the amount in whole units; 400000.0 is whole, 400000.5 is not.",
    ),
    # T-5: definition
    "T-501": Finding(
        "definition that cannot be used",
        "Nothing was made from it; every place that has to be corrected is named.",
        "Correct the places named in the file and run the command again.",
    ),
    "T-502": Finding(
        "votes of a form that cannot be turned into a definition",
        "So far, a definition can be made only from files of approval votes.",
        "Write the definition file by hand, or choose a file of approval votes.",
    ),
    # T-6: rolls
    "T-601": Finding(
        "list of electors that cannot be used",
        "None of it was taken in; every line that has to be corrected is named.",
        "Correct the lines named, in the file or where it was exported from, and run the command again.",
    ),
    # T-701 to T-709: codes in pictures
    "T-701": Finding(
        "file too large",
        "A picture or a scan of these papers is smaller; it was not opened.",
        "Photograph or scan only the paper with the code, at 150 to 300 dots per inch.",
    ),
    "T-702": Finding(
        "picture too large",
        "It has more pixels than any camera of today gives; it was not unpacked.",
        "Take the picture again with ordinary settings.",
    ),
    "T-703": Finding(
        "too many pages",
        "Nothing that this program prints has so many.",
        "Hand in only the pages with the codes.",
    ),
    "T-704": Finding(
        "no code found",
        "The picture could be opened, but no square code in it could be read.",
        "Lay the paper flat, come closer, avoid shadows and take the picture again, or type the text.",
    ),
    "T-705": Finding(
        "neither a picture nor a PDF",
        "The file is of another kind, damaged or locked by a password.",
        "Hand in a PNG, a JPEG or a PDF without a password.",
    ),
    "T-706": Finding(
        "picture or PDF that cannot be read to the end",
        "Reading took more time or memory than any paper of ours needs; it may be an attack on this computer. "
        "The reader was stopped, and nothing of the file was kept.",
        "Do not open it in another program: photograph or scan the code on the paper instead.",
    ),
    # T-711 to T-729: papers and codes that anyone checks
    "T-711": Finding(
        "not a code of ours",
        "What was handed in is not one of our codes, square or typed.",
        "Hand in the paper's square code, or type its 8 or 16 characters again.",
    ),
    "T-712": Finding(
        "forged",
        "The signature is not by the machine or person it names: it was made by somebody else, or changed.",
        "Keep the paper and show it to the observers; it proves nothing about the vote.",
    ),
    "T-713": Finding(
        "of another election",
        "It names another sealed file than the public folder.",
        "Take the public folder of the election that stands on the paper.",
    ),
    "T-714": Finding(
        "rehearsal and vote are mixed",
        "Papers of a rehearsal say nothing about the vote, and those of the vote nothing about a rehearsal.",
        "Take the public folder that belongs to the paper.",
    ),
    "T-715": Finding(
        "not published yet",
        "The signature holds, but what the paper is compared with is not in the public folder.",
        "Keep the paper and check it again after the publication.",
    ),
    "T-716": Finding(
        "ballot missing",
        "A machine signed that it recorded a ballot, and the ballot is not in the box it closed.",
        "Keep the receipt, show it to the observers and the board: it is evidence.",
    ),
    "T-717": Finding(
        "the published box is not the one that was closed",
        "Ballots of this machine were added, left out or exchanged after it signed its closing report.",
        "Run: tally verify. Ask for the paper closing report and its digest.",
    ),
    "T-718": Finding(
        "check code of other ballots",
        "The ballots in the box are not those that the machine had fixed on the slip.",
        "Keep slip and receipt: they are evidence against the machine.",
    ),
    "T-719": Finding(
        "signed nonsense",
        "The signature holds, but what is signed cannot be true of this vote.",
        "Keep the paper: it is evidence against whoever signed it.",
    ),
    "T-720": Finding(
        "code not found",
        "Nothing that is published has this code.",
        "Type it again; if that does not help, check the square code of the receipt.",
    ),
    "T-721": Finding(
        "check code not found",
        "No published ballot was fixed under this check code.",
        "A void slip is not found; otherwise keep it as evidence, with the receipt.",
    ),
    "T-722": Finding(
        "check code cannot be looked up",
        "It binds several ballots of a visit, and looking it up would link them.",
        "Check the square code of the receipt, which holds all of them.",
    ),
    "T-723": Finding(
        "differs from what is published",
        "The paper is genuine, and the published files say something else.",
        "Keep the paper and show it to the observers: two versions were signed.",
    ),
    "T-724": Finding(
        "result differs from its archive",
        "The result that was signed is not what the archive of the ballots says.",
        "Run: tally verify. Show the result to the observers.",
    ),
    "T-725": Finding(
        "the machine lied",
        "The code that it had fixed is not that of the choices that it shows.",
        "Keep slip and sheet; the board stops this machine and compares.",
    ),
    "T-726": Finding(
        "an opened ballot was counted",
        "A ballot that was opened as a check stands in an archive: fraud by the machine.",
        "Keep the sheet and show it to the board, the observers and the count board.",
    ),
    "T-727": Finding(
        "slip and sheet differ",
        "The machine printed one code before the choice was made to check it, and another after.",
        "Keep slip and sheet; the board stops this machine and compares.",
    ),
    "T-728": Finding(
        "published files changed",
        "The public folder is not the one that the town hall signed.",
        "Take the folder again from where it is published; run: tally verify.",
    ),
    "T-729": Finding(
        "box left out",
        "A published decision leaves the box of this station out of the count.",
        "Read the decision; objections go to the board.",
    ),
    # V-2: manifest and roles
    "V-201": Finding(
        "the sealed file does not say what it should",
        "What it binds differs from what was defined or handed in.",
        "Do not use it; ask the authority, and compare fingerprints with the poster.",
    ),
    "V-202": Finding(
        "handed in wrongly",
        "A machine, trustee or board member is missing, there twice, or not as the definition says.",
        "Fetch the missing file, or take the wrong one out, and run the command again.",
    ),
    "V-203": Finding(
        "credentials are not sound",
        "The public credentials of the machines must be valid and all different.",
        "Enrol this machine again; it makes new credentials.",
    ),
    "V-204": Finding(
        "not a machine of this vote",
        "The sealed file does not name it.",
        "Check the name; a machine that enrolled late needs a new sealed file.",
    ),
    "V-205": Finding(
        "the two sealed files are not a pair",
        "A vote and its rehearsal name each other, so that neither can be exchanged.",
        "Take both from the same sealing.",
    ),
    "V-206": Finding(
        "a trustee's key is not sound",
        "The proof that the trustee holds the key, or the joint key, does not hold.",
        "Ask the trustees to make their files again.",
    ),
    "V-207": Finding(
        "signer unknown",
        "The sealed file names nobody with this role and number.",
        "The file belongs to another vote, or to a sealed file that was replaced.",
    ),
    "V-208": Finding(
        "file missing",
        "Without it the vote cannot be checked.",
        "Copy the whole folder again.",
    ),
    "V-209": Finding(
        "confirmation does not match",
        "The signer confirmed another sealed file, or other keys than this one holds.",
        "Compare fingerprints with the signer before anything is opened.",
    ),
    "V-210": Finding(
        "not confirmed",
        "A machine or trustee has not confirmed that the sealed file holds what it handed in.",
        "Fetch the confirmation, or find out why it is withheld.",
    ),
    # V-4: reports
    "V-401": Finding(
        "reports do not follow each other",
        "Each report of a machine must name the one before it.",
        "Compare with the signed paper reports; the board decides.",
    ),
    "V-402": Finding(
        "two reports where there can be one",
        "The machine signed two different openings or closings.",
        "Suspend the station; the board decides with the paper reports in hand.",
    ),
    "V-408": Finding(
        "more electors added than the definition allows",
        "People voted whom nobody had put on the register.",
        "Suspend the station; the board decides with the paper list and the minutes in hand.",
    ),
    "V-410": Finding(
        "impossible number of votes by proxies noted at the desk",
        "The machine reports votes by proxies that its officers noted, where the definition lets them note none, or "
        "more of them than people voted there.",
        "Suspend the station; the board decides with the paper list and the minutes in hand.",
    ),
    "V-409": Finding(
        "impossible figures of the register",
        "The machine reports more electors than its station has, another register than at its opening, or more "
        "marks than electors.",
        "Suspend the station; the board decides with the signed paper reports in hand.",
    ),
    "K-103": Finding(
        "this contest was opened before with other ballots",
        "Two totals that differ by a few ballots would show what those ballots say.",
        "Stop, and ask the board why there is a second request; only a published decision can allow it.",
    ),
    "K-104": Finding(
        "the memory of what was opened is damaged",
        "Without it nobody knows what this trustee has opened already.",
        "Take the trustee's stick or its safe copy, and let the board know; without one: keys memory --begin-anew.",
    ),
    "K-106": Finding(
        "another vote than the one on the poster",
        "This board member has already compared the poster of another sealed vote.",
        "Compare the fingerprints; if the vote was sealed anew, remove the file seen-official from the folder.",
    ),
    "K-107": Finding(
        "not a thing that a board signs",
        "Board members sign decisions and results of the authority, and nothing else.",
        "Ask the town hall for the file in decisions/ or results/.",
    ),
    # K-110 to K-119: the key ceremony, and what a trustee does with the key
    "K-110": Finding(
        "a message of the key ceremony does not hold",
        "It was changed on the way, or this trustee's program made it wrongly; no key may rest on it.",
        "Ask this trustee for the file again; if that does not help, begin the ceremony anew.",
    ),
    "K-111": Finding(
        "a message of the key ceremony is missing",
        "Every trustee speaks in every round, or there is no common key.",
        "Bring the files of all trustees named here on the stick, and run the same command again.",
    ),
    "K-112": Finding(
        "a trustee's message is not the same for everybody",
        "Somebody exchanged it on the way, or this trustee said two different things.",
        "Compare the files with this trustee in person; if they differ, begin the ceremony anew.",
    ),
    "K-113": Finding(
        "a message in this trustee's own name that it never made",
        "Somebody else speaks for this trustee.",
        "Stop, tell the other trustees, and find out where the file on the stick came from.",
    ),
    "K-114": Finding(
        "the key does not open what is sealed to the vote",
        "This trustee's key does not belong to the sealed vote, or the part was changed on the way.",
        "Take the trustee's stick or its safe copy; if that does not help, the vote needs to be sealed anew "
        "before the day.",
    ),
    "K-115": Finding(
        "another vote than the one that this trustee confirmed",
        "A trustee confirms one sealed vote, or the one that replaces it, and opens no other.",
        "Compare the poster with what you confirmed, and ask the board where the other one comes from.",
    ),
    "V-340": Finding(
        "archive of another vote",
        "The archive holds together, but it is not the one that the sealed file binds.",
        "Take the archive from the folder of this vote.",
    ),
    "V-403": Finding(
        "machine neither closed nor left out",
        "Counting without it would leave out its voters unnoticed, or open the box before the end.",
        "Import its box, or let the board decide to leave it out, before anything is opened.",
    ),
    "V-404": Finding(
        "ballots are not those of the closing report",
        "Ballots were added, left out or exchanged after the station had closed.",
        "Compare with the signed paper report, and import the box again.",
    ),
    "V-405": Finding(
        "ballots of a machine that takes no part",
        "A machine that never closed, or was left out by a decision, has ballots in the archive.",
        "Make the archives again without it, or decide on the machine first.",
    ),
    "V-406": Finding(
        "too few ballots to be opened",
        "A total of few ballots could show how somebody voted.",
        "The board decides, in writing, before the count: tally decide few-ballots.",
    ),
    "V-407": Finding(
        "the request does not fit",
        "What the authority asks to open is not what the folder holds.",
        "Ask for a new request, and for the whole folder.",
    ),
    # V-6: publication
    "V-601": Finding(
        "not a file of a public folder",
        "Only the files of a public folder belong there, each a plain file of moderate size.",
        "Take the folder from where it was published.",
    ),
    "V-602": Finding(
        "another fingerprint than the one given",
        "This folder belongs to another vote, or to a sealed file that was exchanged.",
        "Read the fingerprint on the poster again; if it differs, do not trust this folder.",
    ),
    "V-603": Finding(
        "not as it was published",
        "The file was changed, left out or added after the publication was signed.",
        "Take the folder again from where it was published; if that does not help, ask the authority.",
    ),
    "V-604": Finding(
        "contests of one ballot style have different numbers of ballots",
        "Every visit casts one ballot in each contest of its style, so ballots were added or left out.",
        "Compare with the signed paper report of the machine; the board decides.",
    ),
    "V-605": Finding(
        "decided after the opening was requested",
        "What is left out or opened must be settled before anybody can know a result.",
        "Ask the board why the decision came late; the opening rests on other papers.",
    ),
    "V-606": Finding(
        "decision about nothing of this vote",
        "The contest, machine or option that it names does not exist.",
        "Ask the authority for the right decision.",
    ),
    "V-607": Finding(
        "decryption is not the one the trustee signed",
        "What stands in the archive and what the trustee handed in differ.",
        "Ask the trustee what was handed in; do not trust this result before that is known.",
    ),
    "V-608": Finding(
        "a ballot that was opened to check the machine is among those cast",
        "The machine counted a ballot that nobody cast: this is fraud or a serious fault.",
        "Keep the checked ballot and the folder as evidence and tell the board.",
    ),
    "V-609": Finding(
        "checked ballot that cannot be made again",
        "The machine had prepared other ballots than it showed: this is fraud or a serious fault.",
        "Keep the checked ballot with its printed check code as evidence and tell the board.",
    ),
    "V-610": Finding(
        "the result is not what counting gives",
        "The signed result says something else than the opened totals counted by the rule of the contest.",
        "Count again: tally count; ask the authority which decisions it used.",
    ),
    "V-611": Finding(
        "tie that is neither decided nor stated",
        "The result must name every tie it met, with the signed decision where there is one.",
        "Ask the authority for the decision on this tie.",
    ),
    "V-612": Finding(
        "table of results differs",
        "The file is not the one that the results give; a table by another program version may differ in form "
        "only.",
        "Trust the signed results, and compare the figures in the table with them.",
    ),
    "V-613": Finding(
        "list of trackers differs",
        "The list is not that of the ballots in the archive, so receipts would be looked up in vain.",
        "Make the list from the archive, and ask the authority where this one comes from.",
    ),
    "V-614": Finding(
        "the minutes say something else",
        "The codes in the minutes are not exactly the signed results of the folder, or the foot of a page names other "
        "tables than results.json.",
        "Compare with the minutes signed on paper; the board decides.",
    ),
    "V-615": Finding(
        "the three figures differ and nobody decided",
        "Electors marked, ballots in the box and signatures on paper must be the same number at each machine.",
        "Ask the board for its decision on this machine.",
    ),
    "V-616": Finding(
        "ballots of a form that is not verified",
        "This program cannot judge ballots of this form.",
        "Take a newer version of the program.",
    ),
    "V-621": Finding(
        "count on paper that does not hold",
        "Its figures contradict each other, or it is not the one that was decided, or machines voted there too.",
        "Ask the authority for the papers of that station.",
    ),
    "V-622": Finding(
        "result without the signatures it needs",
        "The vote asks that members of the board sign each result, and some have not.",
        "Ask the authority for their signatures; until then the result is not certified.",
    ),
    "V-623": Finding(
        "another box than the one that the board decided on",
        "Two different boxes of this machine came in, and the one that was counted is not the one decided on.",
        "Do not trust this result before the board has explained it.",
    ),
    "V-624": Finding(
        "opened twice without a decision that allows it",
        "Two totals that differ by few ballots show what those ballots say.",
        "Ask the board and the trustees why a second opening was requested.",
    ),
    "V-625": Finding(
        "the page says something else",
        "The page is not the one that follows from the papers; another version of the program writes other words.",
        "Do not rely on the page; rely on the other steps, or verify with the version that the publication names.",
    ),
    "V-628": Finding(
        "list of trackers of something else",
        "Not one tracker of the list is in the archive: it is of another contest, the rehearsal or another vote.",
        "Put the list of this contest in its place, and ask the authority how the other came there.",
    ),
    "V-626": Finding(
        "an opening that a trustee remembers is left out",
        "Two totals that differ by few ballots show what those ballots say; somebody may know the other one.",
        "Ask authority and trustee for the earlier request, its answers and its decision; rely on nothing yet.",
    ),
    "V-627": Finding(
        "a trustee does not know what it opened before",
        "Its memory was lost and begun anew, so it cannot say that nothing else was opened.",
        "Rely on the other trustees' statements, and ask the board when and how the memory was lost.",
        Severity.WARNING,
    ),
    # S-1: machine and cards
    "S-101": Finding(
        "card of another machine",
        "The card does not belong to this machine, or not to this vote or rehearsal.",
        "Take the card of this machine; the name of the station is on its envelope.",
    ),
    "S-102": Finding(
        "the same card twice",
        "The cards of two people are needed, so that nobody opens alone.",
        "Ask another officer for another card.",
    ),
    "S-103": Finding(
        "not the package of this machine",
        "The package does not hold what this machine enrolled with.",
        "Take the package with this machine's name from the stick.",
    ),
    "S-104": Finding(
        "nothing loaded yet",
        "The machine has enrolled, but the file of the town hall is not in it.",
        "Run: station load, with the stick of the town hall.",
    ),
    "S-105": Finding(
        "not possible now",
        "This cannot be done at this point of the machine's day.",
        "Run: station status. It names the next step.",
    ),
    "S-106": Finding(
        "a real vote is not cast from a script",
        "Scripts are for rehearsals and demonstrations only.",
        "Use the screen: station run.",
    ),
    "S-107": Finding(
        "the register is not the one that was sealed",
        "Its digest differs from the sealed file.",
        "Ask the town hall for this machine's package again.",
    ),
    "S-108": Finding(
        "incident that cannot be noted",
        "It must say something, in at most 400 characters, without control characters.",
        "Write it again, shorter and in plain characters.",
    ),
    "S-109": Finding(
        "sealed file that comes too late, or is not a newer one",
        "A machine that has opened keeps its sealed file; before that, only one with a higher number replaces "
        "it.",
        "Compare the number and the fingerprint with the poster, and call the town hall.",
    ),
    "S-110": Finding(
        "card of the rehearsal in the vote, or the other way round",
        "A machine has separate cards for each; this one opens the other.",
        "Take the card that is marked for what you are doing now.",
    ),
    "S-111": Finding(
        "keys of the rehearsal in the place of the vote's, or the other way round",
        "The two files were exchanged in the folder of this machine.",
        "Open nothing; call the town hall.",
    ),
    "S-112": Finding(
        "line of the readiness check that stops the opening",
        "The station cannot be opened while this line is as it is.",
        "Do what the line says, then check again.",
    ),
    "S-113": Finding(
        "text that names somebody on the register",
        "It would be printed, posted on the door and published.",
        "Write it without names. If it is no name, give --anyway.",
    ),
    "S-131": Finding(
        "not a copy that this machine can take over",
        "The stick holds no copy of a machine of this station, this vote and this sealed file.",
        "Take the stick that was in the machine that stopped, and the spare of the same station.",
    ),
    "S-132": Finding(
        "copy on the stick damaged",
        "The copy on the stick is not whole, so the box of the machine that stopped cannot be closed from it.",
        "Keep the stick and the machine that stopped; its disk may still be read. The board decides.",
    ),
    "S-133": Finding(
        "copy of the rehearsal on the stick, or the other way round",
        "The copy on the stick was made in the one, and this machine is working in the other.",
        "Look for the copy of the vote: its folder is named official.",
    ),
    "S-141": Finding(
        "the box has never been copied to a stick",
        "It may be the only copy there is; nothing was destroyed.",
        "Copy it first: station export.",
    ),
    # T-111 to T-2: boxes and the vote they belong to
    "T-111": Finding(
        "box without its reports",
        "A box is imported together with the opening and closing reports that lie beside it.",
        "Copy the whole folder of the machine from the stick.",
    ),
    "T-112": Finding(
        "box is not the one of its closing report",
        "The file was changed after the station had closed, or belongs to another closing.",
        "Export it again from the machine and compare with the signed paper report.",
    ),
    "T-113": Finding(
        "a ballot that this machine cannot have cast",
        "Its credential, its tracker or one of its proofs does not hold.",
        "Keep the stick as evidence and tell the board; nothing of this box is counted.",
    ),
    "T-114": Finding(
        "box of the rehearsal in the vote, or the other way round",
        "Every paper beside it belongs to the other; nothing of it is counted.",
        "Look for the box of the vote on the stick, or ask the station for it.",
    ),
    "T-201": Finding(
        "two different boxes of one machine",
        "The station is suspended: neither box is accepted.",
        "The board decides, with the signed paper report in hand: tally decide.",
    ),
    "T-203": Finding(
        "the three figures differ",
        "Electors marked, ballots in the box and signatures on paper must be the same number.",
        "Count the paper list again; if they still differ, record a decision: tally decide figures.",
    ),
    "T-204": Finding(
        "the count has begun",
        "What is being opened can no longer change.",
        "A box that comes now needs a decision of the board: tally decide late-box.",
    ),
    "T-208": Finding(
        "the board decided for the other box",
        "Two different boxes of this machine came in, and this is the one that does not count.",
        "Bring the box whose digest the decision names.",
    ),
    "T-209": Finding(
        "a box that comes late",
        "The count has begun, and the machine was left out of it by a decision.",
        "If the board takes it in: tally decide late-box, then import, then tally request --again.",
    ),
    "T-205": Finding(
        "not enough trustees",
        "The decryptions that are in are fewer than the vote needs.",
        "Ask another trustee to run: keys decrypt.",
    ),
    "T-206": Finding(
        "nothing to do yet",
        "An earlier step of the count is missing.",
        "Run: tally status. It names the next step.",
    ),
    "T-301": Finding(
        "a tie waits for a decision",
        "The votes do not decide between equals, and the count stops there.",
        "Draw the lot in public, or apply the rule, and record it: tally decide tie.",
    ),
    "T-302": Finding(
        "the decision does not fit",
        "It must be about something still undecided, and name exactly what is tied.",
        "Run: tally count. It names the step and the options.",
    ),
    "T-304": Finding(
        "the two who typed do not agree",
        "A count on paper is taken only when two people type the same figures.",
        "Look at the paper for the lines named, and type them again: tally paper.",
    ),
    "T-305": Finding(
        "not a station on paper",
        "A count on paper takes the place of the machines' ballots, and is never added to them.",
        "Leave out the machines of the station first: tally decide exclusion.",
    ),
    "T-306": Finding(
        "text that names somebody on the register",
        "Reasons are published, and stand in the minutes.",
        "Write it without names. If it is no name, give --anyway.",
    ),
    "T-603": Finding(
        "register longer than defined",
        "The station has fewer places for ballots than electors.",
        "Raise `electors` in the definition and start again, or correct the register.",
    ),
    "T-207": Finding(
        "an elector marked on two machines",
        "The same person seems to have voted twice at one station.",
        "Compare the paper lists; the board decides and writes it down: tally decide figures.",
    ),
    "T-210": Finding(
        "marks that the register does not have",
        "A machine marked a line that is struck off, a number of nobody, or more added electors than were reported.",
        "Compare the paper lists page by page: tally marks. The board decides and writes it down: "
        "tally decide figures.",
    ),
    "T-211": Finding(
        "an elector added on two machines",
        "Both machines count this person, so that the station has one elector too many. No vote is counted twice.",
        "Compare the paper lists; the board decides and writes it down: tally decide figures.",
    ),
    # T-8: unusual, not refused; and the officer's app
    "T-801": Finding(
        "many blank ballots",
        "People may have meant it, or the screen or the question was not understood.",
        "Ask the stations how the question was received, and note it in the minutes.",
        Severity.WARNING,
    ),
    "T-802": Finding(
        "the figures of a machine are not the same number",
        "Marks, ballots and signatures count the same visits; a difference is a slip of the pen or a stuffed box.",
        "Count the signatures on the paper list again; what remains is decided and signed before certifying.",
        Severity.WARNING,
    ),
    "T-803": Finding(
        "turnout far from that of the other stations",
        "It may be a lively neighbourhood, a wrong register, or ballots that nobody cast.",
        "Compare register and paper list of this station with its closing report.",
        Severity.WARNING,
    ),
    "T-804": Finding(
        "nearly everyone on the register voted",
        "Somebody has always moved or is away, so this is rare in an honest vote.",
        "Compare the signatures on the paper list with the register, name by name.",
        Severity.WARNING,
    ),
    "T-805": Finding(
        "opened far from the announced time",
        "People may have found it closed, or the clock of the machine was wrong.",
        "Ask the officers of the station, and note the reason in the minutes.",
        Severity.WARNING,
    ),
    "T-806": Finding(
        "closed far from the announced time",
        "People may have been turned away, or ballots were cast when nobody looked; or the clock was wrong.",
        "Ask the officers of the station, and note the reason in the minutes.",
        Severity.WARNING,
    ),
    "T-811": Finding(
        "the copy differs from the folder",
        "The copy was read back, and is not what was written: the disk or stick is failing. The folder itself "
        "is safe.",
        "Throw this copy away and make another one on another stick.",
    ),
    "T-890": Finding(
        "the program stopped because of a fault of its own",
        "What was done before is kept; what was being done is either whole or not there. No passphrase was written.",
        "Run: tally run. If it stops again at the same place, use the commands, and report the fault.",
    ),
    "S-901": Finding(
        "the voting screen stopped",
        "It is a fault of the program, not of an officer; what was recorded is safe, and the restart shows "
        "whether the last vote was.",
        "Start again with two cards; if it happens again, call the town hall and tell them the code.",
    ),
}
