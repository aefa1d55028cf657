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
        ('core', '__first__'),
        ('partners', '0003_messages'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('input_hash', models.CharField(max_length=64)),
                ('document', models.TextField()),
                ('charts', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('content', models.BinaryField(null=True)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.partner')),
            ],
            options={
                'verbose_name': 'PDF of a partner sheet',
                'verbose_name_plural': 'PDFs of partner sheets',
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('question', models.CharField(help_text='The filters, in their fixed order.', max_length=2000, verbose_name='question')),
                ('reach', models.CharField(max_length=400)),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('sentence', models.TextField(verbose_name='answer')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('facts', models.JSONField(default=dict, verbose_name='figures')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
            ],
            options={
                'verbose_name': 'answer of the figure card',
                'verbose_name_plural': 'answers of the figure card',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['question', 'reach', '-id'], name='answer_of_question')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='answer_says_something')],
            },
        ),
        migrations.AddConstraint(
            model_name='partnersheet',
            constraint=models.UniqueConstraint(fields=('asked_by', 'partner', 'input_hash'), name='partner_sheet_once'),
        ),
        migrations.AddConstraint(
            model_name='partnersheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('content__isnull', True)), _connector='OR'), name='partner_sheet_done_has_content'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='answer',
                trigger=pgtrigger.compiler.Trigger(name='keep_answer', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c5cb977343564fcaf32d836ff3ba239042302e5', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_answer_807b8', table='reporting_answer', when='BEFORE')),
            )],
        ),
    ]
