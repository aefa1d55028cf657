"""What partners publish in IATI: files as versions, their activities, transactions and remarks."""

import core.fields
import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('results', '0002_indicators'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IatiFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('publisher', models.TextField(help_text='The identifier of the organisation that reports.', verbose_name='publisher')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('activities_count', models.PositiveIntegerField(verbose_name='activities')),
                ('transactions_count', models.PositiveIntegerField(verbose_name='transactions')),
                ('errors_count', models.PositiveIntegerField(verbose_name='errors')),
                ('warnings_count', models.PositiveIntegerField(verbose_name='warnings')),
                ('imported_at', models.DateTimeField(verbose_name='taken in at')),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken in by')),
            ],
            options={
                'verbose_name': 'IATI file',
                'verbose_name_plural': 'IATI files',
                'ordering': ['-imported_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='IatiActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('position', models.PositiveIntegerField(verbose_name='order')),
                ('line', models.PositiveIntegerField(verbose_name='line')),
                ('identifier', models.TextField(db_index=True, verbose_name='IATI identifier')),
                ('publisher', models.TextField(db_index=True, verbose_name='publisher')),
                ('title', models.TextField(blank=True, verbose_name='title')),
                ('status', models.CharField(blank=True, max_length=20, verbose_name='state')),
                ('repeated', models.BooleanField(default=False, verbose_name='repeated')),
                ('has_results', models.BooleanField(default=False, verbose_name='has results')),
                ('facts', models.JSONField(verbose_name='facts')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='results.iatifile', verbose_name='IATI file')),
            ],
            options={
                'verbose_name': 'published activity',
                'verbose_name_plural': 'published activities',
                'ordering': ['file', 'position'],
            },
        ),
        migrations.CreateModel(
            name='IatiRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='line')),
                ('severity', models.PositiveSmallIntegerField(choices=[(3, 'must be mended'), (2, 'please check'), (1, 'good to know')], verbose_name='severity')),
                ('code', models.CharField(max_length=60, verbose_name='rule')),
                ('message', models.TextField(verbose_name='message')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='results.iatiactivity', verbose_name='published activity')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='results.iatifile', verbose_name='IATI file')),
            ],
            options={
                'verbose_name': 'remark on a file',
                'verbose_name_plural': 'remarks on a file',
                'ordering': ['file', '-severity', 'line', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='IatiTransaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='order')),
                ('line', models.PositiveIntegerField(verbose_name='line')),
                ('ref', models.TextField(blank=True, verbose_name='reference')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('day', models.DateField(null=True, verbose_name='date')),
                ('amount', models.DecimalField(decimal_places=6, max_digits=24, null=True, verbose_name='amount')),
                ('currency', models.CharField(blank=True, max_length=20, verbose_name='currency')),
                ('value_date', models.CharField(blank=True, max_length=40, verbose_name='value date')),
                ('provider_ref', models.TextField(blank=True, verbose_name='provider')),
                ('provider_activity', models.TextField(blank=True, verbose_name='activity of the provider')),
                ('receiver_ref', models.TextField(blank=True, verbose_name='receiver')),
                ('receiver_activity', models.TextField(blank=True, verbose_name='activity of the receiver')),
                ('more', models.JSONField(default=dict, verbose_name='names and description')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transactions', to='results.iatiactivity', verbose_name='published activity')),
            ],
            options={
                'verbose_name': 'published transaction',
                'verbose_name_plural': 'published transactions',
                'ordering': ['activity', 'position'],
            },
        ),
        migrations.CreateModel(
            name='IatiUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('content', models.BinaryField(null=True, verbose_name='content')),
                ('asked_at', models.DateTimeField(verbose_name='sent at')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'taken in'), ('refused', 'refused')], default='waiting', editable=False, max_length=10, verbose_name='state')),
                ('message', models.TextField(blank=True, editable=False, verbose_name='message')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                ('file', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='results.iatifile', verbose_name='IATI file')),
            ],
            options={
                'verbose_name': 'uploaded IATI file',
                'verbose_name_plural': 'uploaded IATI files',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='iatifile',
            constraint=models.UniqueConstraint(fields=('publisher', 'name', 'number'), name='iati_file_version_once'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='iatifile',
            trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bc4bb38515339e4011b8b09891cc1278adde1be2', operation='UPDATE', pgid='pgtrigger_keep_public_id_51066', table='results_iatifile', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatifile',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d94ae5f72c4beb7a04317f97c1be589b9d49b9f8', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_8c170', table='results_iatifile', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatiactivity',
            trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cb3068ca08e7553ed6db444b1ae7688b09ca5ee8', operation='UPDATE', pgid='pgtrigger_keep_public_id_d0b5c', table='results_iatiactivity', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatiactivity',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1c727114e29e9cbee84d3e330ccdd4aab83fb45', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_7bfc6', table='results_iatiactivity', when='BEFORE')),
        ),
                pgtrigger.migrations.AddTrigger(
            model_name='iatiremark',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f526a867e26fc8d6a59cbb789326c26ec24b972', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_d3154', table='results_iatiremark', when='BEFORE')),
        ),
            ],
        ),
        migrations.AddIndex(
            model_name='iatitransaction',
            index=models.Index(fields=['provider_ref', 'kind'], name='results_iat_provide_7716de_idx'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='iatitransaction',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='03bbe822179c760575971690f1656f5e9d3476be', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_0eba7', table='results_iatitransaction', when='BEFORE')),
        ),
            ],
        ),
        migrations.AddConstraint(
            model_name='iatiupload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', False), ('file__isnull', True), ('state', 'waiting')), models.Q(('content__isnull', True), ('file__isnull', False), ('state', 'done')), models.Q(('content__isnull', True), ('file__isnull', True), ('message__gt', ''), ('state', 'refused')), _connector='OR'), name='iati_upload_state'),
        ),
        core.schema.AddTriggers(
            [
                pgtrigger.migrations.AddTrigger(
            model_name='iatiupload',
            trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d44b2aea3dfa0719ae44596a6f94255aaa4f1be6', operation='UPDATE', pgid='pgtrigger_keep_public_id_94043', table='results_iatiupload', when='BEFORE')),
        ),
            ],
        ),
    ]
