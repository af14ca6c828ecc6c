"""What gunicorn reads by itself wherever Baraza is served."""

worker_class = "config.worker.Worker"
