"""Indicators, percentages, period locks, and parts that never exceed their whole."""

import core.fields
import core.schema
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


FUNCTIONS = """
CREATE FUNCTION results_period_locked(partner bigint, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM results_periodlock
        WHERE partner_id = partner AND lifted_at IS NULL AND day BETWEEN period_start AND period_end
    )
$$;
CREATE FUNCTION results_is_locked(result bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM results_result AS r
        WHERE r.id = result AND results_period_locked(r.partner_id, r.period_end)
    )
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION results_is_locked(bigint);
DROP FUNCTION results_period_locked(bigint, date);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('partners', '0002_share_rate'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('results', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name', models.CharField(help_text='For example: people who received winter clothing.', max_length=200, unique=True, verbose_name='name')),
                ('unit', models.CharField(help_text='What one is: people, hospitals, kilometres, %.', max_length=80, verbose_name='unit')),
                ('counts', models.CharField(choices=[('people', 'unique people'), ('contacts', 'contacts (a person may count more than once)'), ('things', 'things or activities'), ('percentage', 'percentage (numerator and denominator)')], help_text='Unique people are counted once, however often they are helped; they are never added over partners or periods. Contacts and things may be.', max_length=12, verbose_name='counts')),
                ('timing', models.CharField(choices=[('period', 'what happened in the period'), ('cumulative', 'running total since the start'), ('snapshot', 'the state at one moment')], default='period', help_text='A running total already holds the earlier periods; the state at one moment is not a sum over time.', max_length=12, verbose_name='relates to time as')),
                ('additive', models.BooleanField(default=False, help_text='Only when the results can never count the same thing twice, for example one region beside another.', verbose_name='may be added')),
                ('definition', models.TextField(blank=True, help_text='Who or what counts and who or what does not, and from which source.', verbose_name='definition')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(source='name')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ['sort_key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndicatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name', models.CharField(help_text='For example: people who received winter clothing.', max_length=200, verbose_name='name')),
                ('unit', models.CharField(help_text='What one is: people, hospitals, kilometres, %.', max_length=80, verbose_name='unit')),
                ('counts', models.CharField(choices=[('people', 'unique people'), ('contacts', 'contacts (a person may count more than once)'), ('things', 'things or activities'), ('percentage', 'percentage (numerator and denominator)')], help_text='Unique people are counted once, however often they are helped; they are never added over partners or periods. Contacts and things may be.', max_length=12, verbose_name='counts')),
                ('timing', models.CharField(choices=[('period', 'what happened in the period'), ('cumulative', 'running total since the start'), ('snapshot', 'the state at one moment')], default='period', help_text='A running total already holds the earlier periods; the state at one moment is not a sum over time.', max_length=12, verbose_name='relates to time as')),
                ('additive', models.BooleanField(default=False, help_text='Only when the results can never count the same thing twice, for example one region beside another.', verbose_name='may be added')),
                ('definition', models.TextField(blank=True, help_text='Who or what counts and who or what does not, and from which source.', verbose_name='definition')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(db_index=False, source='name')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeriodLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('period_start', core.fields.DayField(verbose_name='from')),
                ('period_end', core.fields.DayField(verbose_name='up to and including')),
                ('reason', models.CharField(help_text='For example: annual report 2024 received and approved.', max_length=300, verbose_name='reason')),
                ('locked_at', models.DateTimeField(editable=False, verbose_name='locked at')),
                ('lifted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='lifted at')),
                ('lift_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for lifting')),
            ],
            options={
                'verbose_name': 'period lock',
                'verbose_name_plural': 'period locks',
                'ordering': ['-period_end', 'partner', 'pk'],
                'base_manager_name': 'objects',
            },
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.RemoveTrigger(
            model_name='result',
            name='insert_insert',
        ),
                pgtrigger.migrations.RemoveTrigger(
            model_name='result',
            name='update_update',
        ),
                pgtrigger.migrations.RemoveTrigger(
            model_name='result',
            name='delete_delete',
        ),
                pgtrigger.migrations.RemoveTrigger(
            model_name='resultversion',
            name='insert_insert',
        ),
                pgtrigger.migrations.RemoveTrigger(
            model_name='resultversion',
            name='update_update',
        ),
                pgtrigger.migrations.RemoveTrigger(
            model_name='resultversion',
            name='delete_delete',
        ),
            ],
        ),
        migrations.AddField(
            model_name='resultversion',
            name='denominator',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='Only for a percentage: the whole, for example 60 children.', max_digits=20, null=True, verbose_name='denominator'),
        ),
        migrations.AddField(
            model_name='resultversion',
            name='numerator',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='Only for a percentage: the part, for example 45 children.', max_digits=20, null=True, verbose_name='numerator'),
        ),
        migrations.AddField(
            model_name='resultversionevent',
            name='denominator',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='Only for a percentage: the whole, for example 60 children.', max_digits=20, null=True, verbose_name='denominator'),
        ),
        migrations.AddField(
            model_name='resultversionevent',
            name='numerator',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='Only for a percentage: the part, for example 45 children.', max_digits=20, null=True, verbose_name='numerator'),
        ),
        migrations.AlterField(
            model_name='resultversion',
            name='baseline',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='The value before the work began, in the same unit.', max_digits=20, null=True, verbose_name='baseline'),
        ),
        migrations.AlterField(
            model_name='resultversion',
            name='target',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='The value aimed at for this period, in the same unit.', max_digits=20, null=True, verbose_name='target'),
        ),
        migrations.AlterField(
            model_name='resultversionevent',
            name='baseline',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='The value before the work began, in the same unit.', max_digits=20, null=True, verbose_name='baseline'),
        ),
        migrations.AlterField(
            model_name='resultversionevent',
            name='target',
            field=core.fields.NumberField(blank=True, decimal_places=2, help_text='The value aimed at for this period, in the same unit.', max_digits=20, null=True, verbose_name='target'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='result',
            trigger=pgtrigger.compiler.Trigger(name='keep_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF (TG_OP <> 'INSERT' AND results_period_locked(OLD.partner_id, OLD.period_end))\n           OR (TG_OP <> 'DELETE' AND results_period_locked(NEW.partner_id, NEW.period_end)) THEN\n            RAISE EXCEPTION 'This period is locked' USING ERRCODE = '23514', CONSTRAINT = 'result_period_locked';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='068cb53d7e7c6e64f0eefdf1a61d229c70d73b9a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_locked_32ebb', table='results_result', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='result',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultevent" ("confidential", "directorate_id", "group_id", "id", "indicator_id", "label", "overlap_group_id", "partner_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "unit", "version") VALUES (NEW."confidential", NEW."directorate_id", NEW."group_id", NEW."id", NEW."indicator_id", NEW."label", NEW."overlap_group_id", NEW."partner_id", NEW."period_end", NEW."period_start", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."unit", NEW."version"); RETURN NULL;', hash='a41df666309a5cdb2288a0316d033301b0eb5bc5', operation='INSERT', pgid='pgtrigger_insert_insert_45295', table='results_result', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='result',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_resultevent" ("confidential", "directorate_id", "group_id", "id", "indicator_id", "label", "overlap_group_id", "partner_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "unit", "version") VALUES (NEW."confidential", NEW."directorate_id", NEW."group_id", NEW."id", NEW."indicator_id", NEW."label", NEW."overlap_group_id", NEW."partner_id", NEW."period_end", NEW."period_start", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."unit", NEW."version"); RETURN NULL;', hash='2f153bfdacd621e952d76cc81347276bd229852b', operation='UPDATE', pgid='pgtrigger_update_update_75355', table='results_result', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='result',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultevent" ("confidential", "directorate_id", "group_id", "id", "indicator_id", "label", "overlap_group_id", "partner_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "unit", "version") VALUES (OLD."confidential", OLD."directorate_id", OLD."group_id", OLD."id", OLD."indicator_id", OLD."label", OLD."overlap_group_id", OLD."partner_id", OLD."period_end", OLD."period_start", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."unit", OLD."version"); RETURN NULL;', hash='2ef7a577ae4b6691035f6a5663e45c89d51ae92e', operation='DELETE', pgid='pgtrigger_delete_delete_e3838', table='results_result', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='resultpart',
            trigger=pgtrigger.compiler.Trigger(name='part_within_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE whole numeric; part numeric;', func="\n        SELECT value INTO whole FROM results_resultversion WHERE id = NEW.version_of_id FOR NO KEY UPDATE;\n        SELECT value INTO part FROM results_resultpart WHERE id = NEW.id;\n        IF part IS NOT NULL AND (whole IS NULL OR part > whole) THEN\n            RAISE EXCEPTION 'A part exceeds the whole' USING ERRCODE = '23514', CONSTRAINT = 'result_part_within_whole';\n        END IF;\n        RETURN NULL;\n    ", hash='8bd8d080a28475122102aadfcf17c03787a7cd18', operation='INSERT OR UPDATE', pgid='pgtrigger_part_within_whole_a9bc0', table='results_resultpart', timing='DEFERRABLE INITIALLY IMMEDIATE', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='resultpart',
            trigger=pgtrigger.compiler.Trigger(name='keep_parts', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM results_resultversion\n            WHERE id IN (CASE WHEN TG_OP = 'DELETE' THEN OLD.version_of_id ELSE NEW.version_of_id END,\n                         CASE WHEN TG_OP = 'INSERT' THEN NEW.version_of_id ELSE OLD.version_of_id END)\n              AND state = 'verified'\n        ) THEN\n            RAISE EXCEPTION 'A verified value keeps its parts' USING ERRCODE = '23514', CONSTRAINT = 'result_version_verified';\n        END IF;\n        IF results_is_locked((SELECT result_id FROM results_resultversion\n            WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_of_id ELSE NEW.version_of_id END)) THEN\n            RAISE EXCEPTION 'This period is locked' USING ERRCODE = '23514', CONSTRAINT = 'result_period_locked';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='8175b4e281d7d0653c11ebe1336059a56d580cd7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_parts_807ed', table='results_resultpart', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='resultversion',
            trigger=pgtrigger.compiler.Trigger(name='parts_within', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n        IF EXISTS (\n            SELECT FROM results_resultpart AS part JOIN results_resultversion AS whole ON whole.id = part.version_of_id\n            WHERE whole.id = NEW.id AND (whole.value IS NULL OR part.value > whole.value)\n        ) THEN\n            RAISE EXCEPTION 'A part exceeds the whole' USING ERRCODE = '23514', CONSTRAINT = 'result_part_within_whole';\n        END IF;\n        RETURN NULL;\n    ", hash='e1613d2ef5e68b3166159d6be8a9937f613b2f1f', operation='UPDATE', pgid='pgtrigger_parts_within_b4250', table='results_resultversion', timing='DEFERRABLE INITIALLY IMMEDIATE', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='resultversion',
            trigger=pgtrigger.compiler.Trigger(name='keep_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF results_is_locked(CASE WHEN TG_OP = 'DELETE' THEN OLD.result_id ELSE NEW.result_id END)\n           OR (TG_OP = 'UPDATE' AND results_is_locked(OLD.result_id)) THEN\n            RAISE EXCEPTION 'This period is locked' USING ERRCODE = '23514', CONSTRAINT = 'result_period_locked';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='0507fc646cd4091480c61b3e08ead62b28b035a8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_locked_b0f67', table='results_resultversion', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='resultversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultversionevent" ("as_of", "baseline", "denominator", "id", "narrative", "number", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "source_id", "state", "target", "value", "verified_at", "verified_by_id", "version") VALUES (NEW."as_of", NEW."baseline", NEW."denominator", NEW."id", NEW."narrative", NEW."number", NEW."numerator", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."result_id", NEW."source_id", NEW."state", NEW."target", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;', hash='d85142d4d5974d8b73aed45a8eaee1c5643d4b2f', operation='INSERT', pgid='pgtrigger_insert_insert_df8d3', table='results_resultversion', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='resultversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_resultversionevent" ("as_of", "baseline", "denominator", "id", "narrative", "number", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "source_id", "state", "target", "value", "verified_at", "verified_by_id", "version") VALUES (NEW."as_of", NEW."baseline", NEW."denominator", NEW."id", NEW."narrative", NEW."number", NEW."numerator", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."result_id", NEW."source_id", NEW."state", NEW."target", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;', hash='33490125fd3953b74e6254317f21bf3db45ae875', operation='UPDATE', pgid='pgtrigger_update_update_d170a', table='results_resultversion', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='resultversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultversionevent" ("as_of", "baseline", "denominator", "id", "narrative", "number", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "source_id", "state", "target", "value", "verified_at", "verified_by_id", "version") VALUES (OLD."as_of", OLD."baseline", OLD."denominator", OLD."id", OLD."narrative", OLD."number", OLD."numerator", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."result_id", OLD."source_id", OLD."state", OLD."target", OLD."value", OLD."verified_at", OLD."verified_by_id", OLD."version"); RETURN NULL;', hash='4f34349798501b3f9e350e5aa10a24c585659c5c', operation='DELETE', pgid='pgtrigger_delete_delete_50a0c', table='results_resultversion', when='AFTER')),
        ),
            ],
        ),
        migrations.AddConstraint(
            model_name='resultversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('denominator__isnull', True), ('numerator__isnull', True)), models.Q(('denominator__gt', 0), ('denominator__isnull', False), ('numerator__gte', 0), ('numerator__isnull', False), ('value', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('numerator'), '*', models.Value(100)), '/', models.F('denominator')), precision=2)), ('value__isnull', False)), _connector='OR'), name='result_version_percentage', violation_error_message='A percentage has a numerator and a denominator, and its value is the one divided by the other, with two decimals.'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='core.theme', verbose_name='theme'),
        ),
        migrations.AddField(
            model_name='result',
            name='indicator',
            field=models.ForeignKey(blank=True, help_text='What is counted and how. Without an indicator a result is never added to another.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='results.indicator', verbose_name='indicator'),
        ),
        migrations.AddField(
            model_name='resultevent',
            name='indicator',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='What is counted and how. Without an indicator a result is never added to another.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.indicator', verbose_name='indicator'),
        ),
        migrations.AddField(
            model_name='indicatorevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='indicatorevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorevent',
            name='theme',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.theme', verbose_name='theme'),
        ),
        migrations.AddField(
            model_name='periodlock',
            name='lifted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by'),
        ),
        migrations.AddField(
            model_name='periodlock',
            name='locked_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='locked by'),
        ),
        migrations.AddField(
            model_name='periodlock',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='period_locks', to='partners.partner', verbose_name='partner'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('counts__in', ['people', 'contacts', 'things', 'percentage'])), name='indicator_counts_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('timing__in', ['period', 'cumulative', 'snapshot'])), name='indicator_timing_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('unit', ''), _negated=True), name='indicator_has_unit'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c8111927d6425d59f1d5c6ae73bbbfab0713e7e4', operation='UPDATE', pgid='pgtrigger_keep_public_id_8d6f2', table='results_indicator', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='1eca4249b648ef75b4b0f60e8a97b617a93c8b5c', operation='UPDATE', pgid='pgtrigger_count_version_0bebb', table='results_indicator', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_indicatorevent" ("active", "additive", "counts", "definition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "theme_id", "timing", "unit", "version") VALUES (NEW."active", NEW."additive", NEW."counts", NEW."definition", NEW."id", NEW."name", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."sort_key", NEW."theme_id", NEW."timing", NEW."unit", NEW."version"); RETURN NULL;', hash='c7e28f75956bd1438ac81dd765806b13732005ef', operation='INSERT', pgid='pgtrigger_insert_insert_02f65', table='results_indicator', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_indicatorevent" ("active", "additive", "counts", "definition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "theme_id", "timing", "unit", "version") VALUES (NEW."active", NEW."additive", NEW."counts", NEW."definition", NEW."id", NEW."name", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."sort_key", NEW."theme_id", NEW."timing", NEW."unit", NEW."version"); RETURN NULL;', hash='b199774374594cbeaccd06d6e895ed7d37bc6915', operation='UPDATE', pgid='pgtrigger_update_update_119db', table='results_indicator', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_indicatorevent" ("active", "additive", "counts", "definition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "theme_id", "timing", "unit", "version") VALUES (OLD."active", OLD."additive", OLD."counts", OLD."definition", OLD."id", OLD."name", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."sort_key", OLD."theme_id", OLD."timing", OLD."unit", OLD."version"); RETURN NULL;', hash='9d509031b60d563e3a7a9b3945f25e651ef1dd2d', operation='DELETE', pgid='pgtrigger_delete_delete_0746d', table='results_indicator', when='AFTER')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='indicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9eda8b55af8e49d4662e215711bcf188929b267f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cf518', table='results_indicatorevent', when='BEFORE')),
        ),
            ],
        ),
        migrations.AddConstraint(
            model_name='periodlock',
            constraint=models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='period_lock_period', violation_error_message='A period ends on or after the day it begins.'),
        ),
        migrations.AddConstraint(
            model_name='periodlock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lift_reason', ''), ('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lift_reason__gt', ''), ('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='period_lock_lifted_pair'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1796b9772ce657f30b2ed55057f431d4acef4c68', operation='UPDATE', pgid='pgtrigger_keep_public_id_965e0', table='results_periodlock', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='db4ddf2461129e16be37c6f2b6c84d81ba35f1e7', operation='DELETE', pgid='pgtrigger_keep_fc80a', table='results_periodlock', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='only_lift', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.lifted_at IS NOT NULL\n                       OR (OLD.partner_id, OLD.period_start, OLD.period_end, OLD.reason, OLD.locked_at, OLD.locked_by_id)\n                          IS DISTINCT FROM\n                          (NEW.partner_id, NEW.period_start, NEW.period_end, NEW.reason, NEW.locked_at, NEW.locked_by_id)\n                    THEN\n                        RAISE EXCEPTION 'A lock is lifted once and otherwise stays as it is'\n                            USING ERRCODE = '23514', CONSTRAINT = 'period_lock_only_lifted';\n                    END IF;\n                    RETURN NEW;\n                ", hash='a07c71056c94aa23552cfd9120befbfcacacede0', operation='UPDATE', pgid='pgtrigger_only_lift_9fd7f', table='results_periodlock', when='BEFORE')),
        ),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
    ]
