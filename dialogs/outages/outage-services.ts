/** What the chat about outages asks of the rest of the product. */
import type { LedgerShown } from '../../cards/outages/outage-ledger.js';
import type { NameOf } from '../../cards/outages/outage-words.js';
import type { ReaderStore, SilenceStore } from '../../core/incident/ports.js';
import type { Severity } from '../../core/incident/types.js';
import type { IntakeDesk } from '../../core/services/outages/receive-outage.js';

export interface OutageServices {
  readonly desk: IntakeDesk;
  readonly readers: ReaderStore;
  readonly silences: SilenceStore;
  /** How far an incident has been told. */
  readonly ledger: (incidentId: string) => Promise<LedgerShown>;
  /** Customers see outages from this severity on without a release; null: never. */
  readonly releaseFrom: Severity | null;
  /** Names of people by their stable id, for what they did to an incident. */
  readonly people: {
    remember(id: string, name: string): Promise<void>;
    namesOf(ids: readonly string[]): Promise<NameOf>;
  };
}
