"""The door: who signs in how, what the provider's groups give, and how long a session lasts."""
