/** One turn about outages: the person, the recipient, and the cards that answer. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { outageCard } from '../../cards/outages/outage-card.js';
import { outageDigestCard } from '../../cards/outages/outage-notice-cards.js';
import {
  outageMenuCard,
  type MenuPages,
  type OutageMenuData,
  type ShownSilence,
} from '../../cards/outages/outage-menu-card.js';
import { covers, type Silence } from '../../core/incident/audience.js';
import type { RecipientAbout } from '../../core/incident/ports.js';
import { digestOf } from '../../core/incident/quiet.js';
import { incidentTitle } from '../../cards/outages/outage-words.js';
import { type Incident, isPlanned, severityRank } from '../../core/incident/types.js';
import { type OutageServices, recipientOf } from './outage-turn.js';
import { directoryNames, followedTopic, outageData } from './outage-view.js';
import { renderContext } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { turnOf } from '../shared/turn.js';

/** Outage cards belong to no question. */
const STEP = 'outage';

export interface OutageTalk {
  readonly context: TurnContext;
  readonly services: DeskServices;
  readonly outages: OutageServices;
  readonly ctx: RenderContext;
  /** Stable id of the person who acts. */
  readonly by: string;
  /** The recipient of this turn: the person, or the group or channel. */
  readonly about: RecipientAbout;
}

export function openTalk(context: TurnContext, services: DeskServices, outages: OutageServices): OutageTalk {
  const ctx = renderContext(turnOf(context), services, STEP);
  return { context, services, outages, ctx, by: context.activity.from.id, about: recipientOf(context) };
}

/** Says that outages are not for this person, and nothing else. */
export function refusalCard({ ctx, about }: OutageTalk): RenderedCard {
  const none = { offer: () => '', publisher: () => '' };
  const nothing = { open: [], recipient: undefined, silences: [], names: none, zone: about.zone };
  return outageMenuCard({ ...nothing, done: 'staff-only', closed: true }, ctx);
}

/**
 * The menu. @param done the last action, as a locale key. @param suggested the offers to choose from. @param pages the
 * place in each list.
 */
export async function menuCard(
  talk: OutageTalk,
  done?: string,
  suggested?: OutageMenuData['suggested'],
  pages?: MenuPages,
): Promise<RenderedCard> {
  const { outages, services, ctx, about } = talk;
  const [known, open, own, weeklyAt] = await Promise.all([
    outages.recipients.byId(about.id),
    outages.receiveDeps.incidents.open(),
    ownSilences(talk),
    outages.weekly.dueAt(about.id),
  ]);
  const inOrder = <T extends { readonly what: Silence['what'] }>(list: readonly T[]) =>
    worstFirst(list, open, outages.receiveDeps);
  const recipient = known && { ...known, subscriptions: inOrder(known.subscriptions) };
  const silences = await Promise.all(inOrder(own).map((one) => shownSilence(one, open, talk)));
  const zone = about.zone === '' ? (known?.zone ?? '') : about.zone;
  const names = directoryNames(services, ctx.language);
  return outageMenuCard({ open, recipient, silences, weeklyAt, names, zone, done, suggested, pages }, ctx);
}

/** Topics with an open outage come first, the worst outage before the others; the rest keeps its order. */
function worstFirst<T extends { readonly what: Silence['what'] }>(
  list: readonly T[],
  open: readonly Incident[],
  facts: Parameters<typeof covers>[2],
): readonly T[] {
  const worst = new Map(
    list.map((one) => {
      const covered = open.filter((incident) => covers(one.what, incident, facts));
      return [one, Math.max(0, ...covered.map((incident) => severityRank(incident.severity) + 1))];
    }),
  );
  return [...list].sort((a, b) => (worst.get(b) ?? 0) - (worst.get(a) ?? 0));
}

/** The incident as this recipient sees it now, or the menu when it no longer exists. @param notice the last action. */
export async function incidentCard(
  talk: OutageTalk,
  incident: Incident | undefined,
  notice?: string,
): Promise<RenderedCard> {
  if (!incident) return menuCard(talk, 'gone');
  const { context, outages, services, about, ctx } = talk;
  const turn = turnOf(context);
  const shared = turn.scope !== 'personal';
  const [recipient, person, silences, ledger, others] = await Promise.all([
    outages.recipients.byId(about.id),
    outages.people.namesOf(incident.acts.map((act) => act.by)),
    ownSilences(talk),
    shared ? undefined : outages.ledger(incident.id),
    shared ? undefined : mayBeSame(incident, talk),
  ]);
  const topic = followedTopic(incident, recipient?.subscriptions ?? [], services);
  const data = outageData(incident, services, {
    asker: turn.asker,
    shared,
    subscribed: topic !== undefined && recipient?.optedOut === false,
    topic,
    silence: silences.find((one) => covers(one.what, incident, outages.receiveDeps)),
    zone: about.zone === '' ? (recipient?.zone ?? '') : about.zone,
    language: ctx.language,
    person,
    ledger,
    others,
    actions: true,
    notice,
  });
  return outageCard(data, ctx);
}

/** Other open incidents, those of the same offers and publishers first. Planned work and unconfirmed reports are left out. */
async function mayBeSame(incident: Incident, { outages }: OutageTalk): Promise<readonly Incident[]> {
  const near = (one: Incident): number =>
    one.affected.offers.some((id) => incident.affected.offers.includes(id)) ||
    one.affected.publishers.some((id) => incident.affected.publishers.includes(id))
      ? 0
      : 1;
  const open = await outages.receiveDeps.incidents.open();
  return open
    .filter((one) => one.id !== incident.id && !one.unconfirmed && !isPlanned(one.state))
    .sort((a, b) => near(a) - near(b) || b.startedAt - a.startedAt);
}

/** The next page of a digest: the incidents as they are now, with their order of the digest. */
export async function digestPage(talk: OutageTalk, incidentIds: readonly string[]): Promise<RenderedCard> {
  const { outages, about, ctx } = talk;
  const found = await Promise.all(incidentIds.map((id) => outages.receiveDeps.incidents.byId(id)));
  const digest = digestOf(
    about.id,
    found.filter((one) => one !== undefined),
  );
  if (!digest) return menuCard(talk, 'gone');
  const zone = about.zone === '' ? ((await outages.recipients.byId(about.id))?.zone ?? '') : about.zone;
  return outageDigestCard({ digest, zone }, ctx);
}

/** The recipient's active silences, the first to end first. */
export async function ownSilences({ outages, about }: OutageTalk): Promise<readonly Silence[]> {
  const active = await outages.silences.active(outages.receiveDeps.now());
  return active.filter((one) => one.readerId === about.id).sort((a, b) => a.until - b.until);
}

async function shownSilence(
  { id, what, reason, until }: Silence,
  open: readonly Incident[],
  { services, outages, ctx }: OutageTalk,
): Promise<ShownSilence> {
  const names = directoryNames(services, ctx.language);
  const named = async (): Promise<string> => {
    switch (what.kind) {
      case 'offer':
        return names.offer(what.offerId);
      case 'publisher':
        return ctx.text('outage.topic.publisher', { name: names.publisher(what.publisherId) });
      case 'everything':
        return ctx.text('outage.topic.everything');
      case 'incident': {
        const { incidentId } = what;
        const found =
          open.find((one) => one.id === incidentId) ?? (await outages.receiveDeps.incidents.byId(incidentId));
        return ctx.text('outage.menu.silence-of', {
          title: found ? incidentTitle(found, ctx.text) : incidentId,
        });
      }
    }
  };
  return { id, name: await named(), reason, until };
}
