/** Cases in the chat: "I wrote to them" on an answer, what became of it, and the list of open cases. */
import type { TurnContext } from 'botbuilder-core';
import { CASE_FIELDS, caseCard, type CaseNote } from '../../cards/cases/case-card.js';
import {
  caseListCard,
  caseSaidCard,
  teamCasesCard,
  type CaseAnswer,
} from '../../cards/cases/case-list-card.js';
import { isActionOf, type CaseAction } from '../../cards/kit/action-table.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { reportSaidCard } from '../../cards/reports/reporter-card.js';
import {
  CASE_SEVERITIES,
  MAX_CUSTOMER,
  nextPlace,
  present,
  type CaseChange,
  type CaseHolder,
  type ContactCase,
} from '../../core/services/cases/case.js';
import { changeCase, MOST_OPEN_CASES, openCase, openCaseOf } from '../../core/services/cases/keep-cases.js';
import { fieldOf, tenantOf } from '../outages/outage-turn.js';
import { takeReport } from '../reports/contact-reports.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { respond, respondText } from '../shared/side-response.js';
import { turnOf } from '../shared/turn.js';
import type { CaseServices } from './case-services.js';
import { askedLast, typedAnswer } from './typed-answer.js';
import { caseListAsked, shownCase, stopsOf } from './case-view.js';

/** Cards of cases belong to no question. */
const STEP = 'cases';
/** A manager sees the cases of the team after this time. */
const AGEING_MS = 2 * 86_400_000;

/** Handles a turn about cases; false leaves the turn to the next topic. */
export async function answerCase(context: TurnContext, services: DeskServices): Promise<boolean> {
  const { cases } = services;
  if (!cases) return false;
  const { input, asker, scope } = turnOf(context);
  const chat = new CaseChat(context, services, cases);
  if (input.kind === 'click' && isActionOf(input.action, 'case')) {
    await chat.click(input.action, input.step);
    return true;
  }
  if (input.kind === 'text' && scope === 'personal' && (await chat.typed(input.text))) return true;
  const asked = input.kind === 'text' ? caseListAsked(input.text) : undefined;
  if (asked === undefined || (asked === 'team' && asker !== 'partner')) return false;
  if (scope === 'personal') await (asked === 'list' ? chat.list() : chat.team());
  else await chat.tell('private-only');
  return true;
}

type OneCase = Exclude<CaseAction, { verb: 'case-open' | 'case-list' | 'case-team' }>;

class CaseChat {
  private readonly ctx;
  private readonly holder: CaseHolder;

  constructor(
    private readonly context: TurnContext,
    private readonly services: DeskServices,
    private readonly cases: CaseServices,
  ) {
    const turn = turnOf(context);
    const { channelId, conversation, from } = context.activity;
    this.ctx = renderContext(turn, services, STEP);
    this.holder = {
      channelId,
      conversationId: conversation.id,
      userId: from.id,
      tenantId: tenantOf(context),
      asker: turn.asker,
      language: turn.language,
      zone: turn.zone ?? '',
    };
  }

  async click(action: CaseAction, step: string): Promise<void> {
    if (turnOf(this.context).scope !== 'personal') return this.tell('private-only');
    switch (action.verb) {
      case 'case-open':
        return this.open(action, step);
      case 'case-list':
        return this.list();
      case 'case-team':
        return this.team();
      default:
        return this.change(action);
    }
  }

  /** True when the text answers the bot's last question. */
  async typed(text: string): Promise<boolean> {
    const { cases, holder, context } = this;
    const said = typedAnswer(text);
    if (said === undefined) return false;
    const open = await cases.store.openOf(holder, MOST_OPEN_CASES);
    const { repliedAt = 0 } = turnOf(context);
    const one = askedLast(open, repliedAt);
    if (one?.holder.asker !== holder.asker) return false;
    if (askedLast([one], await cases.toldAt(holder)) === undefined) return false;
    await this.changed(one, { kind: said }, said === 'answered' ? 'answered' : 'waiting');
    return true;
  }

  /** The answer stays. The case is a card below it, where the person can say more. */
  private async open(
    { steps, issue, offerId }: Extract<CaseAction, { verb: 'case-open' }>,
    step: string,
  ): Promise<void> {
    const { context, services, cases, holder } = this;
    const { from } = context.activity;
    const topic = { holder, issue, ...(offerId !== undefined && { offerId }) };
    const done = await openCase(cases, {
      ...topic,
      clickKey: [holder.channelId, holder.userId, step].join('|'),
      reference: cases.referenceOf(context.activity),
      managerId: holder.asker === 'partner' ? await cases.managerOf(from.aadObjectId) : null,
      stops: stopsOf(steps, topic, services),
    });
    if (holder.channelId === 'msteams') await cases.rememberName(holder.userId, from.name ?? '');
    services.log.info('cases.opened', { outcome: done.kind, issue });
    const isOpen = done.kind === 'opened' || done.kind === 'before';
    const card = isOpen ? this.card(done.one, 'opened') : caseSaidCard({ kind: done.kind }, this.ctx);
    if (context.activity.type === 'invoke') respondText(context, card.summary);
    await say(context, card);
  }

  async list(): Promise<void> {
    const { services, cases, holder, ctx } = this;
    const open = await cases.store.openOf(holder, MOST_OPEN_CASES);
    const shown = open
      .filter((one) => one.holder.asker === holder.asker)
      .map((one) => shownCase(one, services, ctx.now));
    const hasTeam = holder.asker === 'partner' && cases.knowsManagers;
    await this.answer(caseListCard({ cases: shown, hasTeam }, ctx));
  }

  /** Only people whose manager is the reader, as Microsoft Graph said when the case was opened. */
  async team(): Promise<void> {
    const { context, services, cases, holder, ctx } = this;
    const { aadObjectId } = context.activity.from;
    if (holder.asker !== 'partner' || !cases.knowsManagers || aadObjectId === undefined)
      return this.tell('no-team');
    const old = await cases.store.openOfTeam(aadObjectId, ctx.now - AGEING_MS, MOST_OPEN_CASES);
    const shown = await Promise.all(
      old.map(async (one) => ({
        ...shownCase(one, services, ctx.now),
        holder: await cases.nameOf(one.holder.userId),
      })),
    );
    await this.answer(teamCasesCard({ cases: shown }, ctx));
  }

  private async change(action: OneCase): Promise<void> {
    const one = await openCaseOf(this.cases.store, action.caseId, this.holder);
    // A person who was staff may be a customer now, and must not see what staff see.
    if (one?.holder.asker !== this.holder.asker) return this.tell('gone');
    switch (action.verb) {
      case 'case-show':
        return this.answer(this.card(one, 'open'));
      case 'case-answered':
        return this.changed(one, { kind: 'answered' }, 'answered');
      case 'case-not-yet':
        return this.changed(one, { kind: 'not-yet' }, 'waiting');
      case 'case-close':
        return this.changed(one, { kind: 'closed' }, 'closed');
      case 'case-save':
        return this.changed(one, this.edit(one), 'saved');
      case 'case-escalate':
        return this.changed(one, { kind: 'escalated' }, isLast(one) ? 'end-of-path' : 'escalated');
      case 'case-wrong':
        return this.wrong(one);
      case 'case-give':
        return this.give(one);
    }
  }

  private edit(one: ContactCase): CaseChange {
    const { context } = this;
    const given = fieldOf(context, CASE_FIELDS.severity);
    const severity = CASE_SEVERITIES.find((each) => each === given) ?? one.severity;
    const at = fieldOf(context, CASE_FIELDS.contact);
    const place = /^\d$/.test(at) ? Number(at) : present(one).place;
    return {
      kind: 'edited',
      severity,
      place,
      customer: fieldOf(context, CASE_FIELDS.customer, MAX_CUSTOMER),
    };
  }

  private async changed(
    one: ContactCase,
    change: CaseChange,
    note: CaseNote,
    person?: string,
  ): Promise<void> {
    const { cases, holder, services } = this;
    const done = await changeCase(cases, one.id, holder, change);
    services.log.info('cases.changed', { outcome: done.kind, change: change.kind });
    if (done.kind === 'gone') return this.tell('gone');
    await this.answer(this.card(done.one, note, person));
  }

  /** Reports the contact as the answer's form does, and goes on to the next one. */
  private async wrong(one: ContactCase): Promise<void> {
    const { context, services, ctx } = this;
    const { reports } = services;
    const { stop } = present(one);
    if (!reports) return this.changed(one, { kind: 'wrong' }, isLast(one) ? 'wrong-end' : 'escalated');
    const wasSeen = ({ mark }: { readonly mark: string }) => mark === stop.mark;
    const said = await takeReport(context, services, reports, { key: stop.key, way: stop.way, wasSeen });
    services.log.info('reports.reported', { outcome: said, way: stop.way });
    if (said === 'no-reason' || said === 'too-many')
      return this.answer(reportSaidCard({ kind: said }, ctx), false);
    await this.changed(one, { kind: 'wrong' }, isLast(one) ? 'wrong-end' : 'escalated');
  }

  private async give(one: ContactCase): Promise<void> {
    const { context, cases, holder } = this;
    if (holder.asker !== 'partner' || holder.channelId !== 'msteams') return this.tell('no-colleague');
    const found = await cases.colleagues(fieldOf(context, CASE_FIELDS.colleague));
    if (found.kind !== 'one') return this.tell(found.kind === 'none' ? 'no-colleague' : 'several-colleagues');
    await this.changed(one, { kind: 'given', to: found.to }, 'given-away', found.name);
    cases.wake();
  }

  private card(one: ContactCase, note: CaseNote, person?: string): RenderedCard {
    const { services, ctx } = this;
    return caseCard(
      { ...shownCase(one, services, ctx.now), note, ...(person !== undefined && { person }) },
      ctx,
    );
  }

  async tell(kind: CaseAnswer): Promise<void> {
    await this.answer(caseSaidCard({ kind }, this.ctx), false);
  }

  private answer(card: RenderedCard, lasting = true): Promise<void> {
    return respond(this.context, card, { lasting });
  }
}

const isLast = (one: ContactCase): boolean => nextPlace(one) === undefined;
