from pathlib import Path

from django.db import migrations

from core.schema import SqlFile


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0016_words_of_titles'),
        ('partners', '0004_paid_by'),
    ]

    operations = [
        SqlFile(Path(__file__).parent / 'sql', '0017_given_once'),
    ]
