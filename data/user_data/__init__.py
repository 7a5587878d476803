"""The reader's own records: read in the forms people have, checked whole, held or refused."""
