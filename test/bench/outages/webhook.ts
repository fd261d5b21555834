/** Real time from a webhook to its answer and to its first card, over HTTP; quiet, or while a large audience is planned. */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stores } from '../../../bot/store/stores.js';
import { hashUrlToken } from '../../../bot/outages/verify.js';
import { addNote } from '../../../core/incident/acts.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { actOnIncident, type IncidentDeps } from '../../../core/services/outages/change-incident.js';
import { commit, fillRecipients } from '../../helpers/audience.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { incident as opened } from '../../helpers/incidents.js';
import { about } from '../../helpers/outage-recipients.js';
import { outageSource } from '../../helpers/outages.js';
import { liveHeapMb, percentile, print, watchMemory } from './figures.js';

const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const CROWD = 'crowd';

interface Offer {
  readonly id: string;
  readonly publisherId: string;
}

/** Takes every card and knows when the first one of each outage came. */
class Connector {
  readonly firstCard = new Map<string, number>();
  readonly #server = http.createServer((req, res) => {
    let text = '';
    req.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    req.on('end', () => {
      const title = /Outage number \d+\./.exec(text)?.[0];
      if (title !== undefined && !this.firstCard.has(title)) this.firstCard.set(title, performance.now());
      res.setHeader('content-type', 'application/json');
      res.end('{"id":"m1"}');
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** @param crowd recipients of another incident that is planned anew all the while; 0 for none. */
export async function webhook(count: number, recipients: number, crowd: number): Promise<void> {
  const connector = new Connector();
  const serviceUrl = await connector.listen();
  const desk = await startDesk({ OFFER_DESK_OUTAGE_RATE: '50', LOG_LEVEL: 'silent' });
  const { stores } = desk.app;
  const offer = [...desk.app.directory.view().directory.offers.values()][0];
  if (!offer) throw new Error('the directory is empty');
  for (let n = 0; n < recipients; n += 1) await addRecipient(stores, n, serviceUrl, offer, crowd);
  const stir = crowd > 0 ? await gather(stores, crowd) : () => Promise.resolve();
  const memory = watchMemory();
  const answers: number[] = [];
  const cards: number[] = [];
  let planned = 0;
  for (let n = 0; n < count; n += 1) {
    await stir();
    const { answerMs, cardMs } = await once(desk, connector, offer, n);
    answers.push(answerMs);
    cards.push(cardMs);
    if ((await stores.outages.incidents.undecided(CROWD)) > 0) planned += 1;
    await sleep(crowd > 0 ? 0 : 200);
  }
  print({
    what: 'webhook',
    count,
    recipients,
    crowd,
    whileTheCrowdWasPlanned: planned,
    answerP50Ms: percentile(answers, 0.5),
    answerP99Ms: percentile(answers, 0.99),
    firstCardP50Ms: percentile(cards, 0.5),
    firstCardP95Ms: percentile(cards, 0.95),
    ...memory(),
    liveHeapMb: liveHeapMb(),
  });
  await desk.close();
  connector.close();
}

/** Spread among the crowd, so that they are neither its first nor its last. */
async function addRecipient(
  stores: Stores,
  n: number,
  serviceUrl: string,
  offer: Offer,
  crowd: number,
): Promise<void> {
  const place = String(Math.floor(((n + 0.5) * Math.max(crowd, 1)) / 200)).padStart(6, '0');
  const known = about(`r${place}-${n}`, { tenantId: `t${n % 50}` });
  await stores.outages.recipients.know(known, 1);
  const what = { kind: 'offer', offerId: offer.id } as const;
  await stores.outages.recipients.subscribe(known.id, { what, from: 'none', by: 'reader' }, 1);
  const reference = { serviceUrl, channelId: 'msteams', bot: { id: '28:x' }, user: { id: known.id } };
  await stores.references.save({ ...known.address, userId: known.id, reference });
}

/** A crowd that follows another offer, and an incident of it. Returns how to make all of them be planned again. */
async function gather(stores: Stores, crowd: number): Promise<() => Promise<void>> {
  await fillRecipients(stores, crowd, 1, { kind: 'offer', offerId: 'contoso.crowd' });
  const { incidents, silences } = stores.outages;
  const desk: IncidentDeps = { incidents, silences, publisherOf: () => undefined, now: Date.now };
  const affected = { offers: ['contoso.crowd'], publishers: [], components: [], regions: [] };
  const one = { ...opened({ affected }), id: CROWD };
  await commit(stores, one, Date.now());
  let notes = 0;
  return async () => {
    if ((await incidents.undecided(CROWD)) > crowd / 4) return;
    await actOnIncident(desk, CROWD, (was) => addNote(was, 'ann', `note ${(notes += 1)}`, Date.now()));
  };
}

async function once(
  desk: Desk,
  connector: Connector,
  offer: Offer,
  n: number,
): Promise<{ readonly answerMs: number; readonly cardMs: number }> {
  // A sender that cannot sign opens ten incidents an hour: each is another sender here.
  const source = `bench${Math.floor(n / 8)}`;
  await desk.app.stores.outages.sources.save(sourceOf(source, offer), 'bench', 1);
  const title = `Outage number ${n}.`;
  const began = performance.now();
  await post(desk, source, { id: `b${n}`, title, state: 'investigating', offer });
  const answerMs = performance.now() - began;
  while (!connector.firstCard.has(title)) await sleep(5);
  const cardMs = (connector.firstCard.get(title) ?? 0) - began;
  // Over, so that the next one of the same offer is another incident.
  await post(desk, source, { id: `b${n}`, title, state: 'resolved', offer });
  return { answerMs, cardMs };
}

function sourceOf(id: string, offer: Offer): OutageSource {
  const auth = { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] } as const;
  return outageSource({ id, publisherId: offer.publisherId, auth });
}

async function post(
  desk: Desk,
  source: string,
  notice: { readonly id: string; readonly title: string; readonly state: string; readonly offer: Offer },
): Promise<void> {
  const now = new Date().toISOString();
  const { offer, ...rest } = notice;
  const body = { ...rest, severity: 'major', started: now, updated: now, affected: { offers: [offer.id] } };
  const answer = await fetch(`${desk.url}/api/outages/${source}?token=${TOKEN}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
}
