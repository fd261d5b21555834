/** Builds the current cards of both sides of a hand-over. */
import type { Issue, Language, Party } from '../../core/terms.js';
import { wantsPerson } from '../../core/understanding/wishes.js';
import { isTyped } from '../../locales/commands.js';
import { offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { handoverStaffCard, type HandoverStaffData } from '../../cards/handover/handover-staff-card.js';
import { handoverVisitorCard } from '../../cards/handover/handover-visitor-card.js';
import { languagesOf, type Desk } from '../../core/directory/profile.js';
import type { Entry, Handover, HandoverTopic, StaffChannel } from '../../core/handover/types.js';
import { dutyOf } from '../../core/policy/modifiers.js';
import { directoryFor, profileFor, type DeskServices } from '../shared/services.js';
import type { HandoverServices } from './handover-services.js';

const WORDS = {
  talk: 'command.talk',
  here: 'command.hand-over-here',
  off: 'command.hand-over-off',
  take: 'handover.word.take',
  close: 'handover.word.close',
} as const;

/** True when the text is this wish; for the wish to speak with a person, in any words. */
export function asksTo(wish: keyof typeof WORDS, text: string): boolean {
  if (wish === 'talk' && wantsPerson(text)) return true;
  return isTyped(WORDS[wish], text);
}

/** Cards of hand-overs belong to no question. */
export const HANDOVER_STEP = 'handover';
/** The number of messages on a staff card. */
const TAIL = 4;

type Services = Pick<DeskServices, 'view' | 'profile' | 'signer' | 'now' | 'mailLink'>;

/** The partner's desk that an issue belongs to. */
export function deskFor(issue: Issue | null, { profile }: Pick<Services, 'profile'>): Desk {
  return profile().desks[issue === null ? 'technical' : dutyOf(issue)];
}

/** The card for staff. */
export async function staffCard(
  handover: Handover,
  channel: Pick<StaffChannel, 'kind' | 'language' | 'zone'>,
  services: Services,
  { handoverDeps, people }: HandoverServices,
  problem?: HandoverStaffData['problem'],
): Promise<RenderedCard> {
  const tail = await handoverDeps.store.tail(handover.id, TAIL);
  const ctx = staffContext(channel, services);
  const data = {
    handover: { ...handover, topic: topicFor(handover.topic, services, ctx.language) },
    partnerName: profileFor(services, ctx.language).name,
    person: await people.namesOf(staffOf(handover, tail.entries)),
    entries: tail.entries,
    stuck: tail.stuck.visitor,
    zone: channel.zone,
    kind: channel.kind,
    problem,
  };
  return handoverStaffCard(data, ctx);
}

/** The card for the visitor. */
export async function visitorCard(
  handover: Handover,
  services: Services,
  { handoverDeps, people, keepDays, staffChannel }: HandoverServices,
): Promise<RenderedCard> {
  const { stuck } = await handoverDeps.store.tail(handover.id, 0);
  const ctx = visitorContext(handover, services, staffChannel() !== undefined);
  const data = {
    handover,
    partnerName: profileFor(services, ctx.language).name,
    person: await people.namesOf(staffOf(handover, [])),
    hours: deskFor(handover.topic.issue, services).hours,
    keepDays,
    stuck: stuck.staff,
  };
  return handoverVisitorCard(data, ctx);
}

/** The stored names in the language of the staff's channel, as long as they are the present plain names. */
function topicFor(topic: HandoverTopic, services: Services, language: Language): HandoverTopic {
  const [plain, shown] = [services.profile(), profileFor(services, language)];
  const known: readonly (readonly [Party, string | undefined, string | undefined])[] = [
    ['partner', plain.name, shown.name],
    ['provider', plain.provider?.name, shown.provider?.name],
  ];
  const named = <P extends { readonly party: Party; readonly name: string }>(one: P): P => {
    const found = known.find(([party, name]) => party === one.party && name === one.name)?.[2];
    return found === undefined ? one : { ...one, name: found };
  };
  const { offerId = '', responsible } = topic;
  const isPresent = services.view().directory.offers.get(offerId)?.name === topic.offerName;
  const offer = isPresent ? directoryFor(services, language).offers.get(offerId) : undefined;
  return {
    ...topic,
    offerName: offer?.name ?? topic.offerName,
    responsible: responsible && named(responsible),
    named: topic.named.map(named),
  };
}

function staffOf({ takenBy }: Handover, entries: readonly Entry[]): readonly string[] {
  return [takenBy, ...entries.map((entry) => entry.by)].filter((id) => id !== null);
}

export function staffContext(channel: Pick<StaffChannel, 'language'>, services: Services): RenderContext {
  const language = offeredLanguage(languagesOf(services.profile()), channel.language);
  return { ...contextOf(services), text: textIn(language), language, host: 'teams', asker: 'partner' };
}

export function visitorContext(
  { visitor: { language: chosen, zone } }: Handover,
  services: Services,
  talk: boolean,
): RenderContext {
  const language = offeredLanguage(languagesOf(services.profile()), chosen);
  const zoned = zone === '' ? {} : { zone };
  return {
    ...contextOf(services),
    ...zoned,
    text: textIn(language, 'customer'),
    language,
    host: 'web',
    asker: 'customer',
    talk,
  };
}

function contextOf({ signer, now, mailLink }: Services) {
  return { signer, step: HANDOVER_STEP, now: now(), mailLink };
}
