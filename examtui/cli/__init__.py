"""The command line: a lazy group of commands over the use cases. No rule stands here."""
