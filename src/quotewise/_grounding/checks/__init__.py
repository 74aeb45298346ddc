"""The checks that explain themselves, each in a module: what in a claim is not as the article has it.

A check takes a `Comparison`, a claim beside the sentences it cites, and yields issues. Which checks are made,
and what their issues weigh, is decided a folder above.
"""
