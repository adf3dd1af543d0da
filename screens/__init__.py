"""The Textual face: screens that call use cases, and hold no rule. See «Screens» in ``docs/architecture.md``."""
