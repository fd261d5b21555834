/** A question that repeats until it is answered: asks by a card, hears the words, and lets the subclass read them. */
import type { TurnContext } from 'botbuilder-core';
import {
  ComponentDialog,
  WaterfallDialog,
  type DialogTurnResult,
  type WaterfallStepContext,
} from '../shared/sdk.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { ASK, AskDialog } from './ask-dialog.js';
import type { RouteMemory } from '../shared/memory.js';
import type { RouteState } from './route-state.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { turnOf, type Heard } from '../shared/turn.js';
import type { Understood } from './understand.js';

const MAIN = 'main';

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

  /** The card that asks, for the state as it is. */
  protected abstract question(
    state: RouteState,
    ctx: RenderContext,
    options: O,
    context: TurnContext,
  ): RenderedCard;
  /** What the words do to the state. */
  protected abstract read(state: RouteState, text: string, context: TurnContext, options: O): Understood;
  /** True when there is nothing left to ask here. */
  protected abstract answered(state: RouteState, options: O): boolean;

  private async askStep(step: WaterfallStepContext<O>): Promise<DialogTurnResult> {
    const { context } = step;
    const state = await this.memory.get(context);
    const id = await this.memory.nextStep(context);
    const card = this.question(
      state,
      renderContext(turnOf(context), this.services, id),
      step.options,
      context,
    );
    await this.memory.shown(context, await say(context, card), 'question');
    return step.beginDialog(ASK);
  }

  private async hearStep(step: WaterfallStepContext<O>): Promise<DialogTurnResult> {
    const { context } = step;
    const heard = step.result as Heard;
    const state = await this.memory.get(context);
    const text = heard.kind === 'text' ? heard.text : '';
    const understood = this.read(state, text, context, step.options);
    await this.memory.set(context, understood.state);
    await recordMissing(this.services, understood, text, turnOf(context).language);
    return this.answered(understood.state, step.options)
      ? step.endDialog()
      : step.replaceDialog(MAIN, step.options);
  }
}

/** Counts what could not be matched; the store is given redacted text only. A failing count never costs an answer. */
export async function recordMissing(
  services: DeskServices,
  understood: Understood,
  text: string,
  language: string,
): Promise<void> {
  if (!understood.missing || text === '') return;
  try {
    await services.unanswered.record({
      at: services.now(),
      missing: understood.missing,
      text: services.redact(text),
      language,
    });
  } catch (error) {
    services.log.warn('unanswered.not-recorded', { error });
  }
}
