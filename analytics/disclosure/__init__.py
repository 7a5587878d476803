"""Records of people and cases, counted: which cells there are, and which must stay hidden."""
