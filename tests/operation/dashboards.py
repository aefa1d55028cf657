"""`python -m tests.operation.dashboards`: what dashboards show while a replica differs, lags, breaks and goes. Prints JSON.

The replica of the test is a second database with another name for the same envelope, so that one sees who answered.
"""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def main(replica: str) -> None:
    """Ask the page of envelopes and say whose words it shows."""
    import django

    django.setup()
    import psycopg
    from django.test import Client
    from django.urls import reverse

    from core import replica as module
    from core.models import User

    module.LOOK_AGAIN = 0
    told = {}
    client = Client()
    client.force_login(User.objects.get(username="soak-bookkeeper"))

    def asked(name: str = "envelopes") -> str:
        text = client.get(reverse(name)).content.decode()
        return "replica" if "Van de kopie" in text else "primary" if "Duurproef" in text else text[:200]

    def change(sql: str) -> None:
        with psycopg.connect(replica, autocommit=True) as own:
            own.execute(sql.encode())

    change("insert into procrastinate_workers default values")
    change("update claims_envelope set name = 'Van de kopie' where name = 'Duurproef'")
    told["near"] = asked()
    told["event"] = str(User.objects.get(username="soak-bookkeeper")._state.db)
    change("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    told["behind"] = asked()
    change("delete from procrastinate_workers")
    told["nobody knows"] = asked()
    change("insert into procrastinate_workers default values")
    told["near again"] = asked()
    client.post(reverse("set-language"), {"language": "nl", "next": "/"})
    told["after writing"] = asked()
    del client.cookies[module.WROTE]
    told["a while later"] = asked()
    change("alter table claims_envelope rename to gone")
    told["broken half-way"] = asked()
    change("alter table gone rename to claims_envelope")
    told["mended"] = asked()
    name = replica.split("@/")[1].split("?", maxsplit=1)[0]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as own:
        own.execute(f"alter database {name} with allow_connections false".encode())
        own.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
    told["gone"] = asked()
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
