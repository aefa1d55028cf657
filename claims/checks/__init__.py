"""Checks find; they never raise and never write."""
