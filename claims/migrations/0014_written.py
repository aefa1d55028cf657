import core.fields
import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from pathlib import Path

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_parliament'),
        ('core', '0002_sending'),
        ('core', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('results', '0005_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='finding')),
                ('place', models.CharField(max_length=300, verbose_name='where')),
                ('message', models.TextField(verbose_name='what was found')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'answered finding in a paper',
                'verbose_name_plural': 'answered findings in papers',
                'ordering': ['paper', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
            ],
            options={
                'verbose_name': 'claim of a paper',
                'verbose_name_plural': 'claims of a paper',
                'ordering': ['paper', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', core.fields.YearField(unique=True)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='PaperSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('text', core.fields.RichTextField(blank=True, default='', verbose_name='text')),
            ],
            options={
                'verbose_name': 'section of a paper',
                'verbose_name_plural': 'sections of a paper',
                'ordering': ['paper', 'heading'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperSectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('text', core.fields.RichTextField(blank=True, default='', verbose_name='text')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('nota', 'nota'), ('letter', 'letter to the House')], max_length=10, verbose_name='kind of paper')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('preferred', models.BooleanField(default=False, verbose_name='offered first')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'paper version',
                'verbose_name_plural': 'paper versions',
                'ordering': ['kind', '-preferred', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperTemplateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                ('kind', models.CharField(choices=[('nota', 'nota'), ('letter', 'letter to the House')], max_length=10, verbose_name='kind of paper')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('preferred', models.BooleanField(default=False, verbose_name='offered first')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperTemplateSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('key', models.SlugField(max_length=20, verbose_name='key')),
                ('name', models.CharField(help_text='As the writing page calls it.', max_length=100, verbose_name='name')),
                ('label', models.CharField(blank=True, max_length=100, verbose_name='printed heading')),
                ('optional', models.BooleanField(default=False, help_text='Empty: the heading is not printed.', verbose_name='may stay empty')),
                ('boxed', models.BooleanField(default=False, help_text='For what a decision is asked on.', verbose_name='in a box')),
                ('withheld', models.BooleanField(default=False, verbose_name='never in the public version')),
                ('block', models.CharField(blank=True, choices=[('summary', 'table of the claims'), ('results', 'key results'), ('motions', 'motions and undertakings'), ('frame', 'CW 3.1 frame, or its annexes')], help_text='What stands below the text by itself.', max_length=12, verbose_name='from records')),
                ('guidance_nl', models.TextField(blank=True, verbose_name='guidance in Dutch')),
                ('guidance_en', models.TextField(blank=True, verbose_name='guidance in English')),
            ],
            options={
                'verbose_name': 'heading of a paper',
                'verbose_name_plural': 'headings of a paper',
                'ordering': ['template', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperTemplateSectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('key', models.SlugField(db_index=False, max_length=20, verbose_name='key')),
                ('name', models.CharField(help_text='As the writing page calls it.', max_length=100, verbose_name='name')),
                ('label', models.CharField(blank=True, max_length=100, verbose_name='printed heading')),
                ('optional', models.BooleanField(default=False, help_text='Empty: the heading is not printed.', verbose_name='may stay empty')),
                ('boxed', models.BooleanField(default=False, help_text='For what a decision is asked on.', verbose_name='in a box')),
                ('withheld', models.BooleanField(default=False, verbose_name='never in the public version')),
                ('block', models.CharField(blank=True, choices=[('summary', 'table of the claims'), ('results', 'key results'), ('motions', 'motions and undertakings'), ('frame', 'CW 3.1 frame, or its annexes')], help_text='What stands below the text by itself.', max_length=12, verbose_name='from records')),
                ('guidance_nl', models.TextField(blank=True, verbose_name='guidance in Dutch')),
                ('guidance_en', models.TextField(blank=True, verbose_name='guidance in English')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WrittenPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(editable=False, max_length=20, unique=True, verbose_name='reference')),
                ('kind', models.CharField(choices=[('nota', 'nota'), ('letter', 'letter to the House')], max_length=10, verbose_name='kind of paper')),
                ('title', models.CharField(max_length=200, verbose_name='subject')),
                ('nature', models.CharField(blank=True, choices=[('decision', 'for decision'), ('information', 'for information'), ('signature', 'for signature')], help_text='Printed at the head of a nota.', max_length=12, verbose_name='asked for')),
                ('paper_date', core.fields.DayField(blank=True, null=True, verbose_name='date on the paper')),
                ('ministry_reference', models.CharField(blank=True, help_text='For example BZ2600000.', max_length=40, verbose_name='reference of the ministry')),
                ('your_reference', models.CharField(blank=True, max_length=80, verbose_name='your reference')),
                ('classification', models.CharField(choices=[('public', 'public'), ('internal', 'draft, not public'), ('confidential', 'departmentally confidential')], default='internal', max_length=12, verbose_name='classification')),
                ('from_line', models.CharField(blank=True, help_text='Empty: the directorate.', max_length=200, verbose_name='from')),
                ('via', models.CharField(blank=True, max_length=200, verbose_name='via')),
                ('copies_to', models.CharField(blank=True, max_length=200, verbose_name='copy to')),
                ('coordinated_with', models.CharField(blank=True, help_text='Separated by commas, for example FIN, DVB.', max_length=200, verbose_name='coordinated with')),
                ('drawn_up_by', models.CharField(blank=True, help_text='Names stand in the paper only and are left out of a public version.', max_length=200, verbose_name='drawn up by')),
                ('address', models.TextField(blank=True, help_text='One line per line.', max_length=400, verbose_name='address')),
                ('salutation', models.CharField(blank=True, max_length=80, verbose_name='salutation')),
                ('closing', models.CharField(blank=True, max_length=80, verbose_name='closing words')),
                ('signatories', models.TextField(blank=True, help_text='Office and name; an empty line begins the next who signs.', max_length=400, verbose_name='signed by')),
                ('frame', models.CharField(blank=True, choices=[('block', 'in the letter'), ('annex', 'as an annex per claim')], help_text="In the letter's own text, or as forms that go with it.", max_length=10, verbose_name='CW 3.1 frame')),
                ('other_annexes', models.TextField(blank=True, help_text='One per line. The forms and the letter that go with it are listed by themselves.', max_length=1000, verbose_name='other annexes')),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'agreed'), ('remark', 'agreed with a remark'), ('discuss', 'to be discussed'), ('not-agreed', 'not agreed'), ('seen', 'seen')], editable=False, max_length=12, verbose_name='decision fed back')),
                ('decided_on', core.fields.DayField(blank=True, editable=False, null=True, verbose_name='decided on')),
                ('decision_remark', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='remark')),
                ('sent_on', core.fields.DayField(blank=True, editable=False, null=True, verbose_name='sent on')),
                ('document', models.CharField(blank=True, editable=False, max_length=30, verbose_name='Kamerstuk')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'nota or letter',
                'verbose_name_plural': 'notas and letters',
                'ordering': ['-reference'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WrittenPaperEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(editable=False, max_length=20, verbose_name='reference')),
                ('kind', models.CharField(choices=[('nota', 'nota'), ('letter', 'letter to the House')], max_length=10, verbose_name='kind of paper')),
                ('title', models.CharField(max_length=200, verbose_name='subject')),
                ('nature', models.CharField(blank=True, choices=[('decision', 'for decision'), ('information', 'for information'), ('signature', 'for signature')], help_text='Printed at the head of a nota.', max_length=12, verbose_name='asked for')),
                ('paper_date', core.fields.DayField(blank=True, null=True, verbose_name='date on the paper')),
                ('ministry_reference', models.CharField(blank=True, help_text='For example BZ2600000.', max_length=40, verbose_name='reference of the ministry')),
                ('your_reference', models.CharField(blank=True, max_length=80, verbose_name='your reference')),
                ('classification', models.CharField(choices=[('public', 'public'), ('internal', 'draft, not public'), ('confidential', 'departmentally confidential')], default='internal', max_length=12, verbose_name='classification')),
                ('from_line', models.CharField(blank=True, help_text='Empty: the directorate.', max_length=200, verbose_name='from')),
                ('via', models.CharField(blank=True, max_length=200, verbose_name='via')),
                ('copies_to', models.CharField(blank=True, max_length=200, verbose_name='copy to')),
                ('coordinated_with', models.CharField(blank=True, help_text='Separated by commas, for example FIN, DVB.', max_length=200, verbose_name='coordinated with')),
                ('drawn_up_by', models.CharField(blank=True, help_text='Names stand in the paper only and are left out of a public version.', max_length=200, verbose_name='drawn up by')),
                ('address', models.TextField(blank=True, help_text='One line per line.', max_length=400, verbose_name='address')),
                ('salutation', models.CharField(blank=True, max_length=80, verbose_name='salutation')),
                ('closing', models.CharField(blank=True, max_length=80, verbose_name='closing words')),
                ('signatories', models.TextField(blank=True, help_text='Office and name; an empty line begins the next who signs.', max_length=400, verbose_name='signed by')),
                ('frame', models.CharField(blank=True, choices=[('block', 'in the letter'), ('annex', 'as an annex per claim')], help_text="In the letter's own text, or as forms that go with it.", max_length=10, verbose_name='CW 3.1 frame')),
                ('other_annexes', models.TextField(blank=True, help_text='One per line. The forms and the letter that go with it are listed by themselves.', max_length=1000, verbose_name='other annexes')),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'agreed'), ('remark', 'agreed with a remark'), ('discuss', 'to be discussed'), ('not-agreed', 'not agreed'), ('seen', 'seen')], editable=False, max_length=12, verbose_name='decision fed back')),
                ('decided_on', core.fields.DayField(blank=True, editable=False, null=True, verbose_name='decided on')),
                ('decision_remark', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='remark')),
                ('sent_on', core.fields.DayField(blank=True, editable=False, null=True, verbose_name='sent on')),
                ('document', models.CharField(blank=True, editable=False, max_length=30, verbose_name='Kamerstuk')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created at')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='houseitem',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='houseitem',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='houseitem',
            name='delete_delete',
        ),
        migrations.AlterField(
            model_name='milestone',
            name='paper',
            field=models.CharField(blank=True, choices=[('cw31', 'CW 3.1 form with annex'), ('annex', 'annex of contributions and results'), ('nota', 'nota'), ('letter', 'letter to the House')], help_text='Empty: the claim as a whole.', max_length=10, verbose_name='about which paper'),
        ),
        migrations.AlterField(
            model_name='milestoneevent',
            name='paper',
            field=models.CharField(blank=True, choices=[('cw31', 'CW 3.1 form with annex'), ('annex', 'annex of contributions and results'), ('nota', 'nota'), ('letter', 'letter to the House')], help_text='Empty: the claim as a whole.', max_length=10, verbose_name='about which paper'),
        ),
        migrations.AlterField(
            model_name='render',
            name='claim',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='renders', to='claims.claim'),
        ),
        migrations.AlterField(
            model_name='render',
            name='kind',
            field=models.CharField(choices=[('cw31', 'CW 3.1 form with annex'), ('annex', 'annex of contributions and results'), ('nota', 'nota'), ('letter', 'letter to the House')], max_length=10),
        ),
        migrations.AddField(
            model_name='paperanswer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='paperclaim',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_claims', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='papersectionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='papersectionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.papersection'),
        ),
        migrations.AddConstraint(
            model_name='papertemplate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['nota', 'letter'])), name='paper_template_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='papertemplate',
            constraint=models.UniqueConstraint(condition=models.Q(('preferred', True)), fields=('kind',), name='one_preferred_paper_template', violation_error_message='Another version of this paper is already offered first.'),
        ),
        migrations.AddField(
            model_name='papertemplateevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='papertemplateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.papertemplate'),
        ),
        migrations.AddField(
            model_name='papertemplatesection',
            name='template',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='claims.papertemplate', verbose_name='paper version'),
        ),
        migrations.AddField(
            model_name='papersectionevent',
            name='heading',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.papertemplatesection', verbose_name='heading of a paper'),
        ),
        migrations.AddField(
            model_name='papersection',
            name='heading',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.papertemplatesection', verbose_name='heading of a paper'),
        ),
        migrations.AddField(
            model_name='papertemplatesectionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='papertemplatesectionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.papertemplatesection'),
        ),
        migrations.AddField(
            model_name='papertemplatesectionevent',
            name='template',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.papertemplate', verbose_name='paper version'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='accompanies',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notas', to='claims.writtenpaper', verbose_name='letter that goes with it'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='addressees',
            field=models.ManyToManyField(blank=True, help_text='By role, for example M or R.', related_name='+', to='claims.party', verbose_name='to'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='claims',
            field=models.ManyToManyField(related_name='written_papers', through='claims.PaperClaim', to='claims.claim', verbose_name='claims'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='decided_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.party', verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='directorate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='written_papers', to='core.directorate', verbose_name='directorate'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='house_items',
            field=models.ManyToManyField(blank=True, related_name='written_papers', to='claims.houseitem', verbose_name='motions and undertakings it deals with'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='key_results',
            field=models.ManyToManyField(blank=True, help_text='Told in the letter, each in a sentence from its record. Confidential ones are never printed.', related_name='+', to='results.result', verbose_name='key results'),
        ),
        migrations.AddField(
            model_name='writtenpaper',
            name='template',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='claims.papertemplate', verbose_name='paper version'),
        ),
        migrations.AddField(
            model_name='papersectionevent',
            name='paper',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.writtenpaper', verbose_name='nota or letter'),
        ),
        migrations.AddField(
            model_name='papersection',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='claims.writtenpaper', verbose_name='nota or letter'),
        ),
        migrations.AddField(
            model_name='paperclaim',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_claims', to='claims.writtenpaper'),
        ),
        migrations.AddField(
            model_name='paperanswer',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='finding_answers', to='claims.writtenpaper'),
        ),
        migrations.AddField(
            model_name='houseitem',
            name='letter',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settles', to='claims.writtenpaper', verbose_name='our letter'),
        ),
        migrations.AddField(
            model_name='houseitemevent',
            name='letter',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.writtenpaper', verbose_name='our letter'),
        ),
        migrations.AddField(
            model_name='render',
            name='paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='renders', to='claims.writtenpaper'),
        ),
        migrations.AddConstraint(
            model_name='render',
            constraint=models.UniqueConstraint(fields=('paper', 'input_hash'), name='render_of_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='render',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('kind__in', ('cw31', 'annex')), ('paper__isnull', True)), models.Q(('claim__isnull', True), ('paper__isnull', False), models.Q(('kind__in', ('cw31', 'annex')), _negated=True)), _connector='OR'), name='render_of_one'),
        ),
        migrations.AddField(
            model_name='writtenpaperevent',
            name='accompanies',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.writtenpaper', verbose_name='letter that goes with it'),
        ),
        migrations.AddField(
            model_name='writtenpaperevent',
            name='created_by',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by'),
        ),
        migrations.AddField(
            model_name='writtenpaperevent',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.party', verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='writtenpaperevent',
            name='directorate',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.directorate', verbose_name='directorate'),
        ),
        migrations.AddField(
            model_name='writtenpaperevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='writtenpaperevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.writtenpaper'),
        ),
        migrations.AddField(
            model_name='writtenpaperevent',
            name='template',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.papertemplate', verbose_name='paper version'),
        ),
        migrations.AddConstraint(
            model_name='papertemplatesection',
            constraint=models.UniqueConstraint(fields=('template', 'key'), name='paper_template_section_once', violation_error_message='This version already has a heading with that key.'),
        ),
        migrations.AddConstraint(
            model_name='papertemplatesection',
            constraint=models.CheckConstraint(condition=models.Q(('block', ''), ('block__in', ['summary', 'results', 'motions', 'frame']), _connector='OR'), name='paper_template_block_known'),
        ),
        migrations.AddConstraint(
            model_name='writtenpaper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['nota', 'letter'])), name='written_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='writtenpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'nota'), ('nature__in', ['decision', 'information', 'signature'])), models.Q(('kind', 'letter'), ('nature', '')), _connector='OR'), name='written_nature_of_nota', violation_error_message='A nota asks for a decision, informs or asks for a signature; a letter does not.'),
        ),
        migrations.AddConstraint(
            model_name='writtenpaper',
            constraint=models.CheckConstraint(condition=models.Q(('frame', ''), models.Q(('frame__in', ['block', 'annex']), ('kind', 'letter')), _connector='OR'), name='written_frame_of_letter', violation_error_message='Only a letter carries the CW 3.1 frame.'),
        ),
        migrations.AddConstraint(
            model_name='writtenpaper',
            constraint=models.CheckConstraint(condition=models.Q(('accompanies__isnull', True), models.Q(('kind', 'nota'), models.Q(('accompanies', models.F('pk')), _negated=True)), _connector='OR'), name='written_nota_accompanies', violation_error_message='Only a nota goes with a letter.'),
        ),
        migrations.AddConstraint(
            model_name='writtenpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('decision_remark', ''), ('outcome', '')), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('kind', 'nota'), ('outcome__in', ['agreed', 'remark', 'discuss', 'not-agreed', 'seen'])), _connector='OR'), name='written_decision_whole', violation_error_message='A decision fed back names who decided, what and when.'),
        ),
        migrations.AddConstraint(
            model_name='writtenpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document', ''), ('sent_on__isnull', True)), models.Q(('kind', 'letter'), ('sent_on__isnull', False), models.Q(('document', ''), ('document__regex', '^[0-9]{2} [0-9]{3}([ -][IVXL]{1,6})?, nr\\. [0-9A-Z]{1,6}$'), _connector='OR')), _connector='OR'), name='written_sent_letter', violation_error_message='Only a letter is sent; its Kamerstuk is known after that.'),
        ),
        migrations.AddConstraint(
            model_name='papersection',
            constraint=models.UniqueConstraint(fields=('paper', 'heading'), name='paper_section_once', violation_error_message='This heading already has a text.'),
        ),
        migrations.AddConstraint(
            model_name='paperclaim',
            constraint=models.UniqueConstraint(fields=('paper', 'claim'), name='paper_claim_once', violation_error_message='This paper is about that claim already.'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_houseitemevent" ("addressee", "closed_on", "directorate_id", "document", "due_on", "id", "kind", "letter_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_on", "remark", "responsible_id", "settled_in", "signatory", "state", "text", "title", "version") VALUES (NEW."addressee", NEW."closed_on", NEW."directorate_id", NEW."document", NEW."due_on", NEW."id", NEW."kind", NEW."letter_id", NEW."outcome", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."raised_on", NEW."remark", NEW."responsible_id", NEW."settled_in", NEW."signatory", NEW."state", NEW."text", NEW."title", NEW."version"); RETURN NULL;', hash='7602c5b098d4ad7c5a7fcefe01274b658bb3baa5', operation='INSERT', pgid='pgtrigger_insert_insert_05b80', table='claims_houseitem', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_houseitemevent" ("addressee", "closed_on", "directorate_id", "document", "due_on", "id", "kind", "letter_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_on", "remark", "responsible_id", "settled_in", "signatory", "state", "text", "title", "version") VALUES (NEW."addressee", NEW."closed_on", NEW."directorate_id", NEW."document", NEW."due_on", NEW."id", NEW."kind", NEW."letter_id", NEW."outcome", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."raised_on", NEW."remark", NEW."responsible_id", NEW."settled_in", NEW."signatory", NEW."state", NEW."text", NEW."title", NEW."version"); RETURN NULL;', hash='fe7953e2c9e88f50a5c4daadbee6cce1ffcfeaf0', operation='UPDATE', pgid='pgtrigger_update_update_6646d', table='claims_houseitem', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_houseitemevent" ("addressee", "closed_on", "directorate_id", "document", "due_on", "id", "kind", "letter_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_on", "remark", "responsible_id", "settled_in", "signatory", "state", "text", "title", "version") VALUES (OLD."addressee", OLD."closed_on", OLD."directorate_id", OLD."document", OLD."due_on", OLD."id", OLD."kind", OLD."letter_id", OLD."outcome", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."raised_on", OLD."remark", OLD."responsible_id", OLD."settled_in", OLD."signatory", OLD."state", OLD."text", OLD."title", OLD."version"); RETURN NULL;', hash='a720fa433b7d5c5a752f6dad596b45351463c15e', operation='DELETE', pgid='pgtrigger_delete_delete_97c8f', table='claims_houseitem', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplate',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='73e7bde2c4387ace9ae07cee76f5735cc4729343', operation='UPDATE', pgid='pgtrigger_keep_public_id_ff50d', table='claims_papertemplate', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplate',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='804365c68f0047ee9a3a1ae8a69d142a8d8a56b8', operation='UPDATE', pgid='pgtrigger_count_version_2dc87', table='claims_papertemplate', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_papertemplateevent" ("active", "code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred", "public_id", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."preferred", NEW."public_id", NEW."version"); RETURN NULL;', hash='31750a2a8487922f1c9481755366502b57d08b78', operation='INSERT', pgid='pgtrigger_insert_insert_8fd39', table='claims_papertemplate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_papertemplateevent" ("active", "code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred", "public_id", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."preferred", NEW."public_id", NEW."version"); RETURN NULL;', hash='a03374548fe3050a0838c545c3f318b2dd16d105', operation='UPDATE', pgid='pgtrigger_update_update_ae619', table='claims_papertemplate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_papertemplateevent" ("active", "code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred", "public_id", "version") VALUES (OLD."active", OLD."code", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."preferred", OLD."public_id", OLD."version"); RETURN NULL;', hash='9c9d51e8ff6c0f0122cb857ce06e4160e20f12bd', operation='DELETE', pgid='pgtrigger_delete_delete_878b1', table='claims_papertemplate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01fdf20d32f1c4c9c8653ccebd5249eb27b0d49c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b88c', table='claims_papertemplateevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplatesection',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d87387be1082974343b8d2051787dcc18eb30af4', operation='UPDATE', pgid='pgtrigger_keep_public_id_8c087', table='claims_papertemplatesection', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplatesection',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='93ef81a31abd3c946b4cc6ab7902da5bbc6da46b', operation='UPDATE', pgid='pgtrigger_count_version_13523', table='claims_papertemplatesection', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplatesection',
                trigger=pgtrigger.compiler.Trigger(name='keep_heading', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."template_id" IS DISTINCT FROM (NEW."template_id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."boxed" IS DISTINCT FROM (NEW."boxed") OR OLD."block" IS DISTINCT FROM (NEW."block") OR OLD."withheld" IS DISTINCT FROM (NEW."withheld"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='45d120ef243b9d273f1d07e37eee9b88f7bbaec3', operation='UPDATE', pgid='pgtrigger_keep_heading_d5dbf', table='claims_papertemplatesection', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplatesection',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_papertemplatesectionevent" ("block", "boxed", "guidance_en", "guidance_nl", "id", "key", "label", "name", "optional", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "template_id", "version", "withheld") VALUES (NEW."block", NEW."boxed", NEW."guidance_en", NEW."guidance_nl", NEW."id", NEW."key", NEW."label", NEW."name", NEW."optional", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."template_id", NEW."version", NEW."withheld"); RETURN NULL;', hash='8e985843d5aa5e6352118809c8d637d9c34aa5ad', operation='INSERT', pgid='pgtrigger_insert_insert_c41a9', table='claims_papertemplatesection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplatesection',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_papertemplatesectionevent" ("block", "boxed", "guidance_en", "guidance_nl", "id", "key", "label", "name", "optional", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "template_id", "version", "withheld") VALUES (NEW."block", NEW."boxed", NEW."guidance_en", NEW."guidance_nl", NEW."id", NEW."key", NEW."label", NEW."name", NEW."optional", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."template_id", NEW."version", NEW."withheld"); RETURN NULL;', hash='5fd8860ba5d447dd6ed9515fa00b76390c228be4', operation='UPDATE', pgid='pgtrigger_update_update_1e4ea', table='claims_papertemplatesection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplatesection',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_papertemplatesectionevent" ("block", "boxed", "guidance_en", "guidance_nl", "id", "key", "label", "name", "optional", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "template_id", "version", "withheld") VALUES (OLD."block", OLD."boxed", OLD."guidance_en", OLD."guidance_nl", OLD."id", OLD."key", OLD."label", OLD."name", OLD."optional", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."template_id", OLD."version", OLD."withheld"); RETURN NULL;', hash='604791284fa32db815f544a6cf725f326c81f42f', operation='DELETE', pgid='pgtrigger_delete_delete_55cf8', table='claims_papertemplatesection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papertemplatesectionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='49e5ce692dcd3cb530963241058369134384841a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ce9e', table='claims_papertemplatesectionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='writtenpaper',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fbd0b5b08952c6cec9b8a3e38c5a485cc37191e8', operation='UPDATE', pgid='pgtrigger_keep_public_id_22fc6', table='claims_writtenpaper', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='writtenpaper',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='1ad5e3abcf7710b6d437d3e2d6c05e4ae3e9a70d', operation='UPDATE', pgid='pgtrigger_count_version_0d354', table='claims_writtenpaper', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='writtenpaper',
                trigger=pgtrigger.compiler.Trigger(name='keep_reference', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."template_id" IS DISTINCT FROM (NEW."template_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d42c8e5b2482b9111eb1d51b43ec1ad1b02e1d0f', operation='UPDATE', pgid='pgtrigger_keep_reference_2c196', table='claims_writtenpaper', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='writtenpaper',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_writtenpaperevent" ("accompanies_id", "address", "classification", "closing", "coordinated_with", "copies_to", "created_at", "created_by_id", "decided_by_id", "decided_on", "decision_remark", "directorate_id", "document", "drawn_up_by", "frame", "from_line", "id", "kind", "ministry_reference", "nature", "other_annexes", "outcome", "paper_date", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference", "salutation", "sent_on", "signatories", "template_id", "title", "version", "via", "your_reference") VALUES (NEW."accompanies_id", NEW."address", NEW."classification", NEW."closing", NEW."coordinated_with", NEW."copies_to", NEW."created_at", NEW."created_by_id", NEW."decided_by_id", NEW."decided_on", NEW."decision_remark", NEW."directorate_id", NEW."document", NEW."drawn_up_by", NEW."frame", NEW."from_line", NEW."id", NEW."kind", NEW."ministry_reference", NEW."nature", NEW."other_annexes", NEW."outcome", NEW."paper_date", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."reference", NEW."salutation", NEW."sent_on", NEW."signatories", NEW."template_id", NEW."title", NEW."version", NEW."via", NEW."your_reference"); RETURN NULL;', hash='8764f43a073a8e2a9d8fced4470d4c831282f5eb', operation='INSERT', pgid='pgtrigger_insert_insert_0d515', table='claims_writtenpaper', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='writtenpaper',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_writtenpaperevent" ("accompanies_id", "address", "classification", "closing", "coordinated_with", "copies_to", "created_at", "created_by_id", "decided_by_id", "decided_on", "decision_remark", "directorate_id", "document", "drawn_up_by", "frame", "from_line", "id", "kind", "ministry_reference", "nature", "other_annexes", "outcome", "paper_date", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference", "salutation", "sent_on", "signatories", "template_id", "title", "version", "via", "your_reference") VALUES (NEW."accompanies_id", NEW."address", NEW."classification", NEW."closing", NEW."coordinated_with", NEW."copies_to", NEW."created_at", NEW."created_by_id", NEW."decided_by_id", NEW."decided_on", NEW."decision_remark", NEW."directorate_id", NEW."document", NEW."drawn_up_by", NEW."frame", NEW."from_line", NEW."id", NEW."kind", NEW."ministry_reference", NEW."nature", NEW."other_annexes", NEW."outcome", NEW."paper_date", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."reference", NEW."salutation", NEW."sent_on", NEW."signatories", NEW."template_id", NEW."title", NEW."version", NEW."via", NEW."your_reference"); RETURN NULL;', hash='22f924240a09bb95f749dd32c19e8e092a6fb7b2', operation='UPDATE', pgid='pgtrigger_update_update_73902', table='claims_writtenpaper', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='writtenpaper',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_writtenpaperevent" ("accompanies_id", "address", "classification", "closing", "coordinated_with", "copies_to", "created_at", "created_by_id", "decided_by_id", "decided_on", "decision_remark", "directorate_id", "document", "drawn_up_by", "frame", "from_line", "id", "kind", "ministry_reference", "nature", "other_annexes", "outcome", "paper_date", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference", "salutation", "sent_on", "signatories", "template_id", "title", "version", "via", "your_reference") VALUES (OLD."accompanies_id", OLD."address", OLD."classification", OLD."closing", OLD."coordinated_with", OLD."copies_to", OLD."created_at", OLD."created_by_id", OLD."decided_by_id", OLD."decided_on", OLD."decision_remark", OLD."directorate_id", OLD."document", OLD."drawn_up_by", OLD."frame", OLD."from_line", OLD."id", OLD."kind", OLD."ministry_reference", OLD."nature", OLD."other_annexes", OLD."outcome", OLD."paper_date", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."reference", OLD."salutation", OLD."sent_on", OLD."signatories", OLD."template_id", OLD."title", OLD."version", OLD."via", OLD."your_reference"); RETURN NULL;', hash='1b027c30435d26173d1fa1d8616517825d85fdfe', operation='DELETE', pgid='pgtrigger_delete_delete_84fec', table='claims_writtenpaper', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papersectionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7699da5961f516f327d6a6d97bc0b9c68a8b26c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_699f6', table='claims_papersectionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papersection',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3d858842a9342a45e4ba9e3b0ab52eed2cff6c55', operation='UPDATE', pgid='pgtrigger_keep_public_id_f30b1', table='claims_papersection', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papersection',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='e832edd8a723033828f28107151f6bf07efd530f', operation='UPDATE', pgid='pgtrigger_count_version_299ce', table='claims_papersection', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papersection',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_papersectionevent" ("heading_id", "id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "version") VALUES (NEW."heading_id", NEW."id", NEW."paper_id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."text", NEW."version"); RETURN NULL;', hash='b3c7faea8455ed206ba9998100a53dd43c49fe78', operation='INSERT', pgid='pgtrigger_insert_insert_a02ae', table='claims_papersection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papersection',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_papersectionevent" ("heading_id", "id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "version") VALUES (NEW."heading_id", NEW."id", NEW."paper_id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."text", NEW."version"); RETURN NULL;', hash='927c97aaa6a6736940b4c125cff2dcbe0184fe34', operation='UPDATE', pgid='pgtrigger_update_update_0286c', table='claims_papersection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='papersection',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_papersectionevent" ("heading_id", "id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "version") VALUES (OLD."heading_id", OLD."id", OLD."paper_id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."text", OLD."version"); RETURN NULL;', hash='e95cde8467c5bb575ed7c65e087b8911b943ef70', operation='DELETE', pgid='pgtrigger_delete_delete_da625', table='claims_papersection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='writtenpaperevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='97ecc6d2bab4968ac00bebb42ccd4face4ccf3e1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_764fe', table='claims_writtenpaperevent', when='BEFORE')),
            )],
        ),
        core.schema.SqlFile(Path(__file__).parent / 'sql', '0014_written'),
    ]
