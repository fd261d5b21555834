/**
 * The open clients of each conversation. Each client has a separate position in the log, so no client misses or repeats
 * an activity.
 */
import type { Log } from '../../../core/ports.js';
import type { ActivityPage, WireActivity } from './log.js';

/** The data for a client. The watermark is absent for activities that are not stored. */
export interface Frame {
  readonly activities: readonly WireActivity[];
  readonly watermark?: string;
}

export interface Subscription {
  /** The watermark to begin after: 0 shows everything. */
  readonly watermark: number;
  readonly send: (frame: Frame) => void;
  /** The log could not be read: the client must return with its watermark. */
  readonly fail: () => void;
}

type Read = (conversationId: string, watermark: number) => Promise<ActivityPage>;

/** Reads from its own watermark to the end. A change during a read causes one more read. */
class Reader {
  private watermark: number;
  private reading = false;
  private again = false;
  private stopped = false;

  constructor(
    private readonly read: (watermark: number) => Promise<ActivityPage>,
    private readonly subscription: Subscription,
  ) {
    this.watermark = subscription.watermark;
  }

  async wake(): Promise<void> {
    this.again = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        this.send(await this.read(this.watermark));
      }
    } finally {
      this.reading = false;
    }
  }

  show(activity: WireActivity): void {
    if (!this.stopped) this.subscription.send({ activities: [activity] });
  }

  stop(): void {
    this.stopped = true;
  }

  private send(page: ActivityPage): void {
    if (this.stopped || page.activities.length === 0) return;
    this.watermark = page.watermark;
    this.subscription.send({ activities: page.activities, watermark: String(page.watermark) });
  }
}

export class Subscribers {
  private readonly readers = new Map<string, Map<Reader, Subscription>>();

  constructor(
    private readonly read: Read,
    private readonly log: Log,
  ) {}

  /** Begins to show a conversation. Returns a function that stops this. */
  add(conversationId: string, subscription: Subscription): () => void {
    const reader = new Reader((watermark) => this.read(conversationId, watermark), subscription);
    const open = this.readers.get(conversationId) ?? new Map<Reader, Subscription>();
    this.readers.set(conversationId, open.set(reader, subscription));
    this.wake(reader, subscription);
    return () => {
      reader.stop();
      open.delete(reader);
      if (open.size === 0 && this.readers.get(conversationId) === open) this.readers.delete(conversationId);
    };
  }

  /** The log of this conversation has new activities. */
  changed(conversationId: string): void {
    for (const [reader, subscription] of this.readers.get(conversationId) ?? [])
      this.wake(reader, subscription);
  }

  /** Shows an activity that is not stored (typing) to the visitors who are connected now. */
  show(conversationId: string, activity: WireActivity): void {
    for (const reader of this.readers.get(conversationId)?.keys() ?? []) reader.show(activity);
  }

  /** The conversation no longer exists. */
  end(conversationId: string): void {
    for (const [reader, subscription] of this.readers.get(conversationId) ?? []) {
      reader.stop();
      subscription.fail();
    }
  }

  /** Wakes every reader, because another process may have written. */
  refresh(): void {
    for (const conversationId of this.readers.keys()) this.changed(conversationId);
  }

  private wake(reader: Reader, subscription: Subscription): void {
    reader.wake().catch((error: unknown) => {
      this.log.error('directline.read-failed', { error });
      subscription.fail();
    });
  }
}
