"""Finding candidates: folding of names, alphabetical ranks, the text index and the queries on it."""
