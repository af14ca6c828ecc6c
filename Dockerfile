# Baraza in production: one image for web, worker, beat and migrations; compose.yaml shows how they go together.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/baraza
RUN python -m venv .venv
COPY requirements.lock ./
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock
COPY . .
# Static files and translations do not depend on any setting; the values only let the settings load.
RUN export BARAZA_ENV=laptop BARAZA_DATA_DIR=/tmp/build \
    && .venv/bin/python manage.py compilemessages --ignore .venv \
    && .venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11-slim-bookworm
# Fonts for the names on certificates: most scripts, and Chinese, Japanese and Korean.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/baraza --shell /usr/sbin/nologin baraza \
    && install -d -o baraza /data
COPY --from=build /srv/baraza /srv/baraza
WORKDIR /srv/baraza
ENV PATH=/srv/baraza/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BARAZA_ENV=production \
    BARAZA_DATA_DIR=/data \
    WEB_CONCURRENCY=2
# Which commit this is, for the page of every published figure: docker build --build-arg BARAZA_COMMIT=$(git rev-parse HEAD)
ARG BARAZA_COMMIT=""
ENV BARAZA_COMMIT=$BARAZA_COMMIT
USER baraza
VOLUME /data
EXPOSE 8000
# No access log: addresses of personal pages are secrets.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--worker-tmp-dir", "/dev/shm"]
