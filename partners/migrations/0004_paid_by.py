import core.schema
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0003_messages'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='contribution',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contribution',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contribution',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='contribution',
            name='paid_by',
            field=models.CharField(blank=True, help_text='Which one, when it pays outside this register. Only then may the gift stand beside payments of this register to the same partner in the same year.', max_length=100, verbose_name='paid by another directorate'),
        ),
        migrations.AddField(
            model_name='contributionevent',
            name='paid_by',
            field=models.CharField(blank=True, help_text='Which one, when it pays outside this register. Only then may the gift stand beside payments of this register to the same partner in the same year.', max_length=100, verbose_name='paid by another directorate'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_contributionevent" ("amount", "as_of", "cover_id", "earmark", "id", "note", "paid_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_amount", "recorded_currency", "source_id", "subject", "version", "year") VALUES (NEW."amount", NEW."as_of", NEW."cover_id", NEW."earmark", NEW."id", NEW."note", NEW."paid_by", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_amount", NEW."recorded_currency", NEW."source_id", NEW."subject", NEW."version", NEW."year"); RETURN NULL;', hash='ca597c3bb1f3883950c9e1274f5ae6fc2d784be8', operation='INSERT', pgid='pgtrigger_insert_insert_d2824', table='partners_contribution', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_contributionevent" ("amount", "as_of", "cover_id", "earmark", "id", "note", "paid_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_amount", "recorded_currency", "source_id", "subject", "version", "year") VALUES (NEW."amount", NEW."as_of", NEW."cover_id", NEW."earmark", NEW."id", NEW."note", NEW."paid_by", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."recorded_amount", NEW."recorded_currency", NEW."source_id", NEW."subject", NEW."version", NEW."year"); RETURN NULL;', hash='d34d75f8afc5ab00af6e4e3ded6ea82023f9ac17', operation='UPDATE', pgid='pgtrigger_update_update_b8949', table='partners_contribution', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_contributionevent" ("amount", "as_of", "cover_id", "earmark", "id", "note", "paid_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_amount", "recorded_currency", "source_id", "subject", "version", "year") VALUES (OLD."amount", OLD."as_of", OLD."cover_id", OLD."earmark", OLD."id", OLD."note", OLD."paid_by", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."recorded_amount", OLD."recorded_currency", OLD."source_id", OLD."subject", OLD."version", OLD."year"); RETURN NULL;', hash='13011923cf54eab7f55cbca0c10f34629b4813de', operation='DELETE', pgid='pgtrigger_delete_delete_cfd53', table='partners_contribution', when='AFTER')),
            )],
        ),
    ]
