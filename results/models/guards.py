"""What the database itself refuses about results, whoever writes: forms, files, bulk or plain SQL."""

import pgtrigger

from results.enums import VersionState

WRITES = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def _refuse(rule: str, words: str) -> str:
    """Raise what a form can recognise by the rule's name."""
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = '23514', CONSTRAINT = '{rule}';"


# "Of which" parts may overlap each other, but none exceeds the whole. Deferrable, so that a screen may lower both at once.
PART_WITHIN_WHOLE = pgtrigger.Trigger(
    name="part_within_whole",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Immediate,
    declare=[("whole", "numeric"), ("part", "numeric")],
    func=f"""
        SELECT value INTO whole FROM results_resultversion WHERE id = NEW.version_of_id FOR NO KEY UPDATE;
        SELECT value INTO part FROM results_resultpart WHERE id = NEW.id;
        IF part IS NOT NULL AND (whole IS NULL OR part > whole) THEN
            {_refuse("result_part_within_whole", "A part exceeds the whole")}
        END IF;
        RETURN NULL;
    """,  # noqa: S608  (constants)
)
PARTS_OF_VERSION = pgtrigger.Trigger(
    name="parts_within",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    timing=pgtrigger.Immediate,
    func=f"""
        IF EXISTS (
            SELECT FROM results_resultpart AS part JOIN results_resultversion AS whole ON whole.id = part.version_of_id
            WHERE whole.id = NEW.id AND (whole.value IS NULL OR part.value > whole.value)
        ) THEN
            {_refuse("result_part_within_whole", "A part exceeds the whole")}
        END IF;
        RETURN NULL;
    """,
)

# Parts belong to what was verified.
KEEP_PARTS = pgtrigger.Trigger(
    name="keep_parts",
    when=pgtrigger.Before,
    operation=WRITES,
    func=f"""
        IF EXISTS (
            SELECT FROM results_resultversion
            WHERE id IN (CASE WHEN TG_OP = 'DELETE' THEN OLD.version_of_id ELSE NEW.version_of_id END,
                         CASE WHEN TG_OP = 'INSERT' THEN NEW.version_of_id ELSE OLD.version_of_id END)
              AND state = '{VersionState.VERIFIED.value}'
        ) THEN
            {_refuse("result_version_verified", "A verified value keeps its parts")}
        END IF;
        IF results_is_locked((SELECT result_id FROM results_resultversion
            WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_of_id ELSE NEW.version_of_id END)) THEN
            {_refuse("result_period_locked", "This period is locked")}
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,  # noqa: S608  (constants)
)

# A period that is closed for a partner takes no new or changed values. The two functions stand in migration 0002.
KEEP_LOCKED_VERSION = pgtrigger.Trigger(
    name="keep_locked",
    when=pgtrigger.Before,
    operation=WRITES,
    func=f"""
        IF results_is_locked(CASE WHEN TG_OP = 'DELETE' THEN OLD.result_id ELSE NEW.result_id END)
           OR (TG_OP = 'UPDATE' AND results_is_locked(OLD.result_id)) THEN
            {_refuse("result_period_locked", "This period is locked")}
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)
KEEP_LOCKED_RESULT = pgtrigger.Trigger(
    name="keep_locked",
    when=pgtrigger.Before,
    operation=WRITES,
    func=f"""
        IF (TG_OP <> 'INSERT' AND results_period_locked(OLD.partner_id, OLD.period_end))
           OR (TG_OP <> 'DELETE' AND results_period_locked(NEW.partner_id, NEW.period_end)) THEN
            {_refuse("result_period_locked", "This period is locked")}
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)
