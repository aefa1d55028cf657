"""Who may do what with a claim: None when allowed, else a refusal that says why and who can help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.enums import ClaimState, StepKind
from claims.queries.workflow import drafters, who_can
from claims.rules.workflow import MOVES, Move, from_state
from core.enums import Role
from core.permissions import Refusal, has_role, names_of

if TYPE_CHECKING:
    from claims.models import Claim, Decision, HouseItem, Redaction, TakeOn, WrittenPaper
    from core.models import Directorate, User


def may_create(user: User, directorate: Directorate | None = None) -> Refusal | None:
    """Policy officers make claims, each in the directorates where they have that role."""
    if directorate is None:
        allowed = has_role(user, Role.OFFICER, anywhere=True)
    else:
        allowed = has_role(user, Role.OFFICER, directorate_id=directorate.pk)
    if allowed:
        return None
    return Refusal(
        _("Only a policy officer of the directorate makes claims."),
        _("Ask a colleague who is, or the administrator for the role."),
    )


def may_edit(user: User, claim: Claim) -> Refusal | None:
    """Policy officers of the claim's directorate change it, as long as it is a draft or was returned."""
    if not has_role(user, Role.OFFICER, directorate_id=claim.directorate_id):
        return Refusal(_("Only a policy officer of the claim's directorate changes it."), _holder(claim))
    if not claim.editable:
        return Refusal(
            format_lazy(
                _("This claim is “{state}” and no longer a draft: it is changed by a recorded amendment."),
                state=claim.get_state_display(),
            ),
            _holder(claim),
        )
    return None


def may_take(user: User, claim: Claim, kind: str) -> Refusal | None:
    """Say whether a person may take a step with a claim now, and if not, why and who can help."""
    move = MOVES[StepKind(kind)]
    if not has_role(user, *move.roles, directorate_id=claim.directorate_id):
        return Refusal(
            format_lazy(_("This step belongs to: {roles}."), roles=", ".join(str(role.label) for role in move.roles)),
            helpers(claim, move),
        )
    if move not in from_state(claim.state, amending=claim.round > 1):
        return Refusal(
            format_lazy(
                _("The claim is “{state}”, and from there this step cannot be taken."), state=claim.get_state_display()
            ),
            _holder(claim),
        )
    if move.four_eyes:
        return four_eyes(user, claim, move)
    return None


def four_eyes(user: User, claim: Claim, move: Move) -> Refusal | None:
    """Whoever changed the claim's content in this round does not check, confirm or approve it."""
    if user.pk not in drafters(claim):
        return None
    return Refusal(
        _("You worked on this claim in this round. Somebody who did not must check, confirm or approve it."),
        helpers(claim, move),
    )


def moves_for(user: User, claim: Claim) -> list[Move]:
    """Return the steps this person may take now, for buttons."""
    return [
        move
        for move in from_state(claim.state, amending=claim.round > 1)
        if move.by_hand and may_take(user, claim, move.kind) is None
    ]


WAITS = {
    ClaimState.RETURNED: StepKind.SUBMIT,
    ClaimState.SUBMITTED: StepKind.AGREE,
    ClaimState.AGREED: StepKind.PRESENT,
    ClaimState.PRESENTED: StepKind.DECIDE,
    ClaimState.HELD: StepKind.DECIDE,
}


def waits_for(user: User, claim: Claim) -> str:
    """Say for whom the claim waits when it is not this person's turn; empty otherwise."""
    kind = WAITS.get(ClaimState(claim.state))
    if kind is None or may_take(user, claim, kind) is None:
        return ""
    return str(format_lazy(_("Waits for: {roles}. {help}"), **_whose(claim, MOVES[kind])))


def waits_after(claim: Claim, kind: StepKind) -> str:
    """Say for whom the claim will wait once a step is taken, so that nobody sends it where nobody is; empty where for nobody."""
    following = WAITS.get(MOVES[kind].ends[0])
    if following is None:
        return ""
    return str(format_lazy(_("After this it waits for: {roles}. {help}"), **_whose(claim, MOVES[following])))


def _whose(claim: Claim, move: Move) -> dict[str, str]:
    return {"roles": ", ".join(str(role.label) for role in move.roles), "help": helpers(claim, move)}


def helpers(claim: Claim, move: Move) -> str:
    """Name the people who can take a step with this claim."""
    besides = drafters(claim) if move.four_eyes else frozenset()
    people = who_can(move.roles, claim.directorate_id, besides=besides)
    if not people:
        return str(_("Nobody has that role now: ask the administrator."))
    return str(format_lazy(_("Who can: {names}."), names=names_of(people[:5])))


def may_register(user: User, claim: Claim) -> Refusal | None:
    """Registrars register what was decided, for every claim they see."""
    if has_role(user, Role.REGISTRAR, directorate_id=claim.directorate_id):
        return None
    return Refusal(
        _("Only a decision registrar registers and confirms decisions."), helpers(claim, MOVES[StepKind.DECIDE])
    )


def may_settle(user: User, claim: Claim) -> Refusal | None:
    """A decision that settles the claim is registered once the claim is presented, or held over."""
    refusal = may_register(user, claim)
    if refusal:
        return refusal
    if claim.state not in MOVES[StepKind.DECIDE].origins:
        return Refusal(
            format_lazy(
                _(
                    "The claim is “{state}”. A decision that settles it can be registered once it is presented for decision."
                ),
                state=claim.get_state_display(),
            ),
            _holder(claim),
        )
    return None


def may_confirm(user: User, decision: Decision) -> Refusal | None:
    """Another registrar than the one who registered confirms, who did not draft either."""
    move = MOVES[StepKind.DECIDE]
    refusal = may_settle(user, decision.claim) if decision.settles else may_register(user, decision.claim)
    if refusal:
        return refusal
    if decision.registered_by_id == user.pk:
        besides = drafters(decision.claim) | {user.pk}
        people = who_can(move.roles, decision.claim.directorate_id, besides=besides)
        return Refusal(
            _("Whoever registered a decision does not confirm it."),
            format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else "",
        )
    return four_eyes(user, decision.claim, move)


def may_commit(user: User, claim: Claim) -> Refusal | None:
    """Budget managers sign within their mandate, financial officers book: both record commitments."""
    return _only(
        user, claim, (Role.BOOKKEEPER, Role.MANAGER), _("Only a financial officer or budget manager does this.")
    )


def may_book(user: User, claim: Claim | None = None) -> Refusal | None:
    """Financial officers book payments, write-offs, reversals and budget mutations."""
    return _only(user, claim, (Role.BOOKKEEPER,), _("Only a financial officer books this."))


def may_control(user: User, claim: Claim | None = None) -> Refusal | None:
    """Controllers confirm limit raises, close months and sign off the reconciliation."""
    return _only(user, claim, (Role.CONTROLLER,), _("Only a controller does this."))


def keeps_books(user: User) -> bool:
    """True for financial officers and controllers: they work with envelopes, and with what the books say."""
    return has_role(user, Role.BOOKKEEPER, Role.CONTROLLER)


def may_keep_books(user: User) -> Refusal | None:
    """Financial officers and controllers work with what the books say: reconciliation and its totals."""
    return None if keeps_books(user) else may_control(user)


def may_take_on(user: User, file: TakeOn) -> Refusal | None:
    """A controller who did not add the file takes an opening balance in."""
    refusal = may_control(user)
    if refusal is None and file.added_by_id == user.pk:
        return Refusal(_("Whoever added the file does not take it in: a controller does."))
    return refusal


def may_propose_raise(user: User, claim: Claim | None = None) -> Refusal | None:
    """Whoever commits under a claim proposes to widen its limit; whoever books, that of an envelope; a controller either."""
    bound = may_commit(user, claim) if claim is not None else may_book(user)
    return bound and may_control(user, claim)


def _only(user: User, claim: Claim | None, roles: tuple[Role, ...], reason: str | Promise) -> Refusal | None:
    directorate = claim.directorate_id if claim is not None else None
    if has_role(user, *roles, directorate_id=directorate):
        return None
    people = who_can(roles, directorate or 0)
    return Refusal(reason, format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else "")


def may_follow(user: User, claim: Claim) -> Refusal | None:
    """Everybody who works on or checks a claim records milestones, evidence, remarks and deadlines; readers read."""
    working = (Role.OFFICER, Role.MANAGER, Role.CONTROLLER, Role.REGISTRAR, Role.BOOKKEEPER)
    if has_role(user, *working, directorate_id=claim.directorate_id):
        return None
    return Refusal(_("Readers read; they add nothing."), _holder(claim))


def may_freeze(user: User, directorate_id: int) -> Refusal | None:
    """Policy officers of the directorate freeze its papers, in whatever state the claim is."""
    if has_role(user, Role.OFFICER, directorate_id=directorate_id):
        return None
    people = who_can((Role.OFFICER,), directorate_id)
    return Refusal(
        _("Only a policy officer of the directorate freezes its papers."),
        format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else "",
    )


def may_style(user: User) -> Refusal | None:
    """Controllers and administrators keep the look that every paper of the organisation has."""
    if has_role(user, Role.CONTROLLER, Role.ADMINISTRATOR, anywhere=True):
        return None
    return Refusal(_("Only a controller or administrator changes the look of papers."))


def may_confirm_redaction(user: User, redaction: Redaction) -> Refusal | None:
    """Another person than the one who proposed confirms: an officer, manager or controller of the directorate."""
    roles = (Role.OFFICER, Role.MANAGER, Role.CONTROLLER)
    people = [one for one in who_can(roles, redaction.directorate_id) if one.pk != redaction.proposed_by_id]
    help_ = format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else ""
    if not has_role(user, *roles, directorate_id=redaction.directorate_id):
        return Refusal(_("Redactions are confirmed by an officer, budget manager or controller."), help_)
    if redaction.proposed_by_id == user.pk:
        return Refusal(_("Whoever proposed a redaction does not confirm it."), help_)
    return None


def may_hand_over(user: User, claim: Claim) -> Refusal | None:
    """The file holder, the deputy, or a manager of the directorate hands a claim over."""
    if user.pk in (claim.owner_id, claim.deputy_id):
        return None
    if has_role(user, Role.MANAGER, directorate_id=claim.directorate_id):
        return None
    people = who_can((Role.MANAGER,), claim.directorate_id)
    return Refusal(
        _("A claim is handed over by its file holder, the deputy or a budget manager."),
        format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else _holder(claim),
    )


def _holder(claim: Claim) -> str:
    return str(format_lazy(_("Questions? The file holder is {name}."), name=claim.owner)) if claim.owner_id else ""


def may_keep_item(user: User, item: HouseItem | None = None) -> Refusal | None:
    """Policy officers, budget managers and registrars of the directorate keep its motions and undertakings."""
    working = (Role.OFFICER, Role.MANAGER, Role.REGISTRAR)
    if item is None:
        allowed = has_role(user, *working, anywhere=True)
    else:
        allowed = has_role(user, *working, directorate_id=item.directorate_id)
    if allowed:
        return None
    people = who_can(working, item.directorate_id) if item is not None else []
    return Refusal(
        _("Motions and undertakings are kept by policy officers, budget managers and registrars of the directorate."),
        format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else "",
    )


def may_write_paper(user: User, paper: WrittenPaper) -> Refusal | None:
    """Policy officers of the paper's directorate write it, until its decision is fed back or it is sent."""
    if not has_role(user, Role.OFFICER, directorate_id=paper.directorate_id):
        people = who_can((Role.OFFICER,), paper.directorate_id)
        return Refusal(
            _("Only a policy officer of the paper's directorate changes it."),
            format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else "",
        )
    if paper.closed:
        return Refusal(
            _("This paper is closed: its decision was fed back, or it was sent. Its text no longer changes."),
            _("Take it up again first, if that was a mistake."),
        )
    return None


def may_close_paper(user: User, paper: WrittenPaper) -> Refusal | None:
    """Officers and registrars feed a decision back, say that a letter was sent, and take a paper up again."""
    roles = (Role.OFFICER, Role.REGISTRAR)
    if has_role(user, *roles, directorate_id=paper.directorate_id):
        return None
    people = who_can(roles, paper.directorate_id)
    return Refusal(
        _("Only a policy officer or registrar says what became of a paper."),
        format_lazy(_("Who can: {names}."), names=names_of(people[:5])) if people else "",
    )


def may_match(user: User) -> Refusal | None:
    """Policy and financial officers and controllers say which published activity belongs to which gift."""
    if has_role(user, Role.OFFICER, Role.BOOKKEEPER, Role.CONTROLLER, anywhere=True):
        return None
    return Refusal(_("Matching published activities is for policy officers, financial officers and controllers."))
