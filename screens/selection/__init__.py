"""Screens of selection criteria: the tree, a criterion, saved selections."""
