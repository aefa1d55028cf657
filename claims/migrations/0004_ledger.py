import core.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_workflow_guards'),
        ('core', '__first__'),
        ('partners', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='number of the arrangement or decision')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('signed_on', core.fields.DayField(verbose_name='signed on')),
                ('ends_on', core.fields.DayField(blank=True, null=True, verbose_name='ends on')),
                ('ground_on', core.fields.DayField(blank=True, help_text='Only when the budget is not authorised yet (art. 2.27, second paragraph, CW 2016).', null=True, verbose_name='date of the letter to the House')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='claims.claimline', verbose_name='claim line')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='partners.partner', verbose_name='partner')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
                'ordering': ['-signed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('booked_on', core.fields.DayField(verbose_name='booked on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('origin', models.CharField(choices=[('user', 'entered'), ('books', 'from the books'), ('take-on', 'opening balance')], default='user', max_length=10, verbose_name='origin')),
                ('voucher', models.CharField(blank=True, max_length=60, verbose_name='voucher number')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('kind', models.CharField(choices=[('sign', 'signed'), ('raise', 'raised'), ('lower', 'lowered'), ('revalue-up', 'revaluation up'), ('revalue-down', 'revaluation down')], max_length=12, verbose_name='kind')),
                ('signed', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(models.Q(('kind__in', ['lower', 'revalue-down']), ('reverses__isnull', True)), models.Q(('kind__in', ['sign', 'raise', 'revalue-up']), ('reverses__isnull', False)), _connector='OR'), then=django.db.models.expressions.CombinedExpression(models.F('amount'), '*', models.Value(-1))), default=models.F('amount'), output_field=models.DecimalField(decimal_places=2, max_digits=18)), output_field=models.DecimalField(decimal_places=2, max_digits=18))),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='claims.commitment', verbose_name='commitment')),
                ('envelope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitment_rows', to='claims.envelope', verbose_name='envelope')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='claims.commitmentrow', verbose_name='reverses')),
            ],
            options={
                'verbose_name': 'row of a commitment',
                'verbose_name_plural': 'rows of a commitment',
                'ordering': ['commitment', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Deviation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('kind', models.CharField(choices=[('envelope-commitment', 'commitment budget of an envelope'), ('envelope-cash', 'cash budget of an envelope'), ('line', 'granted to a line'), ('commitment', 'amount of a commitment')], max_length=20, verbose_name='limit')),
                ('voucher', models.CharField(max_length=60, verbose_name='voucher number')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='excess')),
                ('due_on', core.fields.DayField(verbose_name='explain by')),
                ('explanation', models.TextField(blank=True, verbose_name='explanation')),
                ('explained_at', models.DateTimeField(null=True, verbose_name='explained at')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='claims.commitment', verbose_name='commitment')),
                ('envelope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='claims.envelope', verbose_name='envelope')),
                ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='explained by')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='claims.claimline', verbose_name='claim line')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'deviation',
                'verbose_name_plural': 'deviations',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='EnvelopeTotal',
            fields=[
                ('envelope', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='total', serialize=False, to='claims.envelope')),
                ('announced_commitment', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('announced_cash', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('budget_commitment', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('budget_cash', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('authorised_commitment', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('authorised_cash', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('granted_commitment', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('granted_cash', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('committed', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('paid', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('raised_commitment', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('raised_cash', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('deviated_commitment', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('deviated_cash', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('committed__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('budget_commitment'), '+', models.F('raised_commitment')), '+', models.F('deviated_commitment')))), name='limit_envelope_commitment'), models.CheckConstraint(condition=models.Q(('paid__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('budget_cash'), '+', models.F('raised_cash')), '+', models.F('deviated_cash')))), name='limit_envelope_cash')],
            },
        ),
        migrations.CreateModel(
            name='LimitRaise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('kind', models.CharField(choices=[('envelope-commitment', 'commitment budget of an envelope'), ('envelope-cash', 'cash budget of an envelope'), ('line', 'granted to a line'), ('commitment', 'amount of a commitment')], max_length=20, verbose_name='limit')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('ends_on', core.fields.DayField(verbose_name='until')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='taken back at')),
                ('commitment', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.commitment')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by')),
                ('envelope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='raises', to='claims.envelope', verbose_name='envelope')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='raises', to='claims.claimline', verbose_name='claim line')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
            ],
            options={
                'verbose_name': 'limit raise',
                'verbose_name_plural': 'limit raises',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='LineTotal',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='total', serialize=False, to='claims.claimline')),
                ('granted', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('granted_cash', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('committed', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('paid', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('raised', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('deviated', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('committed__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('granted'), '+', models.F('raised')), '+', models.F('deviated')))), name='limit_line')],
            },
        ),
        migrations.CreateModel(
            name='Mutation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('booked_on', core.fields.DayField(verbose_name='booked on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('origin', models.CharField(choices=[('user', 'entered'), ('books', 'from the books'), ('take-on', 'opening balance')], default='user', max_length=10, verbose_name='origin')),
                ('voucher', models.CharField(blank=True, max_length=60, verbose_name='voucher number')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('series', models.CharField(choices=[('commitment', 'commitments'), ('cash', 'cash')], max_length=12, verbose_name='series')),
                ('direction', models.CharField(choices=[('up', 'increase'), ('down', 'decrease')], default='up', max_length=5, verbose_name='direction')),
                ('nature', models.CharField(choices=[('policy', 'policy (beleidsmatig)'), ('technical', 'technical')], default='policy', max_length=10, verbose_name='nature')),
                ('moment', models.CharField(choices=[('draft-budget', 'draft budget'), ('amending-note', 'amending note or amendment'), ('first', '1st supplementary budget'), ('september', 'supplementary budget of September'), ('second', '2nd supplementary budget'), ('final', 'final budget act'), ('incidental', 'incidental supplementary budget')], max_length=14, verbose_name='budget moment')),
                ('source', models.CharField(blank=True, help_text='For example the number of the paper.', max_length=200, verbose_name='source')),
                ('signed', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(models.Q(('direction', 'down'), ('reverses__isnull', True)), models.Q(('direction', 'up'), ('reverses__isnull', False)), _connector='OR'), then=django.db.models.expressions.CombinedExpression(models.F('amount'), '*', models.Value(-1))), default=models.F('amount'), output_field=models.DecimalField(decimal_places=2, max_digits=18)), output_field=models.DecimalField(decimal_places=2, max_digits=18))),
                ('envelope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mutations', to='claims.envelope', verbose_name='envelope')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='claims.mutation', verbose_name='reverses')),
            ],
            options={
                'verbose_name': 'budget mutation',
                'verbose_name_plural': 'budget mutations',
                'ordering': ['envelope', 'booked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('booked_on', core.fields.DayField(verbose_name='booked on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('origin', models.CharField(choices=[('user', 'entered'), ('books', 'from the books'), ('take-on', 'opening balance')], default='user', max_length=10, verbose_name='origin')),
                ('voucher', models.CharField(blank=True, max_length=60, verbose_name='voucher number')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('kind', models.CharField(choices=[('advance', 'advance'), ('payment', 'payment'), ('receipt', 'receipt')], max_length=10, verbose_name='kind')),
                ('paid_on', core.fields.DayField(verbose_name='paid on')),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='foreign currency')),
                ('foreign_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='amount in that currency')),
                ('rate', models.DecimalField(blank=True, decimal_places=8, max_digits=18, null=True, verbose_name='rate')),
                ('rate_kind', models.CharField(blank=True, choices=[('corporate', 'corporate rate of the year'), ('un', 'UN rate'), ('ecb', 'ECB reference rate'), ('agreed', 'agreed rate'), ('booked', 'rate as booked')], max_length=10, verbose_name='kind of rate')),
                ('rate_on', core.fields.DayField(blank=True, null=True, verbose_name='date of the rate')),
                ('signed', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(models.Q(('kind', 'receipt'), ('reverses__isnull', True)), models.Q(models.Q(('kind', 'receipt'), _negated=True), ('reverses__isnull', False)), _connector='OR'), then=django.db.models.expressions.CombinedExpression(models.F('amount'), '*', models.Value(-1))), default=models.F('amount'), output_field=models.DecimalField(decimal_places=2, max_digits=18)), output_field=models.DecimalField(decimal_places=2, max_digits=18))),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='claims.commitment', verbose_name='commitment')),
                ('envelope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='claims.envelope', verbose_name='envelope')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='claims.payment', verbose_name='reverses')),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'ordering': ['commitment', 'booked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PeriodAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.', verbose_name='month')),
                ('closed', models.BooleanField(verbose_name='closed')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'closed month',
                'verbose_name_plural': 'closed months',
                'ordering': ['-month', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('kind', models.CharField(choices=[('plan', 'cash plan'), ('forecast', 'forecast')], max_length=10, verbose_name='kind')),
                ('made_on', core.fields.DayField(verbose_name='made on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='claims.commitment')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'plan of quarters',
                'verbose_name_plural': 'plans of quarters',
                'ordering': ['commitment', 'kind', '-made_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanQuarter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quarters', to='claims.planversion')),
            ],
            options={
                'ordering': ['version', 'year', 'quarter'],
            },
        ),
        migrations.CreateModel(
            name='PooledSplit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('decided_on', core.fields.DayField(verbose_name='decided on')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='splits', to='claims.claimline')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'division of a pooled line',
                'verbose_name_plural': 'divisions of pooled lines',
                'ordering': ['line', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SplitPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                ('split', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='claims.pooledsplit')),
            ],
            options={
                'ordering': ['split', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StageReached',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('announced', 'announced'), ('processed', 'processed'), ('authorised', 'authorised')], max_length=10, verbose_name='stage')),
                ('reached_on', core.fields.DayField(verbose_name='reached on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('mutation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='claims.mutation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'stage of a mutation',
                'verbose_name_plural': 'stages of mutations',
                'ordering': ['mutation', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WriteOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('amount', core.fields.EuroField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('booked_on', core.fields.DayField(verbose_name='booked on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('origin', models.CharField(choices=[('user', 'entered'), ('books', 'from the books'), ('take-on', 'opening balance')], default='user', max_length=10, verbose_name='origin')),
                ('voucher', models.CharField(blank=True, max_length=60, verbose_name='voucher number')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('kind', models.CharField(choices=[('report', 'final report and closing (contribution)'), ('settlement', 'settlement (subsidy)')], max_length=12, verbose_name='kind')),
                ('report', models.CharField(help_text='Which report or settlement, with its date.', max_length=200, verbose_name='report')),
                ('signed', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('reverses__isnull', False)), then=django.db.models.expressions.CombinedExpression(models.F('amount'), '*', models.Value(-1))), default=models.F('amount'), output_field=models.DecimalField(decimal_places=2, max_digits=18)), output_field=models.DecimalField(decimal_places=2, max_digits=18))),
                ('advance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='write_offs', to='claims.payment', verbose_name='advance')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='claims.writeoff', verbose_name='reverses')),
            ],
            options={
                'verbose_name': 'write-off',
                'verbose_name_plural': 'write-offs',
                'ordering': ['advance', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentTotal',
            fields=[
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='total', serialize=False, to='claims.commitment')),
                ('committed', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('paid', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('advanced', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('written_off', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
                ('deviated', core.fields.EuroField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('paid__lte', django.db.models.expressions.CombinedExpression(models.F('committed'), '+', models.F('deviated')))), name='limit_commitment'), models.CheckConstraint(condition=models.Q(('committed__gte', 0)), name='commitment_not_negative'), models.CheckConstraint(condition=models.Q(('paid__gte', 0)), name='paid_not_negative')],
            },
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('signed_on')), _connector='OR'), name='commitment_ends_after_signing', violation_error_message='The end is not before the signing.'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='commitment_number_given'),
        ),
        migrations.AddIndex(
            model_name='commitmentrow',
            index=models.Index(fields=['envelope', 'booked_on'], name='claims_comm_envelop_96fc11_idx'),
        ),
        migrations.AddConstraint(
            model_name='commitmentrow',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='commitment_row_amount_positive', violation_error_message='The amount must be more than zero.'),
        ),
        migrations.AddConstraint(
            model_name='commitmentrow',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['user', 'books', 'take-on'])), name='commitment_row_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='commitmentrow',
            constraint=models.CheckConstraint(condition=models.Q(('reverses__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='commitment_row_reversal_reason', violation_error_message='Say why this is reversed.'),
        ),
        migrations.AddConstraint(
            model_name='commitmentrow',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', 'books'), models.Q(('voucher', ''), _negated=True), ('reverses__isnull', True)), fields=('voucher',), name='commitment_row_voucher_once', violation_error_message='This voucher is booked already.'),
        ),
        migrations.AddConstraint(
            model_name='commitmentrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['sign', 'raise', 'lower', 'revalue-up', 'revalue-down'])), name='commitment_row_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='deviation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['envelope-commitment', 'envelope-cash']), ('commitment__isnull', True), ('envelope__isnull', False), ('line__isnull', True)), models.Q(('commitment__isnull', True), ('envelope__isnull', True), ('kind', 'line'), ('line__isnull', False)), models.Q(('commitment__isnull', False), ('envelope__isnull', True), ('kind', 'commitment'), ('line__isnull', True)), _connector='OR'), name='deviation_names_one_limit'),
        ),
        migrations.AddConstraint(
            model_name='deviation',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='deviation_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='deviation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('explained_at__isnull', True), ('explained_by__isnull', True)), models.Q(models.Q(('explained_at__isnull', False), ('explained_by__isnull', False)), models.Q(('explanation', ''), _negated=True)), _connector='OR'), name='deviation_explained_pair'),
        ),
        migrations.AddConstraint(
            model_name='limitraise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind__in', ['envelope-commitment', 'envelope-cash']), ('commitment__isnull', True), ('envelope__isnull', False), ('line__isnull', True)), models.Q(('commitment__isnull', True), ('envelope__isnull', True), ('kind', 'line'), ('line__isnull', False)), models.Q(('commitment__isnull', False), ('envelope__isnull', True), ('kind', 'commitment'), ('line__isnull', True)), _connector='OR'), models.Q(('kind', 'commitment'), _negated=True)), name='raise_names_one_limit'),
        ),
        migrations.AddConstraint(
            model_name='limitraise',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='raise_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='limitraise',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='raise_reason_given'),
        ),
        migrations.AddConstraint(
            model_name='limitraise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='raise_confirmed_pair'),
        ),
        migrations.AddConstraint(
            model_name='limitraise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='raise_ended_pair'),
        ),
        migrations.AddConstraint(
            model_name='limitraise',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='raise_four_eyes', violation_error_message='Whoever proposed a limit raise does not confirm it.'),
        ),
        migrations.AddIndex(
            model_name='mutation',
            index=models.Index(fields=['envelope', 'series', 'booked_on'], name='claims_muta_envelop_efd40d_idx'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='mutation_amount_positive', violation_error_message='The amount must be more than zero.'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['user', 'books', 'take-on'])), name='mutation_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.CheckConstraint(condition=models.Q(('reverses__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='mutation_reversal_reason', violation_error_message='Say why this is reversed.'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', 'books'), models.Q(('voucher', ''), _negated=True), ('reverses__isnull', True)), fields=('voucher',), name='mutation_voucher_once', violation_error_message='This voucher is booked already.'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.CheckConstraint(condition=models.Q(('series__in', ['commitment', 'cash'])), name='mutation_series_known'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['up', 'down'])), name='mutation_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['policy', 'technical'])), name='mutation_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='mutation',
            constraint=models.CheckConstraint(condition=models.Q(('moment__in', ['draft-budget', 'amending-note', 'first', 'september', 'second', 'final', 'incidental'])), name='mutation_moment_known'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['envelope', 'booked_on'], name='claims_paym_envelop_bb31b2_idx'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['commitment', 'booked_on'], name='claims_paym_commitm_261d8f_idx'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_amount_positive', violation_error_message='The amount must be more than zero.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['user', 'books', 'take-on'])), name='payment_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('reverses__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='payment_reversal_reason', violation_error_message='Say why this is reversed.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', 'books'), models.Q(('voucher', ''), _negated=True), ('reverses__isnull', True)), fields=('voucher',), name='payment_voucher_once', violation_error_message='This voucher is booked already.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['advance', 'payment', 'receipt'])), name='payment_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', ''), ('foreign_amount__isnull', True), ('rate__isnull', True), ('rate_kind', ''), ('rate_on__isnull', True)), models.Q(models.Q(('currency', 'EUR'), _negated=True), ('currency__regex', '^[A-Z]{3}$'), ('foreign_amount__gt', 0), ('foreign_amount__isnull', False), ('rate__gt', 0), ('rate__isnull', False), ('rate_kind__in', ['corporate', 'un', 'ecb', 'agreed', 'booked']), ('rate_on__isnull', False)), _connector='OR'), name='payment_foreign_whole', violation_error_message='A foreign amount has its currency, amount, rate, kind of rate and date: all five.'),
        ),
        migrations.AddConstraint(
            model_name='periodact',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='period_first_day'),
        ),
        migrations.AddConstraint(
            model_name='periodact',
            constraint=models.CheckConstraint(condition=models.Q(('closed', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='period_reopened_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['plan', 'forecast'])), name='plan_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='planquarter',
            constraint=models.UniqueConstraint(fields=('version', 'year', 'quarter'), name='plan_quarter_once'),
        ),
        migrations.AddConstraint(
            model_name='planquarter',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='plan_quarter_known'),
        ),
        migrations.AddConstraint(
            model_name='planquarter',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='plan_amount_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='splitpart',
            constraint=models.UniqueConstraint(fields=('split', 'partner'), name='split_partner_once'),
        ),
        migrations.AddConstraint(
            model_name='splitpart',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='split_amount_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='stagereached',
            constraint=models.UniqueConstraint(fields=('mutation', 'stage'), name='stage_once'),
        ),
        migrations.AddConstraint(
            model_name='stagereached',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['announced', 'processed', 'authorised'])), name='stage_known'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='write_off_amount_positive', violation_error_message='The amount must be more than zero.'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['user', 'books', 'take-on'])), name='write_off_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('reverses__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='write_off_reversal_reason', violation_error_message='Say why this is reversed.'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', 'books'), models.Q(('voucher', ''), _negated=True), ('reverses__isnull', True)), fields=('voucher',), name='write_off_voucher_once', violation_error_message='This voucher is booked already.'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['report', 'settlement'])), name='write_off_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('report', ''), _negated=True), name='write_off_report_given'),
        ),
    ]
