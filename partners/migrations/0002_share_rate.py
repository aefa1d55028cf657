"""A share may be reckoned with a named exchange rate."""

import core.fields
import core.schema
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0001_initial'),
    ]

    operations = [
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.RemoveTrigger(
            model_name='share',
            name='insert_insert',
        ),
                pgtrigger.migrations.RemoveTrigger(
            model_name='share',
            name='update_update',
        ),
                pgtrigger.migrations.RemoveTrigger(
            model_name='share',
            name='delete_delete',
        ),
            ],
        ),
        migrations.AddField(
            model_name='share',
            name='rate',
            field=models.DecimalField(blank=True, decimal_places=8, help_text="Only when the fund's own record of our contribution is not known: how much of the total's currency is one euro? A share reckoned with a rate says so.", max_digits=16, null=True, verbose_name='exchange rate'),
        ),
        migrations.AddField(
            model_name='share',
            name='rate_kind',
            field=models.CharField(blank=True, choices=[('corporate', "the ministry's rate of the year"), ('un', 'United Nations rate'), ('ecb', 'European Central Bank rate'), ('agreed', 'rate agreed in the contract'), ('booked', 'rate at which it was booked')], max_length=12, verbose_name='which rate'),
        ),
        migrations.AddField(
            model_name='share',
            name='rate_on',
            field=core.fields.DayField(blank=True, null=True, verbose_name='date of the rate'),
        ),
        migrations.AddField(
            model_name='shareevent',
            name='rate',
            field=models.DecimalField(blank=True, decimal_places=8, help_text="Only when the fund's own record of our contribution is not known: how much of the total's currency is one euro? A share reckoned with a rate says so.", max_digits=16, null=True, verbose_name='exchange rate'),
        ),
        migrations.AddField(
            model_name='shareevent',
            name='rate_kind',
            field=models.CharField(blank=True, choices=[('corporate', "the ministry's rate of the year"), ('un', 'United Nations rate'), ('ecb', 'European Central Bank rate'), ('agreed', 'rate agreed in the contract'), ('booked', 'rate at which it was booked')], max_length=12, verbose_name='which rate'),
        ),
        migrations.AddField(
            model_name='shareevent',
            name='rate_on',
            field=core.fields.DayField(blank=True, null=True, verbose_name='date of the rate'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='share',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_shareevent" ("appeal_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rate", "rate_kind", "rate_on", "total_id", "version") VALUES (NEW."appeal_id", NEW."contribution_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."rate", NEW."rate_kind", NEW."rate_on", NEW."total_id", NEW."version"); RETURN NULL;', hash='7e26f3e354553039244bacefce41f69cb0db7897', operation='INSERT', pgid='pgtrigger_insert_insert_20cfa', table='partners_share', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='share',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_shareevent" ("appeal_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rate", "rate_kind", "rate_on", "total_id", "version") VALUES (NEW."appeal_id", NEW."contribution_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."rate", NEW."rate_kind", NEW."rate_on", NEW."total_id", NEW."version"); RETURN NULL;', hash='aaedf1b279fb23f488e562c6f21013b3fe8c37ce', operation='UPDATE', pgid='pgtrigger_update_update_0a070', table='partners_share', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='share',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_shareevent" ("appeal_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rate", "rate_kind", "rate_on", "total_id", "version") VALUES (OLD."appeal_id", OLD."contribution_id", OLD."id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."rate", OLD."rate_kind", OLD."rate_on", OLD."total_id", OLD."version"); RETURN NULL;', hash='78f62d11dc2e3da93e9e9ff535d9e723b4da69f5', operation='DELETE', pgid='pgtrigger_delete_delete_0ea80', table='partners_share', when='AFTER')),
        ),
            ],
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rate__isnull', True), ('rate_kind', ''), ('rate_on__isnull', True)), models.Q(('rate__gt', 0), ('rate__isnull', False), ('rate_kind__in', ['corporate', 'un', 'ecb', 'agreed', 'booked']), ('rate_on__isnull', False)), _connector='OR'), name='share_rate_named', violation_error_message='An exchange rate comes with its kind and its date.'),
        ),
    ]
