"""The guided tour through the demo story: what to do as whom, and what is done already, told from the records themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.enums import StepKind
from claims.models import Approval, Claim, Commitment, Decision, FrozenPaper
from claims.models import Step as Taken

CLAIM = "BV-2026-0001"  # the claim of the demo story that is still a draft


@dataclass(frozen=True)
class Stop:
    """One thing to do: as whom (the demo's user), what, what one sees then, where, and whether it was done."""

    who: str
    do: str | Promise
    see: str | Promise
    url: str
    done: bool


def tour() -> list[Stop]:
    """Return the stops in their order; none without the demo story."""
    claim = Claim.objects.filter(reference=CLAIM).first() if settings.DEMO else None
    if claim is None:
        return []
    taken = set(Taken.objects.filter(claim=claim).values_list("kind", flat=True))
    agreed = Approval.objects.filter(submission__claim=claim).exists()
    confirmed = list(Decision.objects.filter(claim=claim, dropped_at=None).values_list("confirmed_at", flat=True))
    frozen = list(FrozenPaper.objects.filter(subject=claim.public_id).values_list("public", flat=True))

    def at(name: str, *args: str) -> str:
        return reverse(f"claims:{name}", args=[claim.reference, *args])

    freeze = reverse("claims:freeze", args=["cw31", claim.public_id])
    return [
        Stop(
            "bram",
            _("Look at the check of the claim, and submit it."),
            _("Each finding asks to be mended or answered; the claim then waits for the controller."),
            at("step", "submit"),
            StepKind.SUBMIT in taken,
        ),
        Stop(
            "carla",
            _("Check the claim as controller, and agree with it."),
            _("The effect of the claim on its envelopes stands beside the button."),
            at("step", "agree"),
            agreed,
        ),
        Stop(
            "maria",
            _("Present the claim for decision."),
            _("The claim waits for who decides."),
            at("step", "present"),
            StepKind.PRESENT in taken,
        ),
        Stop(
            "daan",
            _("Register the decision, with the amount granted."),
            _("Nothing is granted yet: another registrar confirms."),
            at("decision-new"),
            bool(confirmed),
        ),
        Stop(
            "noor",
            _("Confirm the decision."),
            _("What was requested is granted now, and can be committed."),
            at("decisions"),
            any(confirmed),
        ),
        Stop(
            "fatima",
            _("Enter a commitment under the claim."),
            _("What is still to be committed goes down by its amount."),
            at("commit"),
            Commitment.objects.filter(line__claim=claim).exists(),
        ),
        Stop(
            "anna",
            _("Freeze the CW 3.1 form."),
            _("PDF, Word and OpenDocument file are kept, each figure with the record it comes from."),
            freeze,
            False in frozen,
        ),
        Stop(
            "anna",
            _("Make a public version of it, without a passage that a colleague confirmed."),
            _("The passage is in none of the files; a list tells where and on what ground something is left out."),
            reverse("claims:frozen-papers"),
            True in frozen,
        ),
    ]
