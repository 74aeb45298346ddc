"""Does the article support a claim? Pure checks that explain themselves, and a score.

`check` and `judge` are for claims that cite sentences, `verify` for text made elsewhere. Nothing here
knows a model, a prompt or a network.
"""
