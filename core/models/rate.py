"""Exchange rates as they were published. Append-only: what was reckoned with a rate can be reckoned again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import LoadedRate
from core.fields import DayField


class ExchangeRate(models.Model):
    """Units of a currency for one euro on a day."""

    kind = models.CharField(_("kind of rate"), max_length=10, choices=LoadedRate.choices)
    currency = models.CharField(_("currency"), max_length=3)
    day = DayField(_("day"))
    rate = models.DecimalField(_("units for one euro"), max_digits=18, decimal_places=8)
    source = models.CharField(_("source"), max_length=200)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["kind", "currency", "-day"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "currency", "day"], name="rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_positive"),
            models.CheckConstraint(condition=Q(kind__in=LoadedRate.values), name="rate_kind_known"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$") & ~Q(currency="EUR"), name="rate_currency_foreign"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate}"
