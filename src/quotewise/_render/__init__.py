"""How results look: plain text, Markdown, HTML. Pure functions over shapes; imports nothing of ours."""
