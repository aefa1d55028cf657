"""Freezing a paper: asked on a page, made in the worker, held against the records, and kept for good.

What is frozen is what was shown: a paper that changed between asking and making is not frozen.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.checks.leaks import leaks
from claims.checks.readback import misread, missing_in_office
from claims.documents import composed
from claims.documents.public import Rendered, rebuilt, render
from claims.documents.snapshot import snapshot
from claims.documents.written_public import Left
from claims.enums import Regime
from claims.kinds import KINDS, Blocker, Kind
from claims.models import (
    FileFormat,
    Freezing,
    FrozenClaim,
    FrozenFigure,
    FrozenFile,
    FrozenPaper,
    Redaction,
    RedactionGround,
    RenderState,
)
from claims.office import KINDS as MEDIA_TYPES
from claims.papers import TooLong
from claims.queries.figures import Value
from claims.queries.house_style import Look, looks
from claims.queries.printed_values import Stand, stands
from claims.queries.workflow import digest
from claims.rules.printed import Printed, exact
from claims.rules.redaction import Anchor, Removal
from core.models import User
from core.pandoc.door import PandocFailed
from core.pandoc.writing import Format
from core.pdf import Door, PaperFailed
from core.pdf.check import inspect
from core.pdf.door import MESSAGES
from core.pdf.server import FAILED, TOO_MUCH
from core.permissions import refresh
from core.transactions import acting

log = logging.getLogger(__name__)
MOST_NAMED = 5  # problems named in one message
TOOLS = ("weasyprint", "pydyf", "fonttools", "tinycss2", "pikepdf", "pypandoc-binary")
CHANGED = gettext_lazy("The paper changed since it was shown. Look at it again, and freeze it as it is now.")


@acting
def ask_to_freeze(*, by: User, at: datetime.datetime, kind: Kind, subject: Any, seen: str) -> Freezing:
    """Ask the worker to freeze a paper as it was shown (`seen` is the mark of that). Raises Refused, PermissionDenied."""
    refresh(by)
    require(policies.may_freeze(by, kind.directorate_of(subject)))
    facts = kind.facts_of(subject)
    mark = kind.mark(facts)
    if seen != mark:
        raise Refused(CHANGED, "freeze_as_shown")
    refuse_blocked(kind.blockers(subject))
    last = newest(kind, subject.public_id, public=False)
    if last and last.input_hash == mark:
        raise Refused(_("Nothing changed since version %d was frozen.") % last.number, "freeze_changed")
    return queue(by=by, at=at, kind=kind, subject=subject, mark=mark)


def refuse_blocked(found: list[Blocker]) -> None:
    """Refuse while anything contradicts itself or must be mended."""
    if found:
        named = " ".join(f"{one.where}: {one.message}" for one in found[:MOST_NAMED])
        raise Refused(
            _("Not frozen: %(count)d things contradict each other or must be mended. %(named)s")
            % {"count": len(found), "named": named},
            "freeze_blocked",
        )


def newest(kind: Kind, subject: Any, *, public: bool) -> FrozenPaper | None:
    """Return the newest frozen version of a paper."""
    rows = FrozenPaper.objects.filter(kind=kind.code, subject=subject, public=public).defer("snapshot", "program")
    return rows.order_by("-number").first()


def queue(
    *,
    by: User,
    at: datetime.datetime,
    kind: Kind,
    subject: Any,
    mark: str,
    internal: FrozenPaper | None = None,
    regime: str = "",
) -> Freezing:
    """Write the request down and put it before the worker; one that waits already is returned."""
    _take_turns(kind, subject)
    asked_for = {"kind": kind.code, "subject": subject.public_id, "internal": internal}
    waiting = Freezing.objects.filter(**asked_for, state=RenderState.WAITING).order_by("pk").first()
    if waiting and waiting.input_hash == mark:
        return waiting
    if waiting:
        Freezing.objects.filter(pk=waiting.pk).update(state=RenderState.FAILED, message=str(CHANGED))
    asked = Freezing.objects.create(
        kind=kind.code,
        subject=subject.public_id,
        directorate_id=kind.directorate_of(subject),
        internal=internal,
        regime=regime,
        input_hash=mark,
        asked_by=by,
        asked_at=at,
    )
    job = app.configure_task(name="freeze_paper")  # by name: the task stands outside and calls `freeze`
    job.defer(freezing=str(asked.public_id))  # in this transaction: asked for and put before the worker, or neither
    return asked


def freeze(*, freezing: Freezing, at: datetime.datetime, door: Door) -> FrozenPaper | None:
    """Make the files that were asked for and keep them; what cannot be frozen is marked as failed with the reason."""
    try:
        return _frozen(freezing, at, door)
    except Refused as error:
        message = str(error.message)
    except PaperFailed as error:
        message = str(error.message)
    except TooLong:
        message = str(MESSAGES[TOO_MUCH])
    except PandocFailed:
        message = _("The Word or OpenDocument file could not be made. Tell the administrator which paper it was.")
    except Exception:  # a request must not wait for ever
        log.exception("freezing %s %s", freezing.kind, freezing.public_id)
        message = str(MESSAGES[FAILED])
    Freezing.objects.filter(pk=freezing.pk).update(state=RenderState.FAILED, message=message[:4000])
    return None


def _frozen(freezing: Freezing, at: datetime.datetime, door: Door) -> FrozenPaper:
    kind = KINDS[freezing.kind]
    subject = kind.subject_of(freezing.subject)
    if freezing.internal_id:
        return freeze_public(freezing, kind, subject, at, door)
    facts = kind.facts_of(subject)
    if kind.mark(facts) != freezing.input_hash:
        raise Refused(CHANGED, "freeze_as_shown")
    refuse_blocked(kind.blockers(subject))
    things = kind.printed(facts)
    now = stands(pair for thing in things for pair in thing.sources)
    style = looks()
    files = made(kind, facts, things, now, door, style)
    return _keep(freezing, kind, subject, facts, things, now, files, style, at)


def made(
    kind: Kind,
    facts: Any,
    things: tuple[Printed, ...],
    now: dict[tuple[str, str], Stand],
    door: Door,
    style: Mapping[Format, Look],
) -> dict[str, bytes]:
    """Make the three files and look at them: their structure, and every figure in them. Raises Refused naming what is wrong."""
    files = {FileFormat.PDF.value: door.render(kind.as_document(facts), kind.sheet)}
    found = inspect(files[FileFormat.PDF])
    _refuse(_("the structure of the PDF is not right"), found.problems)
    _refuse(_("a figure is not what its record says"), misread(things, now, found))
    for office, look in style.items():
        files[office] = kind.as_file(facts, office, look.content)
        _refuse(_("a figure is missing"), missing_in_office(things, files[office], office.upper()))
    return files


def _refuse(what: str, complaints: Iterable[str | Promise]) -> None:
    named = [str(complaint) for complaint in complaints]
    if named:
        more = _(" And %d more.") % (len(named) - MOST_NAMED) if len(named) > MOST_NAMED else ""
        raise Refused(
            _("Not frozen: %(what)s. %(named)s%(more)s")
            % {"what": what, "named": " ".join(named[:MOST_NAMED]), "more": more},
            "freeze_readback",
        )


# -- the public version ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Public:
    """What a public version would be: its facts, the list that comes with it, the words that may stand nowhere in it, and its mark."""

    rendered: Rendered
    listed: tuple[dict[str, str], ...]
    gone: tuple[str, ...]
    mark: str


def public_of(kind: Kind, paper: FrozenPaper, regime: str) -> Public:
    """Take out of an internal version what is confirmed to be left out under a regime. Raises Refused while that is not settled."""
    rows = list(
        Redaction.objects.standing()
        .filter(subject=paper.subject, ground__regime=regime)
        .select_related("ground", "proposed_by", "confirmed_by")
        .order_by("pk")
    )
    facts = rebuilt(kind.facts_type, paper.snapshot["facts"])
    parts = kind.texts(facts)
    order = {part.part: number for number, part in enumerate(parts)} | {composed.PART: len(parts)}
    mine = sorted((row for row in rows if row.part in order), key=lambda row: (order[row.part], row.pk))
    waiting = [row.place for row in mine if row.open]
    if waiting:
        raise Refused(
            _("%(count)d redactions wait for confirmation: %(places)s.")
            % {"count": len(waiting), "places": ", ".join(dict.fromkeys(waiting))},
            "redaction_open",
        )
    removals = [removal_of(row) for row in mine]
    rendered = render(facts, parts, kind.with_texts, removals)
    if rendered.lost:
        lost = {removal.anchor.quote for removal in rendered.lost}
        places = dict.fromkeys(row.place for row in mine if row.quote in lost)
        raise Refused(
            _("A redaction is lost, because its text changed: %s. Withdraw it and propose it anew.")
            % ", ".join(places),
            "redaction_lost",
        )
    alone = kind.left_out(facts)
    loose = [removal for removal in removals if removal.part == composed.PART]
    listed = (*_by_itself(alone, regime), *(_listed(row, _place(row, facts, loose)) for row in mine))
    mark = hashlib.sha256(f"{kind.mark(rendered.facts)}|{paper.pk}|{regime}|{listed!r}".encode()).hexdigest()
    return Public(rendered, listed, (*rendered.removed, *(words for left in alone for words in left.words)), mark)


def _by_itself(alone: Sequence[Left], regime: str) -> Iterable[dict[str, str]]:
    """Return the lines of the list about what every public version leaves out, with the article of its ground."""
    articles = dict(RedactionGround.objects.filter(regime=regime).values_list("name_nl", "article")) if alone else {}
    for left in alone:
        article = articles.get(left.ground, "")
        yield {"id": "", "place": left.place, "ground": left.ground, "article": article, "motivation": left.motivation}


def _place(row: Redaction, facts: Any, loose: Sequence[Removal]) -> str:
    """Name where a passage stood; a place may be called after words that are themselves left out."""
    places = composed.places_of(facts, row.quote) if row.part == composed.PART else (row.place,)
    return composed.left_of("; ".join(places), loose)


def _listed(row: Redaction, place: str) -> dict[str, str]:
    return {
        "id": str(row.public_id),
        "place": place,
        "ground": str(row.ground.name_nl),
        "article": row.ground.article,
        "motivation": row.motivation,
    }


def removal_of(row: Redaction) -> Removal:
    """Return what a redaction takes out and what it prints."""
    return Removal(row.part, Anchor(row.quote, row.before, row.after), row.ground.name_nl)


@acting
def ask_public(*, by: User, at: datetime.datetime, paper: FrozenPaper, regime: str) -> Freezing:
    """Ask the worker for the public version of an internal one. Raises Refused, PermissionDenied."""
    refresh(by)
    kind = KINDS[paper.kind]
    subject = kind.subject_of(paper.subject)
    require(policies.may_freeze(by, paper.directorate_id))
    if paper.public or regime not in Regime.values:
        raise Refused(_("A public version is made from a frozen internal version."), "frozen_public_of_internal")
    wanted = public_of(kind, paper, regime)
    _refuse_confidential(paper)
    last = newest(kind, paper.subject, public=True)
    if last and last.input_hash == wanted.mark:
        raise Refused(_("Nothing changed since public version %d was made.") % last.number, "freeze_changed")
    return queue(by=by, at=at, kind=kind, subject=subject, mark=wanted.mark, internal=paper, regime=regime)


def _refuse_confidential(paper: FrozenPaper) -> None:
    """Refuse what holds a result that became confidential after it was frozen."""
    rows = paper.figures.filter(field__in=("result.value", "result-part.value"), version__result__confidential=True)
    places = list(dict.fromkeys(rows.values_list("place", flat=True)))
    if places:
        raise Refused(
            _("A result in this paper is confidential now: %s. Freeze a new version first.") % ", ".join(places),
            "public_confidential",
        )


def freeze_public(freezing: Freezing, kind: Kind, subject: Any, at: datetime.datetime, door: Door) -> FrozenPaper:
    """Make the public version with its list, and look in every file for what was left out."""
    paper = freezing.internal
    wanted = public_of(kind, paper, freezing.regime)
    _refuse_confidential(paper)
    if wanted.mark != freezing.input_hash:
        raise Refused(CHANGED, "freeze_as_shown")
    facts = wanted.rendered.facts
    things = kind.printed(facts)
    now = as_frozen(paper)
    style = looks()
    files = made(kind, facts, things, now, door, style)
    files[FileFormat.LIST.value] = door.render(
        render_to_string(
            "documents/redactions.html",
            {"title": kind.title_of(facts), "regime": Regime(freezing.regime), "redactions": wanted.listed},
        )
    )
    _refuse(_("the structure of the list is not right"), inspect(files[FileFormat.LIST]).problems)
    still = leaks(wanted.gone, files)
    if still:
        raise Refused(
            _(
                "Not made: what is left out still stands elsewhere in the paper or its list: %s. Redact it there as well."
            )
            % "; ".join(f"“{words[:80]}”" for words in still[:MOST_NAMED]),
            "public_leaks",
        )
    return _keep_public(freezing, kind, subject, wanted, things, now, files, style, at)


def as_frozen(paper: FrozenPaper) -> dict[tuple[str, str], Stand]:
    """Return the values that a version was frozen with: a public version says what the internal one said."""
    rows = paper.figures.select_related("version")
    return {
        (row.field, str(row.record)): Stand(
            None if row.value is None else Value(row.value, row.sort, row.currency or "EUR"), row.as_of, row.version
        )
        for row in rows
    }


@acting
def _keep_public(
    freezing: Freezing,
    kind: Kind,
    subject: Any,
    wanted: Public,
    things: tuple[Printed, ...],
    now: dict[tuple[str, str], Stand],
    files: dict[str, bytes],
    style: Mapping[Format, Look],
    at: datetime.datetime,
) -> FrozenPaper:
    _take_turns(kind, subject)
    if public_of(kind, freezing.internal, freezing.regime).mark != wanted.mark:
        raise Refused(CHANGED, "freeze_as_shown")
    with in_words():
        paper = store(
            kind=kind,
            subject=subject,
            facts=wanted.rendered.facts,
            things=things,
            now=now,
            files=files,
            mark=wanted.mark,
            by=freezing.asked_by,
            at=at,
            internal=freezing.internal,
            regime=freezing.regime,
            style=style,
            redactions=list(wanted.listed),
        )
    Freezing.objects.filter(pk=freezing.pk).update(state=RenderState.DONE, paper=paper, message="")
    return paper


@acting
def _keep(
    freezing: Freezing,
    kind: Kind,
    subject: Any,
    facts: Any,
    things: tuple[Printed, ...],
    now: dict[tuple[str, str], Stand],
    files: dict[str, bytes],
    style: Mapping[Format, Look],
    at: datetime.datetime,
) -> FrozenPaper:
    """Store everything in one transaction, unless the paper changed while it was made."""
    _take_turns(kind, subject)
    if kind.mark(kind.facts_of(kind.subject_of(freezing.subject))) != freezing.input_hash:
        raise Refused(CHANGED, "freeze_as_shown")
    with in_words():
        paper = store(
            kind=kind,
            subject=subject,
            facts=facts,
            things=things,
            now=now,
            files=files,
            mark=freezing.input_hash,
            by=freezing.asked_by,
            at=at,
            style=style,
        )
    Freezing.objects.filter(pk=freezing.pk).update(state=RenderState.DONE, paper=paper, message="")
    return paper


def store(
    *,
    kind: Kind,
    subject: Any,
    facts: Any,
    things: tuple[Printed, ...],
    now: dict[tuple[str, str], Stand],
    files: dict[str, bytes],
    mark: str,
    by: User,
    at: datetime.datetime,
    internal: FrozenPaper | None = None,
    regime: str = "",
    style: Mapping[Format, Look] | None = None,
    **besides: Any,
) -> FrozenPaper:
    """Write a version with its files, figures and claims; the deferred rule that it is whole is asked at once."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints claims_frozen_whole deferred")
    claims = kind.claims_of(subject)
    last = newest(kind, subject.public_id, public=internal is not None)
    data = snapshot(
        facts,
        kind.paragraphs(facts),
        things,
        known_at=at.isoformat(),
        claims=[
            {"reference": one.reference, "round": one.round, "state": one.state, "digest": digest(one)}
            for one in claims
        ],
        style={name: {"version": look.number, "digest": look.digest} for name, look in (style or {}).items()},
        results=sorted({str(stand.version.public_id) for stand in now.values() if stand.version is not None}),
        **besides,
    )
    public = internal is not None
    paper = FrozenPaper.objects.create(
        kind=kind.code,
        subject=subject.public_id,
        written=kind.paper_of(subject),
        directorate_id=kind.directorate_of(subject),
        number=last.number + 1 if last else 1,
        public=public,
        internal=internal,
        regime=regime,
        title=kind.title_of(facts)[:300],
        name=_name(kind, facts, last.number + 1 if last else 1, public),
        classification="public" if public else kind.classification_of(subject),
        template=kind.template_of(subject),
        snapshot=data,
        program={
            "mark": kind.program(),
            **{name: version(name) for name in TOOLS},
            **{f"reference.{name}": look.words for name, look in (style or {}).items()},
        },
        input_hash=mark,
        by=by,
        at=at,
    )
    drafts = dict(internal.claim_links.values_list("claim_id", "digest")) if internal else {}
    FrozenClaim.objects.bulk_create(
        FrozenClaim(paper=paper, claim=one, digest=drafts.get(one.pk) or digest(one)) for one in claims
    )
    FrozenFile.objects.bulk_create(
        FrozenFile(
            paper=paper,
            format=name,
            media_type=MEDIA_TYPES.get(name, "application/pdf"),
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
        )
        for name, content in files.items()
    )
    FrozenFigure.objects.bulk_create(_figures(paper, things, now), batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("set constraints claims_frozen_whole immediate")
    return paper


def _name(kind: Kind, facts: Any, number: int, public: bool) -> str:
    return f"{kind.name_of(facts)}{'-openbaar' if public else ''}-v{number}"[:120]


def _figures(
    paper: FrozenPaper, things: tuple[Printed, ...], now: dict[tuple[str, str], Stand]
) -> Iterable[FrozenFigure]:
    for position, thing in enumerate(things, 1):
        for field, identity in thing.sources:
            stand = now.get((field, identity))
            if stand is None:
                continue
            value = stand.value
            yield FrozenFigure(
                paper=paper,
                position=position,
                place=thing.place[:300],
                field=field,
                record=identity,
                sort=value.sort if value else "",
                value=exact(value.number) if value else None,
                currency=value.currency if value and value.sort == "amount" else "",
                wording=thing.words,
                as_of=stand.as_of,
                version=stand.version,
            )


def _take_turns(kind: Kind, subject: Any) -> None:
    """Let one freezing of a paper wait for another, so that versions are numbered one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"freeze {kind.code} {subject.public_id}"]
        )
