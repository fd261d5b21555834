/** Sends administrators a note in their chat: a stopped source of the directory, or a sender that cannot be read. */
import {
  detailOf,
  ignoreCommand,
  unreadColumns,
  type SyncOutcome,
} from '../../core/services/directory/sync-source.js';
import { localMoment } from '../../cards/outages/outage-words.js';
import { languageFor } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import type { ChatAddress } from '../../core/services/reports/report-notices.js';
import { LANGUAGE_TRAITS, type Language } from '../../core/terms.js';
import type { SourceNews } from '../outages/source-watch.js';
import { proactive } from '../teams/proactive.js';
import { toEveryChannel, toldIn } from './bot.js';
import type { AppContext } from './context.js';
import { administratorsOf } from './report-messages.js';
import { keptLanguage } from './reports.js';

type NoteContext = Pick<
  AppContext,
  'config' | 'stores' | 'gates' | 'web' | 'outward' | 'spans' | 'now' | 'log'
>;

/** Sends one note to each administrator, in the administrator's language. Never throws. */
export type TellAdministrators = (note: (language: Language) => string, subject: string) => Promise<void>;

/** A failed note is logged: the metrics and the doctor report the same problem. */
export function adminNotes(context: NoteContext): TellAdministrators {
  const { stores, gates, spans, now, log } = context;
  const messages = proactive({ ...toEveryChannel(context), spans, now, told: toldIn(context) });
  return async (note, subject) => {
    try {
      const { chats } = await administratorsOf(stores.references, gates);
      for (const chat of chats) {
        const { channelId, conversationId } = chat;
        const reference = (await stores.references.list({ channelId, conversationId })).at(-1)?.reference;
        if (!reference) continue;
        const language = await languageOf(context, chat, reference);
        const sent = await messages.send(
          { conversationId, reference },
          {
            type: 'message',
            text: note(language),
            textFormat: 'plain',
            locale: LANGUAGE_TRAITS[language].locale,
          },
        );
        if (sent.kind !== 'answered' || sent.status >= 300) log.warn('admin.note-not-sent', { subject });
      }
    } catch (error) {
      log.warn('admin.note-not-sent', { subject, error });
    }
  };
}

/** The text about a stopped source. It contains names of columns, but no values of rows. */
export function noteText(source: string, outcome: SyncOutcome, language: Language): string {
  const text = textIn(language);
  const columns = unreadColumns(outcome);
  if (columns.length === 0) return text('sync.stopped', { source, reason: detailOf(outcome) });
  const named = columns.map((column) => `“${column}”`).join(', ');
  return text('sync.unread-column', { source, columns: named, command: ignoreCommand(source, columns) });
}

/** The text about a sender of outages that cannot be read, or that answers again. */
export function sourceNewsText({ source, kind, since, reason }: SourceNews, language: Language): string {
  return textIn(language)(`outage.source.${kind}`, {
    source,
    reason,
    since: localMoment(since, 'UTC', language),
  });
}

async function languageOf(
  { stores, config }: NoteContext,
  { userId }: ChatAddress,
  reference: Readonly<Record<string, unknown>>,
): Promise<Language> {
  const spoken = typeof reference.locale === 'string' ? languageFor(reference.locale) : undefined;
  return (await keptLanguage(stores, userId)) ?? spoken ?? config.defaultLanguage;
}
