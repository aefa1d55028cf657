"""Dashboards: each gathers what one page shows."""
