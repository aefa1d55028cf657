"""The currencies an amount can be in. A callable, so that adding one makes no migration."""


def currency_choices() -> list[tuple[str, str]]:
    """Return ISO 4217 codes with their names: the ones this field uses first."""
    return CURRENCIES


CURRENCIES = [
    ("USD", "US$ (USD)"),
    ("EUR", "€ (EUR)"),
    ("CHF", "CHF"),
    ("GBP", "£ (GBP)"),
    ("UAH", "UAH"),
    ("NOK", "NOK"),
    ("SEK", "SEK"),
    ("DKK", "DKK"),
    ("CAD", "CAD"),
    ("JPY", "JPY"),
]
