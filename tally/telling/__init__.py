"""A count told to people and to programs: its rule, its numbers, its grades, its pictures, its tables."""
