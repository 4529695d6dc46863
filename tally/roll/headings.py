"""What towns call the columns of their lists of electors, and what we call them.

French first (the columns of the register that the prefecture hands out), then the other languages of the
screens.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

__all__ = ["Column", "column_of"]


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    SURNAME = "surname"
    """The name in use where there is a name at birth beside it. Several columns are joined."""
    BIRTH_NAME = "name at birth"
    USED_NAME = "name in use"
    GIVEN_NAMES = "given names"
    """Several columns are joined."""
    BORN = "born"
    ADDRESS = "address"
    """Several columns are joined, in their order."""
    STATION = "station"
    STRUCK_OFF = "struck off"
    """Empty, or no, for those who may vote; yes, a date or the reason for the others."""
    STRUCK_OFF_ON = "struck off on"
    STRUCK_OFF_WHY = "reason for striking off"
    PROXY = "proxy"
    """Who votes for this person: a roll number of the same station, or a name."""
    REFERENCE = "reference"


_HEADINGS = {
    Column.NUMBER: """
        n | no | num | nr | numero | numero d electeur | numero electeur | numero d ordre | no d ordre
        | numero d emargement | no d emargement | numero dans le bureau | numero d electeur dans le bureau
        | number | roll number | elector number | nummer | laufende nummer | lfd nr | wahlernummer
        | numero de orden | no de orden | orden | numero d iscrizione | numero di lista | numero de ordem
        | numero de inscricao | numar | nr crt | numar curent | cislo | poradove cislo | jrk | jrk nr
    """,
    Column.SURNAME: """
        nom | nom de famille
        | surname | last name | family name | name | nachname | familienname
        | apellido | apellidos | primer apellido | segundo apellido | apellido 1 | apellido 2
        | cognome | apelido | apelidos | sobrenome | nume | nume de familie | prijmeni
        | perekonnanimi | perenimi | nom d ostal
    """,
    Column.BIRTH_NAME: """
        nom de naissance | nom patronymique | patronyme | nom de jeune fille | nom d etat civil
        | birth name | maiden name | name at birth | geburtsname | cognome da nubile | cognome di nascita
        | nume de fata | nume la nastere | rodne prijmeni | sunninimi | apelido de solteira
    """,
    Column.USED_NAME: """
        nom d usage | nom usage | nom usuel | nom marital | nom d epouse | nom d epoux
        | name in use | married name | used name | ehename | cognome da coniugato | cognome del coniuge
    """,
    Column.GIVEN_NAMES: """
        prenom | prenoms | prenom s | prenom 1 | prenom 2 | prenom 3 | deuxieme prenom | autres prenoms
        | given name | given names | first name | first names | forename | forenames | middle name
        | vorname | vornamen | rufname | nombre | nombres | nombre de pila | nome | nome proprio | nomi
        | prenume | jmeno | jmena | eesnimi | pichon nom | prenom usuel
    """,
    Column.BORN: """
        ne le | nee le | ne e le | ne | nee | ne e | date de naissance | date naissance | naissance
        | date of birth | birth date | birthdate | born | dob | geburtsdatum | geboren | geboren am | geb
        | fecha de nacimiento | fecha nacimiento | nacimiento | data di nascita | nato il | nato a il
        | data de nascimento | data nascimento | data nasterii | nascut | datum narozeni | narozen
        | sunniaeg | sunnikuupaev | data de naissenca
    """,
    Column.ADDRESS: """
        adresse | adresse complete | adresse postale | numero de voie | no de voie | num voie | type de voie
        | voie | libelle de voie | libelle voie | rue | complement | complement d adresse | complement 1
        | complement 2 | lieu dit | code postal | cp | commune | ville | localite
        | address | street | house number | postcode | zip | city | town | anschrift | strasse
        | hausnummer | plz | postleitzahl | ort | wohnort | direccion | domicilio | calle | codigo postal
        | municipio | localidad | indirizzo | via | cap | comune | residenza | morada | endereco | rua
        | localidade | adresa | strada | localitate | ulice | psc | obec | mesto | aadress | linn | adreca
    """,
    Column.STATION: """
        bureau | bureau de vote | code bureau | code bureau de vote | code du bureau de vote | bv
        | numero de bureau | numero du bureau | no bureau | numero bureau de vote | libelle bureau de vote
        | polling station | station | wahlbezirk | stimmbezirk | wahllokal | mesa | seccion
        | colegio | mesa electoral | seggio | sezione | sezione elettorale | assembleia de voto
        | mesa de voto | sectie | sectia | sectia de votare | okrsek | volebni okrsek | jaoskond
        | valimisjaoskond | burèu de vòte
    """,
    Column.STRUCK_OFF: """
        radie | radiee | radie e | radiation | struck off | removed | gestrichen
        | baja | cancellato | eliminado | radiat | vyskrtnut
    """,
    Column.STRUCK_OFF_ON: """
        radie le | radiee le | date de radiation | date radiation | struck off on | date struck off
        | gestrichen am | fecha de baja | cancellato il | data di cancellazione | data de eliminacao
        | radiat la | data radierii | datum vyskrtnuti | kustutatud
    """,
    Column.STRUCK_OFF_WHY: """
        motif de radiation | motif radiation | reason for striking off | reason struck off
        | grund der streichung | motivo de baja | motivo de la baja | motivo della cancellazione
        | motivo da eliminacao | motivul radierii | duvod vyskrtnuti
    """,
    Column.PROXY: """
        mandataire | numero du mandataire | no du mandataire | nom du mandataire | procuration
        | procuration a | proxy | proxy number | proxy holder | bevollmachtigter | bevollmachtigte
        | apoderado | delegado | delegato | procurador | imputernicit | zmocnenec | volitatu
    """,
    Column.REFERENCE: """
        identifiant | id | ine | nne | numero national d electeur | identifiant national d electeur
        | reference | elector id | voter id | kennung | referencia | riferimento | codice elettore
        | referinta
    """,
}


def _plain(text: str) -> str:
    """Lower case, no accents, blanks for everything but letters and digits."""
    letters = unicodedata.normalize("NFKD", text.replace("°", "o").replace("º", "o").casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


_COLUMNS = {
    _plain(word): column for column, words in _HEADINGS.items() for word in words.split("|") if word.strip()
}


def column_of(heading: str) -> Column | None:
    """What a heading stands for, in any of the languages; None if nobody knows."""
    return _COLUMNS.get(_plain(heading))
