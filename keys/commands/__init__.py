"""The commands of `keys`, by what they are for; `keys.cli` puts them together."""
