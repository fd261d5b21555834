/** The services that administration in the chat needs from the rest of the product. */
import type { FailingSource } from '../../cards/admin/admin-menu-card.js';
import type { PersonName } from '../../cards/admin/admin-words.js';
import type {
  KeptDirectory,
  KeptProfile,
  LessonStore,
  PhraseStore,
  UnansweredStore,
} from '../../core/ports.js';
import type { Slices } from '../../core/time-slices.js';
import type { Finding } from '../../core/findings.js';
import type { ContactKind } from '../../core/terms.js';

/** What administration needs to review and to learn. */
export interface LearningServices {
  readonly lessons: LessonStore;
  readonly unanswered: Pick<UnansweredStore, 'list'>;
  readonly phrases: PhraseStore;
  /** Makes this process use the taught phrases at once. */
  readonly refresh: () => Promise<void>;
  /** Runs long work without holding other turns. */
  readonly inSlices: <T>(work: Slices<T>) => Promise<T>;
}

export interface AdminServices {
  /** Loading is free while this instance has the present version. */
  readonly directory: KeptDirectory;
  readonly profile: KeptProfile;
  /** Looks for changes now: afterwards this instance uses the newest directory and profile. */
  readonly refresh: () => Promise<void>;
  /** Sources whose last run failed. */
  readonly failingSources: () => Promise<readonly FailingSource[]>;
  /** The findings of the doctor; absent when the doctor is not wired. */
  readonly examine?: () => Promise<readonly Finding[]>;
  /** Absent where learning is not wired. */
  readonly learning?: LearningServices;
  readonly people: {
    remember(id: string, name: string): Promise<void>;
    namesOf(ids: readonly string[]): Promise<PersonName>;
  };
  /** Called after an administrator corrected a contact, or marked it as dead or verified. */
  readonly afterCorrected?: (contact: { readonly key: string; readonly kind: ContactKind }) => Promise<void>;
}
