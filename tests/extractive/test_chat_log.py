"""Chats as messengers export them: the time before each message is no part of it, the sender is."""

from __future__ import annotations

import pytest

from quotewise import Reader

EXPORTED = """03/05/2025, 08:01 - Messages and calls are end-to-end encrypted. No one can read them.
03/05/2025, 08:01 - Nora: <Media omitted>
03/05/2025, 08:02 - Nora: Who has the key to the boat shed?
03/05/2025, 08:05 - Pim: Not me, ask the warden
03/05/2025, 08:09 - Nora: Race starts at 10:30, boats out by 9:45
03/05/2025, 08:11 - Otto: Fine. I'll fetch the sails, they cost 85 euros
03/05/2025, 08:20 - Pim: Lotte is allergic to cats btw
"""
CHANNEL = """[14:02] remy: heads up, the mail queue is stuck since 13:50
[14:03] ines-k: looking into it now
[14:09] ines-k: the disk of mx2 was full, log rotation failed
[14:15] ines-k: cleaned up, the queue is down from 9,400 to 12
[14:20] remy: confirmed, closing ticket 3312
"""


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (EXPORTED, "Who fetches the sails?", "Otto: I'll fetch the sails, they cost 85 euros"),
        (EXPORTED, "When does the race start?", "Nora: Race starts at 10:30, boats out by 9:45"),
        (EXPORTED, "Who is allergic to cats?", "Pim: Lotte is allergic to cats btw"),
        (CHANNEL, "Which disk was full?", "ines-k: the disk of mx2 was full, log rotation failed"),
    ],
)
def test_an_answer_says_who_sent_it(reader: Reader, text: str, question: str, said: str) -> None:
    """Also where the sentence is the second of its message; the first is then quoted beside it."""
    claim = reader.ask(question, text).claims[0]

    assert said == claim.text
    assert any(quote.text.endswith(said.partition(": ")[2]) for quote in claim.quotes)


@pytest.mark.parametrize("text", [EXPORTED, CHANNEL])
def test_messages_without_a_stop_are_sentences(reader: Reader, text: str) -> None:
    """They are summed up and are facts, with their senders and without the time."""
    summary, facts = reader.summarize(text, words=40), reader.facts(text)

    assert len(summary.claims) >= 3
    assert len(facts.facts) >= 2
    for claim in (*summary.claims, *facts.facts):
        assert not claim.text[0].isdigit()
        assert claim.text.partition(": ")[0] in ("Nora", "Pim", "Otto", "remy", "ines-k")
        assert not claim.text.endswith("?")
