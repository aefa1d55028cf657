"""IATI 2.03 activity files: read as a stream, held against schema, codelists and rules. No entities, no network."""
