"""The first schema of this floor."""

import core.fields
import core.schema
import django.core.validators
import django.db.models.deletion
import partners.currencies
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name', models.CharField(help_text='In full, as it calls itself.', max_length=200, unique=True, verbose_name='name')),
                ('short_name', models.CharField(help_text='As papers call it, for example UHF.', max_length=40, unique=True, verbose_name='short name')),
                ('kind', models.CharField(choices=[('pooled-fund', 'pooled fund'), ('international', 'international organisation'), ('eu-mission', 'EU mission'), ('government', 'government body'), ('ngo', 'non-governmental organisation')], max_length=20, verbose_name='kind')),
                ('iati_identifier', models.CharField(blank=True, help_text="The organisation's own identifier in IATI, exactly as it publishes it, for example XM-DAC-41114.", max_length=100, validators=[django.core.validators.RegexValidator('^[^\\s/&|?]+$', 'An IATI identifier has no spaces and none of / & | ?.')], verbose_name='IATI identifier')),
                ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(source='name')),
                ('administered_by', models.ForeignKey(blank=True, help_text='For a fund: the organisation that runs it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administers', to='partners.partner', verbose_name='administered by')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ['sort_key'],
                'abstract': False,
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['pooled-fund', 'international', 'eu-mission', 'government', 'ngo'])), name='partner_kind_known'), models.CheckConstraint(condition=models.Q(('administered_by__isnull', True), models.Q(('administered_by', models.F('id')), _negated=True), _connector='OR'), name='partner_not_its_own_administrator', violation_error_message='An organisation does not administer itself.'), models.UniqueConstraint(condition=models.Q(('iati_identifier', ''), _negated=True), fields=('iati_identifier',), name='partner_iati_identifier_once', violation_error_message='Another partner already has this IATI identifier.')],
            },
        ),
        migrations.CreateModel(
            name='PartnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name', models.CharField(help_text='In full, as it calls itself.', max_length=200, verbose_name='name')),
                ('short_name', models.CharField(help_text='As papers call it, for example UHF.', max_length=40, verbose_name='short name')),
                ('kind', models.CharField(choices=[('pooled-fund', 'pooled fund'), ('international', 'international organisation'), ('eu-mission', 'EU mission'), ('government', 'government body'), ('ngo', 'non-governmental organisation')], max_length=20, verbose_name='kind')),
                ('iati_identifier', models.CharField(blank=True, help_text="The organisation's own identifier in IATI, exactly as it publishes it, for example XM-DAC-41114.", max_length=100, validators=[django.core.validators.RegexValidator('^[^\\s/&|?]+$', 'An IATI identifier has no spaces and none of / & | ?.')], verbose_name='IATI identifier')),
                ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(db_index=False, source='name')),
                ('administered_by', models.ForeignKey(blank=True, db_constraint=False, help_text='For a fund: the organisation that runs it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner', verbose_name='administered by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.partner')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('year', core.fields.YearField(verbose_name='year')),
                ('required', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount asked')),
                ('currency', models.CharField(choices=partners.currencies.currency_choices, default='USD', max_length=3, verbose_name='currency')),
                ('in_need', core.fields.NumberField(blank=True, decimal_places=0, max_digits=20, null=True, verbose_name='people in need')),
                ('targeted', core.fields.NumberField(blank=True, decimal_places=0, max_digits=20, null=True, verbose_name='people to be reached')),
                ('as_of', core.fields.DayField(blank=True, null=True, verbose_name='as of')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.source', verbose_name='source')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='partners.partner', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ['-year', 'title', 'pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('required__isnull', False), ('required__gte', Decimal('0.01'))), name='appeal_required_positive'), models.CheckConstraint(condition=models.Q(('in_need__isnull', True), ('in_need__gte', Decimal('1')), _connector='OR'), name='appeal_in_need_positive'), models.CheckConstraint(condition=models.Q(('targeted__isnull', True), ('targeted__gte', Decimal('1')), _connector='OR'), name='appeal_targeted_positive'), models.CheckConstraint(condition=models.Q(('in_need__isnull', True), ('targeted__isnull', True), ('targeted__lte', models.F('in_need')), _connector='OR'), name='appeal_targets_no_more_than_need', violation_error_message='No more people can be targeted than are in need.'), models.UniqueConstraint(fields=('partner', 'title', 'year'), name='appeal_once')],
            },
        ),
        migrations.CreateModel(
            name='AppealGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('label', models.CharField(max_length=200, verbose_name='group')),
                ('people', core.fields.NumberField(decimal_places=0, max_digits=20, verbose_name='people')),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='partners.appeal', verbose_name='appeal')),
            ],
            options={
                'verbose_name': 'group of people',
                'verbose_name_plural': 'groups of people',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('people__isnull', False), ('people__gte', Decimal('1'))), name='appeal_group_positive')],
            },
        ),
        migrations.CreateModel(
            name='AppealGroupEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('label', models.CharField(max_length=200, verbose_name='group')),
                ('people', core.fields.NumberField(decimal_places=0, max_digits=20, verbose_name='people')),
                ('appeal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.appeal', verbose_name='appeal')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.appealgroup')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='AppealPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('purpose', models.CharField(max_length=200, verbose_name='purpose')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='partners.appeal', verbose_name='appeal')),
            ],
            options={
                'verbose_name': 'part by purpose',
                'verbose_name_plural': 'parts by purpose',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__isnull', False), ('amount__gte', Decimal('0.01'))), name='appeal_part_positive')],
            },
        ),
        migrations.CreateModel(
            name='AppealPartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('purpose', models.CharField(max_length=200, verbose_name='purpose')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('appeal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.appeal', verbose_name='appeal')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.appealpart')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('subject', models.CharField(help_text='For example: humanitarian aid Ukraine 2025.', max_length=200, verbose_name='what for')),
                ('year', core.fields.YearField(blank=True, help_text='Empty: not stated.', null=True, verbose_name='year')),
                ('amount', core.fields.EuroField(blank=True, decimal_places=2, help_text='What we paid. Empty: not stated.', max_digits=18, null=True, verbose_name='amount in EUR')),
                ('recorded_amount', models.DecimalField(blank=True, decimal_places=2, help_text="In the fund's own currency, as it recorded our contribution. Never computed from the euro amount.", max_digits=18, null=True, verbose_name='amount as the fund recorded it')),
                ('recorded_currency', models.CharField(blank=True, choices=partners.currencies.currency_choices, max_length=3, null=True, verbose_name='currency')),
                ('as_of', core.fields.DayField(blank=True, help_text='Up to which date does this figure hold?', null=True, verbose_name='as of')),
                ('earmark', models.CharField(blank=True, choices=[('earmarked', 'earmarked'), ('unearmarked', 'unearmarked')], max_length=12, verbose_name='earmark')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.cover', verbose_name='cover')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.source', verbose_name='source')),
                ('partners', models.ManyToManyField(blank=True, help_text='One, several (pooled), or none for a goal as a whole.', related_name='contributions', to='partners.partner', verbose_name='partners')),
            ],
            options={
                'verbose_name': 'contribution',
                'verbose_name_plural': 'contributions',
                'ordering': ['-year', 'subject', 'pk'],
                'abstract': False,
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', Decimal('0.01')), _connector='OR'), name='contribution_amount_positive'), models.CheckConstraint(condition=models.Q(('recorded_amount__isnull', True), ('recorded_amount__gte', Decimal('0.01')), _connector='OR'), name='contribution_recorded_positive'), models.CheckConstraint(condition=models.Q(models.Q(('recorded_amount__isnull', True), ('recorded_currency__isnull', True)), models.Q(('recorded_amount__isnull', False), ('recorded_currency__isnull', False)), _connector='OR'), name='contribution_recorded_with_currency', violation_error_message='Give an amount as the fund recorded it together with its currency.')],
            },
        ),
        migrations.CreateModel(
            name='ContributionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('subject', models.CharField(help_text='For example: humanitarian aid Ukraine 2025.', max_length=200, verbose_name='what for')),
                ('year', core.fields.YearField(blank=True, help_text='Empty: not stated.', null=True, verbose_name='year')),
                ('amount', core.fields.EuroField(blank=True, decimal_places=2, help_text='What we paid. Empty: not stated.', max_digits=18, null=True, verbose_name='amount in EUR')),
                ('recorded_amount', models.DecimalField(blank=True, decimal_places=2, help_text="In the fund's own currency, as it recorded our contribution. Never computed from the euro amount.", max_digits=18, null=True, verbose_name='amount as the fund recorded it')),
                ('recorded_currency', models.CharField(blank=True, choices=partners.currencies.currency_choices, max_length=3, null=True, verbose_name='currency')),
                ('as_of', core.fields.DayField(blank=True, help_text='Up to which date does this figure hold?', null=True, verbose_name='as of')),
                ('earmark', models.CharField(blank=True, choices=[('earmarked', 'earmarked'), ('unearmarked', 'unearmarked')], max_length=12, verbose_name='earmark')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('cover', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.cover', verbose_name='cover')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.contribution')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source', verbose_name='source')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='FundTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('year', core.fields.YearField(verbose_name='year')),
                ('kind', models.CharField(choices=[('received', 'received'), ('allocated', 'allocated'), ('pipeline', 'in the pipeline'), ('spent-on', 'spent on'), ('reserved-for', 'reserved for')], max_length=20, verbose_name='kind')),
                ('purpose', models.CharField(blank=True, help_text='For spending: what on, as a sentence would say it.', max_length=300, verbose_name='purpose')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('currency', models.CharField(choices=partners.currencies.currency_choices, default='USD', max_length=3, verbose_name='currency')),
                ('as_of', core.fields.DayField(blank=True, help_text='Empty for a closed year. Otherwise: up to which date does this figure hold?', null=True, verbose_name='as of')),
                ('people_reached', core.fields.NumberField(blank=True, decimal_places=0, max_digits=20, null=True, verbose_name='people reached')),
                ('people_note', models.CharField(blank=True, max_length=300, verbose_name='which people')),
                ('final', models.BooleanField(default=False, help_text='The year is closed and this figure will not change.', verbose_name='final')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.source', verbose_name='source')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='totals', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'fund total',
                'verbose_name_plural': 'fund totals',
                'ordering': ['partner', '-year', 'kind', '-as_of', 'pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__isnull', False), ('amount__gte', Decimal('0.01'))), name='fund_total_positive'), models.CheckConstraint(condition=models.Q(('people_reached__isnull', True), ('people_reached__gte', Decimal('1')), _connector='OR'), name='fund_total_people_positive'), models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'allocated', 'pipeline', 'spent-on', 'reserved-for'])), name='fund_total_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['spent-on', 'reserved-for']), ('purpose__gt', '')), models.Q(('kind__in', ['received', 'allocated', 'pipeline']), ('purpose', '')), _connector='OR'), name='fund_total_purpose', violation_error_message='Spending and reservations name their purpose; other totals have none.'), models.UniqueConstraint(fields=('partner', 'year', 'kind', 'purpose', 'as_of'), name='fund_total_once', nulls_distinct=False, violation_error_message='This total is already entered for that date.')],
            },
        ),
        migrations.CreateModel(
            name='FundTotalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('year', core.fields.YearField(verbose_name='year')),
                ('kind', models.CharField(choices=[('received', 'received'), ('allocated', 'allocated'), ('pipeline', 'in the pipeline'), ('spent-on', 'spent on'), ('reserved-for', 'reserved for')], max_length=20, verbose_name='kind')),
                ('purpose', models.CharField(blank=True, help_text='For spending: what on, as a sentence would say it.', max_length=300, verbose_name='purpose')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ('currency', models.CharField(choices=partners.currencies.currency_choices, default='USD', max_length=3, verbose_name='currency')),
                ('as_of', core.fields.DayField(blank=True, help_text='Empty for a closed year. Otherwise: up to which date does this figure hold?', null=True, verbose_name='as of')),
                ('people_reached', core.fields.NumberField(blank=True, decimal_places=0, max_digits=20, null=True, verbose_name='people reached')),
                ('people_note', models.CharField(blank=True, max_length=300, verbose_name='which people')),
                ('final', models.BooleanField(default=False, help_text='The year is closed and this figure will not change.', verbose_name='final')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.fundtotal')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source', verbose_name='source')),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='AppealEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('year', core.fields.YearField(verbose_name='year')),
                ('required', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount asked')),
                ('currency', models.CharField(choices=partners.currencies.currency_choices, default='USD', max_length=3, verbose_name='currency')),
                ('in_need', core.fields.NumberField(blank=True, decimal_places=0, max_digits=20, null=True, verbose_name='people in need')),
                ('targeted', core.fields.NumberField(blank=True, decimal_places=0, max_digits=20, null=True, verbose_name='people to be reached')),
                ('as_of', core.fields.DayField(blank=True, null=True, verbose_name='as of')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.appeal')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source', verbose_name='source')),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner', verbose_name='organisation')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('appeal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='partners.appeal', verbose_name='appeal')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='partners.contribution', verbose_name='contribution')),
                ('total', models.ForeignKey(blank=True, help_text='What the fund received or allocated.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='partners.fundtotal', verbose_name='fund total')),
            ],
            options={
                'verbose_name': 'Dutch share',
                'verbose_name_plural': 'Dutch shares',
                'ordering': ['pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('appeal__isnull', True), ('total__isnull', False)), models.Q(('appeal__isnull', False), ('total__isnull', True)), _connector='OR'), name='share_has_one_basis', violation_error_message='A share is measured against a fund total or against an appeal: choose one.'), models.UniqueConstraint(fields=('contribution', 'total', 'appeal'), name='share_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='ShareEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('appeal', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.appeal', verbose_name='appeal')),
                ('contribution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.contribution', verbose_name='contribution')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.share')),
                ('total', models.ForeignKey(blank=True, db_constraint=False, help_text='What the fund received or allocated.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.fundtotal', verbose_name='fund total')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='partner',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4034fa3f6df71cb86b0293060eccd8e475513575', operation='UPDATE', pgid='pgtrigger_keep_public_id_8182b', table='partners_partner', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='partner',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='e5ca14e4c538ced1ab2982a190f039a8f599fcfa', operation='UPDATE', pgid='pgtrigger_count_version_e1f18', table='partners_partner', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='partner',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerevent" ("active", "administered_by_id", "iati_identifier", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "short_name", "sort_key", "version", "website") VALUES (NEW."active", NEW."administered_by_id", NEW."iati_identifier", NEW."id", NEW."kind", NEW."name", NEW."note", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."short_name", NEW."sort_key", NEW."version", NEW."website"); RETURN NULL;', hash='1b44fbf06f74ad327f88243d6cf020959c311f43', operation='INSERT', pgid='pgtrigger_insert_insert_71860', table='partners_partner', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='partner',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_partnerevent" ("active", "administered_by_id", "iati_identifier", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "short_name", "sort_key", "version", "website") VALUES (NEW."active", NEW."administered_by_id", NEW."iati_identifier", NEW."id", NEW."kind", NEW."name", NEW."note", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."short_name", NEW."sort_key", NEW."version", NEW."website"); RETURN NULL;', hash='7b04fb5ca4771988eca553cafe77b39507a60ff5', operation='UPDATE', pgid='pgtrigger_update_update_17ece', table='partners_partner', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='partner',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerevent" ("active", "administered_by_id", "iati_identifier", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "short_name", "sort_key", "version", "website") VALUES (OLD."active", OLD."administered_by_id", OLD."iati_identifier", OLD."id", OLD."kind", OLD."name", OLD."note", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."short_name", OLD."sort_key", OLD."version", OLD."website"); RETURN NULL;', hash='dc4ec23bcf8fc7ea77e3aa5dd9c4eb5b830fefda', operation='DELETE', pgid='pgtrigger_delete_delete_e7dd8', table='partners_partner', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='partnerevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a13e8879ffafbd590ff94ddd2a82e6a6ef165dbd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_20581', table='partners_partnerevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appeal',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d3360c3290109740e304c13688b14101c599f1b4', operation='UPDATE', pgid='pgtrigger_keep_public_id_edad4', table='partners_appeal', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appeal',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='dab54e6c68c78312078cc8f093abf659b6eb4692', operation='UPDATE', pgid='pgtrigger_count_version_323db', table='partners_appeal', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appeal',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_appealevent" ("as_of", "currency", "id", "in_need", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "required", "source_id", "targeted", "title", "version", "year") VALUES (NEW."as_of", NEW."currency", NEW."id", NEW."in_need", NEW."partner_id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."required", NEW."source_id", NEW."targeted", NEW."title", NEW."version", NEW."year"); RETURN NULL;', hash='f9a5aacf0888c1aa71c09ab6271f69a5ebd2eb28', operation='INSERT', pgid='pgtrigger_insert_insert_3e1bb', table='partners_appeal', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appeal',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_appealevent" ("as_of", "currency", "id", "in_need", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "required", "source_id", "targeted", "title", "version", "year") VALUES (NEW."as_of", NEW."currency", NEW."id", NEW."in_need", NEW."partner_id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."required", NEW."source_id", NEW."targeted", NEW."title", NEW."version", NEW."year"); RETURN NULL;', hash='d0af3c0bac5b27f2034629e6e789b6131290edc9', operation='UPDATE', pgid='pgtrigger_update_update_a82c4', table='partners_appeal', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appeal',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_appealevent" ("as_of", "currency", "id", "in_need", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "required", "source_id", "targeted", "title", "version", "year") VALUES (OLD."as_of", OLD."currency", OLD."id", OLD."in_need", OLD."partner_id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."required", OLD."source_id", OLD."targeted", OLD."title", OLD."version", OLD."year"); RETURN NULL;', hash='46a870c5aa7dda13311b3ff34cd729bcf7efc420', operation='DELETE', pgid='pgtrigger_delete_delete_07f63', table='partners_appeal', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealgroup',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='74dd909e5a502305dd46d2d192b40d41f5675f2c', operation='UPDATE', pgid='pgtrigger_keep_public_id_1dc4d', table='partners_appealgroup', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealgroup',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='e71f0a0b4d00fff7da67bee89e28f8fe4cf1e7cf', operation='UPDATE', pgid='pgtrigger_count_version_6f2a8', table='partners_appealgroup', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealgroup',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_appealgroupevent" ("appeal_id", "id", "label", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "version") VALUES (NEW."appeal_id", NEW."id", NEW."label", NEW."people", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."version"); RETURN NULL;', hash='0e333b35021cb3cd805cf8986fff3a69ccd8abf4', operation='INSERT', pgid='pgtrigger_insert_insert_3bfa7', table='partners_appealgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealgroup',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_appealgroupevent" ("appeal_id", "id", "label", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "version") VALUES (NEW."appeal_id", NEW."id", NEW."label", NEW."people", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."version"); RETURN NULL;', hash='304bd160607f9326ea7c4e514f5c318e1731815a', operation='UPDATE', pgid='pgtrigger_update_update_f5f5d', table='partners_appealgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealgroup',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_appealgroupevent" ("appeal_id", "id", "label", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "version") VALUES (OLD."appeal_id", OLD."id", OLD."label", OLD."people", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."version"); RETURN NULL;', hash='f790a3a99a753f017cd4b1e5a673058347457575', operation='DELETE', pgid='pgtrigger_delete_delete_87b77', table='partners_appealgroup', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealgroupevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dd6af29caff9463a4fbbeda108f3f476c9c77758', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b0601', table='partners_appealgroupevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealpart',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f0cf46650a833d4015100edf598a46eae98450b0', operation='UPDATE', pgid='pgtrigger_keep_public_id_5daac', table='partners_appealpart', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealpart',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='1ee4864ea516e3dc7eca2a4e9aad36d174912528', operation='UPDATE', pgid='pgtrigger_count_version_8c99a', table='partners_appealpart', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealpart',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_appealpartevent" ("amount", "appeal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "purpose", "version") VALUES (NEW."amount", NEW."appeal_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."purpose", NEW."version"); RETURN NULL;', hash='e7f4fe477843a758662ed2f890804ba361815ae6', operation='INSERT', pgid='pgtrigger_insert_insert_d2289', table='partners_appealpart', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealpart',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_appealpartevent" ("amount", "appeal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "purpose", "version") VALUES (NEW."amount", NEW."appeal_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."purpose", NEW."version"); RETURN NULL;', hash='2cfc2354cb00a732df12542830ce6f3e399236f3', operation='UPDATE', pgid='pgtrigger_update_update_fa4a2', table='partners_appealpart', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealpart',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_appealpartevent" ("amount", "appeal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "purpose", "version") VALUES (OLD."amount", OLD."appeal_id", OLD."id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."purpose", OLD."version"); RETURN NULL;', hash='d778bd92a0453c2fd674c7dd5c780d53b91b0c36', operation='DELETE', pgid='pgtrigger_delete_delete_aa513', table='partners_appealpart', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealpartevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='142008bf96f862d6a11b6b532ebb35e9b79a9d37', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5965f', table='partners_appealpartevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c922e8708561abb4c32ab2bfee797c14b090a192', operation='UPDATE', pgid='pgtrigger_keep_public_id_f35fa', table='partners_contribution', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='24834c635556eceb57f3fee8b86f3e950802865e', operation='UPDATE', pgid='pgtrigger_count_version_49fa4', table='partners_contribution', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_contributionevent" ("amount", "as_of", "cover_id", "earmark", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_amount", "recorded_currency", "source_id", "subject", "version", "year") VALUES (NEW."amount", NEW."as_of", NEW."cover_id", NEW."earmark", NEW."id", NEW."note", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_amount", NEW."recorded_currency", NEW."source_id", NEW."subject", NEW."version", NEW."year"); RETURN NULL;', hash='9c573d1c53b307d85eba81fad8d37c61c787ba2b', operation='INSERT', pgid='pgtrigger_insert_insert_d2824', table='partners_contribution', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_contributionevent" ("amount", "as_of", "cover_id", "earmark", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_amount", "recorded_currency", "source_id", "subject", "version", "year") VALUES (NEW."amount", NEW."as_of", NEW."cover_id", NEW."earmark", NEW."id", NEW."note", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."recorded_amount", NEW."recorded_currency", NEW."source_id", NEW."subject", NEW."version", NEW."year"); RETURN NULL;', hash='8fac61e99e7b58ef677e33c831c0c1f35db4fde2', operation='UPDATE', pgid='pgtrigger_update_update_b8949', table='partners_contribution', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contribution',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_contributionevent" ("amount", "as_of", "cover_id", "earmark", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_amount", "recorded_currency", "source_id", "subject", "version", "year") VALUES (OLD."amount", OLD."as_of", OLD."cover_id", OLD."earmark", OLD."id", OLD."note", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."recorded_amount", OLD."recorded_currency", OLD."source_id", OLD."subject", OLD."version", OLD."year"); RETURN NULL;', hash='0a1b605437d2eb69a4f3aaf5dc2cc80daf26efdd', operation='DELETE', pgid='pgtrigger_delete_delete_cfd53', table='partners_contribution', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contributionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b7b3e7d247ee94b890440d31ec760821db8ee3d0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_df9d4', table='partners_contributionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fundtotal',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='904222b619d9f3d4f8160e07ff837f5d18b03ee1', operation='UPDATE', pgid='pgtrigger_keep_public_id_4dd2c', table='partners_fundtotal', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fundtotal',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='823e91fcbf573c86933f29c4950caedea8101803', operation='UPDATE', pgid='pgtrigger_count_version_25731', table='partners_fundtotal', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fundtotal',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_fundtotalevent" ("amount", "as_of", "currency", "final", "id", "kind", "partner_id", "people_note", "people_reached", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "source_id", "version", "year") VALUES (NEW."amount", NEW."as_of", NEW."currency", NEW."final", NEW."id", NEW."kind", NEW."partner_id", NEW."people_note", NEW."people_reached", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."purpose", NEW."source_id", NEW."version", NEW."year"); RETURN NULL;', hash='170e7c68ce93bb6208ea099ec1f053ac6b7725d8', operation='INSERT', pgid='pgtrigger_insert_insert_1ba31', table='partners_fundtotal', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fundtotal',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_fundtotalevent" ("amount", "as_of", "currency", "final", "id", "kind", "partner_id", "people_note", "people_reached", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "source_id", "version", "year") VALUES (NEW."amount", NEW."as_of", NEW."currency", NEW."final", NEW."id", NEW."kind", NEW."partner_id", NEW."people_note", NEW."people_reached", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."purpose", NEW."source_id", NEW."version", NEW."year"); RETURN NULL;', hash='f7b94c5d022cec26ce5abdc4d8d0a9e7c85ecec3', operation='UPDATE', pgid='pgtrigger_update_update_0bf96', table='partners_fundtotal', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fundtotal',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_fundtotalevent" ("amount", "as_of", "currency", "final", "id", "kind", "partner_id", "people_note", "people_reached", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "source_id", "version", "year") VALUES (OLD."amount", OLD."as_of", OLD."currency", OLD."final", OLD."id", OLD."kind", OLD."partner_id", OLD."people_note", OLD."people_reached", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."purpose", OLD."source_id", OLD."version", OLD."year"); RETURN NULL;', hash='06a839d154b72889e53cc226ec55541cd9881efc', operation='DELETE', pgid='pgtrigger_delete_delete_c768c', table='partners_fundtotal', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fundtotalevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ac24e694f87bfefe04b4159cfe0b6dc34af76c2f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_047b5', table='partners_fundtotalevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='appealevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c65f8deae133a9fe086b7c6816410a0c267674a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a1755', table='partners_appealevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='share',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1ab8f838a2326de22a7ef03a51c2608455d67a29', operation='UPDATE', pgid='pgtrigger_keep_public_id_0388b', table='partners_share', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='share',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='44f0c9705f53578880b38fbf3f68833935712a4f', operation='UPDATE', pgid='pgtrigger_count_version_2d2fc', table='partners_share', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='share',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_shareevent" ("appeal_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "total_id", "version") VALUES (NEW."appeal_id", NEW."contribution_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."total_id", NEW."version"); RETURN NULL;', hash='f527e17fc1540a70e18728d524692a069bcadd12', operation='INSERT', pgid='pgtrigger_insert_insert_20cfa', table='partners_share', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='share',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_shareevent" ("appeal_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "total_id", "version") VALUES (NEW."appeal_id", NEW."contribution_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."total_id", NEW."version"); RETURN NULL;', hash='5882e79e7bf8749e9eee6efbe51ba2255aff354d', operation='UPDATE', pgid='pgtrigger_update_update_0a070', table='partners_share', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='share',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_shareevent" ("appeal_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "total_id", "version") VALUES (OLD."appeal_id", OLD."contribution_id", OLD."id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."total_id", OLD."version"); RETURN NULL;', hash='193b599bbeb7e6415d42d0ab6b8e80a482f2d834', operation='DELETE', pgid='pgtrigger_delete_delete_0ea80', table='partners_share', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='shareevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3c5935ea66604f6c528e00b19c498a9b44e93458', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cd447', table='partners_shareevent', when='BEFORE')),
            )],
        ),
    ]
