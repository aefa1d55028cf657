import core.fields
import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0019_revaluation'),
        ('core', '0003_rates'),
        ('core', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('results', '0005_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='RedactionGroundEvent',
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
                ('regime', models.CharField(choices=[('house', 'sent to the House'), ('woo', 'published under the Woo')], max_length=10, verbose_name='regime')),
                ('article', models.CharField(blank=True, max_length=60, verbose_name='article of law')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FrozenClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_links', to='claims.claim')),
            ],
        ),
        migrations.CreateModel(
            name='FrozenPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('kind', models.CharField(choices=[('cw31', 'CW 3.1 form with annex'), ('annex', 'annex of contributions and results'), ('nota', 'nota'), ('letter', 'letter to the House')], max_length=10, verbose_name='paper')),
                ('subject', models.UUIDField()),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('public', models.BooleanField(default=False, verbose_name='public version')),
                ('regime', models.CharField(blank=True, choices=[('house', 'sent to the House'), ('woo', 'published under the Woo')], max_length=10, verbose_name='published')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('name', models.CharField(max_length=120, verbose_name='file name')),
                ('language', models.CharField(default='nl', max_length=5)),
                ('classification', models.CharField(choices=[('public', 'public'), ('internal', 'draft, not public'), ('confidential', 'departmentally confidential')], max_length=12, verbose_name='classification')),
                ('template', models.CharField(max_length=60, verbose_name='template')),
                ('snapshot', models.JSONField()),
                ('program', models.JSONField()),
                ('input_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='frozen at')),
                ('written_in', models.BigIntegerField(default=0, editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='frozen by')),
                ('claims', models.ManyToManyField(related_name='frozen_papers', through='claims.FrozenClaim', to='claims.claim', verbose_name='claims')),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.directorate', verbose_name='directorate')),
                ('internal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='public_versions', to='claims.frozenpaper', verbose_name='made from')),
            ],
            options={
                'verbose_name': 'frozen paper',
                'verbose_name_plural': 'frozen papers',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FrozenFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word file (DOCX)'), ('odt', 'OpenDocument file (ODT)'), ('list', 'List of redactions (PDF)')], max_length=4)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='claims.frozenpaper')),
            ],
            options={
                'verbose_name': 'file of a frozen paper',
                'verbose_name_plural': 'files of frozen papers',
                'ordering': ['paper', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FrozenFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('place', models.CharField(max_length=300, verbose_name='place')),
                ('field', models.CharField(max_length=40)),
                ('record', models.UUIDField()),
                ('sort', models.CharField(max_length=10)),
                ('value', models.DecimalField(decimal_places=16, max_digits=38, null=True, verbose_name='value')),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('wording', models.TextField(verbose_name='as printed')),
                ('as_of', models.DateField(null=True, verbose_name='as of')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='results.resultversion')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='claims.frozenpaper')),
            ],
            options={
                'verbose_name': 'figure of a frozen paper',
                'verbose_name_plural': 'figures of frozen papers',
                'ordering': ['paper', 'position', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='frozenclaim',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claim_links', to='claims.frozenpaper'),
        ),
        migrations.CreateModel(
            name='Freezing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('kind', models.CharField(choices=[('cw31', 'CW 3.1 form with annex'), ('annex', 'annex of contributions and results'), ('nota', 'nota'), ('letter', 'letter to the House')], max_length=10)),
                ('subject', models.UUIDField()),
                ('regime', models.CharField(blank=True, choices=[('house', 'sent to the House'), ('woo', 'published under the Woo')], max_length=10)),
                ('input_hash', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                ('message', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.directorate')),
                ('internal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.frozenpaper')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.frozenpaper')),
            ],
            options={
                'verbose_name': 'request to freeze a paper',
                'verbose_name_plural': 'requests to freeze a paper',
            },
        ),
        migrations.CreateModel(
            name='HouseSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('checklist', models.JSONField()),
                ('at', models.DateTimeField(verbose_name='made at')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                ('message', models.CharField(blank=True, max_length=500)),
                ('archive', models.BinaryField(null=True)),
                ('archive_digest', models.CharField(blank=True, max_length=64)),
                ('reading', models.BinaryField(null=True)),
                ('reading_digest', models.CharField(blank=True, max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.directorate', verbose_name='directorate')),
            ],
            options={
                'verbose_name': 'set for the House',
                'verbose_name_plural': 'sets for the House',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HouseSetPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('house_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='claims.houseset')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.frozenpaper')),
            ],
            options={
                'ordering': ['house_set', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Printout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('name', models.CharField(max_length=120)),
                ('document', models.TextField(blank=True)),
                ('input_hash', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('content', models.BinaryField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.directorate')),
            ],
            options={
                'verbose_name': 'page as PDF',
                'verbose_name_plural': 'pages as PDF',
            },
        ),
        migrations.CreateModel(
            name='RedactionGround',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name_nl', models.CharField(max_length=200, verbose_name='name in Dutch')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, help_text='What is no longer in use stays on old records but is not offered.', verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(source='name_nl')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('regime', models.CharField(choices=[('house', 'sent to the House'), ('woo', 'published under the Woo')], max_length=10, verbose_name='regime')),
                ('article', models.CharField(blank=True, max_length=60, verbose_name='article of law')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
            ],
            options={
                'verbose_name': 'ground for redaction',
                'verbose_name_plural': 'grounds for redaction',
                'ordering': ['regime', 'position', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('regime__in', ['house', 'woo'])), name='redaction_ground_regime_known')],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('subject', models.UUIDField(db_index=True)),
                ('part', models.CharField(max_length=60, verbose_name='part')),
                ('place', models.CharField(max_length=300, verbose_name='place')),
                ('quote', models.TextField(verbose_name='passage')),
                ('before', models.CharField(blank=True, max_length=60)),
                ('after', models.CharField(blank=True, max_length=60)),
                ('motivation', models.CharField(help_text='Why, for this passage. It stands in the list that is published.', max_length=500, verbose_name='motivation')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn at')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.directorate')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
                ('ground', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='claims.redactionground', verbose_name='ground')),
            ],
            options={
                'verbose_name': 'redaction',
                'verbose_name_plural': 'redactions',
                'ordering': ['subject', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='redactiongroundevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='redactiongroundevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.redactionground'),
        ),
        migrations.AddConstraint(
            model_name='frozenpaper',
            constraint=models.UniqueConstraint(fields=('kind', 'subject', 'public', 'number'), name='frozen_version_once'),
        ),
        migrations.AddConstraint(
            model_name='frozenpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('internal__isnull', True), ('public', False), ('regime', '')), models.Q(('internal__isnull', False), ('public', True), ('regime__in', ['house', 'woo'])), _connector='OR'), name='frozen_public_of_internal'),
        ),
        migrations.AddConstraint(
            model_name='frozenpaper',
            constraint=models.CheckConstraint(condition=models.Q(('classification__in', ['public', 'internal', 'confidential'])), name='frozen_classification_known'),
        ),
        migrations.AddConstraint(
            model_name='frozenfile',
            constraint=models.UniqueConstraint(fields=('paper', 'format'), name='frozen_file_once'),
        ),
        migrations.AddConstraint(
            model_name='frozenfile',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 20971520)), name='frozen_file_size'),
        ),
        migrations.AddIndex(
            model_name='frozenfigure',
            index=models.Index(fields=['record', 'field'], name='frozen_figure_record'),
        ),
        migrations.AddConstraint(
            model_name='frozenclaim',
            constraint=models.UniqueConstraint(fields=('paper', 'claim'), name='frozen_claim_once'),
        ),
        migrations.AddConstraint(
            model_name='freezing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('paper__isnull', True)), _connector='OR'), name='freezing_done_has_paper'),
        ),
        migrations.AddConstraint(
            model_name='freezing',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('kind', 'subject', 'internal'), name='freezing_one_waits', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='houseset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('archive__isnull', False), ('reading__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('archive__isnull', True), ('reading__isnull', True)), _connector='OR'), name='house_set_done_has_files'),
        ),
        migrations.AddConstraint(
            model_name='houseset',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='house_set_titled'),
        ),
        migrations.AddConstraint(
            model_name='housesetpaper',
            constraint=models.UniqueConstraint(fields=('house_set', 'paper'), name='house_set_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='housesetpaper',
            constraint=models.UniqueConstraint(fields=('house_set', 'position'), name='house_set_position_once'),
        ),
        migrations.AddConstraint(
            model_name='printout',
            constraint=models.UniqueConstraint(fields=('directorate', 'input_hash'), name='printout_once'),
        ),
        migrations.AddConstraint(
            model_name='printout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('content__isnull', True)), _connector='OR'), name='printout_done_has_content'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='redaction_confirmed_pair'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='redaction_withdrawn_pair'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='redaction_four_eyes', violation_error_message='Whoever proposed a redaction does not confirm it. Ask a colleague.'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quote', ''), _negated=True), models.Q(('motivation', ''), _negated=True)), name='redaction_says_why', violation_error_message='Say what is left out, and why.'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='redactionground',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6aad89bd458ab0b42c4329689fb8471a4c1dddb7', operation='UPDATE', pgid='pgtrigger_keep_public_id_d7aba', table='claims_redactionground', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='redactionground',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='ff8aa88179285aaac3a9a486a38bf68bd415bdc2', operation='UPDATE', pgid='pgtrigger_count_version_5232b', table='claims_redactionground', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='redactionground',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_redactiongroundevent" ("active", "article", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "regime", "sort_key", "version") VALUES (NEW."active", NEW."article", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."regime", NEW."sort_key", NEW."version"); RETURN NULL;', hash='404aedeb250207c2afec0c364154f1c3cfcfef77', operation='INSERT', pgid='pgtrigger_insert_insert_0af8a', table='claims_redactionground', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='redactionground',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_redactiongroundevent" ("active", "article", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "regime", "sort_key", "version") VALUES (NEW."active", NEW."article", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."regime", NEW."sort_key", NEW."version"); RETURN NULL;', hash='8f2de52be53bcb94b910d8a0396de0769ee37355', operation='UPDATE', pgid='pgtrigger_update_update_123ac', table='claims_redactionground', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='redactionground',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_redactiongroundevent" ("active", "article", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "regime", "sort_key", "version") VALUES (OLD."active", OLD."article", OLD."code", OLD."id", OLD."name_en", OLD."name_nl", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."regime", OLD."sort_key", OLD."version"); RETURN NULL;', hash='17c912041838b37f2cdb1d334b7eacdaf68d9cc6', operation='DELETE', pgid='pgtrigger_delete_delete_50f67', table='claims_redactionground', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='redactiongroundevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='23a3ebc9628d4e1535270f4bb60a1501b9fcab03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9483', table='claims_redactiongroundevent', when='BEFORE')),
            )],
        ),
    ]
