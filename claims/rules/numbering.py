"""References of claims and of the papers about them: BV-2026-0007, ST-2026-0003."""

PREFIX = "BV"  # bestedingsvoorstel
PAPER_PREFIX = "ST"  # stuk


def reference(year: int, number: int) -> str:
    """Return the reference of the n-th claim made in a year. More than 9999 in a year simply takes more digits."""
    return f"{PREFIX}-{year}-{number:04d}"


def paper_reference(year: int, number: int) -> str:
    """Return the reference of the n-th nota or letter made in a year."""
    return f"{PAPER_PREFIX}-{year}-{number:04d}"


def letter(position: int) -> str:
    """Return the letter of the n-th goal (from 1): a, b, … z, aa, ab, …"""
    letters = ""
    while position > 0:
        position, remainder = divmod(position - 1, 26)
        letters = chr(ord("a") + remainder) + letters
    return letters
