"""What is asked: the kind of a question, its parts, its words as the article writes them."""
