"""Papers as facts: each gathers one frozen dataclass from records. Nothing renders here, and no template queries."""
