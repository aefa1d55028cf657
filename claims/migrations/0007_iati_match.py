"""Matches of published activities with our contributions and lines."""

import core.fields
import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_messages'),
        ('partners', '0002_share_rate'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IatiMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('publisher', models.TextField(verbose_name='publisher')),
                ('identifier', models.TextField(verbose_name='IATI identifier')),
                ('matched_at', models.DateTimeField(verbose_name='matched at')),
                ('contribution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='iati_matches', to='partners.contribution', verbose_name='contribution')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='iati_matches', to='claims.claimline', verbose_name='claim line')),
                ('matched_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='matched by')),
            ],
            options={
                'verbose_name': 'match with a published activity',
                'verbose_name_plural': 'matches with published activities',
                'ordering': ['publisher', 'identifier', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IatiMatchEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('publisher', models.TextField(verbose_name='publisher')),
                ('identifier', models.TextField(verbose_name='IATI identifier')),
                ('matched_at', models.DateTimeField(verbose_name='matched at')),
                ('contribution', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.contribution', verbose_name='contribution')),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claimline', verbose_name='claim line')),
                ('matched_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='matched by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.iatimatch')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='iatimatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contribution__isnull', False), ('line__isnull', True)), models.Q(('contribution__isnull', True), ('line__isnull', False)), _connector='OR'), name='iati_match_of_one', violation_error_message='A match names a contribution or a claim line: one of the two.'),
        ),
        migrations.AddConstraint(
            model_name='iatimatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publisher', ''), _negated=True), models.Q(('identifier', ''), _negated=True)), name='iati_match_named'),
        ),
        migrations.AddConstraint(
            model_name='iatimatch',
            constraint=models.UniqueConstraint(fields=('publisher', 'identifier', 'contribution', 'line'), name='iati_match_once', nulls_distinct=False, violation_error_message='This match is already recorded.'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='iatimatch',
            trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9af252b4770363bc3babca7f144a04359740e08b', operation='UPDATE', pgid='pgtrigger_keep_public_id_7360e', table='claims_iatimatch', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatimatch',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='16a1ee4ad691df2c95b22dc51b48d7289f411c88', operation='UPDATE', pgid='pgtrigger_count_version_5a8e6', table='claims_iatimatch', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatimatch',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_iatimatchevent" ("contribution_id", "id", "identifier", "line_id", "matched_at", "matched_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "publisher", "version") VALUES (NEW."contribution_id", NEW."id", NEW."identifier", NEW."line_id", NEW."matched_at", NEW."matched_by_id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."publisher", NEW."version"); RETURN NULL;', hash='59ece5465c1aec810d706f2d6c7751decdbd60b4', operation='INSERT', pgid='pgtrigger_insert_insert_03fc0', table='claims_iatimatch', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatimatch',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_iatimatchevent" ("contribution_id", "id", "identifier", "line_id", "matched_at", "matched_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "publisher", "version") VALUES (NEW."contribution_id", NEW."id", NEW."identifier", NEW."line_id", NEW."matched_at", NEW."matched_by_id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."publisher", NEW."version"); RETURN NULL;', hash='e74748c3a05be5a884d21c34772d1079a31c2985', operation='UPDATE', pgid='pgtrigger_update_update_3236a', table='claims_iatimatch', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatimatch',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_iatimatchevent" ("contribution_id", "id", "identifier", "line_id", "matched_at", "matched_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "publisher", "version") VALUES (OLD."contribution_id", OLD."id", OLD."identifier", OLD."line_id", OLD."matched_at", OLD."matched_by_id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."publisher", OLD."version"); RETURN NULL;', hash='f1966b5d154fac26f8e279e357e1e7bf09057da4', operation='DELETE', pgid='pgtrigger_delete_delete_bf3e2', table='claims_iatimatch', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatimatchevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f9e83f66d56783be3d2a5799b6b1c185f935e5bb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0051f', table='claims_iatimatchevent', when='BEFORE')),
        ),
            ],
        ),
    ]
