/** What other systems may ask the desk: HTTP and the MCP server give the same answers. */
import { answerCard } from '../../cards/answer/answer-card.js';
import { incidentTitle } from '../../cards/outages/outage-words.js';
import type { RenderContext } from '../../cards/kit/types.js';
import { languagesOf } from '../../core/directory/profile.js';
import { DeskError } from '../../core/errors.js';
import type { Incident } from '../../core/incident/types.js';
import type { ApiAudience } from '../../core/services/api/api-keys.js';
import type { Issue, Language } from '../../core/terms.js';
import { askOnce, type AskedResult, type MissingFact } from '../../dialogs/question/asked-once.js';
import { factInWords } from '../../dialogs/question/missing-fact.js';
import { openOutagesFor, openOutagesOf, unreadableSinceOf } from '../../dialogs/question/open-outages.js';
import type { RouteState } from '../../dialogs/question/route-state.js';
import { markNow } from '../../dialogs/reports/report-view.js';
import { renderContext } from '../../dialogs/shared/send-card.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { inTimeSlices } from '../../dialogs/shared/time-slices.js';
import { languageFor, offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import { issueName } from '../../cards/choices/guide.js';
import type { z } from 'zod';
import { answerBody } from './answer-body.js';
import { asData, DATA_NOTICE } from './as-data.js';
import { takeReport } from './contact-report.js';
import type {
  FACTS,
  OfferQuery,
  OffersFound,
  OutageQuery,
  OutagesOpen,
  ReportTaken,
  RouteAsked,
  RoutedBody,
  WrongContact,
} from './api.js';

/** The client on whose behalf the desk answers. */
export interface Caller {
  /** Names the client in reports of wrong contacts. */
  readonly id: string;
  readonly audience: ApiAudience;
}

export interface ApiDeskDeps {
  readonly services: DeskServices;
  readonly defaultLanguage: Language;
}

type Card = Readonly<Record<string, unknown>>;
type Asked = z.infer<typeof RouteAsked>;
type OfferShown = z.infer<typeof OffersFound>['offers'][number];
type OutageShown = z.infer<typeof OutagesOpen>['outages'][number];

const OFFERS = 10;
const FACT_NAMES: Readonly<Record<MissingFact, (typeof FACTS)[number]>> = {
  offer: 'offer',
  issue: 'issue',
  channel: 'channel',
  agreement: 'agreement',
  hosting: 'hosting',
  'refund-window': 'refundWindow',
  country: 'country',
};

export class ApiDesk {
  constructor(private readonly deps: ApiDeskDeps) {}

  /** Answers a question, or says what is missing. @throws DeskError `desk.not-set-up` */
  async route(
    asked: Asked,
    { audience: asker }: Caller,
  ): Promise<{ readonly body: RoutedBody; readonly card?: Card }> {
    const services = this.ready();
    const { language: tag, cardFor = 'web', refundWindow, ...rest } = asked;
    const language = this.languageOf(tag);
    const ctx = this.context(asker, language, cardFor);
    const refund = refundWindow === undefined ? {} : { refundOpen: refundWindow === 'open' };
    const result = await askOnce({ ...rest, ...refund }, services, { asker, language });
    const head = { notice: DATA_NOTICE, language, asker, ...(services.isSample?.() && { sample: true }) };
    if (result.kind !== 'answer') return { body: asData({ ...head, ...this.openBody(result, ctx) }) };
    const reader = { asker, scope: 'personal' } as const;
    const { answer } = result;
    const [incidents, unreadableSince] = await Promise.all([
      openOutagesOf(answer, services, reader),
      unreadableSinceOf(answer, services, reader),
    ]);
    const card = answerCard({ answer, closed: true, incidents, unreadableSince }, ctx);
    const outages = incidents.map((incident) => this.outageShown(incident, ctx));
    const body = asData({ ...head, ...answerBody(answer, ctx), ...textsOf(card), outages });
    return { body, card: card.card };
  }

  /** The offers that fit a text, best first. */
  async offers({ query, limit = OFFERS }: z.infer<typeof OfferQuery>): Promise<z.infer<typeof OffersFound>> {
    const { index } = this.ready().view();
    const hits = await inTimeSlices(index.slices.search(query, limit));
    const offers = hits.flatMap(({ offerId }) => this.offerShown(offerId) ?? []);
    return asData({ notice: DATA_NOTICE, offers });
  }

  /** The open outages that this client may see. Throws the store's errors. */
  async outages(
    { offer, language }: z.infer<typeof OutageQuery>,
    { audience: asker }: Caller,
  ): Promise<z.infer<typeof OutagesOpen>> {
    const services = this.ready();
    const open = services.outages ? await openOutagesFor(services.outages, { asker, scope: 'personal' }) : [];
    const ctx = this.context(asker, this.languageOf(language), 'web');
    const publisherId = services.view().directory.offers.get(offer ?? '')?.publisherId;
    const concerns = ({ affected }: Incident) =>
      offer === undefined ||
      affected.offers.includes(offer) ||
      (affected.offers.length === 0 &&
        publisherId !== undefined &&
        affected.publishers.includes(publisherId));
    const outages = open.filter(concerns).map((incident) => this.outageShown(incident, ctx));
    return asData({ notice: DATA_NOTICE, outages });
  }

  /** Takes a report that a contact is wrong. @throws DeskError `request.malformed` for a reference of no answer */
  async report(given: z.infer<typeof WrongContact>, caller: Caller): Promise<z.infer<typeof ReportTaken>> {
    const services = this.ready();
    const { reports, now, redact, log } = services;
    if (!reports) throw new DeskError('request.not-found', 'reports are not wired');
    const deps = { store: reports.store, newId: reports.newId, markNow: markNow(services), redact, now };
    const ctx = this.context(caller.audience, this.languageOf(given.language), 'web');
    const taken = await takeReport(given, caller, deps, ctx);
    if (taken.outcome === 'recorded') await reports.changed();
    log.info('reports.reported', { outcome: taken.outcome, reason: given.reason });
    return taken;
  }

  /** The context of sentences and cards for this reader, without anything of a conversation. */
  context(asker: ApiAudience, language: Language, host: RenderContext['host']): RenderContext {
    const reader = { asker, language, host, scope: 'personal', text: textIn(language, asker) } as const;
    return { ...renderContext(reader, this.deps.services, 'api'), talk: false };
  }

  /** The nearest language that the desk speaks. */
  languageOf(tag: string | undefined): Language {
    const { services, defaultLanguage } = this.deps;
    return offeredLanguage(languagesOf(services.profile()), languageFor(tag), defaultLanguage);
  }

  /** The services. @throws DeskError `desk.not-set-up` while the desk may not answer */
  ready(): DeskServices {
    const { services } = this.deps;
    if (services.setUp?.()) throw new DeskError('desk.not-set-up', 'there is no partner profile');
    return services;
  }

  private openBody(
    result: Exclude<AskedResult, { kind: 'answer' }>,
    ctx: RenderContext,
  ): Pick<RoutedBody, 'result' | 'missing' | 'questions' | 'issue' | 'offer'> {
    const named = (issue: Issue) => ({ id: issue, name: issueName(issue, ctx) });
    if (result.kind === 'several')
      return {
        result: 'several',
        questions: result.questions.map(({ issue, offerId }) => ({
          issue: named(issue),
          ...this.offerOf(offerId),
        })),
      };
    const { state, facts } = result;
    const view = this.deps.services.view();
    const missing = facts.map((fact) => ({
      fact: FACT_NAMES[fact],
      ...inWords(factInWords(fact, state, view, ctx)),
    }));
    const issue = state.issue && { issue: named(state.issue) };
    return { result: 'missing', ...issue, ...this.offerOf(understoodOffer(state)), missing };
  }

  private offerOf(offerId: string | undefined): { readonly offer?: OfferShown } {
    const offer = offerId === undefined ? undefined : this.offerShown(offerId);
    return offer ? { offer } : {};
  }

  private offerShown(offerId: string): OfferShown | undefined {
    const { offers, publishers } = this.deps.services.view().directory;
    const offer = offers.get(offerId);
    if (!offer) return undefined;
    const publisher = publishers.get(offer.publisherId)?.name ?? offer.publisherId;
    return { id: offer.id, name: offer.name, publisher, onSale: !offer.withdrawn };
  }

  private outageShown(incident: Incident, ctx: RenderContext): OutageShown {
    const { id, severity, state, startedAt, updatedAt, affected, unconfirmed } = incident;
    const offers = affected.offers.flatMap((offerId) => this.offerShown(offerId) ?? []);
    return {
      id,
      title: incidentTitle(incident, ctx.text),
      severity,
      state,
      startedAt: new Date(startedAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
      offers: offers.map(({ id: offerId, name }) => ({ id: offerId, name })),
      confirmed: unconfirmed === undefined,
    };
  }
}

function understoodOffer({ offerId }: RouteState): string | undefined {
  return offerId ?? undefined;
}

function inWords({ question, choices }: ReturnType<typeof factInWords>) {
  return { question, choices: choices.map((one) => ({ ...one })) };
}

function textsOf({ summary, text }: { readonly summary: string; readonly text: string }) {
  return { summary, text };
}
