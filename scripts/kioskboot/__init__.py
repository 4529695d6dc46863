"""A kiosk, booted: what no test of its files can see."""
