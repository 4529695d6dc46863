"""What the three commands share: passphrases and cards, languages, exit statuses, progress."""
