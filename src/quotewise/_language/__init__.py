"""What the words of a sentence say: names, values, deeds and offices, denials and hedges, tables and records.

Every text is read the same way, a claim as well as an article's sentence. Nothing here compares two texts.
The word lists are English; what words mean is known from packed tables (`meanings`).
"""
