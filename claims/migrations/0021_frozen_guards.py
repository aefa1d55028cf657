from pathlib import Path

from django.db import migrations

from core.schema import SqlFile


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0020_frozen'),
    ]

    operations = [
        SqlFile(Path(__file__).parent / 'sql', '0021_frozen_guards'),
    ]
