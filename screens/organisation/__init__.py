"""Screens of places, and of what is delegated and opened to them."""
