"""Acts on claims: keyword-only, by a person, at a moment, all or nothing. Nothing else changes a state or moves money."""
