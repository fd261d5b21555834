/** The cards that open a conversation: welcome, start, help and the choice of language. */
import { LANGUAGES, languageName } from '../../core/terms.js';
import { clickAction, navigation, type ChoiceRow } from '../kit/buttons.js';
import type { GuideData, StartData, StartOutage, LanguageData, SpeechNews } from '../kit/card-data.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { type Block, box, type Element, listed, textBlock } from '../kit/elements.js';
import { plainName, safeText } from '../kit/safe-text.js';
import { incidentTitle } from '../outages/outage-words.js';
import { oneLine, say } from '../kit/sentence.js';
import { renderCard } from '../kit/render.js';
import type { CardAction } from '../kit/action-table.js';
import { renderGuide } from './guide.js';
import { type ChoiceCard, renderChoices } from './choice-card.js';
import { issueGroups } from './issue-cards.js';
import { offerRow } from './offer-cards.js';

/** Greets partner staff, a customer or a publisher. */
export function welcomeCard(data: GuideData, ctx: RenderContext): RenderedCard {
  const actions = [
    clickAction({ verb: 'other-offer' }, ctx.text('button.ask'), ctx),
    clickAction({ verb: 'help' }, ctx.text('button.help'), ctx),
    ...languageButtons(ctx),
  ];
  const keys = { titleKey: 'welcome.title', introKey: `welcome.intro.${ctx.asker}` };
  return renderGuide({ ...keys, data, points: [], actions }, ctx);
}

/** Asks for the product. Where the product is known, asks for the issue, with a button to name another product. */
export function startCard(data: StartData, ctx: RenderContext): RenderedCard {
  return renderChoices(data.known === undefined ? productQuestion(data, ctx) : issueQuestion(data, ctx), ctx);
}

function productQuestion(data: StartData, ctx: RenderContext): ChoiceCard {
  const any = data.offers.length > 0;
  return {
    top: outageBlock(data, ctx),
    understood: say(ctx, 'start.greeting', { partner: data.partnerName }),
    title: say(ctx, 'start.product'),
    intro: say(ctx, any ? 'start.how' : 'start.how-without-offers'),
    groups: [{ rows: [...data.offers.map((offer) => offerRow(offer, ctx)), billRow(ctx)] }],
    actions: [button({ verb: 'offer-none' }, 'button.without-offer', ctx), ...always(ctx)],
  };
}

function issueQuestion(data: StartData, ctx: RenderContext): ChoiceCard {
  return {
    top: outageBlock(data, ctx),
    understood: say(ctx, 'start.greeting', { partner: data.partnerName }),
    title: say(ctx, 'start.issue', { offer: data.known }),
    intro: say(ctx, 'issues.free-text'),
    groups: issueGroups(ctx),
    actions: [button({ verb: 'change', what: 'offer' }, 'button.change-offer', ctx), ...always(ctx)],
  };
}

/** The question that customers ask most, answered by one press. */
function billRow(ctx: RenderContext): ChoiceRow {
  return { action: { verb: 'ask-about', issue: 'billing' }, label: ctx.text('start.bill') };
}

/** Open outages, before everything else: many visitors come because of one. A press asks who handles it. */
function outageBlock({ outages = [], moreOutages = 0 }: StartData, ctx: RenderContext): Block {
  const shown = outages.map((outage) => outageSaid(outage, ctx));
  const more = moreOutages > 0 ? [ctx.text('outage.and-more', { count: moreOutages })] : [];
  return {
    elements: [
      ...shown.map(({ element }) => element),
      ...more.map((line) => textBlock(line, { subtle: true, size: 'small', spacing: 'small' })),
    ],
    lines: [...shown.map(({ line }) => line), ...more],
  };
}

function outageSaid({ incident, offer }: StartOutage, ctx: RenderContext) {
  const title = ctx.text('outage.title', { title: incidentTitle(incident, ctx.text) });
  const status = ctx.text('outage.status', {
    state: ctx.text(`outage.state.${incident.state}`),
    severity: ctx.text(`outage.severity.${incident.severity}`),
  });
  const detail = [...(offer ? [plainName(offer.name)] : []), status].join(' · ');
  const line = `${plainName(title)} – ${detail}`;
  const action: CardAction = { verb: 'ask-about', issue: 'outage', ...(offer && { offerId: offer.id }) };
  const element = box(
    [
      textBlock(safeText(title), { weight: 'bolder' }),
      textBlock(safeText(detail), { size: 'small', spacing: 'none' }),
    ],
    { style: 'attention', spacing: 'small', selectAction: clickAction(action, line, ctx) },
  );
  return { element, line };
}

function always(ctx: RenderContext): readonly Element[] {
  return [button({ verb: 'help' }, 'button.help', ctx), ...languageButtons(ctx)];
}

/** More languages than this stand behind one button. */
const MOST_LANGUAGES = 2;

/** A button for each other language, or one button for all of them. */
function languageButtons(ctx: RenderContext): readonly Element[] {
  const others = (ctx.languages ?? LANGUAGES).filter((language) => language !== ctx.language);
  if (others.length > MOST_LANGUAGES) return [button({ verb: 'language' }, 'button.languages', ctx)];
  return others.map((language) => clickAction({ verb: 'language', language }, languageName(language), ctx));
}

const button = (action: CardAction, key: string, ctx: RenderContext): Element =>
  clickAction(action, ctx.text(key), ctx);

/** Help by role: a customer sees nothing about actions that only partner staff may take. */
export function helpCard(data: GuideData, ctx: RenderContext): RenderedCard {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  const staff = ctx.asker === 'partner';
  const admin = staff && data.admin === true && data.place === undefined;
  const actions = [
    button({ verb: 'other-offer' }, 'button.ask'),
    button({ verb: 'restart' }, 'button.restart'),
    button({ verb: 'cancel' }, 'button.cancel'),
    ...(staff ? [button({ verb: 'outage-list' }, 'button.outages')] : []),
    ...(admin ? [button({ verb: 'upkeep-menu' }, 'button.admin')] : []),
  ];
  const points = [
    'help.find-offer',
    'help.find-issue',
    `help.get.${ctx.asker}`,
    ...(ctx.cases ? ['help.cases'] : []),
    ...(staff ? ['help.outages', 'help.insights'] : []),
    ...(admin ? ['help.admin'] : []),
    ...placeKey(data),
  ].map((key) => ctx.text(key));
  const keys = { titleKey: 'help.title', introKey: `help.intro.${ctx.asker}` };
  return renderGuide({ ...keys, data, points, actions }, ctx);
}

function placeKey({ place }: GuideData): readonly string[] {
  return place === undefined ? [] : [`help.${place}`];
}

/** Asks for the language of all later messages. */
export function languageCard({ refused }: LanguageData, ctx: RenderContext): RenderedCard {
  const rows = (ctx.languages ?? LANGUAGES).map((language) => ({
    action: { verb: 'language', language } as const,
    label: languageName(language),
    ...(language === ctx.language ? { detail: ctx.text('language.current') } : {}),
  }));
  return renderChoices(
    {
      ...(refused && {
        understood: say(ctx, 'language.not-offered', { language: languageName(refused) }),
      }),
      title: say(ctx, 'language.title'),
      groups: [{ rows }],
      actions: navigation(ctx, false),
    },
    ctx,
  );
}

/** Says once that the bot follows the person's language, with a way back, or which languages the desk has. */
export function speechCard(news: SpeechNews, ctx: RenderContext): RenderedCard {
  const said =
    news.kind === 'heard' ? say(ctx, 'language.heard') : say(ctx, 'language.offered', offered(news.tag, ctx));
  const actions =
    news.kind === 'heard'
      ? [clickAction({ verb: 'language', language: news.before }, languageName(news.before), ctx)]
      : [];
  return {
    card: renderCard('notice', ctx.language, { title: said.card, body: '' }, { actions }),
    summary: oneLine(said.plain),
    text: said.plain,
  };
}

function offered(tag: string, ctx: RenderContext): { readonly language: string; readonly languages: string } {
  const languages = (ctx.languages ?? LANGUAGES).map(languageName);
  return { language: languageTitle(tag, ctx), languages: listed(languages, ctx.language) };
}

/** The name of any language, as the reader says it. */
const languageTitle = (tag: string, { language }: RenderContext): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
