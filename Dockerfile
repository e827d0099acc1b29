# Tallybook in one image: web and worker as children of one parent, on SQLite in /data or on Postgres by DATABASE_URL.

FROM node:20-bookworm-slim AS base
WORKDIR /src
# better-sqlite3 is compiled where no ready-made binary fits.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./

FROM base AS build
RUN npm ci
COPY . .
RUN npm run build

# Without build and test tools, and without their holes.
FROM base AS packages
RUN npm ci --omit=dev

FROM node:20-bookworm-slim
# tini is process 1: it hands signals on and buries the dead, which node does not.
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
WORKDIR /app
COPY package.json ./
COPY --from=packages /src/node_modules ./node_modules
COPY --from=build /src/build ./build
RUN mkdir /data && chown node:node /data
# Fly mounts the volume as belonging to this user.
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--enable-source-maps", "build/server.js"]
