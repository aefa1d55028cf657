from pathlib import Path

from django.db import migrations

from core.schema import SqlFile


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0025_house_style_guards'),
        ('core', '0007_register_version'),
        ('partners', '0004_paid_by'),
        ('results', '0005_words'),
    ]

    operations = [
        SqlFile(Path(__file__).parent / 'sql', '0026_register_version'),
    ]
