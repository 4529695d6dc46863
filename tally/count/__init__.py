"""Exact counting: one file a family of rules, integers and fractions only."""
