/** The services that hand-overs in the chat need from the rest of the product. */
import type { PersonName } from '../../cards/handover/handover-words.js';
import type { StaffChannel } from '../../core/handover/types.js';
import type { HandoverDeps } from '../../core/services/handover/handover.js';

export interface HandoverServices {
  readonly handoverDeps: HandoverDeps;
  /** Where staff take requests now; undefined without such a place. `refresh` reads it again, for what another instance chose. */
  readonly staffChannel: (() => StaffChannel | undefined) & { readonly refresh: () => Promise<void> };
  /** Sets the place, for every instance. */
  readonly choose: (channel: StaffChannel | undefined, by: string) => Promise<void>;
  /** Names of staff by their stable id. */
  readonly people: {
    remember(id: string, name: string): Promise<void>;
    namesOf(ids: readonly string[]): Promise<PersonName>;
  };
  /** Days in which a visitor may come back to a conversation. */
  readonly keepDays: number;
}
