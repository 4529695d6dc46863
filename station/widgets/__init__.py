"""The few things a page is made of on the screen."""
