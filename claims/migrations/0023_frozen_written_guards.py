from pathlib import Path

from django.db import migrations

from core.schema import SqlFile


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0022_frozen_written'),
    ]

    operations = [
        SqlFile(Path(__file__).parent / 'sql', '0023_frozen_written_guards'),
    ]
