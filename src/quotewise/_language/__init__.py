"""What the words of a sentence say: names, values, deeds and offices, denials and hedges, tables and records.

Every text is read the same way, a claim as well as an article's sentence. Whether two words, names, values or
sides of a deed can be the same is told here; what it means for a claim that they cannot is for `_grounding`.
The word lists are English; what words mean is known from packed tables (`meanings`).
"""
