import core.fields
import core.schema
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0001_initial'),
        ('core', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('results', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='from amount')),
                ('approvals', models.PositiveSmallIntegerField(verbose_name='number of controllers who agree')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('subject', models.CharField(max_length=200, verbose_name='what')),
                ('due_on', core.fields.DayField(verbose_name='due on')),
                ('done_on', core.fields.DayField(blank=True, null=True, verbose_name='done on')),
            ],
            options={
                'verbose_name': 'deadline',
                'verbose_name_plural': 'deadlines',
                'ordering': ['due_on', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeadlineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('subject', models.CharField(max_length=200, verbose_name='what')),
                ('due_on', core.fields.DayField(verbose_name='due on')),
                ('done_on', core.fields.DayField(blank=True, null=True, verbose_name='done on')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('kind', models.CharField(choices=[('money', 'money'), ('inform', 'informing the House'), ('amendment', 'amendment')], default='money', max_length=12, verbose_name='about')),
                ('outcome', models.CharField(choices=[('granted', 'agreed'), ('conditional', 'agreed under a condition'), ('lower', 'agreed for a lower amount'), ('held', 'held over'), ('rejected', 'not agreed')], max_length=12, verbose_name='outcome')),
                ('settles', models.BooleanField(default=False, verbose_name='settles this claim')),
                ('decided_on', core.fields.DayField(blank=True, null=True, verbose_name='date of the decision')),
                ('date_unknown', models.BooleanField(default=False, verbose_name='date unknown')),
                ('wording', models.TextField(blank=True, verbose_name='wording of the decision')),
                ('condition', models.TextField(blank=True, verbose_name='condition')),
                ('remark', models.TextField(blank=True, help_text='What was written beside it.', verbose_name='remark')),
                ('registered_at', models.DateTimeField(verbose_name='registered at')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
                ('dropped_at', models.DateTimeField(null=True, verbose_name='dropped at')),
                ('drop_reason', models.TextField(blank=True, verbose_name='why dropped')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['claim', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DecisionAmount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', core.fields.EuroField(decimal_places=2, default=Decimal('0'), max_digits=18, verbose_name='commitment granted')),
                ('cash', core.fields.EuroField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='cash granted')),
            ],
            options={
                'verbose_name': 'amount granted',
                'verbose_name_plural': 'amounts granted',
                'ordering': ['decision', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('dated', core.fields.DayField(blank=True, null=True, verbose_name='date of the document')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('classification', models.CharField(choices=[('public', 'public'), ('internal', 'draft, not public'), ('confidential', 'departmentally confidential')], default='internal', max_length=12, verbose_name='classification')),
                ('public', models.BooleanField(default=False, verbose_name='may be published')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('media_type', models.CharField(max_length=100, verbose_name='file type')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField()),
                ('added_at', models.DateTimeField(verbose_name='added at')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['claim', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name_nl', models.CharField(max_length=200, verbose_name='name in Dutch')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, help_text='What is no longer in use stays on old records but is not offered.', verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(source='name_nl')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
            ],
            options={
                'verbose_name': 'kind of evidence',
                'verbose_name_plural': 'kinds of evidence',
                'ordering': ['sort_key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EvidenceKindEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name_nl', models.CharField(max_length=200, verbose_name='name in Dutch')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, help_text='What is no longer in use stays on old records but is not offered.', verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(db_index=False, source='name_nl')),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FindingAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('code', models.CharField(max_length=60, verbose_name='finding')),
                ('place', models.CharField(help_text='What the finding is about, as it was shown.', max_length=300, verbose_name='where')),
                ('message', models.TextField(help_text='As it was shown.', verbose_name='what was found')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'answered finding',
                'verbose_name_plural': 'answered findings',
                'ordering': ['claim', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GrantEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('series', models.CharField(choices=[('commitment', 'commitments'), ('cash', 'cash')], max_length=12, verbose_name='series')),
                ('kind', models.CharField(choices=[('grant', 'granted'), ('reduction', 'lowered by amendment'), ('release', 'released')], max_length=12, verbose_name='kind')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('signed', models.GeneratedField(db_persist=True, expression=models.Case(models.When(kind='grant', then=models.F('amount')), default=django.db.models.expressions.CombinedExpression(models.F('amount'), '*', models.Value(-1))), output_field=models.DecimalField(decimal_places=2, max_digits=18))),
                ('booked_on', models.DateField(verbose_name='booked on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'grant entry',
                'verbose_name_plural': 'grant entries',
                'ordering': ['line', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('summary', models.JSONField(default=dict, verbose_name='how it stood')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'handover',
                'verbose_name_plural': 'handovers',
                'ordering': ['claim', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('kind', models.CharField(choices=[('coordinated', 'coordinated with'), ('informed', 'House informed'), ('published', 'published'), ('transferred', 'budget transferred'), ('sent', 'nota sent')], max_length=12, verbose_name='what')),
                ('party', models.CharField(blank=True, help_text='For example FIN, or the House.', max_length=200, verbose_name='with or to whom')),
                ('happened_on', core.fields.DayField(blank=True, null=True, verbose_name='on')),
                ('date_unknown', models.BooleanField(default=False, verbose_name='date unknown')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['claim', 'happened_on', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MilestoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('kind', models.CharField(choices=[('coordinated', 'coordinated with'), ('informed', 'House informed'), ('published', 'published'), ('transferred', 'budget transferred'), ('sent', 'nota sent')], max_length=12, verbose_name='what')),
                ('party', models.CharField(blank=True, help_text='For example FIN, or the House.', max_length=200, verbose_name='with or to whom')),
                ('happened_on', core.fields.DayField(blank=True, null=True, verbose_name='on')),
                ('date_unknown', models.BooleanField(default=False, verbose_name='date unknown')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name_nl', models.CharField(max_length=200, verbose_name='name in Dutch')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, help_text='What is no longer in use stays on old records but is not offered.', verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(source='name_nl')),
                ('code', models.CharField(help_text='As papers say it, for example M, R or FIN.', max_length=20, unique=True, verbose_name='code')),
                ('settles', models.BooleanField(default=False, help_text='Otherwise it is on record, but moves no money.', verbose_name='its decision settles a claim')),
            ],
            options={
                'verbose_name': 'deciding party',
                'verbose_name_plural': 'deciding parties',
                'ordering': ['code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name_nl', models.CharField(max_length=200, verbose_name='name in Dutch')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, help_text='What is no longer in use stays on old records but is not offered.', verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(db_index=False, source='name_nl')),
                ('code', models.CharField(help_text='As papers say it, for example M, R or FIN.', max_length=20, verbose_name='code')),
                ('settles', models.BooleanField(default=False, help_text='Otherwise it is on record, but moves no money.', verbose_name='its decision settles a claim')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('text', models.TextField(max_length=4000, verbose_name='remark')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed at')),
            ],
            options={
                'verbose_name': 'remark',
                'verbose_name_plural': 'remarks',
                'ordering': ['claim', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RequiredEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('submit', 'submit to FEZ'), ('take-back', 'take back'), ('return', 'return with remarks'), ('agree', 'agree'), ('present', 'present for decision'), ('decide', 'confirm decision'), ('amend', 'propose amendment'), ('drop', 'drop amendment'), ('start', 'start execution'), ('close', 'close'), ('withdraw', 'withdraw')], max_length=20, verbose_name='step')),
            ],
            options={
                'verbose_name': 'required evidence',
                'verbose_name_plural': 'required evidence',
                'ordering': ['step', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='RequiredEvidenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('step', models.CharField(choices=[('submit', 'submit to FEZ'), ('take-back', 'take back'), ('return', 'return with remarks'), ('agree', 'agree'), ('present', 'present for decision'), ('decide', 'confirm decision'), ('amend', 'propose amendment'), ('drop', 'drop amendment'), ('start', 'start execution'), ('close', 'close'), ('withdraw', 'withdraw')], max_length=20, verbose_name='step')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('kind', models.CharField(choices=[('submit', 'submit to FEZ'), ('take-back', 'take back'), ('return', 'return with remarks'), ('agree', 'agree'), ('present', 'present for decision'), ('decide', 'confirm decision'), ('amend', 'propose amendment'), ('drop', 'drop amendment'), ('start', 'start execution'), ('close', 'close'), ('withdraw', 'withdraw')], max_length=20, verbose_name='step')),
                ('from_state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted to FEZ'), ('returned', 'returned with remarks'), ('agreed', 'agreed by FEZ'), ('presented', 'presented for decision'), ('granted', 'granted'), ('partly-granted', 'partly granted'), ('held', 'held'), ('rejected', 'rejected'), ('running', 'in execution'), ('closed', 'closed'), ('withdrawn', 'withdrawn')], max_length=20, verbose_name='from')),
                ('to_state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted to FEZ'), ('returned', 'returned with remarks'), ('agreed', 'agreed by FEZ'), ('presented', 'presented for decision'), ('granted', 'granted'), ('partly-granted', 'partly granted'), ('held', 'held'), ('rejected', 'rejected'), ('running', 'in execution'), ('closed', 'closed'), ('withdrawn', 'withdrawn')], max_length=20, verbose_name='to')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('booked_on', models.DateField(verbose_name='booked on')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('digest', models.CharField(max_length=64, verbose_name='content')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['claim', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StepContent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('digest', models.CharField(max_length=64, verbose_name='content')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'ordering': ['submission', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApprovalRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_amount', core.fields.EuroField(decimal_places=2, max_digits=18, unique=True, verbose_name='from amount')),
                ('approvals', models.PositiveSmallIntegerField(verbose_name='number of controllers who agree')),
            ],
            options={
                'verbose_name': 'approval rule',
                'verbose_name_plural': 'approval rules',
                'ordering': ['from_amount'],
                'constraints': [models.CheckConstraint(condition=models.Q(('approvals__gte', 1), ('approvals__lte', 5), ('from_amount__gte', 0)), name='approval_rule_sane')],
            },
        ),
        migrations.AddField(
            model_name='approvalruleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='approvalruleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.approvalrule'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='responsible',
            field=models.ForeignKey(blank=True, help_text='Empty: the file holder.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible'),
        ),
        migrations.AddField(
            model_name='deadlineevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='deadlineevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='deadlineevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.deadline'),
        ),
        migrations.AddField(
            model_name='deadlineevent',
            name='responsible',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: the file holder.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible'),
        ),
        migrations.AddField(
            model_name='decision',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='decision',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='decision',
            name='dropped_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dropped by'),
        ),
        migrations.AddField(
            model_name='decision',
            name='registered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registered by'),
        ),
        migrations.AddField(
            model_name='decisionamount',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='claims.decision'),
        ),
        migrations.AddField(
            model_name='decisionamount',
            name='envelope',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.envelope', verbose_name='envelope'),
        ),
        migrations.AddField(
            model_name='decisionamount',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claimline', verbose_name='claim line'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='claims.decision', verbose_name='decision'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='result',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='results.result', verbose_name='result'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.evidencekind', verbose_name='kind of evidence'),
        ),
        migrations.AddField(
            model_name='evidencekindevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='evidencekindevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.evidencekind'),
        ),
        migrations.AddField(
            model_name='findinganswer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='findinganswer',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='finding_answers', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='envelope',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='claims.envelope', verbose_name='envelope'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='claims.claimline', verbose_name='claim line'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='handover',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='handover',
            name='new_owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='to'),
        ),
        migrations.AddField(
            model_name='handover',
            name='old_owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='milestone',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='claims.milestone', verbose_name='milestone'),
        ),
        migrations.AddField(
            model_name='milestoneevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='milestoneevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='milestoneevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.milestone'),
        ),
        migrations.AddField(
            model_name='milestoneevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='decision',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.party', verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='partyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='partyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.party'),
        ),
        migrations.AddField(
            model_name='remark',
            name='answers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='claims.remark', verbose_name='answers'),
        ),
        migrations.AddField(
            model_name='remark',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='remark',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='remark',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by'),
        ),
        migrations.AddField(
            model_name='remark',
            name='line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='claims.claimline', verbose_name='claim line'),
        ),
        migrations.AddField(
            model_name='remark',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.templatesection', verbose_name='question'),
        ),
        migrations.AddField(
            model_name='requiredevidence',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.evidencekind', verbose_name='kind of evidence'),
        ),
        migrations.AddField(
            model_name='requiredevidenceevent',
            name='kind',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.evidencekind', verbose_name='kind of evidence'),
        ),
        migrations.AddField(
            model_name='requiredevidenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='requiredevidenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.requiredevidence'),
        ),
        migrations.AddField(
            model_name='step',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='step',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='step',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='claims.decision', verbose_name='decision'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='claims.step', verbose_name='step'),
        ),
        migrations.AddField(
            model_name='approval',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='claims.step'),
        ),
        migrations.AddField(
            model_name='stepcontent',
            name='step',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='content', to='claims.step'),
        ),
        migrations.AddConstraint(
            model_name='decisionamount',
            constraint=models.UniqueConstraint(fields=('decision', 'line', 'envelope'), name='decision_amount_once'),
        ),
        migrations.AddConstraint(
            model_name='decisionamount',
            constraint=models.CheckConstraint(condition=models.Q(('commitment__gte', 0), models.Q(('cash__isnull', True), ('cash__gte', 0), _connector='OR')), name='decision_amount_not_negative', violation_error_message='Amounts are not negative.'),
        ),
        migrations.AddIndex(
            model_name='findinganswer',
            index=models.Index(fields=['claim', 'round', 'code'], name='claims_find_claim_i_229833_idx'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['coordinated', 'informed', 'published', 'transferred', 'sent'])), name='milestone_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('date_unknown', False), ('happened_on__isnull', False)), models.Q(('date_unknown', True), ('happened_on__isnull', True)), _connector='OR'), name='milestone_date_or_unknown', violation_error_message='Give the date, or say that it is unknown.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', True), ('milestone__isnull', True), ('result__isnull', True)), models.Q(('decision__isnull', False), ('milestone__isnull', True), ('result__isnull', True)), models.Q(('decision__isnull', True), ('milestone__isnull', False), ('result__isnull', True)), models.Q(('decision__isnull', True), ('milestone__isnull', True), ('result__isnull', False)), _connector='OR'), name='evidence_about_one'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('public', True), _negated=True), ('classification', 'public'), _connector='OR'), name='evidence_public_is_classified_so'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 20971520)), name='evidence_size'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('classification__in', ['public', 'internal', 'confidential'])), name='evidence_classification_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('date_unknown', False), ('decided_on__isnull', False)), models.Q(('date_unknown', True), ('decided_on__isnull', True)), _connector='OR'), name='decision_date_or_unknown', violation_error_message='Give the date of the decision, or say that it is unknown.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='decision_confirmed_pair'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drop_reason', ''), ('dropped_at__isnull', True), ('dropped_by__isnull', True)), models.Q(('confirmed_at__isnull', True), ('dropped_at__isnull', False), ('dropped_by__isnull', False)), _connector='OR'), name='decision_dropped_pair'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('registered_by')), _negated=True), _connector='OR'), name='decision_four_eyes', violation_error_message='Whoever registered a decision does not confirm it.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'conditional'), _negated=True), models.Q(('condition', ''), _negated=True), _connector='OR'), name='decision_condition_given', violation_error_message='Say what the condition is.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['granted', 'conditional', 'lower', 'held', 'rejected'])), name='decision_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['money', 'inform', 'amendment'])), name='decision_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('dropped_at__isnull', True), ('settles', True)), fields=('claim', 'round'), name='decision_one_open', violation_error_message='Another decision on this claim waits for confirmation.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='remark_closed_pair'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('question__isnull', True), ('line__isnull', True), _connector='OR'), name='remark_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_says_something'),
        ),
        migrations.AddConstraint(
            model_name='requiredevidence',
            constraint=models.UniqueConstraint(fields=('step', 'kind'), name='required_evidence_once'),
        ),
        migrations.AddConstraint(
            model_name='requiredevidence',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['submit', 'take-back', 'return', 'agree', 'present', 'decide', 'amend', 'drop', 'start', 'close', 'withdraw'])), name='required_evidence_step_known'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submit', 'take-back', 'return', 'agree', 'present', 'decide', 'amend', 'drop', 'start', 'close', 'withdraw'])), name='step_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', False), ('kind', 'decide')), models.Q(models.Q(('kind', 'decide'), _negated=True), ('decision__isnull', True)), _connector='OR'), name='step_decision_given'),
        ),
        migrations.AddIndex(
            model_name='grantentry',
            index=models.Index(fields=['envelope', 'series'], name='claims_gran_envelop_33961e_idx'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='grant_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['grant', 'reduction', 'release'])), name='grant_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('series__in', ['commitment', 'cash'])), name='grant_series_known'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(fields=('submission', 'by'), name='approval_once'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='approvalrule',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_approvalruleevent" ("approvals", "from_amount", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."approvals", NEW."from_amount", NEW."id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id"); RETURN NULL;', hash='e1d19177e3b95adef40dafa68e4d668657a905b8', operation='INSERT', pgid='pgtrigger_insert_insert_b1113', table='claims_approvalrule', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalrule',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_approvalruleevent" ("approvals", "from_amount", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."approvals", NEW."from_amount", NEW."id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id"); RETURN NULL;', hash='96100d3f93a1f089cfd5809ccff08c4ee061bc92', operation='UPDATE', pgid='pgtrigger_update_update_49af3', table='claims_approvalrule', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalrule',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_approvalruleevent" ("approvals", "from_amount", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."approvals", OLD."from_amount", OLD."id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id"); RETURN NULL;', hash='26646582a13a5575ccb1be55de198d129818d30e', operation='DELETE', pgid='pgtrigger_delete_delete_e96bf', table='claims_approvalrule', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='evidencekind',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4630f3e8cf6acc1976904fc58852f5ca1aa5b8a7', operation='UPDATE', pgid='pgtrigger_keep_public_id_16502', table='claims_evidencekind', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='evidencekind',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='a2ed26b7fe3168fd4dcaabefdf1cad97238788b6', operation='UPDATE', pgid='pgtrigger_count_version_d478e', table='claims_evidencekind', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='evidencekind',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_evidencekindevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='021c8beb79e68e201b40ebdc937715617cf6c61f', operation='INSERT', pgid='pgtrigger_insert_insert_0a191', table='claims_evidencekind', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='evidencekind',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_evidencekindevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='41fe38c20a95def50d9b74c3e1f044221b3dd851', operation='UPDATE', pgid='pgtrigger_update_update_6acc3', table='claims_evidencekind', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='evidencekind',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_evidencekindevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (OLD."active", OLD."code", OLD."id", OLD."name_en", OLD."name_nl", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."sort_key", OLD."version"); RETURN NULL;', hash='8a879e567eed6b43dc252ac62e8139e7fd04212f', operation='DELETE', pgid='pgtrigger_delete_delete_8dc52', table='claims_evidencekind', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='party',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4e45de60472102579e509b8f34e2eaf29deb2335', operation='UPDATE', pgid='pgtrigger_keep_public_id_70826', table='claims_party', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='party',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='c1011dbe155d8cc6b5320c0b2b861d5ab0833052', operation='UPDATE', pgid='pgtrigger_count_version_ef5a6', table='claims_party', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='party',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_partyevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settles", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."settles", NEW."sort_key", NEW."version"); RETURN NULL;', hash='e721ee21308a6296978601ad67c2e053c3bd678d', operation='INSERT', pgid='pgtrigger_insert_insert_7be11', table='claims_party', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='party',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_partyevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settles", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."settles", NEW."sort_key", NEW."version"); RETURN NULL;', hash='101b208563ada395b473929a938710c50cd7cf92', operation='UPDATE', pgid='pgtrigger_update_update_4731b', table='claims_party', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='party',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_partyevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settles", "sort_key", "version") VALUES (OLD."active", OLD."code", OLD."id", OLD."name_en", OLD."name_nl", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."settles", OLD."sort_key", OLD."version"); RETURN NULL;', hash='7d1b95f709f6da41d0a6938b64c23f0d7e28b9d5', operation='DELETE', pgid='pgtrigger_delete_delete_77aaf', table='claims_party', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalruleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='312a20786fdd78a84760482cacbf6962cb05fd41', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e89f4', table='claims_approvalruleevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deadline',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a76690b73ac441ceaaf3e069ca56a0d5f0cea614', operation='UPDATE', pgid='pgtrigger_keep_public_id_93622', table='claims_deadline', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deadline',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='29dc1f1fbdb1c4319b0e96d5f146d056d25dcdb5', operation='UPDATE', pgid='pgtrigger_count_version_89039', table='claims_deadline', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deadline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_deadlineevent" ("claim_id", "done_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_id", "subject", "version") VALUES (NEW."claim_id", NEW."done_on", NEW."due_on", NEW."id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."responsible_id", NEW."subject", NEW."version"); RETURN NULL;', hash='2af543bf4d81d8927c7fb5c6b1479df7b62867a0', operation='INSERT', pgid='pgtrigger_insert_insert_84d2d', table='claims_deadline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deadline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_deadlineevent" ("claim_id", "done_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_id", "subject", "version") VALUES (NEW."claim_id", NEW."done_on", NEW."due_on", NEW."id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."responsible_id", NEW."subject", NEW."version"); RETURN NULL;', hash='2d2b918adff09141e399f341462f542d1c3a812d', operation='UPDATE', pgid='pgtrigger_update_update_8d746', table='claims_deadline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deadline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_deadlineevent" ("claim_id", "done_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_id", "subject", "version") VALUES (OLD."claim_id", OLD."done_on", OLD."due_on", OLD."id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."responsible_id", OLD."subject", OLD."version"); RETURN NULL;', hash='57dec6db08eb0c7d8438c4b3f4d8bb4ea27f1d41', operation='DELETE', pgid='pgtrigger_delete_delete_ae7c9', table='claims_deadline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deadlineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3aa6a5e88bf0b2c55286533f46e16f3b392769f9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fcd2c', table='claims_deadlineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='evidencekindevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b0544343bcb5b2140f4a5381cd691ed87b783ea5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80f6f', table='claims_evidencekindevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='54c707231f34b1d024b8f893b20ce781db2531bf', operation='UPDATE', pgid='pgtrigger_keep_public_id_7e0af', table='claims_milestone', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='6239959aafdccc628c665ec01bf9d101ac34e466', operation='UPDATE', pgid='pgtrigger_count_version_6863b', table='claims_milestone', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_milestoneevent" ("claim_id", "date_unknown", "happened_on", "id", "kind", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "remark", "version") VALUES (NEW."claim_id", NEW."date_unknown", NEW."happened_on", NEW."id", NEW."kind", NEW."party", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."remark", NEW."version"); RETURN NULL;', hash='99ca6eea2d9d9e7f9d961565e7c7db10aba91551', operation='INSERT', pgid='pgtrigger_insert_insert_873f0', table='claims_milestone', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_milestoneevent" ("claim_id", "date_unknown", "happened_on", "id", "kind", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "remark", "version") VALUES (NEW."claim_id", NEW."date_unknown", NEW."happened_on", NEW."id", NEW."kind", NEW."party", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."remark", NEW."version"); RETURN NULL;', hash='528f195e20fbbad9f86e8e06435a8ceca01162c6', operation='UPDATE', pgid='pgtrigger_update_update_04b67', table='claims_milestone', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_milestoneevent" ("claim_id", "date_unknown", "happened_on", "id", "kind", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "remark", "version") VALUES (OLD."claim_id", OLD."date_unknown", OLD."happened_on", OLD."id", OLD."kind", OLD."party", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."recorded_at", OLD."recorded_by_id", OLD."remark", OLD."version"); RETURN NULL;', hash='4db08f73eb379abdde65fb2cf0d7afd612f270d1', operation='DELETE', pgid='pgtrigger_delete_delete_e6cb2', table='claims_milestone', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='milestoneevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c2b32c7f5233d7fca0dbbbc08d7c7858709f3e68', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6f42', table='claims_milestoneevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5278eda48a51f037d8898864a2dc98f519f1d93d', operation='UPDATE', pgid='pgtrigger_keep_public_id_762d1', table='claims_decision', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='f860aae7961d8126612126074dcaa937a87211a0', operation='UPDATE', pgid='pgtrigger_count_version_bc115', table='claims_decision', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='partyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='509815eaedf440954f01f41489f4007eba56526b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4f239', table='claims_partyevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='remark',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='779c8a33fa8faa4e122e3c8bcc5ca6b65b26c58e', operation='UPDATE', pgid='pgtrigger_keep_public_id_db930', table='claims_remark', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='remark',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='012c4ee49a4bdd7d9b9dc18544c9514410c6816c', operation='UPDATE', pgid='pgtrigger_count_version_3aaa2', table='claims_remark', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='requiredevidence',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_requiredevidenceevent" ("id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step") VALUES (NEW."id", NEW."kind_id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."step"); RETURN NULL;', hash='5a172cbc3cbff064ca0e555a1504a09304be63f9', operation='INSERT', pgid='pgtrigger_insert_insert_ec065', table='claims_requiredevidence', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='requiredevidence',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_requiredevidenceevent" ("id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step") VALUES (NEW."id", NEW."kind_id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."step"); RETURN NULL;', hash='44aa90dab6ab0fe028e6c931e96294e05895470e', operation='UPDATE', pgid='pgtrigger_update_update_059a7', table='claims_requiredevidence', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='requiredevidence',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_requiredevidenceevent" ("id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step") VALUES (OLD."id", OLD."kind_id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."step"); RETURN NULL;', hash='d4c3733e0a74cc6d35a5f0190fcdfaa512b057b6', operation='DELETE', pgid='pgtrigger_delete_delete_b449d', table='claims_requiredevidence', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='requiredevidenceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d1279340f2f94d154698d7599797da3d264034bf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e99b', table='claims_requiredevidenceevent', when='BEFORE')),
            )],
        ),
    ]
