"""Imports on the screen: choose a file, see what it would do, apply it, read the reports."""
