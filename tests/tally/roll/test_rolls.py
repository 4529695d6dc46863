"""Rolls: lists as towns write them, and everything that keeps one out."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.roll import Elector, ElectorStatus, Roll
from tally.roll.headings import Column, column_of
from tally.roll.town_list import RollMistakes, RollPreview, read_roll

TWO = Definition(
    title={"fr": "Conseils"},
    town="Agen",
    opens="2026-03-01T08:00",
    closes="2026-03-01T18:00",
    timezone="Europe/Paris",
    languages=("fr",),
    contests=(
        Contest("c", {"fr": "C"}, "plurality", 1, 1, (Option("a", {"fr": "A"}),), (0, 1), Terms(), "marks"),
    ),
    stations=(
        Station("06", "École Lakanal", "", 3, ("06",)),
        Station("07", "Mairie", "", 3, ("07",)),
    ),
    trustees=("A",),
    threshold=1,
)
ONE = dataclasses.replace(TWO, stations=TWO.stations[:1])

FRENCH = """\
No d'ordre;Nom de naissance;Nom d'usage;Prénom(s);Né(e) le;N° de voie;Libellé voie;Code postal;Ville;Bureau;Radié;Sexe
132;DUPONT;;Marie;14/03/1958;12;rue de la République;31300;Toulouse;6;;F
133;ROUX;DUPONT;Marie-Hélène;02/07/1991;4;place Olivier;31300;Toulouse;06;;F
88;LEROY;LEROY;Jean;1/1/1970;;;;;0006;12 sept., déménagement;M
1;ÉMILE-ŒUVRARD;;Zoé;00/00/1950;;;;;MAIRIE;;F
"""


def problems(text: str | bytes, definition: Definition = TWO) -> list[str]:
    preview = read_roll(text if isinstance(text, bytes) else text.encode(), definition)
    assert preview.problems
    with pytest.raises(RollMistakes) as caught:
        preview.accept("liste.csv")
    assert caught.value.code == "T-601"
    assert caught.value.problems == preview.problems
    return [str(problem) for problem in preview.problems]


def accepted(text: str | bytes, definition: Definition = TWO) -> RollPreview:
    preview = read_roll(text if isinstance(text, bytes) else text.encode(), definition)
    assert preview.accept("liste.csv") == preview.electors, preview.problems
    return preview


def test_french_register_to_the_letter() -> None:
    preview = accepted(FRENCH)
    assert preview.electors == {
        0: (
            Elector(
                88, "LEROY", "Jean", "1970-01-01", "", ElectorStatus.STRUCK_OFF, "12 sept., déménagement"
            ),
            Elector(132, "DUPONT", "Marie", "1958-03-14", "12 rue de la République 31300 Toulouse"),
            Elector(
                133,
                "DUPONT",
                "Marie-Hélène",
                "1991-07-02",
                "4 place Olivier 31300 Toulouse",
                birth_name="ROUX",
            ),
        ),
        1: (Elector(1, "ÉMILE-ŒUVRARD", "Zoé", "", "", note="1950"),),
    }
    assert (preview.encoding, preview.delimiter) == ("utf-8", ";")
    assert preview.columns == (
        ("No d'ordre", "number"),
        ("Nom de naissance", "name at birth"),
        ("Nom d'usage", "name in use"),
        ("Prénom(s)", "given names"),
        ("Né(e) le", "born"),
        ("N° de voie", "address"),
        ("Libellé voie", "address"),
        ("Code postal", "address"),
        ("Ville", "address"),
        ("Bureau", "station"),
        ("Radié", "struck off"),
        ("Sexe", ""),
    )
    assert preview.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_delimiters(encoding: str, delimiter: str, newline: str) -> None:
    text = FRENCH.replace(";", delimiter).replace("\n", newline)
    preview = accepted(text.encode(encoding))
    assert preview.electors == accepted(FRENCH).electors
    assert (preview.encoding, preview.delimiter) == (encoding, delimiter)


def test_a_line_of_more_columns_than_any_list_has() -> None:
    """Empty ones at the end, as spreadsheets leave, are none."""
    first, *rest = FRENCH.splitlines()
    assert accepted("\n".join([first + ";" * 2000, *rest])).electors == accepted(FRENCH).electors
    for hostile in (first + ";x" * 2000, first + ";" * 2000 + "x"):
        preview = read_roll("\n".join([hostile, *rest]).encode(), TWO)
        assert [str(item) for item in preview.problems] == ["line 1: more than 500 columns"]


def test_commas_and_quotes() -> None:
    text = 'Bureau,"Numéro","Nom","Prénoms","Adresse"\n6,1,"DUPONT, dit ""Le Grand""",Jean,"1 rue X,\n31000 Toulouse"\n'
    (elector,) = accepted(text).electors[0]
    assert (elector.surname, elector.address) == ('DUPONT, dit "Le Grand"', "1 rue X, 31000 Toulouse")
    assert problems(text + "9,2,X,Y,\n")[0].startswith("line 4: there is no station '9'")


OTHERS = {
    "de": "Wahlbezirk;Lfd. Nr.;Nachname;Geburtsname;Vornamen;Geburtsdatum;Straße;Hausnummer;PLZ;Ort",
    "es": "Mesa;Nº de orden;Primer apellido;Segundo apellido;Nombre;Fecha de nacimiento;Dirección;Municipio",
    "it": "Sezione;N.;Cognome;Nome;Data di nascita;Indirizzo",
    "pt": "Mesa de voto;Número de ordem;Apelidos;Nome próprio;Data de nascimento;Morada",
    "ro": "Secția;Nr. crt.;Nume;Prenume;Data nașterii;Adresa",
    "cs": "Okrsek;Pořadové číslo;Příjmení;Jméno;Datum narození;Ulice;Obec",
    "et": "Jaoskond;Jrk nr;Perekonnanimi;Eesnimi;Sünniaeg;Aadress",
    "en": "Polling station;Roll number;Surname;First names;Date of birth;Address",
}


@pytest.mark.parametrize("language", list(OTHERS))
def test_headings_of_other_languages(language: str) -> None:
    found = [column_of(heading) for heading in OTHERS[language].split(";")]
    assert None not in found
    assert {Column.NUMBER, Column.SURNAME, Column.GIVEN_NAMES, Column.BORN, Column.STATION} <= set(found)


def test_several_name_columns_are_joined() -> None:
    text = "Mesa;Orden;Primer apellido;Segundo apellido;Nombre\n6;1;García;López;Ana\n"
    assert accepted(text).electors[0][0].surname == "García López"
    german = dataclasses.replace(TWO, languages=("de",))
    text = "Wahlbezirk;Nr.;Nachname;Geburtsname;Vorname\n6;1;Meyer;Roth;Eva\n7;1;Meyer;Meyer;Uta\n"
    first, second = (accepted(text, german).electors[station][0] for station in (0, 1))
    assert (first.surname, first.birth_name) == ("Meyer", "Roth")
    assert (second.surname, second.birth_name) == ("Meyer", "")


def test_windows_of_the_towns_language() -> None:
    czech = dataclasses.replace(ONE, languages=("cs",))
    preview = accepted("Číslo;Příjmení\n1;Dvořák\n".encode("cp1250"), czech)
    assert (preview.encoding, preview.electors[0][0].surname) == ("cp1250", "Dvořák")


def test_title_above_the_headings_and_empty_lines_below() -> None:
    text = "sep=;\nListe électorale 2026;;\n;;\nNuméro;Nom;Bureau;;\n\n1;DUPONT;6;;\n;;;;\n"
    assert [elector.number for elector in accepted(text).electors[0]] == [1]
    assert problems(text + "2;ROUX;9\n") == ["line 8: there is no station '9'"]


def test_one_station_needs_no_column() -> None:
    assert accepted("Numéro;Nom\n1;DUPONT\n", ONE).electors == {0: (Elector(1, "DUPONT", ""),)}
    assert problems("Numéro;Nom\n1;DUPONT\n") == ["no column holds the station"]


LINE = "Numéro;Nom;Prénom;Né le;Bureau;Identifiant\n{}\n"
WRONG = {
    "no date": ("1;A;B;14 mars 1958;6;", "line 2: '14 mars 1958' is not a date like"),
    "two digits": ("1;A;B;14/03/58;6;", "line 2: '14/03/58' is not a date like"),
    "American date": ("1;A;B;03/14/1958;6;", "line 2: '03/14/1958' is no day of the calendar"),
    "30 February": ("1;A;B;30/02/1958;6;", "line 2: '30/02/1958' is no day of the calendar"),
    "spreadsheet's own number": ("1;A;B;21258;6;", "line 2: '21258' is not a date like"),
    "too old": ("1;A;B;14/03/1858;6;", "line 2: born in 1858"),
    "not yet born": ("1;A;B;01/03/2026;6;", "line 2: born on 2026-03-01, after the vote"),
    "unknown station": ("1;A;B;;8;", "line 2: there is no station '8'"),
    "no station": ("1;A;B;;;", "line 2: no station is named"),
    "number 0": ("0;A;B;;6;", "line 2: '0' is not a number from 1"),
    "no number": (";A;B;;6;", "line 2: '' is not a number from 1"),
    "number with a letter": ("12b;A;B;;6;", "line 2: '12b' is not a number from 1"),
    "number twice": ("1;A;B;;6;\n1;C;D;;06;", "line 3: number 1 is already that of line 2"),
    "reference twice": ("1;A;B;;6;x9\n1;C;D;;7;x9", "line 3: the reference is already that of line 2"),
    "no surname": ("1;;B;;6;", "line 2: no surname"),
    "cell missing": ("1;A;B;;6", "line 2: cells: 5; headings: 6; they should be as many"),
    "cell too many": ("1;A;B;;6;;x", "line 2: cells: 7; headings: 6; they should be as many"),
    "hidden letter": ("1;A\u202e;B;;6;", "line 2: a letter that cannot be seen"),
    "garbled": ("1;A;ZoÃ©;;6;", "line 2: garbled letters"),
    "long": (f"1;{'A' * 201};B;;6;", "line 2: 201 letters, at most 200"),
    "roll too long": ("1;A;B;;6;\n2;A;C;;6;\n3;A;D;;6;\n4;A;E;;6;", "station 06, electors: 4 here, 3 in"),
    "quote never closed": ('1;"A;B;;6;', "line 2: it cannot be cut into cells"),
    "nobody": ("", "there is nobody on it"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(WRONG))
def test_problem_has_its_line(name: str) -> None:
    lines, expected = WRONG[name]
    (found,) = problems(LINE.format(lines))
    assert found.startswith(expected)


def test_good_line_for_comparison() -> None:
    accepted(LINE.format("1;A;B;14/03/1958;6;x\n1;A;B;1958-03-15;7;y\n2;A;B;14.03.1959;7;"))


def test_all_problems_at_once_and_nothing_half_imported() -> None:
    lines = "1;A;B;;6;\n2;A;B;30/02/1958;6;\n0;A;B;;6;\n3;A;C;;9;\n4;A;D;;7;"
    assert [problem.split(":")[0] for problem in problems(LINE.format(lines))] == [
        "line 3",
        "line 4",
        "line 5",
    ]
    preview = read_roll(LINE.format(lines).encode(), TWO)
    assert sorted(preview.electors) == [0, 1]  # shown, never used


def test_message_is_bounded() -> None:
    preview = read_roll(LINE.format("0;A;B;;6;\n" * 300).encode(), TWO)
    with pytest.raises(RollMistakes) as caught:
        preview.accept("liste.csv")
    lines = str(caught.value).splitlines()
    assert lines[0] == "T-601 liste.csv: list of electors that cannot be used, 300 problems."
    assert lines[1].startswith("  line 2: ")
    assert lines[101] == "  and 200 more"
    assert len(caught.value.problems) == 300


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"1;2;3\n", b"PK\x03\x04\0\0\0", b"\xff\xfe\x00", b"Nom\x00;Num\xe9ro\n1;2\n", b'"Nom'],
    ids=["empty", "blank", "no headings", "another format", "half a letter", "zero bytes", "open quote"],
)
def test_no_sheet(data: bytes) -> None:
    assert len(problems(data)) == 1


def test_columns_that_contradict() -> None:
    assert problems("Numéro;N°;Nom;Bureau\n1;1;A;6\n") == ["2 columns are called number; keep one"]
    assert problems("Prénom;Adresse\nA;B\n") == [
        "no column holds the surname",
        "no column holds the number of the paper list",
        "no column holds the station",
    ]


def test_warnings() -> None:
    preview = accepted(LINE.format("1;Dupont;Jean;14/03/1958;6;\n2;DUPONT;Jean;1958-03-14;6;"))
    assert [str(warning) for warning in preview.warnings] == [
        "line 3: same name and date of birth as line 2",
        "nobody here votes at station 07",
    ]


def test_electors_fit_the_record() -> None:
    for station, electors in accepted(FRENCH).electors.items():
        roll = Roll(station, electors, bytes(16))
        assert Roll.from_content(roll.to_content(), "roll") == roll


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: ("Numéro;Nom;Bureau\n" + text).encode()),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    preview = read_roll(data, TWO)
    if not preview.problems:
        assert preview.electors
        for station, electors in preview.electors.items():
            Roll.from_content(Roll(station, electors, bytes(16)).to_content(), "roll")
