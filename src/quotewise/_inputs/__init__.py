"""From files, pages and bytes to plain text: text, HTML, PDF, Word documents, addresses.

What comes out is a `Document`: text, what the source says of itself, and where its pages stand. Nothing here
knows of articles, sentences or models, and nothing it needs from others is imported before it is needed.
"""
