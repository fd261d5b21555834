/** Renders and sends the messages about reports to administrators and reporters, each in their language. */
import { reportContactCard } from '../../cards/reports/report-contact-card.js';
import { thanksCard } from '../../cards/reports/reporter-card.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { languagesOf } from '../../core/directory/profile.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { ContactReportStore } from '../../core/services/reports/report-contact.js';
import type { Administrators, ChatAddress, Notice } from '../../core/services/reports/report-notices.js';
import type { Asker, Language } from '../../core/terms.js';
import { reportedContact, thanksOf } from '../../dialogs/reports/report-view.js';
import { cardActivity } from '../../dialogs/shared/send-card.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { languageFor, offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import type { ReferenceStore } from '../store/conversations/reference-store.js';
import type { Gates } from './people.js';
import type { Conversation, Proactive } from '../teams/proactive.js';

export interface ReportPostDeps {
  readonly services: DeskServices;
  readonly reports: Pick<ContactReportStore, 'about'>;
  readonly references: Pick<ReferenceStore, 'list'>;
  readonly proactive: Pick<Proactive, 'send'>;
  /** A Teams person's choice; undefined for a person who never chose. */
  readonly languageOf: (userId: string) => Promise<Language | undefined>;
  readonly defaultLanguage: Language;
}

const NOWHERE: SendResult = { kind: 'answered', status: 404, code: 'ConversationNotFound' };

/** A card, and the language of its reader. */
interface ReaderCard {
  readonly card: RenderedCard;
  readonly language: Language;
}

/** Sends one notice. Never throws the channel's errors. */
export async function postNotice(deps: ReportPostDeps, notice: Notice): Promise<SendResult> {
  const place = await placeOf(deps, notice);
  if (!place) return NOWHERE;
  const { card, language } =
    notice.purpose === 'task' ? await taskCard(deps, notice, place) : thanks(deps, notice);
  return deps.proactive.send(place, cardActivity(card, language));
}

/** The newest reference of the conversation; otherwise the reference of the report. */
async function placeOf(
  { references }: ReportPostDeps,
  { to, report, purpose }: Notice,
): Promise<Conversation | undefined> {
  const { channelId, conversationId } = to;
  const base = conversationId.split(';messageid=')[0] ?? '';
  const known = (await references.list({ channelId, conversationId: base })).at(-1)?.reference;
  const reference = known ?? (purpose === 'thanks' ? report.reference : undefined);
  return reference && { conversationId, reference };
}

async function taskCard(
  deps: ReportPostDeps,
  { report, to }: Notice,
  place: Conversation,
): Promise<ReaderCard> {
  const { services, reports, defaultLanguage } = deps;
  const { locale } = place.reference as { locale?: unknown };
  const spoken = typeof locale === 'string' ? languageFor(locale) : undefined;
  const language = (await deps.languageOf(to.userId)) ?? spoken ?? defaultLanguage;
  const open = (await reports.about(report.about)).filter(({ settled }) => !settled);
  const data = reportedContact(report.about, open, services);
  const ctx = contextFor(services, { language, host: 'teams', asker: 'partner' });
  return { card: reportContactCard(data, ctx), language: ctx.language };
}

function thanks({ services }: ReportPostDeps, { report, to }: Notice): ReaderCard {
  const { language, asker } = report.reporter;
  const host = to.channelId === 'msteams' ? 'teams' : 'web';
  const settlement = report.settled ?? { kind: 'changed', at: report.at, by: '', note: '' };
  const ctx = contextFor(services, { language, host, asker });
  const data = thanksOf(report, settlement, services, ctx.language);
  return { card: thanksCard(data, ctx), language: ctx.language };
}

function contextFor(
  { signer, now, mailLink, profile }: DeskServices,
  reader: { readonly language: Language; readonly host: RenderContext['host']; readonly asker: Asker },
): RenderContext {
  const language = offeredLanguage(languagesOf(profile()), reader.language);
  return {
    ...reader,
    language,
    text: textIn(language, reader.asker),
    signer,
    step: 'reports',
    now: now(),
    mailLink,
  };
}

/** Staff who have a personal chat with the bot and are administrators now, each once. */
export async function administratorsOf(
  references: Pick<ReferenceStore, 'list'>,
  gates: Gates,
): Promise<Administrators> {
  const chats = new Map<string, ChatAddress>();
  let sure = true;
  for (const { channelId, conversationId, userId, reference } of await references.list({
    channelId: 'msteams',
  })) {
    if (userId === '') continue;
    const { user } = reference as { user?: { aadObjectId?: unknown } };
    const id = typeof user?.aadObjectId === 'string' ? user.aadObjectId : undefined;
    const decided = await gates.admins(await gates.staff('partner', id), id);
    if (decided.admin) chats.set(userId, { channelId, conversationId, userId });
    if (decided.reason === 'unavailable') sure = false;
  }
  return { chats: [...chats.values()], sure };
}
