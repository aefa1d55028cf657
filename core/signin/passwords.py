"""What a local password must be."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Asks for a length, in words that are translated (Django's own Dutch lacks them)."""

    def get_error_message(self) -> str:
        return _("This password is too short: it takes at least %d characters.") % self.min_length

    def get_help_text(self) -> str:
        return _("At least %d characters.") % self.min_length
