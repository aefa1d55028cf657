import core.fields
import core.schema
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0012_take_on'),
        ('core', '0002_sending'),
        ('core', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('kind', models.CharField(choices=[('motion', 'motion'), ('undertaking', 'undertaking')], default='motion', max_length=12, verbose_name='kind')),
                ('title', models.CharField(help_text='Short, as lists say it: financial support for abducted children.', max_length=200, verbose_name='subject')),
                ('document', models.CharField(blank=True, help_text='Dossier and number, for example 36 045, nr. 213. Without it no paper can cite a motion.', max_length=30, verbose_name='Kamerstuk')),
                ('raised_on', core.fields.DayField(blank=True, help_text='Of a motion: when it was tabled. Of an undertaking: when it was made.', null=True, verbose_name='date')),
                ('signatory', models.CharField(blank=True, help_text='Of a motion: the first signatory, for example Jansen c.s. Of an undertaking: who promised it, for example M or R.', max_length=120, verbose_name='by whom')),
                ('addressee', models.CharField(blank=True, help_text='Of a motion: who is asked, for example R. Of an undertaking: to whom it was made, for example the House.', max_length=120, verbose_name='to whom')),
                ('outcome', models.CharField(blank=True, choices=[('adopted', 'adopted'), ('held-over', 'held over by the House'), ('rejected', 'rejected by the House'), ('withdrawn', 'withdrawn by who tabled it')], help_text='Only of a motion.', max_length=12, verbose_name='outcome of the vote')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='what is asked or promised')),
                ('due_on', core.fields.DayField(blank=True, null=True, verbose_name='due on')),
                ('state', models.CharField(choices=[('open', 'open'), ('settled', 'settled'), ('lapsed', 'lapsed')], default='open', editable=False, max_length=12, verbose_name='state')),
                ('closed_on', core.fields.DayField(blank=True, editable=False, null=True, verbose_name='settled or lapsed on')),
                ('settled_in', models.CharField(blank=True, editable=False, help_text='Its Kamerstuk, or its title and date.', max_length=200, verbose_name='letter that settles it')),
                ('remark', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='remark')),
                ('claims', models.ManyToManyField(blank=True, help_text='Which claims carry it out or report on it.', related_name='house_items', to='claims.claim', verbose_name='claims')),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='house_items', to='core.directorate', verbose_name='directorate')),
                ('responsible', models.ForeignKey(blank=True, help_text='Empty: the file holders of the claims it concerns.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible')),
            ],
            options={
                'verbose_name': 'motion or undertaking',
                'verbose_name_plural': 'motions and undertakings',
                'ordering': ['-raised_on', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HouseItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('kind', models.CharField(choices=[('motion', 'motion'), ('undertaking', 'undertaking')], default='motion', max_length=12, verbose_name='kind')),
                ('title', models.CharField(help_text='Short, as lists say it: financial support for abducted children.', max_length=200, verbose_name='subject')),
                ('document', models.CharField(blank=True, help_text='Dossier and number, for example 36 045, nr. 213. Without it no paper can cite a motion.', max_length=30, verbose_name='Kamerstuk')),
                ('raised_on', core.fields.DayField(blank=True, help_text='Of a motion: when it was tabled. Of an undertaking: when it was made.', null=True, verbose_name='date')),
                ('signatory', models.CharField(blank=True, help_text='Of a motion: the first signatory, for example Jansen c.s. Of an undertaking: who promised it, for example M or R.', max_length=120, verbose_name='by whom')),
                ('addressee', models.CharField(blank=True, help_text='Of a motion: who is asked, for example R. Of an undertaking: to whom it was made, for example the House.', max_length=120, verbose_name='to whom')),
                ('outcome', models.CharField(blank=True, choices=[('adopted', 'adopted'), ('held-over', 'held over by the House'), ('rejected', 'rejected by the House'), ('withdrawn', 'withdrawn by who tabled it')], help_text='Only of a motion.', max_length=12, verbose_name='outcome of the vote')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='what is asked or promised')),
                ('due_on', core.fields.DayField(blank=True, null=True, verbose_name='due on')),
                ('state', models.CharField(choices=[('open', 'open'), ('settled', 'settled'), ('lapsed', 'lapsed')], default='open', editable=False, max_length=12, verbose_name='state')),
                ('closed_on', core.fields.DayField(blank=True, editable=False, null=True, verbose_name='settled or lapsed on')),
                ('settled_in', models.CharField(blank=True, editable=False, help_text='Its Kamerstuk, or its title and date.', max_length=200, verbose_name='letter that settles it')),
                ('remark', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='remark')),
                ('directorate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.directorate', verbose_name='directorate')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.houseitem')),
                ('responsible', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: the file holders of the claims it concerns.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='houseitem',
            index=models.Index(fields=['state', 'due_on'], name='claims_hous_state_03c9cd_idx'),
        ),
        migrations.AddConstraint(
            model_name='houseitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['motion', 'undertaking'])), name='house_item_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='houseitem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'settled', 'lapsed'])), name='house_item_state_known'),
        ),
        migrations.AddConstraint(
            model_name='houseitem',
            constraint=models.CheckConstraint(condition=models.Q(('document', ''), ('document__regex', '^[0-9]{2} [0-9]{3}([ -][IVXL]{1,6})?, nr\\. [0-9A-Z]{1,6}$'), _connector='OR'), name='house_item_document', violation_error_message='Write the Kamerstuk as dossier and number, for example 36 045, nr. 213.'),
        ),
        migrations.AddConstraint(
            model_name='houseitem',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('kind', 'motion'), ('outcome__in', ['adopted', 'held-over', 'rejected', 'withdrawn'])), _connector='OR'), name='house_item_outcome_of_motion', violation_error_message='Only a motion is voted on: leave the outcome empty for an undertaking.'),
        ),
        migrations.AddConstraint(
            model_name='houseitem',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'motion'), models.Q(('document', ''), _negated=True)), fields=('kind', 'document'), name='house_item_motion_once', violation_error_message='This motion is registered already, under the same Kamerstuk.'),
        ),
        migrations.AddConstraint(
            model_name='houseitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('settled_in', ''), ('state', 'open')), models.Q(('closed_on__isnull', False), ('state', 'settled'), models.Q(('settled_in', ''), _negated=True)), models.Q(('closed_on__isnull', False), ('settled_in', ''), ('state', 'lapsed'), models.Q(('remark', ''), _negated=True)), _connector='OR'), name='house_item_closed_whole', violation_error_message='What is settled names the letter and its date; what lapsed says why and when.'),
        ),
        migrations.AddConstraint(
            model_name='houseitem',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('raised_on__isnull', True), ('closed_on__gte', models.F('raised_on')), _connector='OR'), name='house_item_closed_after_raised', violation_error_message='It cannot be settled before it was raised: look at the two dates.'),
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a1152b2cad9770be71dbce252c9df4a9183a061f', operation='UPDATE', pgid='pgtrigger_keep_public_id_ff3ec', table='claims_houseitem', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='074016e63e245a237b69ec7cf8ebf62251214d7f', operation='UPDATE', pgid='pgtrigger_count_version_35c5e', table='claims_houseitem', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_houseitemevent" ("addressee", "closed_on", "directorate_id", "document", "due_on", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_on", "remark", "responsible_id", "settled_in", "signatory", "state", "text", "title", "version") VALUES (NEW."addressee", NEW."closed_on", NEW."directorate_id", NEW."document", NEW."due_on", NEW."id", NEW."kind", NEW."outcome", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."raised_on", NEW."remark", NEW."responsible_id", NEW."settled_in", NEW."signatory", NEW."state", NEW."text", NEW."title", NEW."version"); RETURN NULL;', hash='5e7bd3996405c2f304a57a7a066b15654ba5d97b', operation='INSERT', pgid='pgtrigger_insert_insert_05b80', table='claims_houseitem', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_houseitemevent" ("addressee", "closed_on", "directorate_id", "document", "due_on", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_on", "remark", "responsible_id", "settled_in", "signatory", "state", "text", "title", "version") VALUES (NEW."addressee", NEW."closed_on", NEW."directorate_id", NEW."document", NEW."due_on", NEW."id", NEW."kind", NEW."outcome", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."raised_on", NEW."remark", NEW."responsible_id", NEW."settled_in", NEW."signatory", NEW."state", NEW."text", NEW."title", NEW."version"); RETURN NULL;', hash='721f68abeb3b79e4c49479d7514b0ee9a26976ad', operation='UPDATE', pgid='pgtrigger_update_update_6646d', table='claims_houseitem', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='houseitem',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_houseitemevent" ("addressee", "closed_on", "directorate_id", "document", "due_on", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_on", "remark", "responsible_id", "settled_in", "signatory", "state", "text", "title", "version") VALUES (OLD."addressee", OLD."closed_on", OLD."directorate_id", OLD."document", OLD."due_on", OLD."id", OLD."kind", OLD."outcome", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."raised_on", OLD."remark", OLD."responsible_id", OLD."settled_in", OLD."signatory", OLD."state", OLD."text", OLD."title", OLD."version"); RETURN NULL;', hash='ecb6a677d5da3a3461379a832578be04177fb26d', operation='DELETE', pgid='pgtrigger_delete_delete_97c8f', table='claims_houseitem', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='houseitemevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6654ac0053dbe9ee4c1053376aacb2e809ca4e03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_23c86', table='claims_houseitemevent', when='BEFORE')),
            )],
        ),
    ]
