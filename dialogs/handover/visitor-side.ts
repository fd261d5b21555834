/** The visitor's side of a hand-over in the chat: asking for a person, writing to staff, and going back to the bot. */
import { TurnContext } from 'botbuilder-core';
import { HANDOVER_FIELDS } from '../../cards/handover/handover-words.js';
import { plainName } from '../../cards/kit/safe-text.js';
import type { HandoverAction } from '../../cards/kit/action-table.js';
import { handoverFormCard, type HandoverFormData } from '../../cards/handover/handover-form-card.js';
import { handoverNoteCard } from '../../cards/handover/handover-note-card.js';
import { wantsPerson } from '../../core/understanding/wishes.js';
import { noticeCard } from '../../cards/kit/notice-card.js';
import { readContact } from '../../core/handover/visitor-contact.js';
import type { Handover, HandoverTopic, HandoverVisitor } from '../../core/handover/types.js';
import { askForPerson, endHandover, tellStaff, turnVisitor } from '../../core/services/handover/handover.js';
import { commandOf, languageNamed } from '../../locales/commands.js';
import { answerFor } from '../question/facts.js';
import type { HandoverServices } from './handover-services.js';
import { deskFor, HANDOVER_STEP, visitorCard, asksTo } from './handover-view.js';
import type { RouteMemory } from '../shared/memory.js';
import { fieldOf } from '../outages/outage-turn.js';
import type { RouteState } from '../question/route-state.js';
import { renderContext, say } from '../shared/send-card.js';
import { profileFor, type DeskServices } from '../shared/services.js';
import { respond } from '../shared/side-response.js';
import { turnOf, type Turn } from '../shared/turn.js';

export type VisitorAction = Extract<
  HandoverAction,
  { verb: 'handover-ask' | 'handover-send' | 'handover-dismiss' | 'handover-end' | 'handover-turn' }
>;

const HOUR_MS = 3_600_000;
/** The most requests of one conversation. */
const MOST_AN_HOUR = 5;

export class VisitorTalk {
  private readonly turn: Turn;

  constructor(
    private readonly context: TurnContext,
    private readonly services: DeskServices,
    private readonly handover: HandoverServices,
    private readonly route: Pick<RouteMemory, 'get'>,
  ) {
    this.turn = turnOf(context);
  }

  /** True when the words were for staff, or about the hand-over; false leaves them to the bot. */
  async hear(text: string): Promise<boolean> {
    const open = await this.open();
    const asksForPerson = asksTo('talk', text);
    if (!open) {
      if (asksForPerson && !this.ctx().talk) await this.handover.staffChannel.refresh();
      // When no staff can take the request, the bot names the desk and keeps its open question.
      const isForBot = !asksForPerson || (!this.ctx().talk && wantsPerson(text));
      if (!isForBot) await this.ask({ notHelped: false });
      return !isForBot;
    }
    if (asksForPerson) {
      await this.show(open);
      return true;
    }
    const command = commandOf(text)?.command;
    if (command === 'cancel') return this.end(open);
    if (command || languageNamed(text) || open.writesTo === 'bot') return false;
    const told = await tellStaff(this.handover.handoverDeps, open.id, text, this.key());
    return told.kind === 'done' || told.kind === 'repeated';
  }

  /** A visitor who continues the bot's questions sends the next messages to the bot, and the bot says so. */
  async pressedBot(): Promise<void> {
    const open = await this.open();
    if (open?.writesTo === 'staff') await this.turnTo(open, 'bot');
  }

  async click(action: VisitorAction): Promise<void> {
    const open = await this.open();
    switch (action.verb) {
      case 'handover-ask':
        return open ? this.show(open) : this.ask(action);
      case 'handover-send':
        return this.send(action.notHelped);
      case 'handover-dismiss':
        return respond(this.context, noticeCard({ kind: 'cancelled' }, this.ctx()));
      case 'handover-end':
      case 'handover-turn':
        // The data on a card is not proof: only the conversation's own hand-over is changed.
        if (open?.id !== action.handoverId) return this.note('gone');
        await (action.verb === 'handover-end' ? this.end(open) : this.turnTo(open, action.to));
    }
  }

  /** Only web conversations have hand-overs, because the bot can write to them as long as they are stored. */
  private open(): Promise<Handover | undefined> {
    const { channelId, conversation } = this.context.activity;
    if (this.turn.host !== 'web') return Promise.resolve(undefined);
    return this.handover.handoverDeps.store.openOf(channelId, conversation.id);
  }

  /** Repeated requests would fill the staff's channel. A visitor with an open hand-over only adds a message to it. */
  private async tooOften(): Promise<boolean> {
    const { store, now } = this.handover.handoverDeps;
    const { channelId, conversation } = this.context.activity;
    if (await this.open()) return false;
    return (await store.countSince(channelId, conversation.id, now() - HOUR_MS)) >= MOST_AN_HOUR;
  }

  private async ask({ notHelped }: { readonly notHelped: boolean }): Promise<void> {
    if (!this.ctx().talk) return this.note('no-place');
    return this.form({ notHelped });
  }

  private async form(more: Pick<HandoverFormData, 'notHelped' | 'again'>): Promise<void> {
    const issue = (await this.route.get(this.context)).issue ?? null;
    const { hours } = deskFor(issue, this.services);
    const data = {
      ...more,
      partnerName: this.partnerName(),
      ...(hours === undefined ? {} : { hours }),
    };
    return respond(this.context, handoverFormCard(data, this.ctx()));
  }

  private async send(notHelped: boolean): Promise<void> {
    if (!this.ctx().talk) return this.note('no-place');
    if (await this.tooOften()) return this.note('too-often');
    const message = fieldOf(this.context, HANDOVER_FIELDS.message);
    const given = fieldOf(this.context, HANDOVER_FIELDS.contact);
    const contact = readContact(given);
    const again = (why: 'bad-contact' | 'empty') =>
      this.form({ notHelped, again: { why, message, contact: given } });
    if (contact.kind === 'bad') return again('bad-contact');
    const state = await this.route.get(this.context);
    if (message === '' && !state.answered && (state.asked ?? '') === '') return again('empty');
    const topic = this.topic(state, {
      message,
      notHelped,
      contact: contact.kind === 'none' ? null : contact.contact,
    });
    const { handoverDeps } = this.handover;
    await askForPerson(handoverDeps, this.visitor(), topic, this.key());
    this.services.log.info('handover.asked', { contact: contact.kind, answered: state.answered, notHelped });
  }

  /** The question's data that staff need. */
  private topic(
    state: RouteState,
    said: Pick<HandoverTopic, 'message' | 'contact' | 'notHelped'>,
  ): HandoverTopic {
    const plain = { ...this.turn, language: undefined };
    const answer = state.answered && state.issue ? answerFor(state, this.services, plain) : undefined;
    const offer = state.offerId ? this.services.view().directory.offers.get(state.offerId) : undefined;
    const steps = answer ? [answer.first, ...answer.escalation] : [];
    return {
      ...said,
      question: state.asked ?? '',
      issue: state.issue ?? null,
      ...(offer && { offerId: offer.id }),
      offerName: offer?.name ?? null,
      purchase: state.channel === undefined || state.channel === 'unknown' ? null : state.channel,
      responsible: answer ? { party: answer.decision.responsible, name: answer.responsibleName } : null,
      named: steps
        .filter((step) => step.contact !== undefined)
        .map((step) => ({ party: step.step.party, name: step.partyName })),
    };
  }

  private visitor(): HandoverVisitor {
    const { activity } = this.context;
    return {
      channelId: activity.channelId,
      conversationId: activity.conversation.id,
      userId: activity.from.id,
      language: this.turn.language,
      zone: this.turn.zone ?? '',
      reference: { ...TurnContext.getConversationReference(activity), activityId: undefined },
    };
  }

  /** The card has the same words. The message is for a visitor who has scrolled on or uses a screen reader. */
  private async end({ id }: Handover): Promise<boolean> {
    const ended = await endHandover(this.handover.handoverDeps, id);
    if (ended.kind === 'done') await this.tell('handover.said.ended');
    return ended.kind === 'done';
  }

  private async turnTo(open: Handover, to: Handover['writesTo']): Promise<void> {
    const turned = await turnVisitor(this.handover.handoverDeps, open.id, to);
    if (turned.kind === 'refused' && turned.why !== 'already') return this.note('gone');
    await this.tell(`handover.writes.${to}`);
  }

  private async tell(key: string): Promise<void> {
    const text = this.turn.text(key, { partner: plainName(this.partnerName()) });
    await this.context.sendActivity({ type: 'message', text, textFormat: 'plain' });
  }

  private async show(open: Handover): Promise<void> {
    await say(this.context, await visitorCard(open, this.services, this.handover));
  }

  private async note(note: 'no-place' | 'gone' | 'too-often'): Promise<void> {
    const issue = (await this.route.get(this.context)).issue ?? null;
    const desk = note !== 'gone' ? { desk: deskFor(issue, this.services) } : {};
    const data = { note, partnerName: this.partnerName(), ...desk };
    return respond(this.context, handoverNoteCard(data, this.ctx()));
  }

  /** As this visitor reads it. */
  private partnerName(): string {
    return profileFor(this.services, this.turn.language).name;
  }

  private ctx() {
    return renderContext(this.turn, this.services, HANDOVER_STEP);
  }

  /** The same key when an activity is delivered again. */
  private key(): string {
    return `visitor|${this.context.activity.id ?? this.handover.handoverDeps.newId()}`;
  }
}
