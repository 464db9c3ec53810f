"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from perfgoals.postgres.pooling import go_through_pooler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")

application = get_wsgi_application()
go_through_pooler()
