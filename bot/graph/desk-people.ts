/** Asks Graph about people for the chat: waits only briefly, reuses answers, and pauses after a failure. */
import type { Clock } from '../../core/ports.js';
import type { Presence } from '../../core/services/answers/answer.js';
import type { PeopleServices } from '../../dialogs/shared/services.js';
import type { Manager, People, GraphAnswer } from './people.js';
import { within } from '../runtime/timeouts.js';

export interface DeskPeopleDeps {
  readonly people: Pick<People, 'idOf' | 'managerOf' | 'presenceOf'>;
  /** The questions that the operator allows. Every other question gets an empty answer. */
  readonly uses: { readonly presence: boolean; readonly manager: boolean };
  readonly now: Clock;
  /** The longest time in milliseconds that an answer to a person waits for this. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 800;
/**
 * Presence older than this is requested again. A failure is cached for the same time, so that not every answer waits.
 */
const PRESENCE_MS = 60_000;
const MANAGER_MS = 3_600_000;
const MOST_KEPT = 2_000;

/** The dialogs' interface to Graph. A late result is used for the next answer. */
export function deskPeople({ people, uses, now, patienceMs = PATIENCE_MS }: DeskPeopleDeps): PeopleServices {
  const presences = memory(now, (upn: string) => presenceNow(people, upn, now));
  const managers = memory(now, (id: string) => people.managerOf(id));
  const inTime = <T>(work: Promise<T>) => within(patienceMs, work, () => undefined);
  return {
    async presenceOf(upn) {
      if (!uses.presence) return undefined;
      const told = await inTime(presences(upn.toLowerCase(), PRESENCE_MS, PRESENCE_MS));
      return told?.kind === 'known' ? told.value : undefined;
    },
    async managerOf(personId) {
      if (!uses.manager) return undefined;
      const told = await inTime(managers(personId, MANAGER_MS, PRESENCE_MS));
      return told?.kind === 'known' ? named(told.value) : undefined;
    },
  };
}

/** Without an address, the bot cannot offer a way to write to the person. */
function named({ name, upn }: Manager): { readonly name: string; readonly upn: string } | undefined {
  return upn === undefined ? undefined : { name: name ?? upn, upn };
}

async function presenceNow(
  people: DeskPeopleDeps['people'],
  upn: string,
  now: Clock,
): Promise<GraphAnswer<{ readonly state: Presence; readonly at: number }>> {
  const id = await people.idOf(upn);
  if (id.kind !== 'known') return id;
  const told = await people.presenceOf([id.value]);
  if (told.kind !== 'known') return told;
  const state = told.value.get(id.value);
  return state ? { kind: 'known', value: { state, at: now() } } : { kind: 'none' };
}

/** Sends one request for all simultaneous callers. Caches a certain result for `goodMs` and a failure for `badMs`. */
function memory<T>(now: Clock, ask: (key: string) => Promise<GraphAnswer<T>>) {
  const kept = new Map<
    string,
    { readonly from: number; until: number; readonly told: Promise<GraphAnswer<T>> }
  >();
  return (key: string, goodMs: number, badMs: number): Promise<GraphAnswer<T>> => {
    const known = kept.get(key);
    // After the clock was set back, an answer would otherwise be used for longer than its time.
    if (known && known.from <= now() && known.until > now()) return known.told;
    const entry = { from: now(), until: Number.POSITIVE_INFINITY, told: ask(key) };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, entry);
    void entry.told.then(({ kind }) => {
      entry.until = now() + (kind === 'known' || kind === 'none' ? goodMs : badMs);
    });
    return entry.told;
  };
}
