/** One turn as the dialogs see it: who speaks, in which language, from where, what the person gave, and which rule decided. */
import type { Activity, TurnContext } from 'botbuilder-core';
import { decodeAction } from '../../cards/kit/actions.js';
import type { SpeechNews } from '../../cards/kit/card-data.js';
import type { CardAction } from '../../cards/kit/action-table.js';
import type { CardHost, Signer } from '../../cards/kit/types.js';
import type { Asker, Language, PurchaseChannel } from '../../core/terms.js';
import { questionIn, withinLimit } from '../../core/understanding/pasted.js';
import { textIn, type Text } from '../../locales/text.js';

export type TurnInput =
  | {
      readonly kind: 'text';
      /** The question, without what was pasted along with it. */
      readonly text: string;
      /** Everything that was written, for the person who gets the question. */
      readonly whole?: string;
      /** The text was too long to be read whole. */
      readonly cut?: boolean;
    }
  | { readonly kind: 'click'; readonly action: CardAction; readonly step: string }
  | { readonly kind: 'bad-click'; readonly why: 'forged' | 'unknown' }
  | { readonly kind: 'attachment' }
  | { readonly kind: 'empty' };

/** Who else reads: nobody, a group chat, or a channel, where only a mention reaches the bot. */
export type Scope = 'personal' | 'group' | 'channel';

/** An offer a customer owns, and how it was bought where the partner said so. */
export interface OwnedOffer {
  readonly offerId: string;
  readonly channel?: PurchaseChannel;
}

export interface Turn {
  readonly input: TurnInput;
  readonly asker: Asker;
  /** May keep the directory and the profile; decided on the server for this turn. */
  readonly admin: boolean;
  /** Whether this person is an administrator could not be found out this time. */
  readonly adminUnsure?: boolean;
  readonly language: Language;
  readonly text: Text;
  /** When the bot last replied to this person here; absent before the first reply. Messages between turns do not count. */
  readonly repliedAt?: number;
  /** What the person is told once about the language. */
  readonly speechNews?: SpeechNews;
  readonly host: CardHost;
  readonly scope: Scope;
  /** The reader's IANA time zone, where the channel says it. */
  readonly zone?: string;
  /** What the partner vouched for that this customer owns: it answers questions and opens nothing. */
  readonly owned?: readonly OwnedOffer[];
  /** The Entra tenant of the customer's purchases, as the partner says. */
  readonly tenantId?: string;
  /** ISO code of the country on the customer's invoices, as the partner says. The locale of a client is no country. */
  readonly country?: string;
  /** https link to the bot's personal chat, where the host has one. */
  readonly privateChat?: string;
}

const TURN = Symbol('offer-desk.turn');

/** Makes the turn known to every dialog of this context. */
export function setTurn(context: TurnContext, turn: Turn): void {
  context.turnState.set(TURN, turn);
}

/** The turn of this context; the bot sets it before any dialog runs. */
export function turnOf(context: TurnContext): Turn {
  return context.turnState.get<Turn>(TURN);
}

/** The reader's time zone as the channel gives it; the code that uses it checks the name. */
export function zoneOf(activity: Partial<Activity>): string | undefined {
  const zone: unknown = activity.localTimezone;
  return typeof zone === 'string' && zone.length > 0 && zone.length < 64 ? zone : undefined;
}

/** The same turn in another language, after the person chose one. */
export function inLanguage(turn: Turn, language: Language): Turn {
  return { ...turn, language, text: textIn(language, turn.asker) };
}

/** What an activity says. Mentions are already stripped; clicks are checked against the signer. */
export function hear(activity: Partial<Activity>, signer: Signer): TurnInput {
  const value: unknown = activity.value;
  if (activity.type === 'invoke' || (value !== undefined && value !== null && !activity.text)) {
    const click = decodeAction(value, signer);
    return click.kind === 'action'
      ? { kind: 'click', action: click.action, step: click.step }
      : { kind: 'bad-click', why: click.kind };
  }
  const text = typeof activity.text === 'string' ? activity.text.trim() : '';
  if (text !== '') return readText(text);
  return hasFile(activity) ? { kind: 'attachment' } : { kind: 'empty' };
}

function readText(whole: string): TurnInput {
  const { text, cut } = withinLimit(whole);
  const asked = questionIn(text);
  return { kind: 'text', text: asked, ...(asked !== whole && { whole }), ...(cut && { cut }) };
}

/** Teams adds an HTML twin of the text and messages that are quoted or forwarded as attachments; those are no files. */
const NO_FILES: ReadonlySet<unknown> = new Set([
  'text/html',
  'messageReference',
  'forwardedMessageReference',
]);

/** True when the activity brings a file or a picture along. */
export function hasFile(activity: Partial<Activity>): boolean {
  const attachments: unknown = activity.attachments;
  if (!Array.isArray(attachments)) return false;
  return attachments.some(
    (one: unknown) => !NO_FILES.has((one as { contentType?: unknown } | null)?.contentType),
  );
}

const RULE = Symbol('offer-desk.rule');

/** Takes note of the policy rule this turn's answer rests on. */
export function noteRule(context: TurnContext, ruleId: string): void {
  context.turnState.set(RULE, ruleId);
}

/** The rule noted last; undefined for a turn that decided nothing. */
export function ruleOf(context: TurnContext): string | undefined {
  return context.turnState.get<string | undefined>(RULE);
}
