"""Screens of the menu Inscription."""
