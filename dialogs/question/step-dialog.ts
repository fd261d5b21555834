/** A question that repeats until it is answered: shows a card and receives the words; the subclass reads them. */
import type { TurnContext } from 'botbuilder-core';
import {
  ComponentDialog,
  Dialog,
  WaterfallDialog,
  type DialogContext,
  type DialogTurnResult,
  type WaterfallStepContext,
} from '../shared/sdk.js';
import type { UnansweredEntry } from '../../core/ports.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import type { RouteMemory } from '../shared/memory.js';
import { noticeCard } from '../../cards/kit/notice-card.js';
import { readInSlices, understandingContext } from './understanding-context.js';
import { learnFrom, recordLessons } from './lessons.js';
import { stepId, type RouteState } from './route-state.js';
import { askedBack, countEvent } from '../insights/counting.js';
import { understandSpoken, type Prompt } from './spoken.js';
import { takeOwned } from './start.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { turnOf, type TurnInput } from '../shared/turn.js';
import type { Understood } from './understand.js';

const ASK = 'ask';
const MAIN = 'main';

/**
 * Waits for the next message of a person. It replaces the SDK's prompts: their number and choice recognisers
 * take seconds on long text, and they do not see card clicks that arrive as invokes.
 */
class AskDialog extends Dialog {
  constructor() {
    super(ASK);
  }

  override beginDialog(): Promise<DialogTurnResult> {
    return Promise.resolve(Dialog.EndOfTurn);
  }

  override continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return dc.endDialog(turnOf(dc.context).input);
  }
}

export abstract class StepDialog<O extends object = object> extends ComponentDialog<O> {
  constructor(
    id: string,
    protected readonly services: DeskServices,
    protected readonly memory: RouteMemory,
  ) {
    super(id);
    this.addDialog(new AskDialog());
    this.addDialog(new WaterfallDialog<O>(MAIN, [this.askStep.bind(this), this.hearStep.bind(this)]));
    this.initialDialogId = MAIN;
  }

  /** The card that asks, for the present state. */
  protected abstract question(
    state: RouteState,
    ctx: RenderContext,
    options: O,
    context: TurnContext,
  ): RenderedCard;
  /** The slot of this question. */
  protected abstract prompt(options: O): Prompt;
  /** True when this question is answered. */
  protected abstract answered(state: RouteState, options: O): boolean;

  /** The state that the card is made from; a subclass adds choices that the answer may name by number. */
  protected shown(state: RouteState, _context: TurnContext): RouteState {
    return state;
  }

  private async askStep(step: WaterfallStepContext<O>): Promise<DialogTurnResult> {
    const { context } = step;
    const { state, event } = askedBack(this.shown(await this.memory.get(context), context));
    if (event) await countEvent(this.services, context, event, state);
    await this.memory.set(context, state);
    const id = await this.memory.nextStep(context);
    const card = this.question(
      state,
      renderContext(turnOf(context), this.services, id),
      step.options,
      context,
    );
    await this.memory.shown(context, await say(context, card, 'question'), 'question');
    return step.beginDialog(ASK);
  }

  /** Says why the question comes again, so that no card repeats without a reason. */
  private async explain(context: TurnContext, kind: 'not-understood' | 'not-numbered'): Promise<void> {
    const id = stepId(await this.memory.get(context));
    await say(context, noticeCard({ kind }, renderContext(turnOf(context), this.services, id)));
  }

  private async hearStep(step: WaterfallStepContext<O>): Promise<DialogTurnResult> {
    const { context } = step;
    const heard = step.result as TurnInput;
    const state = await this.memory.get(context);
    const text = heard.kind === 'text' ? heard.text : '';
    const turn = turnOf(context);
    const prompt = this.prompt(step.options);
    const known = understandingContext(this.services, turn);
    const read = await readInSlices(known, (view) => understandSpoken(state, text, view, prompt));
    const owned = takeOwned(state, read.state, turn.owned);
    const said = text === '' ? undefined : { text: this.services.redact(text), chosen: read.chosen };
    const learnt = learnFrom(state, owned, said);
    const understood = { ...read, state: learnt.state };
    await this.memory.set(context, understood.state);
    await recordLessons(this.services, context, learnt.lessons);
    await recordMissing(this.services, understood, text, context);
    if (understood.problem) await this.explain(context, understood.problem);
    const isDone =
      this.answered(understood.state, step.options) ||
      isElsewhere(state, understood.state) ||
      (state.issue !== undefined && isBoughtOtherwise(state, understood.state));
    return isDone ? step.endDialog() : step.replaceDialog(MAIN, step.options);
  }
}

/** The words changed the offer or the issue, so that another question may come next. */
function isElsewhere(before: RouteState, after: RouteState): boolean {
  return before.offerId !== after.offerId || before.issue !== after.issue;
}

/** The words changed how the product was bought, so that other facts may be open. */
function isBoughtOtherwise(before: RouteState, after: RouteState): boolean {
  return before.channel !== after.channel || before.channelAmong !== after.channelAmong;
}

/** The language and the person, for an erasure. */
type AskedBy = Pick<UnansweredEntry, 'language' | 'asker'>;

export function askedBy(context: TurnContext): AskedBy {
  return { language: turnOf(context).language, asker: context.activity.from?.id };
}

/** Counts and records unmatched words. A failed record never prevents an answer. */
export async function recordMissing(
  services: DeskServices,
  understood: Understood,
  text: string,
  context: TurnContext,
): Promise<void> {
  if (!understood.missing || text === '') return;
  await countEvent(services, context, 'unanswered', understood.state);
  await keepMissing(services, understood, text, askedBy(context));
}

/** Records unmatched words for the administrators; the store gets redacted text only. */
export async function keepMissing(
  services: DeskServices,
  understood: Understood,
  text: string,
  by: AskedBy,
): Promise<void> {
  if (!understood.missing || text === '') return;
  try {
    await services.unanswered.record({
      at: services.now(),
      missing: understood.missing,
      text: services.redact(text),
      ...by,
    });
  } catch (error) {
    services.log.warn('unanswered.not-recorded', { error });
  }
}
