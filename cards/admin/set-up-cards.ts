/** The cards about the state of the desk: what is missing before it may answer, the form of a first profile, and the findings of doctor. */
import { QUESTIONS, type ProfileAnswers, type QuestionKey } from '../../core/directory/profile-draft.js';
import type { SetUpNeed } from '../../core/directory/profile.js';
import { exactLine, labelled, textBlock, type Element } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { clickAction } from '../kit/buttons.js';
import { oneLine, paragraphs, say, type Sentence } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { isHealthy, type Finding } from '../../core/findings.js';
import { type FormField, plainAction, renderForm } from './admin-form.js';
import { fieldName } from './admin-words.js';
import { profileInput } from './profile-input.js';

/** The command that an operator runs for each thing that is missing; an administrator reads it on the card. */
const COMMANDS: Readonly<Record<SetUpNeed, string>> = {
  profile: 'offer-desk profile init',
  directory: 'offer-desk directory import FILE',
  admins: 'OFFER_DESK_ADMINS',
};

/** The two ways to put a profile file into force. */
const PROFILE_WAYS = { bring: 'offer-desk profile import FILE', setting: 'OFFER_DESK_PROFILE' };

/** For an administrator: what is missing, and how to add it. */
export function setUpCard(
  { needs, sampleKept }: { readonly needs: readonly SetUpNeed[]; readonly sampleKept: boolean },
  ctx: RenderContext,
): RenderedCard {
  const title = say(ctx, 'set-up.title');
  const body = say(ctx, 'set-up.body');
  const steps = needs.map((need) =>
    say(ctx, `set-up.need.${need}`, { command: COMMANDS[need], ...PROFILE_WAYS }),
  );
  const lines = [
    ...steps,
    ...(sampleKept ? [say(ctx, 'set-up.sample')] : []),
    say(ctx, 'set-up.check', { command: 'offer-desk doctor' }),
  ];
  const details = lines.map((line) => textBlock(line.card, { spacing: 'small' }));
  const actions = [clickAction({ verb: 'set-up-form' }, ctx.text('set-up.button.form'), ctx)];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, lines.map((line) => `• ${line.plain}`).join('\n')]),
  };
}

export interface ProfileFormData {
  readonly typed: ProfileAnswers;
  readonly problem?:
    | { readonly kind: 'bad'; readonly questions: readonly QuestionKey[] }
    /** The administrator's own tenant is not among the tenants. */
    | { readonly kind: 'own-tenant' };
}

/** The form of the first profile: the questions of `profile init`. */
export function profileFormCard({ typed, problem }: ProfileFormData, ctx: RenderContext): RenderedCard {
  const body = say(ctx, problem ? `admin.problem.${problem.kind}` : 'set-up.form.body');
  const wrong = problem?.kind === 'bad' ? problem.questions : [];
  const fields = QUESTIONS.map((question) => questionField(question, typed, wrong, ctx));
  const actions = [
    clickAction({ verb: 'set-up-create' }, ctx.text('admin.button.save'), ctx),
    plainAction({ verb: 'set-up-menu' }, ctx.text('admin.button.back'), ctx),
  ];
  return renderForm({ title: say(ctx, 'set-up.form.title'), body, fields, actions }, ctx);
}

/** The values that a profile needs. A desk needs an email address or a phone number, so neither is required alone. */
const REQUIRED: ReadonlySet<QuestionKey> = new Set(['name', 'model', 'tenant', 'tier1']);

function questionField(
  { key, field }: (typeof QUESTIONS)[number],
  typed: ProfileAnswers,
  wrong: readonly QuestionKey[],
  ctx: RenderContext,
): FormField {
  const path = field === 'provider' ? 'provider.name' : field;
  const leaf = field === 'provider' ? 'providerName' : (field.split('.').at(-1) ?? field);
  return {
    id: key,
    label: fieldName(path, (id) => id, ctx),
    rule: ctx.text('set-up.rule.choose'),
    ...profileInput(leaf, typed[key] ?? '', ctx),
    required: REQUIRED.has(key),
    wrong: wrong.includes(key),
  };
}

/** The sentence after the profile was made; it names the command for a directory that is still empty. */
export function profileMade(
  { noDirectory }: { readonly noDirectory: boolean },
  ctx: RenderContext,
): Sentence {
  const command = COMMANDS.directory;
  return noDirectory ? say(ctx, 'set-up.done.no-directory', { command }) : say(ctx, 'set-up.done');
}

/** For all other people: no data of an unknown partner, and a reference for the operator. */
export function notSetUpCard(
  { reference }: { readonly reference: string },
  ctx: RenderContext,
): RenderedCard {
  const title = say(ctx, 'set-up.closed.title');
  const body = say(ctx, 'set-up.closed.body');
  const label = ctx.text('notice.reference');
  const shown = plainText(reference, 60);
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details: [exactLine(label, shown)] },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, labelled(label, shown)]),
  };
}

/** The most findings that the card shows; it counts the others. */
const MOST_SHOWN = 10;

export function doctorCard(
  { findings }: { readonly findings: readonly Finding[] },
  ctx: RenderContext,
): RenderedCard {
  const open = (['wrong', 'doubt'] as const).flatMap((verdict) =>
    findings.filter((one) => one.verdict === verdict),
  );
  const title = say(ctx, isHealthy(findings) ? 'doctor.healthy' : 'doctor.ill');
  const body = say(ctx, 'doctor.body', { open: open.length, fine: findings.length - open.length });
  const lines = open
    .slice(0, MOST_SHOWN)
    .map((one) => say(ctx, `doctor.${one.verdict}`, { what: one.what, mend: one.mend ?? '' }));
  const more =
    open.length > MOST_SHOWN
      ? [say(ctx, 'doctor.more', { count: open.length - MOST_SHOWN, command: 'offer-desk doctor' })]
      : [];
  const shown = [...lines, ...more];
  const details: readonly Element[] = shown.map((line) => textBlock(line.card, { spacing: 'small' }));
  const actions = [plainAction({ verb: 'upkeep-menu' }, ctx.text('admin.button.menu'), ctx)];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, shown.map((line) => `• ${line.plain}`).join('\n')]),
  };
}
