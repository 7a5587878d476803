"""Slow work: started from a page, done here or on workers, heard of again."""
