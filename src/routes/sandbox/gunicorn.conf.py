# How gunicorn runs app.py. One worker is one process, as if app.py ran by itself.
workers = 1

# Four workers are four processes, each counts for itself, and gunicorn listens at port 8000. In app.py put
# metrics_app = make_wsgi_app() in place of start_http_server(8000), and look at what one scrape after another brings.
# workers = 4

# The way out: they count in files, and whoever is asked adds them up. In app.py, which needs two more imports for it:
# registry = CollectorRegistry(); multiprocess.MultiProcessCollector(registry); metrics_app = make_wsgi_app(registry)
# import os; os.makedirs("/tmp/metrics", exist_ok=True)
# raw_env = ["PROMETHEUS_MULTIPROC_DIR=/tmp/metrics"]
# def child_exit(server, worker):
#     from prometheus_client import multiprocess
#     multiprocess.mark_process_dead(worker.pid)
