"""Keeps a footnote on the page of its call.

WeasyPrint 70 may move a note that fits to the next page, when the paragraph after it would otherwise be moved (the
rule for orphans). The one condition that is too wide is narrowed to the notes of the line being laid out. Applied to
the source of the installed function; when that source changes, `apply` says so and a test fails.
"""

import inspect

from weasyprint.layout import block

TOO_WIDE = "report = not context.in_column and can_break_now and not could_break_before"
NARROWED = f"{TOO_WIDE} and any(note in new_footnotes for note in context.current_page_footnotes)"


def apply() -> bool:
    """Narrow the condition; False when the installed engine no longer has it."""
    if NARROWED in getattr(block._linebox_layout, "claimregister_source", ""):
        return True
    source = inspect.getsource(block._linebox_layout)
    if source.count(TOO_WIDE) != 1:
        return False
    changed = source.replace(TOO_WIDE, NARROWED)
    exec(compile(changed, block.__file__, "exec"), block.__dict__)  # noqa: S102  (our own constant over library source)
    block._linebox_layout.claimregister_source = changed
    return True
