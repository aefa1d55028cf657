import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_rates'),
    ]

    operations = [
        migrations.CreateModel(
            name='CacheEntry',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('started_at', models.DateTimeField(null=True, verbose_name='signed in at')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='last used at')),
                ('device', models.CharField(blank=True, max_length=200, verbose_name='device')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='membership',
            name='managed',
            field=models.BooleanField(default=False, editable=False, help_text='Given and taken by the groups of the sign-in provider, at each sign-in.', verbose_name='by the sign-in provider'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='managed',
            field=models.BooleanField(default=False, editable=False, help_text='Given and taken by the groups of the sign-in provider, at each sign-in.', verbose_name='by the sign-in provider'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['kind', '-at'], name='core_event_kind_at'),
        ),
        migrations.AddField(
            model_name='session',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='event',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e10987bc9a49a1926c7e6570fb01934fa665dda6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56466', table='core_event', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_membershipevent" ("directorate_id", "id", "managed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."directorate_id", NEW."id", NEW."managed", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;', hash='302bcafb0c07322a906e7ab999764c3d37966799', operation='INSERT', pgid='pgtrigger_insert_insert_ec0e8', table='core_membership', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_membershipevent" ("directorate_id", "id", "managed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."directorate_id", NEW."id", NEW."managed", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;', hash='c408f02106e0191ae72daf5800a88f9c726a5f67', operation='UPDATE', pgid='pgtrigger_update_update_af665', table='core_membership', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_membershipevent" ("directorate_id", "id", "managed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (OLD."directorate_id", OLD."id", OLD."managed", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."role", OLD."user_id"); RETURN NULL;', hash='1842c2bf5f915770f64f5f9562085cadc298f0b0', operation='DELETE', pgid='pgtrigger_delete_delete_bf7cb', table='core_membership', when='AFTER')),
            )],
        ),
    ]
