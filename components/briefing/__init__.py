"""Two pages on paper: the answer of a selection, or one council, made of published findings."""
