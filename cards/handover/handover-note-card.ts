/** Short messages about hand-overs: why the bot did not do something, and another way to reach the partner. */
import type { Desk } from '../../core/directory/profile.js';
import { reachable } from '../../core/services/answers/open-first.js';
import { contactActions } from '../answer/contact-actions.js';
import { hoursSaid, hoursWords } from '../answer/contact-state.js';
import { issueName, type Understood } from '../choices/guide.js';
import { exactLine, labelled, textBlock, type Element } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { phoneText, plainText } from '../kit/safe-text.js';
import { NOTHING, oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export type HandoverNote =
  | 'no-place' // nobody takes hand-overs here
  | 'too-often' // asked again and again
  | 'chosen' // hand-overs come here from now on
  | 'unchosen' // hand-overs come nowhere from now on
  | 'not-here' // a personal chat is no place for them
  | 'admin-only'
  | 'staff-only'
  | 'over' // it has ended: nobody reads what is written
  | 'taken' // a colleague has it
  | 'empty' // nothing to send
  | 'files' // files are not passed on
  | 'gone'; // not known any more

export interface HandoverNoteData {
  readonly note: HandoverNote;
  readonly partnerName: string;
  /** Another way to reach the partner. */
  readonly desk?: Desk;
  /** The person's question, for the prefilled mail. */
  readonly asked?: Understood;
}

/** A title, a sentence, and addresses letter for letter where there are some. */
export function handoverNoteCard(data: HandoverNoteData, ctx: RenderContext): RenderedCard {
  const values = { partner: data.partnerName };
  const title = say(ctx, `handover.note.${data.note}.title`, values);
  const body = say(ctx, `handover.note.${data.note}.body`, values);
  const lines = deskLines(data.desk, ctx);
  const state = hoursSaid(data.desk?.hours, ctx)?.said ?? NOTHING;
  const details: readonly Element[] = [
    ...(state.card === '' ? [] : [textBlock(state.card, { weight: 'bolder', spacing: 'small' })]),
    ...lines.map(([label, value]) => exactLine(label, value)),
  ];
  const actions = deskActions(data, ctx);
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      state.plain,
      lines.map(([label, value]) => labelled(label, value)).join('\n'),
    ]),
  };
}

/** Buttons to call and to write; the mail already has the question in it. */
function deskActions({ desk, asked = {} }: HandoverNoteData, ctx: RenderContext) {
  if (!desk) return [];
  const issue = asked.issue === undefined ? ctx.text('handover.note.any-issue') : issueName(asked.issue, ctx);
  return contactActions(reachable(desk, ctx.now), { issue, offer: asked.offerName }, ctx);
}

function deskLines(desk: Desk | undefined, ctx: RenderContext): readonly (readonly [string, string])[] {
  const shown = { ...desk, phone: phoneText(desk?.phone), hours: hoursWords(desk?.hours, ctx) };
  const given = (['phone', 'email', 'url', 'hours'] as const).map(
    (field) => [ctx.text(`contact.${field}`), plainText(shown[field] ?? '', 254)] as const,
  );
  return given.filter(([, value]) => value !== '');
}
