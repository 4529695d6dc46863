"""The officers' day, without a screen: what is asked of them, two cards, and what each answer does."""
