"""The screens: the desk, and the windows over it."""
