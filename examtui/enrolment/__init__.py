"""Inscription: exams, candidates, and what may be corrected of them by hand."""
