"""What the tests of the reporting floor share."""

from tests.claims.workflow.conftest import confirmer, second_controller, way

__all__ = ["confirmer", "second_controller", "way"]
