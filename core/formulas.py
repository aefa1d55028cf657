"""Text in a spreadsheet that a spreadsheet program must not take for a formula."""

STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """Return text for a cell of a CSV file: what could be read as a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(STARTS) else text
