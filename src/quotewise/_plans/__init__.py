"""The reasoning, as generators that yield calls and are sent outcomes. Never waits, never opens anything."""
