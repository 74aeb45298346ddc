"""What `from quotewise import *` brings, as a type checker sees it. Never run."""

from quotewise import *  # noqa: F403

article: Article = Article("Some text.")  # noqa: F405
headline: str = summarize(article).headline  # noqa: F405
