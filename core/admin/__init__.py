"""Entry screens of the ground floor: people, directorates and reference data."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import CharField, ModelForm, PasswordInput
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from core.admin.base import HouseAdmin, HouseInline
from core.enums import Role
from core.models import Country, Cover, Directorate, Membership, Source, Theme, User
from core.permissions import SUPERUSER
from core.signin import passwords
from core.views import person

__all__ = ["HouseAdmin", "HouseInline"]

# They know permission tables instead of roles, or keep secrets.
for model in (Group, ProcrastinateJob, EmailAddress, SocialApp, SocialAccount, SocialToken, Authenticator):
    admin.site.unregister(model)

CONTENT_ROLES = frozenset({Role.OFFICER, Role.CONTROLLER, Role.BOOKKEEPER, Role.ADMINISTRATOR})


class ReferenceAdmin(HouseAdmin):
    """Reference data with a name in both languages."""

    list_display = ["name_nl", "name_en", "code", "active"]
    list_filter = ["active"]
    search_fields = ["name_nl", "name_en", "code"]


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    """Countries."""


@admin.register(Theme)
class ThemeAdmin(ReferenceAdmin):
    """Themes."""


@admin.register(Cover)
class CoverAdmin(ReferenceAdmin):
    """Covers."""


@admin.register(Directorate)
class DirectorateAdmin(ReferenceAdmin):
    """Directorates."""

    list_display = ["code", "name_nl", "name_en", "active"]


@admin.register(Source)
class SourceAdmin(HouseAdmin):
    """Sources."""

    editors = CONTENT_ROLES
    list_display = ["title", "publisher", "published_on", "url"]
    search_fields = ["title", "publisher", "url"]


class MembershipInline(HouseInline):
    """Who does what where."""

    model = Membership
    fields = ["role", "directorate", "managed"]
    readonly_fields = ["managed"]
    description = _(
        "One row per role. Without a directorate the role counts in the whole ministry. "
        "What the sign-in provider gave comes back at the next sign-in when it is taken here; take the group instead."
    )
    extra = 1


class UserForm(ModelForm):
    """A user with, for local accounts, a new password. People have no version: the last save counts."""

    new_password = CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Empty: stays as it is. This person chooses another at the next sign-in."),
    )

    class Meta:
        model = User
        fields = ["username", "name", "email", "language", "is_active"]
        help_texts = {"username": _("Letters, digits, points and @ + - _, without spaces.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and "new_password" in self.fields:
            self.fields["new_password"].help_text = _("For the first sign-in only: this person then chooses another.")

    def clean_new_password(self) -> str:
        """Refuse a weak password with the reason."""
        password: str = self.cleaned_data["new_password"]
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                raise ValidationError(error.messages) from None
        return password


@admin.register(User)
class UserAdmin(HouseAdmin):
    """People. Leavers are switched off, never removed: rows of money and steps keep pointing at them."""

    form = UserForm
    viewers = frozenset({Role.ADMINISTRATOR})
    list_display = ["name", "username", "email", "roles", "is_active"]
    list_filter = ["is_active", "memberships__role", "memberships__directorate"]
    search_fields = ["name", "username", "email"]
    inlines = [MembershipInline]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Offer a password only where passwords let anybody in."""
        return [*UserForm.Meta.fields, *(["new_password"] if settings.LOCAL_PASSWORDS else [])]

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """List a person's roles with their directorate."""
        given = [
            f"{Role(m.role).label} {m.directorate.code if m.directorate else ''}".strip()
            for m in user.memberships.all()
        ]
        return ", ".join([*given, *([str(SUPERUSER)] if user.is_superuser else [])])

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("memberships__directorate")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        password = form.cleaned_data.get("new_password")
        if password:
            passwords.give(by=person(request), at=timezone.now(), to=obj, password=password)
        elif not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
