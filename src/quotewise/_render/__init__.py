"""How results look: plain text, Markdown, HTML. Pure functions over values and shapes."""
