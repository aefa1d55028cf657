"""An identity provider for tests: a process of its own that speaks OpenID Connect over loopback."""
