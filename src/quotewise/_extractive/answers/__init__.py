"""Which line answers a question, with which of its words, or that none does."""
