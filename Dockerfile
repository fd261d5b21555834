# syntax=docker/dockerfile:1

# What production runs is made here and nothing else is taken from here.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run release

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 OFFER_DESK_DATA_DIR=/data OFFER_DESK_STOP_SECONDS=9
WORKDIR /app
# Owned by root: the server cannot change its own files.
COPY --from=build /src/build/release ./
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3978
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/index.js"]
