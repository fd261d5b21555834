/** Several offers or publishers an administrator may have meant. */
import { renderChoices } from '../choices/choice-card.js';
import { plainText } from '../kit/safe-text.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { plainAction } from './admin-form.js';
import { named } from './admin-words.js';

export interface AdminFoundData {
  readonly asked: string;
  /** `offer:<id>` or `publisher:<id>`, with what to call it. */
  readonly found: readonly { readonly key: string; readonly name: string; readonly detail: string }[];
}

/** Rows one card shows. */
const MOST_FOUND = 8;

export function adminFoundCard({ asked, found }: AdminFoundData, ctx: RenderContext): RenderedCard {
  const rows = found.slice(0, MOST_FOUND).map(({ key, name, detail }) => ({
    action: { verb: 'upkeep-open', key } as const,
    label: named(name, key),
    ...(plainText(detail) === '' ? {} : { detail }),
  }));
  const title = say(ctx, 'admin.found.title', { asked });
  const actions = [plainAction({ verb: 'upkeep-menu' }, ctx.text('admin.button.menu'), ctx)];
  return renderChoices({ title, groups: [{ rows }], actions }, ctx);
}
