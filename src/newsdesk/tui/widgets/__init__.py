"""The parts of the screens; each owns what it shows and tells the screen by messages."""
