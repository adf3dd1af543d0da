"""Rules that forms and imports share: pure functions of values, without database or clock."""
