"""Copies of the whole register: one archive out, and one archive in."""
