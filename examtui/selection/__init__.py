"""Selection criteria: the tree, its text form, the catalogue, the query they become, and saved selections."""

from examtui.selection.compiler import compile_text, compile_tree

__all__ = ["compile_text", "compile_tree"]
