"""The first schema of this floor."""

import core.fields
import core.schema
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name_nl', models.CharField(max_length=200, verbose_name='name in Dutch')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, help_text='What is no longer in use stays on old records but is not offered.', verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(source='name_nl')),
                ('code', models.CharField(max_length=2, unique=True, verbose_name='code')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': ['sort_key'],
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CountryEvent',
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
                ('code', models.CharField(max_length=2, verbose_name='code')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.country')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Cover',
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
                'verbose_name': 'cover',
                'verbose_name_plural': 'covers',
                'ordering': ['sort_key'],
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CoverEvent',
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
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.cover')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Deployment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Directorate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name_nl', models.CharField(max_length=200, verbose_name='name in Dutch')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, help_text='What is no longer in use stays on old records but is not offered.', verbose_name='in use')),
                ('sort_key', core.fields.SortKeyField(source='name_nl')),
                ('code', models.CharField(help_text='As it stands on papers, for example BZ/DSH.', max_length=40, unique=True, verbose_name='code')),
            ],
            options={
                'verbose_name': 'directorate',
                'verbose_name_plural': 'directorates',
                'ordering': ['code'],
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='DirectorateEvent',
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
                ('code', models.CharField(help_text='As it stands on papers, for example BZ/DSH.', max_length=40, verbose_name='code')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.directorate')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publisher')),
                ('published_on', core.fields.DayField(blank=True, null=True, verbose_name='date')),
                ('url', models.URLField(blank=True, help_text='Public address, if there is one.', max_length=500, verbose_name='address')),
                ('note', models.CharField(blank=True, help_text='For example a page or a table.', max_length=300, verbose_name='note')),
                ('sort_key', core.fields.SortKeyField(source='title')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['sort_key'],
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publisher')),
                ('published_on', core.fields.DayField(blank=True, null=True, verbose_name='date')),
                ('url', models.URLField(blank=True, help_text='Public address, if there is one.', max_length=500, verbose_name='address')),
                ('note', models.CharField(blank=True, help_text='For example a page or a table.', max_length=300, verbose_name='note')),
                ('sort_key', core.fields.SortKeyField(db_index=False, source='title')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.source')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Theme',
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
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
                'ordering': ['sort_key'],
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ThemeEvent',
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
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.theme')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('public_id', core.fields.PublicIdField(verbose_name='public id')),
                ('name', models.CharField(help_text='As colleagues know this person.', max_length=150, verbose_name='name')),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                ('sort_key', core.fields.SortKeyField(source='name')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['sort_key'],
                'indexes': [],
                'constraints': [],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('subject', models.CharField(help_text='Model and public id of what it is about.', max_length=100, verbose_name='subject')),
                ('data', models.JSONField(default=dict, verbose_name='data')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['subject', '-at'], name='core_event_subject_f8297c_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('officer', 'policy officer'), ('manager', 'budget manager'), ('controller', 'controller'), ('bookkeeper', 'financial officer'), ('registrar', 'decision registrar'), ('reader', 'reader'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                ('directorate', models.ForeignKey(blank=True, help_text='Empty: the whole ministry.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='core.directorate', verbose_name='directorate')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
                'indexes': [],
                'constraints': [models.UniqueConstraint(fields=('user', 'role', 'directorate'), name='one_membership', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('role__in', ['officer', 'manager', 'controller', 'bookkeeper', 'registrar', 'reader', 'administrator'])), name='membership_role_known')],
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('officer', 'policy officer'), ('manager', 'budget manager'), ('controller', 'controller'), ('bookkeeper', 'financial officer'), ('registrar', 'decision registrar'), ('reader', 'reader'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                ('directorate', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: the whole ministry.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.directorate', verbose_name='directorate')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.membership')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('public_id', core.fields.PublicIdField(unique=False, verbose_name='public id')),
                ('name', models.CharField(help_text='As colleagues know this person.', max_length=150, verbose_name='name')),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                ('sort_key', core.fields.SortKeyField(db_index=False, source='name')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        core.schema.AddTriggers(
            operations=[pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1601870af9d1e3c95a91ca6cb716c055dec85665', operation='UPDATE', pgid='pgtrigger_keep_public_id_6cf21', table='core_country', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='799e9088145e851561ad8f0b37d57e16ded48ece', operation='UPDATE', pgid='pgtrigger_count_version_a1dfb', table='core_country', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_countryevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='ec440b06ceddcf30b2664200d5e3b426bf10e770', operation='INSERT', pgid='pgtrigger_insert_insert_3d22c', table='core_country', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_countryevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='c7b5b4e8ec2d597e0a9bb91280d16bfdf0049ee7', operation='UPDATE', pgid='pgtrigger_update_update_8cc05', table='core_country', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_countryevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (OLD."active", OLD."code", OLD."id", OLD."name_en", OLD."name_nl", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."sort_key", OLD."version"); RETURN NULL;', hash='d42ac4eb787635a8ad818027bc5cb07e34cd5bbe', operation='DELETE', pgid='pgtrigger_delete_delete_57f9a', table='core_country', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='countryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='baa99dae7a0dd980abc66ad4f20154722f980142', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_099a2', table='core_countryevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='cover',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3e91424096180d9064b70b337af00471b92bc8ea', operation='UPDATE', pgid='pgtrigger_keep_public_id_061ca', table='core_cover', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='cover',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='09e424a1adb0f644ceed443309f95d895d14109c', operation='UPDATE', pgid='pgtrigger_count_version_0464e', table='core_cover', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='cover',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_coverevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='d575fe2fe889a66ef8b0555d89d2a946f8b01b1b', operation='INSERT', pgid='pgtrigger_insert_insert_a7f2c', table='core_cover', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='cover',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_coverevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='d50bd95299ae97005c20701642f00a3256539093', operation='UPDATE', pgid='pgtrigger_update_update_777c9', table='core_cover', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='cover',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_coverevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (OLD."active", OLD."code", OLD."id", OLD."name_en", OLD."name_nl", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."sort_key", OLD."version"); RETURN NULL;', hash='8c85a0c2b1caed0e1b91663c96e73caff41b0d3c', operation='DELETE', pgid='pgtrigger_delete_delete_b94c1', table='core_cover', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='coverevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b1ab0f180f8fd80a2a8f354e86aa6dbcf9ab50d2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58649', table='core_coverevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='directorate',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='822f7442ec4d41e9defbbedf2dd1454c2bfbaf8f', operation='UPDATE', pgid='pgtrigger_keep_public_id_5d057', table='core_directorate', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='directorate',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='95cb41223f9309d4bff25c959a5515ee2fcbd5b6', operation='UPDATE', pgid='pgtrigger_count_version_8b795', table='core_directorate', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='directorate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_directorateevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='e83b87c0775c7024b17240ba76f719fc1fd372b1', operation='INSERT', pgid='pgtrigger_insert_insert_f9404', table='core_directorate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='directorate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_directorateevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='a9dba48190e9330285dfc609de6b1d36a36f3db5', operation='UPDATE', pgid='pgtrigger_update_update_33566', table='core_directorate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='directorate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_directorateevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (OLD."active", OLD."code", OLD."id", OLD."name_en", OLD."name_nl", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."sort_key", OLD."version"); RETURN NULL;', hash='ac39a4f70dc1c8658a7754ea9b48fb30cb794573', operation='DELETE', pgid='pgtrigger_delete_delete_a99b6', table='core_directorate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='directorateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='04398342b4d931bf8241ff3d2a852c444adca4b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e14fb', table='core_directorateevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='066bc851710d755a34bcb6bfde13b14861c63c1d', operation='UPDATE', pgid='pgtrigger_keep_public_id_f6678', table='core_source', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='0ad4fa09edf95fa8ea4747ac67934b3ceb35c74c', operation='UPDATE', pgid='pgtrigger_count_version_85e0f', table='core_source', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_sourceevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_on", "publisher", "sort_key", "title", "url", "version") VALUES (NEW."id", NEW."note", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."published_on", NEW."publisher", NEW."sort_key", NEW."title", NEW."url", NEW."version"); RETURN NULL;', hash='55d6c5af521fe777ee97d77f040f7abcfdebae98', operation='INSERT', pgid='pgtrigger_insert_insert_a4024', table='core_source', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_sourceevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_on", "publisher", "sort_key", "title", "url", "version") VALUES (NEW."id", NEW."note", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."published_on", NEW."publisher", NEW."sort_key", NEW."title", NEW."url", NEW."version"); RETURN NULL;', hash='0355c82c6d86d8dce6cb5efaaf1eaf5be95b1db7', operation='UPDATE', pgid='pgtrigger_update_update_fa16b', table='core_source', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_sourceevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_on", "publisher", "sort_key", "title", "url", "version") VALUES (OLD."id", OLD."note", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."published_on", OLD."publisher", OLD."sort_key", OLD."title", OLD."url", OLD."version"); RETURN NULL;', hash='61c834f3f127c319671c2238e7a2f88920931124', operation='DELETE', pgid='pgtrigger_delete_delete_d52a1', table='core_source', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='sourceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c3c71bf1e28656c7e4431eb4d2415bc51878dac7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dde44', table='core_sourceevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='keep_public_id', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6ca96a369f853e145235f0f20db47b5e14bccc80', operation='UPDATE', pgid='pgtrigger_keep_public_id_81d9c', table='core_theme', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='523c4a40ed3d39554facb2df32d693c8ed44743a', operation='UPDATE', pgid='pgtrigger_count_version_e8436', table='core_theme', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_themeevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='300736fe674edbc923a94bb9683a41ee76ffb0f5', operation='INSERT', pgid='pgtrigger_insert_insert_beb54', table='core_theme', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_themeevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (NEW."active", NEW."code", NEW."id", NEW."name_en", NEW."name_nl", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."sort_key", NEW."version"); RETURN NULL;', hash='aedeaa271c8ff54bc9de1f7965f9913421030689', operation='UPDATE', pgid='pgtrigger_update_update_95369', table='core_theme', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_themeevent" ("active", "code", "id", "name_en", "name_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "version") VALUES (OLD."active", OLD."code", OLD."id", OLD."name_en", OLD."name_nl", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."sort_key", OLD."version"); RETURN NULL;', hash='66b3018eddebb2f6eacb5c1544fda77ffeb6f7bd', operation='DELETE', pgid='pgtrigger_delete_delete_920b8', table='core_theme', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='themeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='26062a207df9e3237bcc0b938cf194b57c7b40c0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0e55a', table='core_themeevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "username") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."name", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."public_id", NEW."sort_key", NEW."username"); RETURN NULL;', hash='226c31b574082e018e0c96dfc42c651b43cc9377', operation='INSERT', pgid='pgtrigger_insert_insert_45de6', table='core_user', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."sort_key" IS DISTINCT FROM (NEW."sort_key") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "core_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "username") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."name", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."public_id", NEW."sort_key", NEW."username"); RETURN NULL;', hash='8f1d0016e89c3cb37a24e884d4b91ded71b3a9e5', operation='UPDATE', pgid='pgtrigger_update_update_6ccff', table='core_user', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sort_key", "username") VALUES (OLD."date_joined", OLD."email", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."language", OLD."name", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."public_id", OLD."sort_key", OLD."username"); RETURN NULL;', hash='7eed3d899683c2d709a2499f941a1a707f95a886', operation='DELETE', pgid='pgtrigger_delete_delete_1425a', table='core_user', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_membershipevent" ("directorate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."directorate_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;', hash='46de5f60c7c4e9920f9f046efc90f1ced6372405', operation='INSERT', pgid='pgtrigger_insert_insert_ec0e8', table='core_membership', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_membershipevent" ("directorate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."directorate_id", NEW."id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;', hash='1ef9e903e66237b0818fbff48784131df79724bb', operation='UPDATE', pgid='pgtrigger_update_update_af665', table='core_membership', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_membershipevent" ("directorate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (OLD."directorate_id", OLD."id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."role", OLD."user_id"); RETURN NULL;', hash='476f21a1a737c6d47301f90fc785de708978d4ab', operation='DELETE', pgid='pgtrigger_delete_delete_bf7cb', table='core_membership', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membershipevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='25cc94ef917ff0d7234d40de228a93256443498c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_26f21', table='core_membershipevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='userevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c831c7829668854425dc56f04bf5cdb370a36ff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1b55a', table='core_userevent', when='BEFORE')),
            )],
        ),
    ]
