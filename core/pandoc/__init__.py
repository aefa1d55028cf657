"""Word and LibreOffice files, in and out, by one pinned pandoc that may open no file and no address.

`read_docx` makes the content model of a file somebody dropped, after the file itself was looked at; `write` makes DOCX and ODT.
"""

from core.pandoc.package import BadFile
from core.pandoc.reading import read_docx
from core.pandoc.writing import write

__all__ = ["BadFile", "read_docx", "write"]
