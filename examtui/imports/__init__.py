"""Imports: files recognised by content, checked whole, previewed, and applied in one transaction (``engine``)."""
