"""The words of the station: a page for every question, in the reader's language."""
