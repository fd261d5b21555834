/** The incidents in delivery, read again often, so that the cards show the newest state. */
import type { IncidentStore } from '../../incident/ports.js';
import type { Incident } from '../../incident/types.js';
import type { Clock } from '../../ports.js';
import { passedSince } from '../../time.js';

/** Milliseconds for which an incident counts as new: many of its cards are sent in that time. */
const FRESH_MS = 250;
const MOST = 100;

interface Known {
  readonly at: number;
  readonly incident: Promise<Incident | undefined>;
}

export class NewestIncidents {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly incidents: Pick<IncidentStore, 'byId'>,
    private readonly now: Clock,
  ) {}

  /** The incident, read at most a quarter of a second ago, and never older than `version`. */
  async of(id: string, version: number): Promise<Incident | undefined> {
    const known = this.#known.get(id);
    if (known && passedSince(known.at, this.now()) < FRESH_MS) {
      const incident = await known.incident;
      if (incident && incident.version >= version) return incident;
    }
    return this.#read(id);
  }

  #read(id: string): Promise<Incident | undefined> {
    const incident = this.incidents.byId(id);
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(id, { at: this.now(), incident });
    incident.catch(() => this.#known.delete(id));
    return incident;
  }
}
