"""One module for each page: an address, a title, and cards in reading order."""
