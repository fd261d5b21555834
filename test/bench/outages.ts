/**
 * Outage figures: broadcasts on a simulated clock over the embedded store, beside a naive loop over the same connector,
 * and the real time from a webhook to its first card. Usage: `npm run bench -- outages [broadcast|naive|webhook|full] [numbers…]`.
 */
import http from 'node:http';
import process from 'node:process';
import type { Stores } from '../../bot/store/stores.js';
import { hashUrlToken } from '../../bot/outages/verify.js';
import { reportOf } from '../../bot/cli/outage-report.js';
import { incident as opened, NOON } from '../helpers/incidents.js';
import { commit, fillReaders, simDeliverer, untilDelivered } from '../helpers/audience.js';
import { about } from '../helpers/outage-readers.js';
import { startDesk } from '../helpers/desk.js';
import { SimClock, SimConnector } from '../helpers/sim.js';
import { StorePlace } from '../helpers/stores.js';

const print = (line: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);

async function broadcast(recipients: number, perTenant: number): Promise<void> {
  const place = await StorePlace.prepare('sqlite');
  if (!place) return;
  const stores = await place.open();
  await fillReaders(stores, recipients);
  const clock = new SimClock(NOON);
  const connector = new SimConnector(clock, {}, false);
  const one = opened({}, { newId: 'bench' });
  const planned = performance.now();
  await commit(stores, one, clock.now());
  const committedMs = performance.now() - planned;
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const began = performance.now();
  const cpu = process.cpuUsage();
  await untilDelivered(stores, clock, simDeliverer(stores, clock, connector, { perTenant }));
  const used = process.cpuUsage(cpu);
  clearInterval(sampling);
  const seconds = (connector.lastAt - connector.firstAt) / 1000;
  const { current } = await reportOf(stores.outages.deliveries, 'bench');
  print({
    what: 'broadcast',
    recipients,
    perTenant,
    simulatedSeconds: Math.round(seconds * 10) / 10,
    perHour: Math.round((recipients / seconds) * 3600),
    violations: connector.violations,
    current,
    peakRssMb: megabytes(peak),
    planMs: Math.round(committedMs),
    wallMsPerDelivery: Math.round(((performance.now() - began) / recipients) * 1000) / 1000,
    cpuMsPerDelivery: Math.round(((used.user + used.system) / 1000 / recipients) * 1000) / 1000,
  });
  await place.remove();
}

/** What a loop over the recipients does: 50 at a time, three tries, no memory of who was told. */
async function naive(recipients: number): Promise<void> {
  const clock = new SimClock(NOON);
  const connector = new SimConnector(clock, {}, false);
  const one = opened({}, { newId: 'naive' });
  let next = 0;
  let lost = 0;
  const worker = async (): Promise<void> => {
    while (next < recipients) {
      const delivery = { tenantId: 't0', readerId: `r${next++}` } as never;
      for (let tries = 0; ; tries += 1) {
        const result = await connector.create(delivery, one);
        if (result.kind === 'answered' && result.status < 300) break;
        if (tries === 2) {
          lost += 1;
          break;
        }
        await clock.sleep(2000);
      }
    }
  };
  let ended = false;
  void Promise.all(Array.from({ length: 50 }, worker)).then(() => (ended = true));
  await clock.until(() => ended);
  const seconds = (connector.lastAt - connector.firstAt) / 1000;
  print({
    what: 'naive loop',
    recipients,
    simulatedSeconds: Math.round(seconds * 10) / 10,
    violations: connector.violations,
    lost,
  });
}

async function webhook(count: number, recipients: number): Promise<void> {
  const firstCard = new Map<string, number>();
  const connector = http.createServer((req, res) => {
    let text = '';
    req.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    req.on('end', () => {
      const title = /Outage number \d+\./.exec(text)?.[0];
      if (title !== undefined && !firstCard.has(title)) firstCard.set(title, performance.now());
      res.setHeader('content-type', 'application/json');
      res.end('{"id":"m1"}');
    });
  });
  await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(connector.address() as { port: number }).port}/`;
  const desk = await startDesk({ OFFER_DESK_OUTAGE_RATE: '50', LOG_LEVEL: 'silent' });
  const { stores } = desk.app;
  const offer = [...desk.app.directory.view().directory.offers.values()][0];
  if (!offer) return;
  for (let n = 0; n < recipients; n += 1) {
    const known = about(`p${n}`, { tenantId: `t${n % 50}` });
    await stores.outages.readers.know(known, 1);
    await stores.outages.readers.subscribe(
      known.id,
      { what: { kind: 'everything' }, from: 'none', by: 'reader' },
      1,
    );
    const reference = { serviceUrl, channelId: 'msteams', bot: { id: '28:x' }, user: { id: known.id } };
    await stores.references.save({ ...known.address, userId: known.id, reference });
  }
  const token = 'a-token-of-more-than-twenty-two-characters';
  await stores.outages.sources.save(
    {
      id: 'bench',
      publisherId: offer.publisherId,
      offers: 'all',
      componentOffers: {},
      owner: 'publisher',
      format: 'own',
      active: true,
      tellsApart: true,
      auth: { kind: 'standard-webhooks', secretRefs: [] },
      confirmAt: null,
    },
    'bench',
    1,
  );
  const source = await stores.outages.sources.byId('bench');
  if (source)
    await stores.outages.sources.save(
      { ...source, auth: { kind: 'url-token', hashes: [hashUrlToken(token)] } },
      'bench',
      1,
    );
  const answers: number[] = [];
  const cards: number[] = [];
  for (let n = 0; n < count; n += 1) {
    // A source that cannot sign opens ten incidents an hour: each is another source here.
    const id = `bench${Math.floor(n / 8)}`;
    if (source)
      await stores.outages.sources.save(
        { ...source, id, auth: { kind: 'url-token', hashes: [hashUrlToken(token)] } },
        'bench',
        1,
      );
    const title = `Outage number ${n}.`;
    const began = performance.now();
    const now = new Date().toISOString();
    const answer = await fetch(`${desk.url}/api/outages/${id}?token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: `b${n}`,
        title,
        state: 'investigating',
        severity: 'major',
        started: now,
        updated: now,
        affected: { offers: [offer.id] },
      }),
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    answers.push(performance.now() - began);
    while (!firstCard.has(title)) await new Promise((resolve) => setTimeout(resolve, 5));
    cards.push((firstCard.get(title) ?? 0) - began);
    // Over, so that the next one of the same offer is another incident.
    const over = new Date().toISOString();
    await fetch(`${desk.url}/api/outages/${id}?token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: `b${n}`,
        title,
        state: 'resolved',
        severity: 'major',
        updated: over,
        affected: { offers: [offer.id] },
      }),
    });
    while (await isBusy(stores)) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const at = (list: number[], part: number): number =>
    Math.round(
      [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))] ?? 0,
    );
  print({
    what: 'webhook',
    count,
    recipients,
    answerP50Ms: at(answers, 0.5),
    answerP99Ms: at(answers, 0.99),
    firstCardP50Ms: at(cards, 0.5),
    firstCardP95Ms: at(cards, 0.95),
  });
  await desk.close();
  connector.closeAllConnections();
  connector.close();
}

async function isBusy(stores: Stores): Promise<boolean> {
  const due = stores.database.kysely
    .selectFrom('deliveries')
    .select('reader_id')
    .where('status', 'in', ['due', 'sending']);
  return (await due.limit(1).executeTakeFirst()) !== undefined;
}

export async function run(): Promise<void> {
  const [, what = 'all', ...numbers] = process.argv.slice(2);
  const given = numbers.map(Number);
  if (what === 'broadcast') await broadcast(given[0] ?? 10_000, given[1] ?? 30);
  else if (what === 'naive') await naive(given[0] ?? 10_000);
  else if (what === 'webhook') await webhook(given[0] ?? 60, given[1] ?? 200);
  else {
    await broadcast(1_000, 30);
    await broadcast(10_000, 30);
    await naive(10_000);
    await webhook(60, 200);
    await broadcast(100_000, 50);
    if (what === 'full') await broadcast(300_000, 50);
  }
  process.exit(0);
}
