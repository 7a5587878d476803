"""One council by itself: its figures beside those of similar councils and of the pilots."""
