"""How gunicorn serves `config.wsgi`: `gunicorn -c config/gunicorn.py config.wsgi`. Read by gunicorn, not by Django.

The one line per request is written by `core.access.RequestIdMiddleware`, which knows route and person; gunicorn's own
access log would hold paths and addresses of people and stays off.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import env
from core import logs

bind = env.text("WEB_BIND", f"127.0.0.1:{env.number('PORT', 8000)}")
chdir = str(Path(__file__).resolve().parent.parent)
worker_class = "gthread"
workers = env.number("WEB_WORKERS", 1 if env.flag("DEBUG") else 2)
threads = env.number("WEB_THREADS", 8)

# No page takes this long; papers and large imports are the worker's. A process that hangs is replaced.
timeout = env.number("WEB_TIMEOUT", 60)
graceful_timeout = env.number("WEB_GRACEFUL_SECONDS", 5 if env.flag("DEBUG") else 30)
keepalive = 5
# A process is renewed now and then, at different moments, so that no leak grows for months.
max_requests = env.number("WEB_MAX_REQUESTS", 5000)
max_requests_jitter = max_requests // 10

# Who may say that a request came over https: the proxy's address.
forwarded_allow_ips = env.text("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
limit_request_line = 8190
control_socket_disable = True
accesslog = None


def on_starting(server: Any) -> None:
    """Stop at once, with the reason, when a setting is wrong: gunicorn would start its processes again and again.

    Another process looks: what this one had imported, a reload would not read anew.
    """
    if subprocess.run([sys.executable, "-c", "import config.settings"], cwd=chdir, check=False).returncode:
        raise SystemExit(1)


_development = env.flag("DEBUG")
_format = env.choice("LOG_FORMAT", ["json", "plain"], "plain" if _development else "json")
_level = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "WARNING")
loglevel = "warning" if _format == "plain" else "info"
logconfig_dict: dict[str, Any] = logs.settings(format=_format, level=_level, worker_level=_level)
