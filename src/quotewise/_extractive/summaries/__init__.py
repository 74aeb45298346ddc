"""Which lines tell an article in few words, and which state facts."""
