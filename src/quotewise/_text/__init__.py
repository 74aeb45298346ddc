"""Pure text: articles, sentences, tokens, chunks, folds and the locator. Knows nothing of models."""
