/** Names the kind of a reply's card, and the line that says what the bot understood, in any language of the product. */
import { ASKERS, ISSUES, type Issue, type Language } from '../../core/terms.js';
import { rawText, textIn } from '../../locales/text.js';
import { textOf, type Reply } from './desk.js';

/** The sentence of the locale that only this kind of card has; the first that fits wins. */
const KINDS: readonly (readonly [kind: string, key: string])[] = [
  ['several', 'several.title.two'],
  ['several', 'several.title.three'],
  ['next-contacts', 'not-helped.title'],
  ['ask-offer', 'ask-offer.title'],
  ['ask-offer', 'start.product'],
  ['offers', 'offers.title'],
  ['publishers', 'publishers.title'],
  ['unknown-offer', 'no-offer.title'],
  ['nearest-kinds', 'ask-back.title'],
  ['ask-kind', 'issues.title'],
  ['ask-kind', 'start.issue'],
  ['ask-channel', 'channel.title'],
  ['ask-hosting', 'hosting.title'],
  ['ask-refund', 'refund.title'],
  ['ask-country', 'country.title'],
  ['help', 'help.title'],
  ['welcome', 'welcome.title'],
  ['ask-language', 'language.title'],
  ['desk', 'handover.note.no-place.title'],
  ...(
    [
      'not-understood',
      'not-numbered',
      'greeting',
      'thanks',
      'goodbye',
      'agreed',
      'are-you-a-bot',
      'insult',
      'hesitation',
      'how-are-you',
      'are-you-there',
      'laughter',
      'cancelled',
      'nothing-to-cancel',
      'nothing-to-go-back',
      'language-set',
      'too-long',
      'request-recorded',
      'empty',
    ] as const
  ).map((kind) => [kind, `notice.${kind}.title`] as const),
  ['topics', 'topics.title'],
  ['answer', 'answer.do.contact'],
  ['answer', 'answer.do.yourself'],
  ['answer', 'answer.do.backed'],
  ['why', 'why.title'],
];

/** A line that is the sentence of the locale as any reader gets it, whatever stands in its placeholders. */
function lineOf(sentence: string): RegExp {
  const words = /\{asker, select, customer \{([^{}]*)\} other \{([^{}]*)\}\}/gu;
  const lines = ['$1', '$2'].map((word) =>
    sentence
      .replace(words, word)
      .split(/\{[^}]*\}/u)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`))
      .join('.*'),
  );
  return new RegExp(`^(?:${lines.join('|')})$`, 'mu');
}

/** The kind of the card; the text itself when no kind fits. */
export function kindOfCard(reply: Reply, language: Language): string {
  const text = plain(textOf(reply));
  const said = rawText(language);
  return (
    KINDS.find(([, key]) => lineOf(plain(said[key] ?? '(?!)')).test(text))?.[0] ??
    `other: ${text.slice(0, 200)}`
  );
}

function plain(text: string): string {
  return text.replace(/[*\\\u200b\u2066-\u2069]/gu, '');
}

/** The name of the issue as the text has it; as staff read it, when the text has none. */
function issueOn(text: string, issue: Issue, language: Language): string {
  const names = ASKERS.map((asker) => textIn(language, asker)(`issue.${issue}`));
  return names.find((name) => text.includes(name)) ?? textIn(language)(`issue.${issue}`);
}

/** True for the name of an issue's kind or topic. */
function isIssue(word: string): word is Issue {
  return (ISSUES as readonly string[]).includes(word);
}

/**
 * Why the card is not the expected one: `answer technical · Fabrikam CRM` names its kind, then the issue and the words
 * that the card holds. Undefined when it is.
 */
export function differs(reply: Reply, expected: string, language: Language): string | undefined {
  const [, kind = '', rest = ''] = /^(\S+)\s*(.*)$/u.exec(expected) ?? [];
  const seen = kindOfCard(reply, language);
  if (seen !== kind) return `a card “${seen}” in place of “${kind}”`;
  const text = plain(textOf(reply));
  const words = rest.split(' · ').map((word) => (isIssue(word) ? issueOn(text, word, language) : word));
  const [issue = '', offer] = words;
  const isQuestion = /^(?:answer|ask-)/u.test(kind) && isIssue(rest.split(' · ')[0] ?? '');
  const understood = offer === undefined ? issue : `${issue} · ${offer}`;
  const isUnderstood =
    !isQuestion ||
    offer === '…' ||
    text.split('\n').some((line) => line.endsWith(understood) || line.includes(`${understood} · `));
  const missing = isUnderstood ? words.find((word) => word !== '…' && !text.includes(word)) : understood;
  return missing === undefined ? undefined : `no “${missing}” on the card “${kind}”:\n${text.slice(0, 300)}`;
}
