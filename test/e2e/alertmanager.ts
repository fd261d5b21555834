/**
 * `npm run e2e:alertmanager`: a real Prometheus and a real Alertmanager (Debian's packages `prometheus` and
 * `prometheus-alertmanager`) send to a running desk: fire, group, repeat, out of scope, inhibit, shrink, resolve. Not a
 * gate: without the two programs the script says so and ends.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashUrlToken } from '../../bot/outages/verify.js';
import type { Incident } from '../../core/incident/types.js';
import { startDesk, type Desk } from '../helpers/desk.js';

const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const PATIENCE_MS = 90_000;

/** The values that Prometheus scrapes: 1 fires the alert of an offer. */
const down = new Map<string, number>();

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(200);
  }
  throw new Error(`${what} did not come`);
}

function done(step: string): void {
  process.stdout.write(`✓ ${step}\n`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function metrics(): Server {
  return createServer((_req, res) => {
    const lines = [...down].map(([offer, value]) => `shop_down{offer="${offer}"} ${String(value)}`);
    res.setHeader('content-type', 'text/plain; version=0.0.4');
    res.end(`# TYPE shop_down gauge\n${lines.join('\n')}\n`);
  }).listen(0, '127.0.0.1');
}

function prometheusFiles(
  folder: string,
  publisher: string,
  targets: Record<'shop' | 'alerts', number>,
): void {
  const rules = {
    groups: [
      {
        name: 'shop',
        interval: '1s',
        rules: [
          {
            alert: 'ShopDown',
            expr: 'shop_down{offer!="site"} == 1',
            labels: { severity: 'major', publisher },
            annotations: { summary: '{{ $labels.offer }} is down' },
          },
          {
            alert: 'SiteDown',
            expr: 'shop_down{offer="site"} == 1',
            labels: { severity: 'critical', publisher, offer: '' },
            annotations: { summary: 'The whole site is down' },
          },
        ],
      },
    ],
  };
  const target = (port: number) => [{ targets: [`127.0.0.1:${String(port)}`] }];
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [path.join(folder, 'rules.yml')],
    alerting: { alertmanagers: [{ static_configs: target(targets.alerts) }] },
    scrape_configs: [{ job_name: 'shop', static_configs: target(targets.shop) }],
  };
  // JSON is YAML.
  writeFileSync(path.join(folder, 'rules.yml'), JSON.stringify(rules));
  writeFileSync(path.join(folder, 'prometheus.yml'), JSON.stringify(config));
}

function alertmanagerFile(folder: string, desk: string): void {
  const url = `${desk}/api/outages/monitor`;
  const config = {
    route: {
      receiver: 'desk',
      group_by: ['alertname', 'publisher'],
      group_wait: '1s',
      group_interval: '2s',
      repeat_interval: '4s',
    },
    inhibit_rules: [
      {
        source_matchers: ['alertname="SiteDown"'],
        target_matchers: ['alertname="ShopDown"'],
        equal: ['publisher'],
      },
    ],
    receivers: [
      {
        name: 'desk',
        webhook_configs: [
          { url, send_resolved: true, http_config: { authorization: { credentials: TOKEN } } },
        ],
      },
    ],
  };
  writeFileSync(path.join(folder, 'alertmanager.yml'), JSON.stringify(config));
}

/** Two offers of one publisher that the monitor may name, and an offer of another publisher. */
async function scopeOf(desk: Desk) {
  const offers = [...desk.app.directory.view().directory.offers.values()];
  const publisher = offers
    .map((one) => one.publisherId)
    .find((id) => offers.filter((one) => one.publisherId === id).length >= 2);
  const own = offers.filter((one) => one.publisherId === publisher).map((one) => one.id);
  const other = offers.find((one) => one.publisherId !== publisher)?.id;
  assert.ok(publisher !== undefined && own[0] !== undefined && own[1] !== undefined && other !== undefined);
  await desk.app.stores.outages.sources.save(
    {
      id: 'monitor', publisherId: publisher, offers: 'all', componentOffers: {}, owner: 'publisher', format: 'alertmanager',
      active: true, tellsApart: false, auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] }, confirmAt: null,
    },
    'e2e',
    1,
  ); // prettier-ignore
  return { publisher, one: own[0], two: own[1], other };
}

type Scope = Awaited<ReturnType<typeof scopeOf>>;

/** The walk. Each step changes what Prometheus measures and waits for what the desk then knows. */
async function walk(desk: Desk, { one, two, other }: Scope): Promise<void> {
  const { incidents, history } = desk.app.stores.outages;
  const open = async (): Promise<Incident | undefined> => (await incidents.open())[0];
  const offersAre = (what: string, ...wanted: readonly string[]) =>
    until(what, async () => {
      const found = await open();
      return found && [...found.affected.offers].sort().join() === [...wanted].sort().join()
        ? found
        : undefined;
    });
  const posts = () => desk.entries.filter((entry) => entry.event === 'outages.received').length;

  down.set(one, 1);
  const fired = await offersAre('the outage', one);
  assert.deepEqual([fired.state, fired.severity, fired.title], ['investigating', 'major', `${one} is down`]);
  done('fire: one alert opens one outage');

  down.set(two, 1);
  assert.equal((await offersAre('the group', one, two)).id, fired.id);
  done('group: a second alert of the group joins the same outage');

  const [before, version] = [posts(), (await open())?.version];
  await until('the repetition', () => (posts() >= before + 2 ? true : undefined));
  assert.equal((await open())?.version, version);
  done('repeat: repeated notifications change nothing');

  down.set(other, 1);
  await until('the note', () => desk.entries.find((entry) => entry.event === 'outages.outside-scope'));
  assert.deepEqual([...((await open())?.affected.offers ?? [])].sort(), [one, two].sort());
  assert.ok(!desk.entries.some((entry) => entry.event === 'outages.refused'));
  done('out of scope: another publisher’s alert is left out and noted; the rest is taken');
  down.set(other, 0);

  down.set(one, 0);
  assert.deepEqual((await offersAre('the smaller group', two)).title, `${two} is down`);
  done('shrink: an alert that ends leaves the outage');

  down.set(two, 0);
  await until('the end', async () =>
    (await incidents.byId(fired.id))?.state === 'resolved' ? true : undefined,
  );
  done('resolve: the outage ends with its last alert');

  down.set('site', 1);
  await until('the site outage', async () =>
    (await incidents.open()).find((incident) => incident.title === 'The whole site is down'),
  );
  const count = posts();
  down.set(one, 1);
  await until('two notifications', () => (posts() >= count + 2 ? true : undefined));
  assert.ok(!(await incidents.open()).some((incident) => incident.affected.offers.includes(one)));
  done('inhibit: an inhibited alert opens nothing');
  down.set(one, 0);
  down.set('site', 0);
  await until('the end of everything', async () =>
    (await incidents.open()).length === 0 ? true : undefined,
  );
  const all = await history.ofSource('monitor', 10);
  assert.ok(all.every((incident) => incident.state === 'resolved'));
  done('resolve: nothing stays open');
}

function start(program: string, args: readonly string[], folder: string): ChildProcess {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  child.on('exit', (code) => {
    if (code !== 0 && code !== null)
      process.stderr.write(`${program} ended with ${String(code)}:\n${said}\n`);
  });
  return child;
}

async function main(): Promise<void> {
  const missing = ['prometheus', 'prometheus-alertmanager'].filter(
    (program) => spawnSync(program, ['--version']).error !== undefined,
  );
  if (missing.length > 0)
    return void process.stdout.write(`Not installed, nothing was tried: ${missing.join(', ')}.\n`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-alertmanager-'));
  const desk = await startDesk();
  const shop = metrics();
  const [alerts, web] = [await freePort(), await freePort()];
  const children: ChildProcess[] = [];
  try {
    const scope = await scopeOf(desk);
    for (const offer of [scope.one, scope.two, scope.other, 'site']) down.set(offer, 0);
    prometheusFiles(folder, scope.publisher, { shop: (shop.address() as AddressInfo).port, alerts });
    alertmanagerFile(folder, desk.url);
    const at = (port: number) => `--web.listen-address=127.0.0.1:${String(port)}`;
    children.push(
      start(
        'prometheus-alertmanager',
        ['--config.file=alertmanager.yml', '--storage.path=alerts', '--cluster.listen-address=', at(alerts)],
        folder,
      ),
      start('prometheus', ['--config.file=prometheus.yml', '--storage.tsdb.path=data', at(web)], folder),
    );
    await walk(desk, scope);
  } catch (error) {
    const entries = desk.entries.filter(({ event }) => String(event).startsWith('outages.'));
    process.stderr.write(
      `${entries
        .slice(-5)
        .map((one) => JSON.stringify(one))
        .join('\n')}\n`,
    );
    throw error;
  } finally {
    for (const child of children) child.kill();
    shop.close();
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
