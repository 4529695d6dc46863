"""Pure cryptography of Belenios 3.0 on Ed25519: no clock, no disk, no screen; randomness is an argument."""
