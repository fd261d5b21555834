/** Short messages about hand-overs: why something was not done, and for a visitor how else to reach the partner. */
import type { Desk } from '../../core/directory/profile.js';
import { exactLine, labelled, type Element } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
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
  /** How to reach the partner instead. */
  readonly desk?: Desk;
}

/** A title, a sentence, and addresses letter for letter where there are some. */
export function handoverNoteCard(data: HandoverNoteData, ctx: RenderContext): RenderedCard {
  const values = { partner: data.partnerName };
  const title = say(ctx, `handover.note.${data.note}.title`, values);
  const body = say(ctx, `handover.note.${data.note}.body`, values);
  const lines = deskLines(data.desk, ctx);
  const details: readonly Element[] = lines.map(([label, value]) => exactLine(label, value));
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      lines.map(([label, value]) => labelled(label, value)).join('\n'),
    ]),
  };
}

function deskLines(desk: Desk | undefined, ctx: RenderContext): readonly (readonly [string, string])[] {
  const given = (['email', 'phone', 'url', 'hours'] as const).map(
    (field) => [ctx.text(`contact.${field}`), plainText(desk?.[field] ?? '', 254)] as const,
  );
  return given.filter(([, value]) => value !== '');
}
