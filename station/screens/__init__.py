"""Screens: they draw pages and send answers, and know nothing of the vote."""
