/** The dialogs' memory between turns, and the helper that moves the question's state forward. */
import type { StatePropertyAccessor, TurnContext } from 'botbuilder-core';
import type { DialogState } from './sdk.js';
import type { Language } from '../../core/terms.js';
import { setAnsweredCard } from './side-response.js';
import type { Speech } from './speech.js';
import { turnOf } from './turn.js';
import { advance, freshState, stepId, type RouteState } from '../question/route-state.js';

/** The kept length of a customer's first words, in UTF-16 units. */
const LONGEST_ASKED = 300;

export interface Memory {
  readonly dialog: StatePropertyAccessor<DialogState>;
  readonly route: StatePropertyAccessor<RouteState>;
  /** What is known about the person's language. */
  readonly person: StatePropertyAccessor<Speech>;
  /** The language of what everybody in a channel reads. */
  readonly channelLanguage: StatePropertyAccessor<Language | undefined>;
}

/** Reads and writes the route state of one turn. */
export class RouteMemory {
  constructor(
    private readonly accessor: StatePropertyAccessor<RouteState>,
    private readonly newNonce: () => string,
    private readonly flow: () => string,
  ) {}

  /** The state as stored, or a fresh one. State of an unknown shape is dropped rather than trusted. */
  async get(context: TurnContext): Promise<RouteState> {
    const stored = await this.accessor.get(context);
    const known = stored && typeof stored.nonce === 'string' && Array.isArray(stored.order);
    return known ? stored : freshState(this.newNonce(), this.flow());
  }

  async set(context: TurnContext, state: RouteState): Promise<void> {
    await this.accessor.set(context, state);
  }

  /** Keeps a customer's first words in a question, in case the customer later asks for a person. */
  async heard(context: TurnContext, text: string): Promise<void> {
    const state = await this.get(context);
    if (turnOf(context).asker !== 'customer' || state.asked !== undefined) return;
    await this.set(context, { ...state, asked: text.slice(0, LONGEST_ASKED) });
  }

  /** Remembers which card was sent for the present step. */
  async shown(context: TurnContext, id: string | undefined, kind: 'question' | 'answer'): Promise<void> {
    const state = await this.get(context);
    if (state.card?.kind === 'question') setAnsweredCard(context, state.card.id);
    await this.set(context, { ...state, card: id === undefined ? undefined : { id, kind } });
  }

  /** The newest card belongs to no question any more; a question card folds. */
  async closed(context: TurnContext): Promise<void> {
    const { card, ...state } = await this.get(context);
    if (card?.kind === 'question') setAnsweredCard(context, card.id);
    await this.set(context, state);
  }

  /** Moves to the next card generation and returns the id for that card. */
  async nextStep(context: TurnContext): Promise<string> {
    const next = advance(await this.get(context));
    await this.set(context, next);
    return stepId(next);
  }
}
