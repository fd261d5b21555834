/** Tells administrators in their chat that a scheduled source of the directory was stopped, and the next step. */
import {
  detailOf,
  ignoreCommand,
  unreadColumns,
  type SyncOutcome,
} from '../../core/services/directory/sync-source.js';
import { languageFor } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import type { ChatAddress } from '../../core/services/reports/report-notices.js';
import type { Language } from '../../core/terms.js';
import { proactive } from '../teams/proactive.js';
import { toEveryChannel } from './bot.js';
import type { AppContext } from './context.js';
import { administratorsOf } from './report-messages.js';
import { chosenLanguage } from './reports.js';

type NoteContext = Pick<
  AppContext,
  'config' | 'stores' | 'gates' | 'web' | 'outward' | 'spans' | 'now' | 'log'
>;

/** Sends one note to each administrator. A failed note is logged: the metric and the doctor report the same problem. */
export function syncNotes(context: NoteContext): (source: string, outcome: SyncOutcome) => Promise<void> {
  const { stores, gates, spans, now, log } = context;
  const messages = proactive({ ...toEveryChannel(context), spans, now });
  return async (source, outcome) => {
    try {
      const { chats } = await administratorsOf(stores.references, gates);
      for (const chat of chats) {
        const { channelId, conversationId } = chat;
        const reference = (await stores.references.list({ channelId, conversationId })).at(-1)?.reference;
        if (!reference) continue;
        const text = noteText(source, outcome, await languageOf(context, chat, reference));
        const sent = await messages.send(
          { conversationId, reference },
          { type: 'message', text, textFormat: 'plain' },
        );
        if (sent.kind !== 'answered' || sent.status >= 300) log.warn('directory.note-not-sent', { source });
      }
    } catch (error) {
      log.warn('directory.note-not-sent', { source, error });
    }
  };
}

/** The text for an administrator. It contains names of columns, but no values of rows. */
export function noteText(source: string, outcome: SyncOutcome, language: Language): string {
  const text = textIn(language);
  const columns = unreadColumns(outcome);
  if (columns.length === 0) return text('sync.stopped', { source, reason: detailOf(outcome) });
  const named = columns.map((column) => `“${column}”`).join(', ');
  return text('sync.unread-column', { source, columns: named, command: ignoreCommand(source, columns) });
}

async function languageOf(
  { stores, config }: NoteContext,
  { userId }: ChatAddress,
  reference: Readonly<Record<string, unknown>>,
): Promise<Language> {
  const spoken = typeof reference.locale === 'string' ? languageFor(reference.locale) : undefined;
  return (await chosenLanguage(stores, userId)) ?? spoken ?? config.defaultLanguage;
}
