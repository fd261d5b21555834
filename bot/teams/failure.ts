/** Handles a failed turn: one log entry and one card with the same reference. People never see a stack trace. */
import type { TurnContext } from 'botbuilder';
import { noticeCard } from '../../cards/kit/notice-card.js';
import { languagesOf } from '../../core/directory/profile.js';
import type { Log } from '../../core/ports.js';
import { cardActivity, renderContext } from '../../dialogs/shared/send-card.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { turnOf, type Turn } from '../../dialogs/shared/turn.js';
import { failedInvoke } from './invokes.js';
import { scopeOf } from './scope.js';
import { isLookUp } from './turn.js';
import { languageFor, offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';

/** Tells the person that the turn failed, with a reference. Logs it when that message fails too. */
export function turnFailure(services: DeskServices, log: Log) {
  return async (context: TurnContext, error: unknown): Promise<void> => {
    const reference = services.newReference();
    const { type, name, channelId } = context.activity;
    log.error('turn.failed', { reference, type, name, channelId, error });
    try {
      const turn = turnFor(context, services);
      const card = noticeCard({ kind: 'error', reference }, renderContext(turn, services, ''));
      const told = `${turn.text('notice.error.title')}. ${turn.text('notice.reference')} ${reference}`;
      const response = String(type) === 'invoke' ? failedInvoke(name, told) : undefined;
      if (response) await context.sendActivity({ type: 'invokeResponse', value: response });
      // A look-up is private to one person: nothing is posted to the chat.
      if (!isLookUp(context.activity)) await context.sendActivity(cardActivity(card));
    } catch (second) {
      log.error('turn.apology-failed', { reference, error: second });
    }
  };
}

/** The failure may have happened before the turn was set up. */
function turnFor(context: TurnContext, { profile }: Pick<DeskServices, 'profile'>): Turn {
  const known = turnOf(context) as Turn | undefined;
  if (known) return known;
  const language = offeredLanguage(languagesOf(profile()), languageFor(context.activity.locale));
  const host = context.activity.channelId === 'msteams' ? 'teams' : 'web';
  const scope = scopeOf(context.activity);
  return {
    input: { kind: 'empty' },
    asker: 'customer',
    admin: false,
    language,
    text: textIn(language, 'customer'),
    host,
    scope,
  };
}
