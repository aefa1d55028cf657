"""What the tests of the reporting floor share."""

from tests.examples.conftest import books, confirmer, second_controller, way

__all__ = ["books", "confirmer", "second_controller", "way"]
