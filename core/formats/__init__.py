"""How dates are written where Django writes them itself: as everywhere else, day first and the month in full."""
