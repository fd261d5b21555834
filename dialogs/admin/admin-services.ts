/** What administration in the chat asks of the rest of the product. */
import type { FailingSource } from '../../cards/admin/admin-menu-card.js';
import type { PersonName } from '../../cards/admin/admin-words.js';
import type { KeptDirectory, KeptProfile } from '../../core/ports.js';
import type { Finding } from '../../core/findings.js';
import type { ContactKind } from '../../core/terms.js';

export interface AdminServices {
  /** Loading it costs nothing while this instance knows the present version. */
  readonly directory: KeptDirectory;
  readonly profile: KeptProfile;
  /** Looks for changes now: afterwards this instance answers by the newest directory and profile. */
  readonly refresh: () => Promise<void>;
  /** Sources whose last run was not good. */
  readonly failingSources: () => Promise<readonly FailingSource[]>;
  /** What the doctor finds; absent where it is not wired. */
  readonly examine?: () => Promise<readonly Finding[]>;
  readonly people: {
    remember(id: string, name: string): Promise<void>;
    namesOf(ids: readonly string[]): Promise<PersonName>;
  };
  /** Told after an administrator corrected a contact, marked it dead, or said that it is right. */
  readonly afterCorrected?: (contact: { readonly key: string; readonly kind: ContactKind }) => Promise<void>;
}
