"""The first schema of this floor."""

import core.fields
import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partners', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OverlapGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('label', models.CharField(help_text='For example: winter aid UHF 2023.', max_length=200, unique=True, verbose_name='label')),
            ],
            options={
                'verbose_name': 'overlap group',
                'verbose_name_plural': 'overlap groups',
                'ordering': ['label'],
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='OverlapGroupEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('label', models.CharField(help_text='For example: winter aid UHF 2023.', max_length=200, verbose_name='label')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.overlapgroup')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ResultGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='heading')),
                ('note', models.CharField(blank=True, help_text='Printed below the heading, for example why figures are missing.', max_length=500, verbose_name='note')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='result_groups', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'result heading',
                'verbose_name_plural': 'result headings',
                'ordering': ['partner', 'title'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [],
                'constraints': [models.UniqueConstraint(fields=('partner', 'title'), name='result_group_once')],
            },
        ),
        migrations.CreateModel(
            name='ResultGroupEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='heading')),
                ('note', models.CharField(blank=True, help_text='Printed below the heading, for example why figures are missing.', max_length=500, verbose_name='note')),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner', verbose_name='partner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.resultgroup')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('label', models.CharField(help_text='Reads on after the number and unit: “people received winter clothing” becomes “230,000 people received winter clothing”.', max_length=400, verbose_name='what was achieved')),
                ('unit', models.CharField(blank=True, help_text='What is counted, for example people or hospitals. Empty for an outcome in words.', max_length=80, verbose_name='unit')),
                ('period_start', core.fields.DayField(verbose_name='from')),
                ('period_end', core.fields.DayField(verbose_name='up to and including')),
                ('confidential', models.BooleanField(default=False, help_text='Never in a public paper, and seen only within the directorate.', verbose_name='confidential')),
                ('directorate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.directorate', verbose_name='recorded by directorate')),
                ('overlap_group', models.ForeignKey(blank=True, help_text='Results that may count the same people. They are never added up.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='results.overlapgroup', verbose_name='overlap group')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='partners.partner', verbose_name='partner')),
                ('group', models.ForeignKey(blank=True, help_text='The heading it stands under in an annex.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='results.resultgroup', verbose_name='heading')),
            ],
            options={
                'verbose_name': 'result',
                'verbose_name_plural': 'results',
                'ordering': ['partner', '-period_start', 'pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='result_period', violation_error_message='A period ends on or after the day it begins.'), models.CheckConstraint(condition=models.Q(('confidential', False), ('directorate__isnull', False), _connector='OR'), name='result_confidential_has_directorate', violation_error_message='A confidential result names the directorate that may see it.'), models.UniqueConstraint(fields=('partner', 'label', 'unit', 'period_start', 'period_end'), name='result_once', violation_error_message='This result is already entered for that period; add a version to it.')],
            },
        ),
        migrations.CreateModel(
            name='ResultEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('label', models.CharField(help_text='Reads on after the number and unit: “people received winter clothing” becomes “230,000 people received winter clothing”.', max_length=400, verbose_name='what was achieved')),
                ('unit', models.CharField(blank=True, help_text='What is counted, for example people or hospitals. Empty for an outcome in words.', max_length=80, verbose_name='unit')),
                ('period_start', core.fields.DayField(verbose_name='from')),
                ('period_end', core.fields.DayField(verbose_name='up to and including')),
                ('confidential', models.BooleanField(default=False, help_text='Never in a public paper, and seen only within the directorate.', verbose_name='confidential')),
                ('directorate', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.directorate', verbose_name='recorded by directorate')),
                ('overlap_group', models.ForeignKey(blank=True, db_constraint=False, help_text='Results that may count the same people. They are never added up.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.overlapgroup', verbose_name='overlap group')),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner', verbose_name='partner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.result')),
                ('group', models.ForeignKey(blank=True, db_constraint=False, help_text='The heading it stands under in an annex.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.resultgroup', verbose_name='heading')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ResultVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('value', core.fields.NumberField(blank=True, decimal_places=2, max_digits=20, null=True, verbose_name='value')),
                ('narrative', models.TextField(blank=True, help_text='When there is no number to count.', verbose_name='outcome in words')),
                ('baseline', core.fields.NumberField(blank=True, decimal_places=2, max_digits=20, null=True, verbose_name='baseline')),
                ('target', core.fields.NumberField(blank=True, decimal_places=2, max_digits=20, null=True, verbose_name='target')),
                ('as_of', core.fields.DayField(blank=True, help_text='Up to which date does this figure hold? Without a date it may not stand in a paper.', null=True, verbose_name='as of')),
                ('state', models.CharField(choices=[('reported', 'reported'), ('verified', 'verified')], default='reported', max_length=10, verbose_name='state')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='verified at')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='results.result', verbose_name='result')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.source', verbose_name='source')),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verified by')),
            ],
            options={
                'verbose_name': 'reported value',
                'verbose_name_plural': 'reported values',
                'ordering': ['-number'],
                'abstract': False,
                'indexes': [],
                'constraints': [models.UniqueConstraint(fields=('result', 'number'), name='result_version_once'), models.CheckConstraint(condition=models.Q(('value__isnull', False), models.Q(('narrative', ''), _negated=True), _connector='OR'), name='result_version_says_something', violation_error_message='Enter a value, or the outcome in words.'), models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='result_value_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), ('verified_at__isnull', False), ('verified_by__isnull', False)), models.Q(('state', 'reported'), ('verified_at__isnull', True), ('verified_by__isnull', True)), _connector='OR'), name='result_version_verified_pair')],
            },
        ),
        migrations.CreateModel(
            name='ResultVersionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('value', core.fields.NumberField(blank=True, decimal_places=2, max_digits=20, null=True, verbose_name='value')),
                ('narrative', models.TextField(blank=True, help_text='When there is no number to count.', verbose_name='outcome in words')),
                ('baseline', core.fields.NumberField(blank=True, decimal_places=2, max_digits=20, null=True, verbose_name='baseline')),
                ('target', core.fields.NumberField(blank=True, decimal_places=2, max_digits=20, null=True, verbose_name='target')),
                ('as_of', core.fields.DayField(blank=True, help_text='Up to which date does this figure hold? Without a date it may not stand in a paper.', null=True, verbose_name='as of')),
                ('state', models.CharField(choices=[('reported', 'reported'), ('verified', 'verified')], default='reported', max_length=10, verbose_name='state')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='verified at')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.resultversion')),
                ('result', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.result', verbose_name='result')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source', verbose_name='source')),
                ('verified_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verified by')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ResultPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('label', models.CharField(max_length=200, verbose_name='of which')),
                ('value', core.fields.NumberField(decimal_places=2, max_digits=20, verbose_name='value')),
                ('version_of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='results.resultversion', verbose_name='reported value')),
            ],
            options={
                'verbose_name': 'part (of which)',
                'verbose_name_plural': 'parts (of which)',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='result_part_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='ResultPartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('label', models.CharField(max_length=200, verbose_name='of which')),
                ('value', core.fields.NumberField(decimal_places=2, max_digits=20, verbose_name='value')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.resultpart')),
                ('version_of', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.resultversion', verbose_name='reported value')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='overlapgroup',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5503db4b65cc461d225bfa9e1be66a698fc73b89', operation='UPDATE', pgid='pgtrigger_keep_public_id_1114f', table='results_overlapgroup', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='overlapgroup',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='d7f51f73c172bb4d944f26dc703fa985a78f8360', operation='UPDATE', pgid='pgtrigger_count_version_b367f', table='results_overlapgroup', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='overlapgroup',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_overlapgroupevent" ("id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "version") VALUES (NEW."id", NEW."label", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."version"); RETURN NULL;', hash='d8683c2a92059c619b116764457a7a97c41d643f', operation='INSERT', pgid='pgtrigger_insert_insert_deb4e', table='results_overlapgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='overlapgroup',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_overlapgroupevent" ("id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "version") VALUES (NEW."id", NEW."label", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."version"); RETURN NULL;', hash='ac0e0045196002c3a38cbbf27b69b3dbdeb435d7', operation='UPDATE', pgid='pgtrigger_update_update_df03e', table='results_overlapgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='overlapgroup',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_overlapgroupevent" ("id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "version") VALUES (OLD."id", OLD."label", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."version"); RETURN NULL;', hash='a29028e6430a84c2232b5a6d8c1789f4d2ae7281', operation='DELETE', pgid='pgtrigger_delete_delete_3f8cc', table='results_overlapgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='overlapgroupevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f7b85a8e817a006e8e7f7bd11654d19c6384a1ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0aa7', table='results_overlapgroupevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultgroup',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0520d1754e9f5c95d2f6f49008c6677524a97f46', operation='UPDATE', pgid='pgtrigger_keep_public_id_15cb2', table='results_resultgroup', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultgroup',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='5443c9dff1a56506b07bfa361a0a49b098b69f73', operation='UPDATE', pgid='pgtrigger_count_version_c8c34', table='results_resultgroup', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultgroup',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultgroupevent" ("id", "note", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "title", "version") VALUES (NEW."id", NEW."note", NEW."partner_id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."title", NEW."version"); RETURN NULL;', hash='000e6138420033d907d30ee221e2e6a2ef5405b6', operation='INSERT', pgid='pgtrigger_insert_insert_8d381', table='results_resultgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultgroup',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_resultgroupevent" ("id", "note", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "title", "version") VALUES (NEW."id", NEW."note", NEW."partner_id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."title", NEW."version"); RETURN NULL;', hash='231fef025034535c2e29e8589ce5e6d9abaf864a', operation='UPDATE', pgid='pgtrigger_update_update_2db79', table='results_resultgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultgroup',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultgroupevent" ("id", "note", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "title", "version") VALUES (OLD."id", OLD."note", OLD."partner_id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."title", OLD."version"); RETURN NULL;', hash='f34a127cf3515f1ab749ddad6ec8d7e3b7a8346c', operation='DELETE', pgid='pgtrigger_delete_delete_ca729', table='results_resultgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultgroupevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2534410f6b5abb21440ef06d59c9b41747866c85', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_48711', table='results_resultgroupevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f6db6becabff4a037b796ea6fa8728fc118500cb', operation='UPDATE', pgid='pgtrigger_keep_public_id_0d60b', table='results_result', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='b17ad865115e19a69da411e5759ae3e4f0dac563', operation='UPDATE', pgid='pgtrigger_count_version_519ad', table='results_result', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultevent" ("confidential", "directorate_id", "group_id", "id", "label", "overlap_group_id", "partner_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "unit", "version") VALUES (NEW."confidential", NEW."directorate_id", NEW."group_id", NEW."id", NEW."label", NEW."overlap_group_id", NEW."partner_id", NEW."period_end", NEW."period_start", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."unit", NEW."version"); RETURN NULL;', hash='dfb9232ad45c396b275fafcf5b5aed384b16bcf7', operation='INSERT', pgid='pgtrigger_insert_insert_45295', table='results_result', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_resultevent" ("confidential", "directorate_id", "group_id", "id", "label", "overlap_group_id", "partner_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "unit", "version") VALUES (NEW."confidential", NEW."directorate_id", NEW."group_id", NEW."id", NEW."label", NEW."overlap_group_id", NEW."partner_id", NEW."period_end", NEW."period_start", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."unit", NEW."version"); RETURN NULL;', hash='16e915e93fc83fd45a62d8cf22ae321efbca4a53', operation='UPDATE', pgid='pgtrigger_update_update_75355', table='results_result', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultevent" ("confidential", "directorate_id", "group_id", "id", "label", "overlap_group_id", "partner_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "unit", "version") VALUES (OLD."confidential", OLD."directorate_id", OLD."group_id", OLD."id", OLD."label", OLD."overlap_group_id", OLD."partner_id", OLD."period_end", OLD."period_start", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."unit", OLD."version"); RETURN NULL;', hash='c9dc833fbb50f48e0bdf79f05f541a1baaf97520', operation='DELETE', pgid='pgtrigger_delete_delete_e3838', table='results_result', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='55c42ec6e1ef43da8c0b691b7baae305921eb5cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_40586', table='results_resultevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultversion',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c09b6a5d023093fb36f2d6393f639365b9596cfb', operation='UPDATE', pgid='pgtrigger_keep_public_id_e8ea1', table='results_resultversion', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultversion',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='8a7fd16a34bf7068060e0b278a09d5b8bbf19c12', operation='UPDATE', pgid='pgtrigger_count_version_9a78f', table='results_resultversion', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultversion',
                trigger=pgtrigger.compiler.Trigger(name='keep_verified', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'verified\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='85b3165fb7586e0d7c4e563c728dcf3a0171f184', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_verified_930e2', table='results_resultversion', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultversion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultversionevent" ("as_of", "baseline", "id", "narrative", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "source_id", "state", "target", "value", "verified_at", "verified_by_id", "version") VALUES (NEW."as_of", NEW."baseline", NEW."id", NEW."narrative", NEW."number", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."result_id", NEW."source_id", NEW."state", NEW."target", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;', hash='a884c49008477083905e8305ad75d9b3871786f2', operation='INSERT', pgid='pgtrigger_insert_insert_df8d3', table='results_resultversion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultversion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_resultversionevent" ("as_of", "baseline", "id", "narrative", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "source_id", "state", "target", "value", "verified_at", "verified_by_id", "version") VALUES (NEW."as_of", NEW."baseline", NEW."id", NEW."narrative", NEW."number", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."result_id", NEW."source_id", NEW."state", NEW."target", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;', hash='3c5d2ff251f5109055cbc4d34f24c4af7d26345e', operation='UPDATE', pgid='pgtrigger_update_update_d170a', table='results_resultversion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultversion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultversionevent" ("as_of", "baseline", "id", "narrative", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "source_id", "state", "target", "value", "verified_at", "verified_by_id", "version") VALUES (OLD."as_of", OLD."baseline", OLD."id", OLD."narrative", OLD."number", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."result_id", OLD."source_id", OLD."state", OLD."target", OLD."value", OLD."verified_at", OLD."verified_by_id", OLD."version"); RETURN NULL;', hash='8729e37f67a29d9d7f33e7dc74f7482290368154', operation='DELETE', pgid='pgtrigger_delete_delete_50a0c', table='results_resultversion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultversionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0468e8be8336c965110537864bf25b2d2c3be2db', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1f869', table='results_resultversionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultpart',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e331a97c402194eccc2e526883894fc987df0374', operation='UPDATE', pgid='pgtrigger_keep_public_id_64f81', table='results_resultpart', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultpart',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='963495e9febe6f392ced7e0bee2135d4dab63609', operation='UPDATE', pgid='pgtrigger_count_version_70163', table='results_resultpart', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultpart',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultpartevent" ("id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "value", "version", "version_of_id") VALUES (NEW."id", NEW."label", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."value", NEW."version", NEW."version_of_id"); RETURN NULL;', hash='e3df4d596c5216f49ae38f74646c1b6d8e5f492f', operation='INSERT', pgid='pgtrigger_insert_insert_665cb', table='results_resultpart', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultpart',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "results_resultpartevent" ("id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "value", "version", "version_of_id") VALUES (NEW."id", NEW."label", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."value", NEW."version", NEW."version_of_id"); RETURN NULL;', hash='b8e61b57a1750932cd72592740bb95157c82ca01', operation='UPDATE', pgid='pgtrigger_update_update_0ce29', table='results_resultpart', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultpart',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "results_resultpartevent" ("id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "value", "version", "version_of_id") VALUES (OLD."id", OLD."label", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."value", OLD."version", OLD."version_of_id"); RETURN NULL;', hash='5d27dbf991f05bcd61ffb9d0e4b8c753c7255ef6', operation='DELETE', pgid='pgtrigger_delete_delete_5e5dd', table='results_resultpart', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resultpartevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f2c2fc3d72d7aa23b03af8ef559bc57c6eb54672', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_50675', table='results_resultpartevent', when='BEFORE')),
            )],
        ),
    ]
