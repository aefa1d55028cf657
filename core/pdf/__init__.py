"""The one door to PDF: HTML goes in, an archive file comes out, made in a bounded process that opens nothing else.

`Door` keeps one renderer process: it imports the engine once, holds no database connection, and forks a child with
limits per paper. Call it from the worker or a command, never from the web server.
"""

from core.pdf.door import Door, PaperFailed, versions

__all__ = ["Door", "PaperFailed", "versions"]
