"""Screens of the menu Administration."""
