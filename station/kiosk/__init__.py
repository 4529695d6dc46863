"""What turns a Debian machine into a voting kiosk, as files that somebody else installs."""
