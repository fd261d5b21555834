/** What the chat about hand-overs to a person asks of the rest of the product. */
import type { PersonName } from '../../cards/handover/handover-words.js';
import type { StaffChannel } from '../../core/handover/types.js';
import type { HandoverDeps } from '../../core/services/handover/handover.js';

export interface HandoverServices {
  readonly desk: HandoverDeps;
  /** Where staff take requests just now; undefined where nobody does. */
  readonly staffChannel: () => StaffChannel | undefined;
  /** Chooses it, for every instance. */
  readonly choose: (channel: StaffChannel | undefined, by: string) => Promise<void>;
  /** Names of staff by their stable id. */
  readonly people: {
    remember(id: string, name: string): Promise<void>;
    namesOf(ids: readonly string[]): Promise<PersonName>;
  };
  /** Days a visitor may come back to a conversation. */
  readonly keepDays: number;
}
