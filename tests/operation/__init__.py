"""What the operator counts on: health, logs, copies, roles, migrations."""
