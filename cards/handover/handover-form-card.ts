/** Asks a visitor for a message to staff, and for an address in case the visitor leaves. Both are optional. */
import { clickAction } from '../kit/buttons.js';
import { type Element, textBlock } from '../kit/elements.js';
import { HANDOVER_FIELDS, whenSaid } from './handover-words.js';
import { plainLines, plainText } from '../kit/safe-text.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface HandoverFormData {
  readonly partnerName: string;
  /** Opening hours of the desk that answers, as `parseHours` reads them, or free text. */
  readonly hours?: string;
  /** The earlier answer did not help. */
  readonly notHelped: boolean;
  /** Why the input was refused, with the input. */
  readonly again?: {
    readonly why: 'bad-contact' | 'empty';
    readonly message: string;
    readonly contact: string;
  };
}

const LONGEST_MESSAGE = 1000;
const LONGEST_CONTACT = 254;

export function handoverFormCard(data: HandoverFormData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'handover.form.title', { partner: data.partnerName });
  const body = data.again ? say(ctx, `handover.form.${data.again.why}`) : say(ctx, 'handover.form.body');
  const when = whenSaid(data.hours, ctx);
  const why = say(ctx, 'handover.field.contact-why');
  const slots = {
    details: [textBlock(when.card, { spacing: 'small' }), ...fields(data, why, ctx)],
    actions: [
      clickAction(
        { verb: 'handover-send', notHelped: data.notHelped },
        ctx.text('handover.button.send'),
        ctx,
      ),
      clickAction({ verb: 'handover-dismiss' }, ctx.text('handover.button.dismiss'), ctx),
    ],
  };
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, slots),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, when.plain, why.plain]),
  };
}

/** The visitor's earlier input fills the fields again, so that the visitor can correct it. */
function fields({ again }: HandoverFormData, why: Sentence, ctx: RenderContext): readonly Element[] {
  const before = (text: string) => (text === '' ? {} : { value: text });
  const message = {
    type: 'Input.Text',
    id: HANDOVER_FIELDS.message,
    label: ctx.text('handover.field.message'),
    isMultiline: true,
    maxLength: LONGEST_MESSAGE,
    placeholder: ctx.text('handover.field.message-example'),
    ...before(plainLines(again?.message ?? '', LONGEST_MESSAGE)),
  };
  const contact = {
    type: 'Input.Text',
    id: HANDOVER_FIELDS.contact,
    label: ctx.text('handover.field.contact'),
    maxLength: LONGEST_CONTACT,
    placeholder: ctx.text('handover.field.contact-example'),
    ...before(plainText(again?.contact ?? '', LONGEST_CONTACT)),
  };
  return [message, contact, textBlock(why.card, { subtle: true, size: 'small', spacing: 'small' })];
}
