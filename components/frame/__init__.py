"""Everything around the cards: head, shell, selection bar, updates of the cards."""
