/** `directory report-contact`: takes a report that a contact of an answer is wrong, as other systems send it. */
import { randomUUID } from 'node:crypto';
import { hmacSigner } from '../../cards/kit/actions.js';
import type { ApiAudience } from '../../core/services/api/api-keys.js';
import type { ReportReason } from '../../core/services/reports/report-contact.js';
import { languagesOf } from '../../core/directory/profile.js';
import { DeskError } from '../../core/errors.js';
import { redact } from '../../core/understanding/redact.js';
import { markNow } from '../../dialogs/reports/report-view.js';
import { languageFor, offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import { takeReport } from '../api/contact-report.js';
import { signingKeys } from '../app/signing-keys.js';
import { printListing, withCliContext } from './cli-context.js';

export interface ReportContactOptions {
  readonly reason: ReportReason;
  readonly audience: ApiAudience;
  readonly note?: string;
  readonly language?: string;
}

/** Takes the report, in the running server if it holds the store. */
export function reportContactCommand(reference: string, options: ReportContactOptions): Promise<void> {
  return withCliContext({ seed: false }, async (context) => {
    const { config, stores, actor, now } = context;
    const [directory, partner] = [await stores.directory.load(), await stores.profile.load()];
    if (!partner) throw new DeskError('desk.not-set-up', 'there is no partner profile');
    const { reason, audience, note } = options;
    const language = offeredLanguage(
      languagesOf(partner),
      languageFor(options.language),
      config.defaultLanguage,
    );
    const signer = hmacSigner(...keysOf(await signingKeys(context, 'cards')));
    const deps = {
      store: stores.reports,
      newId: randomUUID,
      markNow: markNow({ view: () => ({ directory }), profile: () => partner }),
      redact,
      now,
    };
    const text = textIn(language, audience);
    const ctx = { text, language, host: 'web', asker: audience, signer, step: 'api', now: now() } as const;
    const taken = await takeReport({ reference, reason, note }, { id: actor, audience }, deps, ctx);
    printListing(taken, [taken.message]);
  });
}

function keysOf([newest, ...older]: Awaited<ReturnType<typeof signingKeys>>) {
  return [newest, older] as const;
}
