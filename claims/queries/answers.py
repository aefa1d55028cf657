"""The answers that count now: the newest per finding, unless it was withdrawn."""

from claims.models import Claim, FindingAnswer


def answers_of(claim: Claim) -> dict[str, FindingAnswer]:
    """Return the answers by the key of what they answer, in one query."""
    newest = {
        answer.key: answer for answer in FindingAnswer.objects.filter(claim=claim).select_related("by").order_by("pk")
    }
    return {key: answer for key, answer in newest.items() if not answer.withdrawn}
