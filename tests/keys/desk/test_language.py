"""Sentences, numbers, money and moments in French and English."""

from __future__ import annotations

from fractions import Fraction

import pytest

from keys.desk.catalogue import available, reviewed
from keys.desk.language import Language, placeholders
from keys.findings import Misuse
from tally.definition.vote import LANGUAGES

FR, EN = Language("fr"), Language("en")
NBSP = "\u00a0"


def test_french_and_english_are_there_and_say_who_reviewed_them() -> None:
    assert {"en", "fr"} <= set(available())
    assert reviewed("en") == ""
    assert (FR.name, EN.name) == ("Français", "English")


def test_a_sentence_that_nobody_translated_is_said_in_english() -> None:
    assert FR.say("No such sentence {here}", here=3) == "No such sentence 3"


def test_numbers_and_money_are_written_as_people_write_them() -> None:
    assert FR.money(400_000, "EUR") == f"400{NBSP}000{NBSP}€"
    assert EN.money(400_000, "EUR") == "€400,000"
    assert FR.percent(Fraction(1, 8)) == f"12,5{NBSP}%"
    assert (EN.percent(Fraction(1, 8)), EN.percent(Fraction(0))) == ("12.5%", "0.0%")
    assert FR.number(1204) == f"1{NBSP}204"
    assert EN.say("{count} electors", count=1204) == "1,204 electors"


def test_neighbours_of_one_language_are_told_apart() -> None:
    portugal, occitan, czech = Language("pt"), Language("oc"), Language("cs")
    assert portugal.money(400_000, "EUR") == f"400{NBSP}000{NBSP}€", "as in Portugal, not as in Brazil"
    assert occitan.money(400_000, "EUR") == f"400{NBSP}000{NBSP}€"
    assert occitan.day("1958-03-14") == "14 de març de 1958"
    assert czech.number(12_040) == f"12{NBSP}040"
    assert [czech.say_many("{count} choice", "{count} choices", n) for n in (1, 3, 5)] == [
        "1 volba",
        "3 volby",
        "5 voleb",
    ]


def test_every_language_of_a_definition_has_its_texts() -> None:
    assert set(available()) == set(LANGUAGES)
    assert {Language(code).name for code in available()} >= {"Deutsch", "Čeština", "Română", "Eesti"}


def test_moments_are_local() -> None:
    july = 1_784_000_000  # 14 July 2026, 03:33:20 UTC
    assert FR.moment(july, "Europe/Paris") == "14 juil. 2026, 05:33"
    assert EN.moment(july, "UTC") == "14 Jul 2026, 03:33"
    assert FR.clock(july, "Europe/Paris") == "mar. 14 juil. 05:33"
    assert EN.hour(july, "Indian/Reunion") == "07:33"
    assert FR.day("1958-03-14") == "14 mars 1958"
    assert FR.day("vers 1958") == "vers 1958"


def test_the_first_of_the_month_has_its_own_word_in_french() -> None:
    noon = 1_793_530_800  # 1 November 2026, 11:00 UTC
    assert FR.day("1958-03-01") == "1er mars 1958"
    assert FR.moment(noon, "Europe/Paris") == "1er nov. 2026, 12:00"
    assert FR.clock(noon, "Europe/Paris") == "dim. 1er nov. 12:00"
    assert (FR.day("1958-03-11"), EN.day("1958-03-01")) == ("11 mars 1958", "1 March 1958")


def test_hours_of_a_definition_are_local() -> None:
    assert FR.announced("2026-10-04T08:00") == "4 octobre 2026, 08:00"


def test_lists_are_joined_and_braces_in_them_are_only_braces() -> None:
    assert FR.join(["a"]) == "a"
    assert FR.join(["a", "{1}", "c"]) == "a, {1} et c"
    assert EN.join_or(["1", "2", "3"]) == "1, 2 or 3"
    assert FR.join_or(["1", "2"]) == "1 ou 2"
    assert FR.join([]) == ""


def test_decimals_stand_behind_the_sign_of_the_language() -> None:
    assert [Language(code).decimal("-88.95912") for code in ("en", "fr", "es", "oc", "cs")] == [
        "-88.95912",
        *["-88,95912"] * 4,
    ]
    assert FR.decimal("100/3") == "100/3"


def test_spanish_and_and_or_change_before_their_own_sound() -> None:
    spanish = Language("es")
    assert spanish.join(["Ana", "Inés"]) == "Ana e Inés"
    assert spanish.join(["Ana", "Luis", "Hilario"]) == "Ana, Luis e Hilario"
    assert spanish.join(["agua", "hielo"]) == "agua y hielo"
    assert spanish.join_or(["7", "8"]) == "7 u 8"
    assert spanish.join_or(["1", "2"]) == "1 o 2"
    assert spanish.join_or(["10", "110"]) == "10 o 110"


def test_two_meanings_of_one_word_are_told_apart_for_translators_alone() -> None:
    assert EN.say("Vote|button") == "Vote"
    assert FR.say("Vote|button") == "Voter"


def test_no_colon_follows_a_title_that_asks() -> None:
    sentence = "{title}: choose one, or vote blank."
    assert EN.say(sentence, title="A bridge?") == "A bridge? Choose one, or vote blank."
    assert FR.say(sentence, title="Un pont ?") == "Un pont ? Faites un seul choix, ou votez blanc."
    assert EN.say(sentence, title="A bridge") == "A bridge: choose one, or vote blank."
    assert EN.say("{name}: {value}", name="Mosquitoes!", value="3") == "Mosquitoes! 3"
    assert EN.say("?: help") == "?: help"


def test_what_is_put_into_a_sentence_is_not_read_again() -> None:
    assert EN.say("{a} and {b}", a="{b}", b="x") == "{b} and x"


def test_french_signs_never_stand_alone_at_the_start_of_a_line() -> None:
    town = Language("fr", {"Hello": "Bonjour : « oui » à 9 % !", "No. {number}": "N° {number}"})
    assert town.say("Hello") == f"Bonjour{NBSP}: «{NBSP}oui{NBSP}» à 9{NBSP}%{NBSP}!"
    assert town.say("No. {number}", number=7) == f"N°{NBSP}7"


def test_french_apostrophes_are_those_of_a_printer_but_what_is_filled_in_stays() -> None:
    town = Language("fr", {"Hello {name}": "l'urne d'{name}, d'« {name} » : tapez 'oui'"})
    said = f"l’urne d’l'an, d’«{NBSP}l'an{NBSP}»{NBSP}: tapez 'oui'"
    assert town.say("Hello {name}", name="l'an") == said
    assert town.wording("Hello {name}").startswith("l’urne")


def test_occitan_apostrophes_are_those_of_its_dates_and_its_signs_stand_close() -> None:
    town = Language("oc", {"Hello {name}": "l'urna d'{name}: picatz 'òc'!"})
    assert town.say("Hello {name}", name="l'an") == "l’urna d’l'an: picatz 'òc'!"
    assert "’" in town.day("2026-10-04")
    assert "'" in Language("et", {"Hello {name}": "l'{name}"}).say("Hello {name}", name="a")


def test_a_town_may_use_its_own_words_but_cannot_break_a_sentence() -> None:
    assert Language("en", {"Voted {count}": "{count} done"}).say("Voted {count}", count=2) == "2 done"
    with pytest.raises(Misuse, match="names total"):
        Language("en", {"Voted {count}": "{count} of {total}"})
    with pytest.raises(Misuse, match="no language 'xx'"):
        Language("xx")


def test_only_small_names_are_places() -> None:
    assert placeholders("{a} {b_2} {0} {A} {a.b} {} {a!r}") == {"a", "b_2"}


@pytest.mark.parametrize(
    ("code", "said"), [("en", "14/03/1958"), ("fr", "14/03/1958"), ("de", "14.03.1958"), ("cs", "14.03.1958")]
)
def test_a_date_in_digits_is_in_the_order_of_the_day(code: str, said: str) -> None:
    assert Language(code).digits("1958-03-14") == said


def test_what_is_known_of_a_date_is_written_in_digits_too() -> None:
    assert [Language("en").digits(iso) for iso in ("1958-03", "1958", "")] == ["03/1958", "1958", ""]
