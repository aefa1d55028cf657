"""People, directorates, and who does what where."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Role
from core.fields import PublicIdField, SortKeyField
from core.history import tracked
from core.models.base import Reference


@tracked()
class Directorate(Reference):
    """A part of the ministry that owns claims."""

    code = models.CharField(
        _("code"), max_length=40, unique=True, help_text=_("As it stands on papers, for example BZ/DSH.")
    )

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("directorate")
        verbose_name_plural = _("directorates")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} – {self.name()}"


@tracked(exclude=("password", "last_login", "password_given"))
class User(AbstractUser):
    """A person who signs in. Rows of money, steps and events hold the id only, never the name."""

    public_id = PublicIdField()
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=150, help_text=_("As colleagues know this person."))
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    password_given = models.BooleanField(
        _("password by an administrator"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Whose password another person chose chooses a new one before going on."),
    )
    sort_key = SortKeyField("name")

    REQUIRED_FIELDS = ["email", "name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


@tracked()
class Membership(models.Model):
    """One role of one person in one directorate, or in the whole ministry when no directorate is named."""

    user: Any = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    directorate = models.ForeignKey(
        Directorate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("directorate"),
        help_text=_("Empty: the whole ministry."),
    )
    managed = models.BooleanField(
        _("by the sign-in provider"),
        default=False,
        editable=False,
        help_text=_("Given and taken by the groups of the sign-in provider, at each sign-in."),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "directorate"],
                nulls_distinct=False,
                name="one_membership",
                violation_error_message=_("This person already has that role there."),
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
