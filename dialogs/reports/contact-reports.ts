/** Reports of wrong contacts in the chat: anybody reports from an answer; administrators settle on the card. */
import type { TurnContext } from 'botbuilder-core';
import { isActionOf, type ReportAction } from '../../cards/kit/action-table.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { reportContactCard, RIGHT_FIELD } from '../../cards/reports/report-contact-card.js';
import { reportQueueCard } from '../../cards/reports/report-queue-card.js';
import { reportSaidCard, type ReportAnswer } from '../../cards/reports/reporter-card.js';
import { seenMark, WRONG_FIELDS } from '../../cards/reports/wrong-contact.js';
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import {
  MAX_NOTE,
  reportContact,
  settleReports,
  type Reported,
  type Reporter,
  type Settlement,
} from '../../core/services/reports/report-contact.js';
import { fieldOf } from '../outages/outage-turn.js';
import type { ReportServices } from './report-services.js';
import { asksForReports, markNow, queueOf, reportedContact } from './report-view.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { respond, respondText } from '../shared/side-response.js';
import { turnOf } from '../shared/turn.js';

/** Cards of reports belong to no question. */
const STEP = 'reports';
/** The most open reports in one look; nobody reads more. */
export const MOST_OPEN = 2_000;

/**
 * Handles a turn about reports; false leaves the turn to the next handler. Only staff have the command for the queue.
 */
export async function answerReport(context: TurnContext, services: DeskServices): Promise<boolean> {
  const { reports } = services;
  if (!reports) return false;
  const { input, asker } = turnOf(context);
  const chat = new ReportChat(context, services, reports);
  const action = input.kind === 'click' && isActionOf(input.action, 'report') ? input.action : undefined;
  if (action?.verb === 'report-contact') {
    await chat.report(action);
    return true;
  }
  const asked = input.kind === 'text' && asker === 'partner' && asksForReports(input.text);
  if (!action && !asked) return false;
  const { card, lasting } = await chat.administer(action ?? { verb: 'reports-list' });
  await respond(context, card, { lasting });
  return true;
}

/** Takes a report with the reason and the note of this click's form. */
export async function takeReport(
  context: TurnContext,
  services: DeskServices,
  reports: ReportServices,
  contact: Pick<ContactAbout, 'key' | 'way'> & { readonly wasSeen: (about: ContactAbout) => boolean },
): Promise<Reported['kind']> {
  const { key, way, wasSeen } = contact;
  const { store, newId } = reports;
  const { now, redact } = services;
  const desk = { store, newId, markNow: markNow(services), wasSeen, redact, now };
  const { kind } = await reportContact(desk, {
    key,
    way,
    reason: fieldOf(context, WRONG_FIELDS.reason),
    note: fieldOf(context, WRONG_FIELDS.note),
    reporter: reporterOf(context),
    reference: reports.referenceOf(context.activity),
  });
  if (kind === 'recorded') await reports.changed();
  return kind;
}

function reporterOf(context: TurnContext): Reporter {
  const { channelId, conversation, from } = context.activity;
  const { language, asker } = turnOf(context);
  return { channelId, conversationId: conversation.id, userId: from.id, language, asker };
}

type Administered = Exclude<ReportAction, { verb: 'report-contact' }>;

class ReportChat {
  private readonly ctx;

  constructor(
    private readonly context: TurnContext,
    private readonly services: DeskServices,
    private readonly reports: ReportServices,
  ) {
    this.ctx = renderContext(turnOf(context), services, STEP);
  }

  /** Takes a report from the form on an answer. The answer stays; in a group the others see nothing of it. */
  async report(action: Extract<ReportAction, { verb: 'report-contact' }>): Promise<void> {
    const { context, ctx } = this;
    const kind = await this.taken(action);
    const { scope } = turnOf(context);
    if (context.activity.type === 'invoke') respondText(context, ctx.text(`wrong.said.${kind}.title`));
    if (context.activity.type !== 'invoke' || scope === 'personal')
      await say(context, reportSaidCard({ kind }, ctx));
  }

  private async taken({
    contacts,
  }: Extract<ReportAction, { verb: 'report-contact' }>): Promise<ReportAnswer> {
    const { context, services, reports } = this;
    const which = fieldOf(context, WRONG_FIELDS.which);
    const chosen = contacts.length === 1 ? contacts[0] : contacts.find((_, at) => String(at) === which);
    if (!chosen) return 'no-reason';
    const { key, way, seen } = chosen;
    const { signer, log } = services;
    const wasSeen = (about: ContactAbout) => seenMark(about, signer) === seen;
    const kind = await takeReport(context, services, reports, { key, way, wasSeen });
    const reason = fieldOf(context, WRONG_FIELDS.reason);
    log.info('reports.reported', { outcome: kind, way, reason: kind === 'recorded' ? reason : undefined });
    return kind;
  }

  /** For administrators alone with the bot, because the card shows all data of a contact. */
  async administer(
    action: Administered,
  ): Promise<{ readonly card: RenderedCard; readonly lasting: boolean }> {
    const { admin, adminUnsure, scope } = turnOf(this.context);
    const why = !admin
      ? adminUnsure
        ? 'admin-unsure'
        : 'not-admin'
      : scope === 'personal'
        ? undefined
        : 'private-only';
    if (why) return { card: reportSaidCard({ kind: why }, this.ctx), lasting: false };
    return { card: await this.allowed(action), lasting: true };
  }

  private async allowed(action: Administered): Promise<RenderedCard> {
    switch (action.verb) {
      case 'reports-list':
        return this.queue();
      case 'reports-show':
        return this.show(action.about);
      case 'reports-right':
        return this.right(action.about);
    }
  }

  private async queue(): Promise<RenderedCard> {
    await this.reports.settleChanged();
    const open = await this.reports.store.open(MOST_OPEN);
    return reportQueueCard({ contacts: queueOf(open, this.services) }, this.ctx);
  }

  private async show(about: ContactAbout, hint?: 'no-note'): Promise<RenderedCard> {
    await this.reports.settleChanged();
    const reports = await this.reports.store.about(about);
    const open = reports.filter(({ settled }) => !settled);
    if (open.length > 0)
      return reportContactCard({ ...reportedContact(about, open, this.services), hint }, this.ctx);
    const last = reports
      .flatMap(({ settled }) => settled ?? [])
      .sort((a, b) => a.at - b.at)
      .at(-1);
    return last ? this.settledCard(about, last, false) : this.queue();
  }

  private async right(about: ContactAbout): Promise<RenderedCard> {
    const { context, services, reports } = this;
    const note = services.redact(fieldOf(context, RIGHT_FIELD).slice(0, MAX_NOTE));
    if (note === '') return this.show(about, 'no-note');
    await reports.settleChanged();
    const { id, name } = context.activity.from;
    await services.outages?.people.remember(id, name ?? '');
    const settlement: Settlement = { kind: 'right', at: services.now(), by: id, note };
    const done = await settleReports(reports.store, about, settlement);
    if (done.kind === 'unknown') return this.queue();
    if (done.kind === 'was-settled') return this.settledCard(about, done.settlement, false);
    await reports.changed();
    services.log.info('reports.settled', { how: 'right', way: about.way, reports: done.reports.length });
    return this.settledCard(about, settlement, true);
  }

  private async settledCard(
    about: ContactAbout,
    settlement: Settlement,
    now: boolean,
  ): Promise<RenderedCard> {
    const { services, reports, ctx } = this;
    const all = await reports.store.about(about);
    const names = await services.outages?.people.namesOf([settlement.by]);
    const name = names?.(settlement.by);
    const byName = name === undefined || name === settlement.by ? undefined : name;
    const settled = { ...settlement, now, ...(byName !== undefined && { byName }) };
    return reportContactCard(reportedContact(about, all, services, settled), ctx);
  }
}
