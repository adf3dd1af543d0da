"""Settings in TOML: one table of documented, typed keys; unknown keys are kept."""
