"""Making a set for the House: checked, answered, and made in the worker as named files and one reading PDF."""

from __future__ import annotations

import datetime
import hashlib
import io
import logging
import zipfile
from collections.abc import Mapping, Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.models import FileFormat, FrozenFile, FrozenPaper, HouseSet, HouseSetPaper, RenderState
from claims.queries.house_set import checklist
from core.models import User
from core.pdf import Door, PaperFailed
from core.pdf.check import inspect
from core.pdf.door import MESSAGES
from core.pdf.joining import join
from core.pdf.server import FAILED
from core.permissions import refresh
from core.transactions import acting

log = logging.getLogger(__name__)
MOST_PAPERS = 30
LARGEST_SET = 100 * 1024 * 1024  # bytes of all files together
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the day of every file in the archive, so that equal sets are equal files
PRINTED = (FileFormat.PDF, FileFormat.LIST)


@acting
def ask_set(
    *, by: User, at: datetime.datetime, title: str, papers: Sequence[FrozenPaper], reasons: Mapping[str, str]
) -> HouseSet:
    """Ask the worker for a set of papers in this order. Raises Refused while a check is neither in order nor answered."""
    refresh(by)
    tidy = " ".join(title.replace("\x00", "").split())[:200]
    if not papers or not tidy:
        raise Refused(_("Give the set a title, and choose its papers."), "house_set_titled")
    if len(papers) > MOST_PAPERS:
        raise Refused(_("A set holds at most %d papers.") % MOST_PAPERS, "house_set_size")
    for directorate in {paper.directorate_id for paper in papers}:
        require(policies.may_freeze(by, directorate))
    checked = []
    for check in checklist(papers):
        reason = " ".join(reasons.get(check.code, "").replace("\x00", "").split())[:500]
        if check.problems and not reason:
            raise Refused(_("Not in order, and no reason given: %s.") % check.label, "house_set_check")
        checked.append(
            {"code": check.code, "label": str(check.label), "problems": list(check.problems), "reason": reason}
        )
    with in_words():
        made = HouseSet.objects.create(
            directorate_id=papers[0].directorate_id, title=tidy, checklist=checked, by=by, at=at
        )
        HouseSetPaper.objects.bulk_create(
            HouseSetPaper(house_set=made, paper=paper, position=position) for position, paper in enumerate(papers, 1)
        )
    job = app.configure_task(name="make_house_set")  # by name: the task stands outside and calls `make_set`
    job.defer(house_set=str(made.public_id))  # in this transaction: asked for and put before the worker, or neither
    return made


def make_set(*, house_set: HouseSet, door: Door) -> None:
    """Make the two files; what cannot be made is marked as failed with a message for the user."""
    rows = HouseSet.objects.filter(pk=house_set.pk)
    try:
        archive, reading = _files(house_set, door)
    except (PaperFailed, Refused) as error:
        rows.update(state=RenderState.FAILED, message=str(error.message)[:500])
        return
    except Exception:  # a request must not wait for ever
        log.exception("set %s", house_set.public_id)
        rows.update(state=RenderState.FAILED, message=str(MESSAGES[FAILED])[:500])
        return
    rows.update(
        state=RenderState.DONE,
        message="",
        archive=archive,
        archive_digest=hashlib.sha256(archive).hexdigest(),
        reading=reading,
        reading_digest=hashlib.sha256(reading).hexdigest(),
    )


def _files(house_set: HouseSet, door: Door) -> tuple[bytes, bytes]:
    papers = [
        row.paper
        for row in house_set.papers.select_related("paper")
        .defer("paper__snapshot", "paper__program")
        .order_by("position")
    ]
    kept = FrozenFile.objects.filter(paper__in=papers, format__in=PRINTED)
    if sum(kept.values_list("size", flat=True)) > LARGEST_SET:
        raise Refused(_("The papers of this set are together larger than 100 MB. Make two sets."), "house_set_size")
    files = {(file.paper_id, file.format): file for file in kept}
    contents = door.render(render_to_string("documents/house_set.html", {"house_set": house_set, "papers": papers}))
    parts = [(_("Contents"), contents)]
    named: list[tuple[str, bytes]] = []
    for position, paper in enumerate(papers, 1):
        for kind in PRINTED:
            file = files.get((paper.pk, kind))
            if file is None:
                continue
            content = bytes(file.content)
            suffix = "-weglaklijst" if kind == FileFormat.LIST else ""
            parts.append((f"{position}. {paper.title}{' – weglaklijst' if suffix else ''}", content))
            named.append((f"{position:02d}-{paper.name}{suffix}.pdf", content))
    reading = join(house_set.title, parts)
    problems = inspect(reading).problems
    if problems:
        raise Refused(_("The reading PDF is not right: %s") % "; ".join(problems[:3]), "house_set_structure")
    return _archive([("00-leesversie.pdf", reading), *named]), reading


def _archive(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of named files with their hashes; equal files give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files)
        for name, content in [*files, ("sha256.txt", sums.encode())]:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
