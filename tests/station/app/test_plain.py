"""Plain mode: the same questions as numbered lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.paper.crockford import ALPHABET
from station.checks.readiness import Point
from station.faces.face import OfficeFace
from station.officers.office import Office
from station.visits.stages import Stage
from tests.simulator.lines import Person, Reader, read_through
from tests.simulator.ready import OPEN_LINE, line_of
from tests.simulator.terminal import PIN
from tests.station.app.conftest import OCTOBER_4, DeskPrinter

Read = Callable[[Office, Callable[[Reader], Person]], Reader]


@pytest.fixture
def read() -> Read:
    """Lets a person read and type; what they do is a function of what they see."""

    def run(office: Office, person: Callable[[Reader], Person]) -> Reader:
        reader = Reader()
        read_through(OfficeFace(office, lambda: OCTOBER_4), reader, person(reader))
        return reader

    return run


def stage(office: Office) -> Stage:
    assert office.session is not None
    return office.session.stage


def opened(cards: tuple[Card, ...], reader: Reader) -> Person:
    yield "1"
    assert f"{line_of(Point.LIST)}) À FAIRE Liste d'émargement papier" in reader.flat
    yield from (line_of(Point.LIST), OPEN_LINE)
    for number, card in enumerate(cards[:2], start=1):
        yield card.text
        assert f"carte {number} lue" in reader.flat
        assert card.text not in reader.seen
    yield PIN
    yield PIN
    assert PIN not in reader.seen
    yield "1"
    assert "L'urne est vide." in reader.seen


def to_the_booth(number: str) -> Person:
    yield number
    yield "2"
    yield "1"
    yield "1"


def test_a_whole_day(
    office: Office, cards: tuple[Card, ...], printer: DeskPrinter, tmp_path: Path, read: Read
) -> None:
    def person(reader: Reader) -> Person:
        yield from opened(cards, reader)
        yield "1"
        yield "132"
        assert "2) n° 132 DUPONT Marie, n'a pas encore voté" in reader.flat
        yield from ("2", "1", "1")
        assert "DUPONT" not in reader.seen
        assert "1) Clarifier les priorités à la sortie de la rue Réclusane, 40 000 €" in reader.flat
        yield from ("1", "3")
        assert "3) Faciliter la traversée des allées Charles de Fitte, choisi, 80 000 €" in reader.flat
        yield "5"
        assert "Rien n'est encore enregistré." in reader.seen
        yield from ("2", "1")
        assert "Clarifier" not in reader.seen
        yield "2"
        assert "Ces choix ne sont PAS comptés." in reader.seen
        yield from ("1", "1", "2", "5", "2", "1", "1")
        assert "Votre vote est enregistré. Merci." in reader.seen
        yield "p"
        assert "Votre reçu s'imprime." in reader.seen
        yield from ("1", PIN)
        assert "n° 132 DUPONT Marie" in reader.flat
        yield "1"
        assert "Votants 1 sur 6" in reader.seen
        yield "f8"
        assert "AVANT l'heure prévue" in reader.flat
        yield from ("plus personne", "4")
        assert "FERMETURE ANNONCÉE" in reader.seen
        yield from ("f8", "1")
        yield from ("", "2", "1", "", "1", "")
        assert "Les trois nombres sont égaux." in reader.seen
        yield from ("1", cards[0].text, cards[1].text, "1")
        assert "Le bureau est fermé." in reader.seen
        yield "1"
        assert "Vous pouvez retirer la clé USB." in reader.seen
        yield "1"
        assert "Rien n'est perdu" in reader.flat
        assert not office.finished
        yield "2"

    read(office, person)
    assert office.finished
    assert printer.printed == ["ZERO_REPORT", "slip 1", "sheet", "slip 2", "receipt", "CLOSING_REPORT"]
    assert (tmp_path / "stick" / office.day.export_name / "box.sqlite").exists()


def test_a_page_says_its_choices_by_number_and_what_changed(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        whole = reader.cleared
        yield "1"
        said = reader.seen.rpartition("Numéro, puis Entrée : 1\n")[2]
        assert said.startswith("1) Clarifier les priorités à la sortie de la rue Réclusane, choisi")
        assert "Aire de jeux" not in said
        yield from ("2", "3", "4")
        assert "Vous avez déjà 3 choix. Décochez-en un d'abord." in reader.seen
        yield "9"
        assert "Il n'y a rien sous ce numéro." in reader.seen
        assert reader.cleared == whole
        yield ""
        assert reader.cleared == whole + 1
        assert reader.seen.count(", choisi") == 3
        yield "1"
        assert "rue Réclusane, pas choisi" in reader.flat
        yield "?"
        assert "Tapez le numéro" in reader.seen
        yield "1?"
        assert "Il n'y a rien de plus" in reader.seen

    read(at_desk, person)


def test_a_page_longer_than_the_terminal_waits_to_be_read(at_desk: Office, read: Read) -> None:
    """A console has no rows above the first; a number works before all is said."""

    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        reader.rows = 8
        yield ""
        assert "Numéro, ou Entrée seule pour la suite :" in reader.seen
        assert "Continuer" not in reader.seen
        assert len(reader.seen.splitlines()) <= 8
        yield "5"
        assert "Relisez vos choix." in reader.seen
        yield "b"
        assert "Voter blanc ici" not in reader.seen
        whole = reader.cleared
        yield ""
        assert "Voter blanc ici" in reader.seen
        assert reader.seen.endswith("Numéro, puis Entrée : ")
        assert reader.cleared == whole
        yield "2"
        assert "2) Aire de jeux pour enfants, choisi, 100 000 €" in reader.seen
        yield ""
        assert "Voter blanc ici" not in reader.seen
        assert reader.cleared == whole + 1

    read(at_desk, person)


def test_what_was_said_is_not_said_on_every_page(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from ("132", "2", "1")
        assert "b : revenir" not in reader.seen, "there is nothing to go back to"
        assert "w : appeler un membre du bureau" in reader.seen
        yield "1"
        assert "Toulouse, Votes de quartier   Français" in reader.seen
        assert "b : revenir   l : langue   ? : aide" in reader.seen
        yield "5"
        assert "Toulouse" not in reader.seen
        assert "b : revenir   ? : aide" in reader.seen
        yield ""
        assert "Toulouse, Votes de quartier   Français" in reader.seen
        assert "b : revenir   l : langue   w : appeler un membre du bureau   ? : aide" in reader.seen

    read(at_desk, person)


def test_letters_go_back_and_change_the_language(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from ("132", "2", "1", "b")
        assert "Pour partir sans voter, appelez un membre du bureau." in reader.seen
        yield from ("1", "2", "L", "2")
        assert "You may also vote blank." in reader.seen
        assert "2) Aire de jeux pour enfants, chosen" in reader.seen
        yield from ("5", "b")
        assert "choose 1, 2 or 3" in reader.seen

    read(at_desk, person)


def test_time_covers_the_choices_then_stops(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        yield "1"
        yield 180
        assert "Êtes-vous encore là ?" in reader.seen
        assert "Clarifier" not in reader.seen
        assert reader.seen.count("Appuyez sur une touche pour continuer.") == 1
        yield b"x"
        assert "rue Réclusane, choisi" in reader.flat
        yield from (180, 60)
        assert "Votre vote N'EST PAS enregistré." in reader.seen
        assert stage(at_desk) is Stage.STOPPED
        yield PIN
        assert "Votants 0 sur 6" in reader.seen

    read(at_desk, person)


def test_a_key_begins_the_time_again(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        for _ in range(100):
            yield b"z"
        assert stage(at_desk) is Stage.CHOOSING

    read(at_desk, person)


def test_a_worker_covers_with_a_letter_and_ends_with_the_pin(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        yield from ("1", "w")
        assert "Clarifier" not in reader.seen
        yield "0000"
        assert "Mauvais code." in reader.seen
        yield PIN
        assert PIN not in reader.seen
        assert "Votants 0 sur 6" in reader.seen

    read(at_desk, person)


def test_the_seconds_that_are_left_are_said_twice_more_and_the_pin_is_kept(
    at_desk: Office, read: Read
) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        yield from ("1", "w")
        assert "60 secondes" in reader.seen
        yield PIN[:2].encode()
        yield 30
        assert "30 secondes" in reader.seen
        yield 20
        assert reader.seen.count("10 secondes") == 1
        yield f"{PIN[2:]}\r".encode()
        assert "Votants 0 sur 6" in reader.seen

    read(at_desk, person)


def test_time_that_is_counted_down_ends_the_visit(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        yield from ("1", 180)
        assert "Êtes-vous encore là ?" in reader.seen
        yield 30
        yield 20
        assert stage(at_desk) is Stage.COVERED
        yield 10
        assert stage(at_desk) is Stage.STOPPED

    read(at_desk, person)


def test_what_is_typed_too_early_on_the_code_is_answered(in_booth: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from ("5", "2")
        reader.now -= 2.6
        yield b"1\r"
        assert "Un instant..." in reader.seen
        assert stage(in_booth) is Stage.COMMITTED
        yield "1"
        assert stage(in_booth) is Stage.DECIDING

    read(in_booth, person)


def test_a_pin_is_never_shown_and_enter_alone_does_not_lead_where_it_would_be(
    at_desk: Office, printer: DeskPrinter, read: Read
) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        yield from ("5", "2", "1", "1", "1", "", "n", "3")
        assert printer.printed[-1] == "receipt"
        yield from ("", PIN)
        assert PIN not in reader.seen
        assert stage(at_desk) is Stage.SIGNING

    read(at_desk, person)


def test_a_number_typed_under_those_who_were_found_is_that_of_the_line(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield "dupont"
        assert "2) n° 131 DUPONT Jean" in reader.flat
        assert "Numéro au début de la ligne, ou un autre nom :" in reader.flat
        assert "[ Entrée" not in reader.seen
        yield "garcia"
        assert "n° 134 GARCÍA Inès" in reader.flat
        yield "dupont"
        yield "2"
        assert "Laisser la place à la personne n° 131" in reader.flat

    read(at_desk, person)


def test_wrong_pins_make_wait(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from to_the_booth("132")
        yield from ("5", "2", "1", "1", "1", "0000", "0000", "0000")
        assert "Attendez 15 secondes." in reader.seen
        assert "Membre du bureau, votre code" not in reader.seen
        yield 15
        yield PIN
        assert stage(at_desk) is Stage.SIGNING

    read(at_desk, person)


def test_a_search_is_wiped_after_a_while(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield "dupont"
        assert "14 mars 1958" in reader.seen
        yield 120
        assert "DUPONT" not in reader.seen.upper()

    read(at_desk, person)


def test_what_is_no_number_of_the_desk_is_searched_for(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield "132"
        assert "DUPONT Marie" in reader.seen
        yield "135"
        assert "LE GALL Yann" in reader.seen
        yield "garcia ines"
        assert "GARCÍA Inès" in reader.seen

    read(at_desk, person)


def test_the_letters_of_the_page_work_in_a_field_too(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield "?"
        assert "Tapez le numéro de ce que vous voulez" in reader.flat
        assert "Aucune personne trouvée" not in reader.seen
        yield "f7"
        assert "Noter un incident" in reader.seen
        yield "B"
        assert "Votants 0 sur 6" in reader.seen
        yield "f7"
        assert "0 incident noté" in reader.seen, "the letter was no incident"
        yield "b."
        assert "L'incident est noté." in reader.seen, "what is more than the letter is text"

    read(at_desk, person)


def test_the_desk_says_how_its_keys_are_typed_and_speaks_of_no_arrow(at_desk: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        assert "F6 : tapez f6, puis Entrée" in reader.flat
        yield "?"
        assert "avec Bas" not in reader.flat
        assert "de même pour les autres" in reader.flat
        yield ""

    read(at_desk, person)


def test_a_wrong_group_of_a_card_is_typed_alone(office: Office, cards: tuple[Card, ...], read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield from ("1", line_of(Point.LIST), OPEN_LINE)
        groups = list(cards[0].groups)
        right = groups[3]
        groups[3] = ALPHABET[ALPHABET.index(right[0]) ^ 1] + right[1:]  # such an exchange is always noticed
        yield " ".join(groups)
        assert "Relisez le groupe 4" in reader.flat
        assert "Le groupe 4 seul, les autres restent" in reader.flat
        yield groups[3]
        assert "Le groupe 4 seul, les autres restent" in reader.flat, "it is still wrong"
        yield right.lower()
        assert "carte 1 lue" in reader.flat
        assert right not in reader.seen
        second = list(cards[1].groups)
        second[0] = ALPHABET[ALPHABET.index(second[0][0]) ^ 1] + second[0][1:]
        yield " ".join(second)
        assert "Le groupe 1 seul, les autres restent" in reader.flat
        yield cards[1].text
        assert "carte 2 lue" in reader.flat, "a whole card is taken all the same"

    read(office, person)


def test_early_keys_and_those_after_enter_are_dropped(in_booth: Office, read: Read) -> None:
    def person(reader: Reader) -> Person:
        yield b"5\r2\r"
        assert stage(in_booth) is Stage.REVIEWING
        reader.now -= 2.6  # the next keys come 0.4 seconds after the page
        yield b"2\r"
        assert stage(in_booth) is Stage.REVIEWING
        yield "2"
        assert stage(in_booth) is Stage.COMMITTED

    read(in_booth, person)


HARM = {
    "control keys": bytes(range(1, 32)).replace(b"\r", b"").replace(b"\n", b"") + b"\x1c\x1a\x03\x04",
    "escape sequences": b"\x1b[2J\x1b[3J\x1b]0;title\x07\x1b[A\x1bOP\x1b[[A\x1b[24~\x1bc",
    "no UTF-8": b"\xff\xfe\xc3\x28\xed\xa0\x80\xf0\x90\x80",
    "a megabyte": b"1" * 1_000_000,
    "a scanner": b"ISO11234123412341234\r",
    "a scanner of digits": b"1123412341234\r",
    "a paste": b"\x1b[200~1\r2\r5\r2\r1\r1\r\x1b[201~",
}


@pytest.mark.parametrize("name", HARM)
@pytest.mark.parametrize("page", ["contest", "review", "pin"])
def test_what_nobody_meant_does_nothing(in_booth: Office, read: Read, name: str, page: str) -> None:
    wanted = {"contest": Stage.CHOOSING, "review": Stage.REVIEWING, "pin": Stage.HANDED_BACK}[page]

    def person(reader: Reader) -> Person:
        yield from {"contest": (), "review": ("5",), "pin": ("5", "2", "1", "1", "1")}[page]
        assert stage(in_booth) is wanted
        before = in_booth.question
        for start in range(0, len(HARM[name]), 4096):
            yield HARM[name][start : start + 4096]
        assert stage(in_booth) is wanted
        assert in_booth.question == before
        assert "\x1b" not in reader.seen
        assert len(reader.seen) < 20_000
        yield b"\x15\r"
        yield {"contest": "5", "review": "2", "pin": PIN}[page]
        assert stage(in_booth) is not wanted

    read(in_booth, person)
