/** One reported contact for an administrator: its values, the reports, and how to settle them. */
import { DESK_NAMES } from '../../core/directory/profile-parts.js';
import type { Contact } from '../../core/directory/types.js';
import { contactKindOf, type ContactAbout } from '../../core/services/reports/contact-about.js';
import { MAX_NOTE, type ContactReport, type Settlement } from '../../core/services/reports/report-contact.js';
import { clickAction } from '../kit/buttons.js';
import { box, type Element, exactLine, heading, labelled, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { LIMITS, phoneText, plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { longDate } from '../answer/verified.js';

export interface ReportContactData {
  readonly about: ContactAbout;
  /** The owner's name. */
  readonly name: string;
  /** The contact as it is now; absent when it no longer exists. */
  readonly contact: Contact | undefined;
  /** Oldest first. */
  readonly reports: readonly ContactReport[];
  readonly people: number;
  /** The error of the last click. */
  readonly hint?: 'no-note';
  /** Present when the reports are settled. */
  readonly settled?: Settlement & {
    /** The administrator's name, where it is known; never an id. */
    readonly byName?: string;
    /** True: this click settled the reports, and no earlier one. */
    readonly now: boolean;
  };
}

/** Name of the form field, read back from the click. */
export const RIGHT_FIELD = 'rightNote';
const MOST_REPORTS = 6;
const DETAILS = ['name', 'email', 'phone', 'url', 'upn', 'hours'] as const;

export function reportContactCard(data: ReportContactData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'reports.contact.title', { what: reportedTitle(data, ctx) });
  const body = stateSaid(data, ctx);
  const contact = contactLines(data.contact, ctx);
  const said = data.reports.slice(-MOST_REPORTS).map((report) => reportLines(report, ctx));
  const details: readonly Element[] = [
    heading(ctx.text('reports.contact.now')),
    box(
      contact.map(({ label, value }) => exactLine(label, value)),
      { style: 'emphasis' },
    ),
    heading(ctx.text('reports.contact.said')),
    ...said.flatMap(({ line, note }) => [
      textBlock(line.card, { spacing: 'small' }),
      ...(note === '' ? [] : [exactLine(ctx.text('reports.contact.note'), note)]),
    ]),
  ];
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: actionsOf(data, ctx) },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      contact.map(({ label, value }) => labelled(label, value)).join('\n'),
      said.map(({ line, note }) => (note === '' ? line.plain : `${line.plain} ${note}`)).join('\n'),
    ]),
  };
}

/** `Fabrikam – customer support`. */
export function reportedTitle(
  one: { readonly name: string; readonly about: ContactAbout },
  ctx: RenderContext,
): string {
  const name = plainText(one.name, LIMITS.name) || ctx.text('wrong.somebody');
  return ctx.text('wrong.choice', { name, way: ctx.text(`way.${one.about.way}`) });
}

function stateSaid({ settled, people, hint, about }: ReportContactData, ctx: RenderContext): Sentence {
  if (hint) return say(ctx, `reports.contact.${hint}`);
  if (!settled)
    return say(ctx, isPage(about) ? 'reports.contact.open.page' : 'reports.contact.open', { people });
  const date = dateOf(settled.at, ctx);
  const name = settled.byName ?? ctx.text('reports.an-admin');
  if (settled.kind !== 'right') return say(ctx, `reports.settled.${settled.kind}`, { date });
  return say(ctx, settled.now ? 'reports.settled.right.now' : 'reports.settled.right.before', { name, date });
}

function isPage({ key, way }: ContactAbout): boolean {
  return contactKindOf(way) === undefined && !key.startsWith('desk:');
}

function contactLines(contact: Contact | undefined, ctx: RenderContext) {
  const lines = DETAILS.flatMap((field) => {
    const given = contact?.[field];
    const value =
      field === 'phone' ? phoneText(given) : plainText(given, field === 'url' ? LIMITS.url : LIMITS.contact);
    return value === '' ? [] : [{ label: ctx.text(`contact.${field}`), value }];
  });
  const dead = contact?.deadSince;
  const since =
    dead === undefined
      ? []
      : [{ label: ctx.text('reports.contact.dead'), value: longDate(dead, ctx.language) ?? '' }];
  const all = [...lines, ...since];
  return all.length > 0 ? all : [{ label: ctx.text('reports.contact.gone'), value: '' }];
}

function reportLines(
  { at, reason, note, reporter }: ContactReport,
  ctx: RenderContext,
): { line: Sentence; note: string } {
  const values = {
    date: dateOf(at, ctx),
    reason: ctx.text(`wrong.reason.${reason}`),
    asker: ctx.text(`reports.asker.${reporter.asker}`),
  };
  return { line: say(ctx, 'reports.contact.line', values), note: plainText(note) };
}

function dateOf(at: number, ctx: RenderContext): string {
  return longDate(new Date(at).toISOString(), ctx.language) ?? '';
}

function actionsOf({ about, settled }: ReportContactData, ctx: RenderContext): readonly Element[] {
  const list = clickAction({ verb: 'reports-list' }, ctx.text('reports.button.list'), ctx);
  if (settled) return [list];
  return [...correctAction(about, ctx), rightForm(about, ctx), list];
}

/** Leads to the directory's form. The data of pages is corrected at their source. */
function correctAction({ key, way }: ContactAbout, ctx: RenderContext): readonly Element[] {
  const kind = contactKindOf(way);
  const desk = DESK_NAMES.find((one) => key === `desk:${one}`);
  const title = ctx.text('reports.button.correct');
  if (kind) return [clickAction({ verb: 'upkeep-form', key, kind }, title, ctx)];
  return desk ? [clickAction({ verb: 'upkeep-part', part: { kind: 'desk', desk } }, title, ctx)] : [];
}

function rightForm(about: ContactAbout, ctx: RenderContext): Element {
  const title = ctx.text('reports.button.right');
  const label = ctx.text('reports.field.right');
  const body = [{ type: 'Input.Text', id: RIGHT_FIELD, label, isMultiline: true, maxLength: MAX_NOTE }];
  const action: CardAction = { verb: 'reports-right', about };
  const actions = [clickAction(action, ctx.text('reports.button.right.send'), ctx)];
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', version: '1.5', body, actions } };
}
