"""Adding evidence: checked by its content, kept with its hash, never changed."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.utils.translation import gettext as _

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.models import Claim, Evidence
from claims.models.evidence import ABOUT, LARGEST_EVIDENCE
from claims.rules.files import media_type, tidy_name
from core.models import User
from core.permissions import refresh
from core.transactions import acting


@acting
def add_evidence(
    *, by: User, at: datetime.datetime, claim: Claim, name: str, content: bytes, **fields: Any
) -> Evidence:
    """Keep a file as evidence. Raises Refused for a file that is empty, too large, or not what its name says."""
    refresh(by)
    require(policies.may_follow(by, claim))
    name = tidy_name(name)
    if not content:
        raise Refused(_("The file is empty."), "evidence_size")
    if len(content) > LARGEST_EVIDENCE:
        raise Refused(
            _("The file is larger than 20 MB. Make it smaller, for example by splitting it."), "evidence_size"
        )
    found = media_type(name, content)
    if found is None:
        raise Refused(
            _(
                "“%(name)s” cannot be kept: evidence is a PDF, a picture (PNG, JPEG), a document or sheet without macros "
                "(DOCX, ODT, XLSX, ODS), a text or a saved e-mail (EML), and its content must be what its name says."
            )
            % {"name": name},
            "evidence_type",
        )
    digest = hashlib.sha256(content).hexdigest()
    known = Evidence.objects.filter(
        claim=claim, digest=digest, **{name: fields.get(name) for name in ABOUT}
    ).without_content()
    if known.exists():
        raise Refused(_("This very file is already there."), "evidence_once")
    with in_words():
        return Evidence.objects.create(
            claim=claim,
            name=name,
            content=content,
            media_type=found,
            size=len(content),
            digest=digest,
            added_by=by,
            added_at=at,
            **fields,
        )
