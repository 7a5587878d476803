"""Claims of the evaluation and of later studies, checked where figures are held."""
