# How gunicorn runs app.py. One worker is one process, as if app.py ran by itself.
workers = 1

# Four workers are four processes, and each counts for itself. Only one of them can have a port: in app.py put
# metrics_app = make_wsgi_app() in place of start_http_server(8000), and look at what one scrape after another brings.
# workers = 4

# The way out: they count in files, and the master serves the sums. Then app.py needs no metrics_app any more.
# import os; os.makedirs("/tmp/metrics", exist_ok=True)
# raw_env = ["PROMETHEUS_MULTIPROC_DIR=/tmp/metrics"]
# def when_ready(server):
#     from prometheus_client import CollectorRegistry, multiprocess, start_http_server
#     registry = CollectorRegistry()
#     multiprocess.MultiProcessCollector(registry)
#     start_http_server(8000, registry=registry)
