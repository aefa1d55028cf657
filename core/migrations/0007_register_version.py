from pathlib import Path

from django.db import migrations

from core.schema import SqlFile


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_password_given'),
    ]

    operations = [
        SqlFile(Path(__file__).parent / 'sql', '0007_register_version'),
    ]
