#!/usr/bin/env python3
"""Django's command line. `./run manage …` calls this with the environment and the database prepared."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here. Use ./run manage, which makes the environment first.")
    execute_from_command_line(sys.argv)
