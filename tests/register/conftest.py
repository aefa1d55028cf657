"""What the tests of the entry screens share."""

from typing import Any

import pytest

from tests.register.specimens import EDITORS


@pytest.fixture
def editor_of(officer: Any, controller: Any, administrator: Any, enter: Any) -> Any:
    """Sign in who may change a model: `editor_of("partners.partner").get(…)`."""

    def sign_in(model: str) -> Any:
        people = {"officer": officer, "controller": controller}
        return enter(people.get(EDITORS.get(model, ""), administrator))

    return sign_in
