/** `POST /demo/outage`, in local mode: plays an outage from its start to its end, as a real sender would report it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import { DeskError } from '../../core/errors.js';
import type { SourceStore } from '../../core/incident/ports.js';
import { OWN_SOURCE } from '../../core/incident/scope.js';
import type { Clock, Log } from '../../core/ports.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { hashUrlToken, urlToken } from './verify.js';

export const DEMO_SOURCE = 'demo-status';

/** What the sender reports, in the format of docs/connect-senders.md. */
const STEPS = [
  {
    state: 'investigating',
    severity: 'major',
    message: 'Sign-in fails for some users. We are looking into it.',
  },
  { state: 'identified', message: 'An expired certificate is the cause. We are replacing it.' },
  { state: 'resolved', message: 'The certificate is replaced. Sign-in works again.' },
] as const;

const Asked = z.looseObject({ pauseSeconds: z.number().min(0).max(600).default(15) });

interface DemoDeps {
  readonly sources: Pick<SourceStore, 'save'>;
  /** The offer that fails; undefined while the directory is empty. */
  readonly offer: () =>
    { readonly id: string; readonly name: string; readonly publisherId: string } | undefined;
  readonly now: Clock;
  readonly log: Log;
}

/** Registers the route. One outage plays at a time; a second request gets the outage that plays. */
export function registerDemoSender(kit: HttpKit, deps: DemoDeps): void {
  const closing = new AbortController();
  kit.onClose(() => closing.abort());
  const pause = (ms: number) => setTimeout(ms, true, { signal: closing.signal }).catch(() => false);
  let playing: { readonly id: string; readonly title: string } | undefined;
  const work = async (req: Request, res: Response): Promise<void> => {
    const { pauseSeconds } = Asked.parse(req.body);
    const offer = deps.offer();
    if (!offer) throw new DeskError('request.not-found', 'the directory has no offer that could fail');
    if (!playing) {
      playing = { id: `DEMO-${randomUUID().slice(0, 8)}`, title: `${offer.name}: sign-in fails` };
      const outage = { ...playing, offers: [offer.id] };
      const end = () => (playing = undefined);
      const stopped = (error: unknown) => deps.log.warn('demo.outage-stopped', { error });
      // The outage is open before the page hears that it plays: the page asks for the outages at once.
      const address = await begin(kit, deps, offer.publisherId, outage).catch((error: unknown) => {
        end();
        throw error;
      });
      void goOn(address, outage, () => pause(pauseSeconds * 1_000))
        .catch(stopped)
        .finally(end);
    }
    res.send(202, { ...playing, pauseSeconds, states: STEPS.map(({ state }) => state) });
  };
  kit.server.post('/demo/outage', ...kit.json({ limitBytes: 1_024, optional: true }), kit.handle(work));
}

/** Registers the sender with a new token, and returns the address that it sends to. */
async function registered(kit: HttpKit, { sources, now }: DemoDeps, publisherId: string): Promise<string> {
  const token = urlToken(randomBytes(32));
  const auth = { kind: 'url-token', hashes: [hashUrlToken(token)] } as const;
  await sources.save({ ...OWN_SOURCE, id: DEMO_SOURCE, publisherId, auth }, 'demo', now());
  const { port } = kit.server.address();
  return `http://127.0.0.1:${port}/api/outages/${DEMO_SOURCE}?token=${token}`;
}

interface Played {
  readonly id: string;
  readonly title: string;
  readonly offers: readonly string[];
}

/** Registers the sender and sends the first notice. @returns the address of the sender */
async function begin(kit: HttpKit, deps: DemoDeps, publisherId: string, outage: Played): Promise<string> {
  const address = await registered(kit, deps, publisherId);
  await report(address, outage, STEPS[0]);
  return address;
}

/** Sends the later notices, each after a pause, until the server closes. */
async function goOn(address: string, outage: Played, pause: () => Promise<boolean>): Promise<void> {
  for (const step of STEPS.slice(1)) {
    if (!(await pause())) return;
    await report(address, outage, step);
  }
}

/** Sends one notice. @throws Error when the server refuses it */
async function report(address: string, outage: Played, step: (typeof STEPS)[number]): Promise<void> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...outage, ...step }),
  });
  if (!answer.ok) throw new Error(`the server answered ${answer.status} to ${step.state}`);
}
