"""A fictional academy to look around in: the same seed gives the same people, schools and exams."""
