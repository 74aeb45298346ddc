"""The engine that works without a model: it picks sentences of the article, and never writes one.

Everything here sees what a model would see, the numbered lines of a prompt, and gives back numbers. `words`
and `page` read the lines, `questions` what is asked; `answers` and `summaries` (facts, too) pick; `several`
puts together what is picked from several articles. Nothing here loads data over a network, and nothing needs
more than the standard library.
"""
