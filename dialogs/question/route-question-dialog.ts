/** The main conversation as a waterfall: the offer, the kind of issue, further facts, the answer. */
import {
  ComponentDialog,
  WaterfallDialog,
  type DialogTurnResult,
  type WaterfallStepContext,
} from '../shared/sdk.js';
import { answerCard } from '../../cards/answer/answer-card.js';
import { withPresence } from '../shared/colleagues.js';
import { answerFor, needsOffer, openFacts } from './facts.js';
import { FACT, FactDialog, ISSUE, IssueDialog, OFFER, OfferDialog } from './question-dialogs.js';
import { answered as wasAnswered, countEvent } from '../insights/counting.js';
import type { RouteMemory } from '../shared/memory.js';
import { openOutagesOf, unreadableSinceOf } from './open-outages.js';
import { nextInQueue } from './route-state.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { noteRule, turnOf } from '../shared/turn.js';
export const ROUTE_QUESTION = 'route-question';
const MAIN = 'main';

/** Each step skips known facts, so a restart from the top asks only for missing ones. */
export class RouteQuestionDialog extends ComponentDialog {
  constructor(
    private readonly services: DeskServices,
    private readonly memory: RouteMemory,
  ) {
    super(ROUTE_QUESTION);
    this.addDialog(new OfferDialog(OFFER, services, memory));
    this.addDialog(new IssueDialog(ISSUE, services, memory));
    this.addDialog(new FactDialog(FACT, services, memory));
    this.addDialog(
      new WaterfallDialog(MAIN, [
        this.unsureStep.bind(this),
        this.offerStep.bind(this),
        this.issueStep.bind(this),
        this.factsStep.bind(this),
        this.answerStep.bind(this),
      ]),
    );
    this.initialDialogId = MAIN;
  }

  /** The kinds come first when the problem is unclear and the words name no offer. */
  private async unsureStep(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { offerId, offerView, issue, issueView } = await this.memory.get(step.context);
    const isUnsure = issue === undefined && (issueView?.kind === 'nearest' || issueView?.kind === 'all');
    const isOpen = offerView === undefined || offerView.kind === 'suggested';
    return isUnsure && offerId === undefined && isOpen ? step.beginDialog(ISSUE) : step.next();
  }

  private async offerStep(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const state = await this.memory.get(step.context);
    return needsOffer(state, this.services, turnOf(step.context)) ? step.beginDialog(OFFER) : step.next();
  }

  private async issueStep(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const state = await this.memory.get(step.context);
    return state.issue === undefined ? step.beginDialog(ISSUE) : step.next();
  }

  private async factsStep(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const state = await this.memory.get(step.context);
    const [open] = openFacts(state, this.services, turnOf(step.context));
    return open ? step.beginDialog(FACT, { open }) : step.next();
  }

  private async answerStep(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { context } = step;
    const turn = turnOf(context);
    const state = await this.memory.get(context);
    // One fact may open another, and words may take an answer back; the top skips all answered questions.
    const missing = state.issue === undefined || needsOffer(state, this.services, turn);
    if (missing || openFacts(state, this.services, turn).length > 0) return step.replaceDialog(MAIN);
    const answer = answerFor(state, this.services, turn);
    const id = await this.memory.nextStep(context);
    const { state: counted, event } = wasAnswered(await this.memory.get(context));
    await this.memory.set(context, { ...counted, answered: true });
    if (event) await countEvent(this.services, context, event, state);
    const [incidents, unreadableSince, shown] = await Promise.all([
      openOutagesOf(answer, this.services, turn),
      unreadableSinceOf(answer, this.services, turn),
      withPresence(answer, this.services, turn),
    ]);
    const next = nextInQueue(state);
    // The buttons of an answer stop working when the next question begins.
    const data = { answer: shown, incidents, unreadableSince, closed: next !== undefined };
    const card = answerCard(data, renderContext(turn, this.services, id));
    await this.memory.shown(context, await say(context, card, 'answer'), 'answer');
    if (answer.offer) void this.services.asked?.note(answer.offer.id);
    noteRule(context, answer.decision.ruleId);
    this.services.log.info('route.answered', {
      asker: turn.asker,
      issue: answer.facts.issue,
      rule: answer.decision.ruleId,
      responsible: answer.decision.responsible,
      offerKnown: answer.offer !== undefined,
    });
    if (!next) return step.endDialog();
    await this.memory.set(context, { ...next, step: (await this.memory.get(context)).step });
    return step.replaceDialog(MAIN);
  }
}
