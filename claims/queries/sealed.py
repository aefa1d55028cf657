"""Which rows hold bytes with their own SHA-256: frozen files, sets for the House and evidence."""

# table, column with the bytes, column with their SHA-256 in hexadecimal
SEALED = (
    ("claims_frozenfile", "content", "digest"),
    ("claims_houseset", "archive", "archive_digest"),
    ("claims_houseset", "reading", "reading_digest"),
    ("claims_evidence", "content", "digest"),
)
