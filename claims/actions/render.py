"""Asking for a paper as PDF and making it: asked on a page, made in the worker, kept under the hash of its input."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from claims import papers, written
from claims.models import Claim, Render, RenderState, WrittenPaper
from core.models import User
from core.pdf import Door, PaperFailed
from core.pdf.door import MESSAGES
from core.pdf.server import TOO_MUCH

KEPT = 5  # newest PDFs of a claim and kind that are kept


def ask(*, by: User, at: datetime.datetime, claim: Claim, kind: str) -> Render:
    """Return the PDF of the claim as it stands: the kept one when nothing changed, else a new one that waits for the worker."""
    facts = papers.facts_of(claim, kind)
    mark = papers.input_hash(facts)
    known = Render.objects.filter(claim=claim, kind=kind, input_hash=mark).defer("content").first()
    if known and known.state != RenderState.FAILED:
        return known
    if known:
        known.delete()
    try:
        with transaction.atomic():
            render = Render.objects.create(claim=claim, kind=kind, input_hash=mark, asked_by=by, asked_at=at)
    except IntegrityError:  # the same paper, asked twice at once
        return Render.objects.defer("content").get(claim=claim, kind=kind, input_hash=mark)
    job = app.configure_task(name="make_paper")  # by name: the task stands outside and calls `make`
    job.defer(render=str(render.public_id))  # in this transaction: asked for and put before the worker, or neither
    return render


def ask_paper(*, by: User, at: datetime.datetime, paper: WrittenPaper) -> Render:
    """Return the PDF of a nota or letter as it stands: the kept one when nothing changed, else one that waits for the worker."""
    mark = written.input_hash(written.facts_of(paper))
    known = Render.objects.filter(paper=paper, input_hash=mark).defer("content").first()
    if known and known.state != RenderState.FAILED:
        return known
    if known:
        known.delete()
    try:
        with transaction.atomic():
            render = Render.objects.create(paper=paper, kind=paper.kind, input_hash=mark, asked_by=by, asked_at=at)
    except IntegrityError:  # the same paper, asked twice at once
        return Render.objects.defer("content").get(paper=paper, input_hash=mark)
    job = app.configure_task(name="make_paper")
    job.defer(render=str(render.public_id))  # in this transaction: asked for and put before the worker, or neither
    return render


def make(*, render: Render, door: Door) -> None:
    """Make the PDF that was asked for; what cannot be made is marked as failed with a message for the user.

    The claim may have changed since: the paper is then made as it stands now and kept under that hash.
    """
    content: bytes
    try:
        if render.paper_id:
            paper = written.facts_of(render.paper)
            mark, content = written.input_hash(paper), door.render(written.as_document(paper), written.SHEET)
        else:
            facts = papers.facts_of(render.claim, render.kind)
            mark, content = papers.input_hash(facts), door.render(papers.as_document(facts))
    except (PaperFailed, papers.TooLong) as error:
        message = str(error.message if isinstance(error, PaperFailed) else MESSAGES[TOO_MUCH])
        Render.objects.filter(pk=render.pk).update(state=RenderState.FAILED, message=message[:300])
        return
    alike = Render.objects.filter(claim=render.claim_id, paper=render.paper_id, kind=render.kind)
    with transaction.atomic():
        if mark != render.input_hash:
            alike.filter(input_hash=mark).exclude(pk=render.pk).delete()
        Render.objects.filter(pk=render.pk).update(state=RenderState.DONE, content=content, message="", input_hash=mark)
        old = alike.order_by("-asked_at", "-pk").values_list("pk", flat=True)[KEPT:]
        Render.objects.filter(pk__in=list(old)).delete()
