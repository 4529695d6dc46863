"""The day of a station on the kiosk's own keyboard: open, let people vote, come back after a power cut, close, copy."""

from __future__ import annotations

import time

from kioskboot.machine import START, Machine
from tests.simulator.town import Loaded

__all__ = ["CHOICE", "answer_check", "choose_for", "close", "is_open", "open_station", "reopen", "vote"]

CHOICE = "Aire de jeux pour enfants"
_PIN = "4713"


def answer_check(machine: Machine) -> str:
    """Go through the readiness check, with a test page; gives its page as it is then."""
    machine.choose("Vérifier la machine")
    for words in ("Liste d’émargement papier", "Cartes : cochez"):
        machine.choose(words)
    machine.choose("[ Imprimer une page d’essai ]")
    return "\n".join(machine.expect("page d’essai")).replace("\xa0", " ")


def open_station(machine: Machine, loaded: Loaded, *, wait: bool = True) -> None:
    """From a check that is passed; without waiting for the end of it."""
    machine.choose("Ouvrir quand même")
    _cards(machine, loaded, pin=True)
    machine.choose("[ Ouvrir le bureau ]", wait=wait)
    if wait:
        machine.expect("Accueillir le premier électeur")


def is_open(machine: Machine) -> bool:
    """Whether it asks for two cards again, after a power cut."""
    page = "\n".join(machine.expect(START)).replace("\xa0", " ")
    return "Rouvrir le bureau : deux cartes" in page


def reopen(machine: Machine, loaded: Loaded) -> None:
    """After a power cut, to the desk."""
    machine.choose("Rouvrir le bureau : deux cartes")
    _cards(machine, loaded, pin=True)
    machine.choose("[ Rouvrir le bureau ]")
    machine.expect("Chercher")


def choose_for(machine: Machine, number: int) -> None:
    """From the desk until the voter holds a slip and may vote."""
    machine.expect("Chercher")
    machine.type(f"{number}\n")
    for words in (f"n° {number}", "Laisser la place", "Français", CHOICE, "[ Continuer ]"):
        machine.choose(words)
    for words in ("Continuer avec ces choix", "J’ai mon billet"):
        machine.choose(words)


def vote(machine: Machine) -> None:
    """The last press; does not wait for what it does."""
    machine.choose("[ Voter ]", wait=False)


def close(machine: Machine, loaded: Loaded, signatures: int) -> None:
    """From the desk, before the hour, until the box may be copied."""
    machine.press("f8")
    machine.expect("Pourquoi")
    machine.type("essai\n")
    machine.choose("Plus personne dans la file")
    machine.expect("Premier comptage")
    machine.type("a\n")
    machine.type(f"{signatures}\n")
    machine.type("b\n")
    machine.type(f"{signatures}\n")
    machine.choose("[ Comparer ]")
    machine.choose("[ Fermer avec ces nombres ]")
    _cards(machine, loaded, pin=False)
    machine.choose("[ Fermer le bureau ]")
    machine.expect("[ Copier sur la clé USB ]")


def _cards(machine: Machine, loaded: Loaded, *, pin: bool) -> None:
    for number, card in enumerate(loaded.cards[:2], start=1):
        machine.expect(f"Personne {number} : carte attendue")
        machine.type(f"{card.text}\n".replace(" ", ""))
        machine.expect(f"Personne {number} : carte {number} lue")
    if pin:
        machine.type(_PIN)
        machine.press("tab")
        machine.type(f"{_PIN}\n")
        time.sleep(0.5)
