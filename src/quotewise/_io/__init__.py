"""The only code that waits: drivers, transports, retries, the journal, the limiter."""
