"""Two selections side by side: cards in two columns, and what changes between them."""
