import core.fields
import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0023_frozen_written_guards'),
        ('core', '0003_rates'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseStyle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('format', models.CharField(choices=[('docx', 'Word file (DOCX)'), ('odt', 'OpenDocument file (ODT)')], max_length=4, verbose_name='format')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('name', models.CharField(max_length=120, verbose_name='file name')),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('in_use', models.BooleanField(default=False, verbose_name='in use')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
            ],
            options={
                'verbose_name': 'house style file',
                'verbose_name_plural': 'house style files',
                'ordering': ['format', '-number'],
            },
        ),
        migrations.CreateModel(
            name='HouseStyleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('format', models.CharField(choices=[('docx', 'Word file (DOCX)'), ('odt', 'OpenDocument file (ODT)')], max_length=4, verbose_name='format')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('name', models.CharField(max_length=120, verbose_name='file name')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('in_use', models.BooleanField(default=False, verbose_name='in use')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
                ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.housestyle')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='housestyle',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['docx', 'odt'])), name='house_style_format_known'),
        ),
        migrations.AddConstraint(
            model_name='housestyle',
            constraint=models.UniqueConstraint(fields=('format', 'number'), name='house_style_version_once'),
        ),
        migrations.AddConstraint(
            model_name='housestyle',
            constraint=models.UniqueConstraint(fields=('format', 'digest'), name='house_style_once', violation_error_message='This file is there already, as an earlier version.'),
        ),
        migrations.AddConstraint(
            model_name='housestyle',
            constraint=models.UniqueConstraint(condition=models.Q(('in_use', True)), fields=('format',), name='house_style_one_in_use'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='housestyle',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_housestyleevent" ("added_at", "added_by_id", "digest", "format", "id", "in_use", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."digest", NEW."format", NEW."id", NEW."in_use", NEW."name", NEW."number", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."size"); RETURN NULL;', hash='410faba576a44b31ef20c25ca6f15c716b744740', operation='INSERT', pgid='pgtrigger_insert_insert_cd78e', table='claims_housestyle', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='housestyle',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."in_use" IS DISTINCT FROM (NEW."in_use") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."size" IS DISTINCT FROM (NEW."size"))', func='INSERT INTO "claims_housestyleevent" ("added_at", "added_by_id", "digest", "format", "id", "in_use", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."digest", NEW."format", NEW."id", NEW."in_use", NEW."name", NEW."number", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."size"); RETURN NULL;', hash='94ee966be586a9b44b44a6100ce07e78c3c94818', operation='UPDATE', pgid='pgtrigger_update_update_5be7a', table='claims_housestyle', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='housestyle',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_housestyleevent" ("added_at", "added_by_id", "digest", "format", "id", "in_use", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (OLD."added_at", OLD."added_by_id", OLD."digest", OLD."format", OLD."id", OLD."in_use", OLD."name", OLD."number", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."size"); RETURN NULL;', hash='e03f5b07f305755dca3f2fd499a0f608d89a0ccf', operation='DELETE', pgid='pgtrigger_delete_delete_17732', table='claims_housestyle', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='housestyleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8726676a17eca87059d71a5dc530db2be4ac4dec', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_76eb9', table='claims_housestyleevent', when='BEFORE')),
            )],
        ),
    ]
