"""Lists of candidates: Cyclades' simple list, and the 34 columns of HORS BEE."""
