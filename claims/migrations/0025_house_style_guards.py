from pathlib import Path

from django.db import migrations

from core.schema import SqlFile


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0024_house_style'),
    ]

    operations = [
        SqlFile(Path(__file__).parent / 'sql', '0025_house_style_guards'),
    ]
