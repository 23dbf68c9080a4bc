# The standalone server: `docker build -t confab .`, or with Redis: `docker compose up -d`. docs/deploy.md has the steps.
# The build needs 2 GB of memory. Every setting is read when the container starts, except BASE_PATH.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
ARG BASE_PATH=""
RUN BASE_PATH="$BASE_PATH" npm run build:standalone

FROM node:24.21.0-bookworm-slim
# The user 1000 (`node`) owns the data and nothing else: the program cannot change itself.
RUN mkdir /data && chown 1000:1000 /data
COPY --from=build /app/.next/standalone /app
ENV NODE_ENV=production
USER 1000:1000
# It is started where it may write, because DATA_DIR is relative to that: `.data` unless it is set.
WORKDIR /data
VOLUME /data
EXPOSE 3000
# Asks no store: an unreachable store is no reason to restart the server.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "/app/healthcheck.mjs"]
# Process 1 is the server itself: a SIGTERM reaches it, and running replies get 25 seconds. Use a grace period of 30 s.
STOPSIGNAL SIGTERM
CMD ["node", "/app/server.js"]
