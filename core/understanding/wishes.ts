/** Recognises the wish to speak with a person, in any wording, in the languages people write in. */
import { AnyExpression } from '../lazy-expression.js';
import { fold, runs, withoutParticle, type Run } from '../text.js';
import { anyOf, sourcesOf } from '../word-patterns.js';
import { barePhrases, plainWords } from './plain-words.js';
import { isLaidOut } from './sentence-signs.js';
import talk from './small-talk.json' with { type: 'json' };
import words from './wish-words.json' with { type: 'json' };
import said from './wishes.json' with { type: 'json' };

/** A wish for a person may stand inside a longer message. */
const LONGEST_WISH = 400;

let wishes: AnyExpression | undefined;
let asksIfBot: AnyExpression | undefined;
/** "Whom should I talk to about …" is a question for the bot, not a wish for a person. */
let asksWhom: AnyExpression | undefined;

/** True when the writer wishes to speak with a person, in any words. */
export function wantsPerson(text: string): boolean {
  if (text.length > LONGEST_WISH) return false;
  const plain = plainWords(text, LONGEST_WISH);
  asksIfBot ??= new AnyExpression(sourcesOf(talk['are-you-a-bot']), 'u', 'whole');
  if (barePhrases(plain).some((one) => asksIfBot?.test(one))) return false;
  if (isWishAlone(text)) return true;
  asksWhom ??= new AnyExpression(sourcesOf(said.asks), 'u');
  if (asksWhom.test(plain)) return false;
  wishes ??= new AnyExpression(sourcesOf(said.wishes, { human: said.human }), 'u');
  return barePhrases(plain).some((one) => wishes?.test(one));
}

type Part = keyof typeof words;

type Vocabulary = Readonly<Record<Part | 'all', ReadonlySet<string>>>;
let vocabulary: Vocabulary | undefined;

/** The words of the file, folded as texts are. */
function wishWords(): Vocabulary {
  if (vocabulary) return vocabulary;
  const of = (part: Part) =>
    new Set(Object.values(words[part]).flatMap((list) => runs(fold(list, 4_000)).map((run) => run.text)));
  const parts = { enough: of('enough'), whom: of('whom'), reach: of('reach'), around: of('around') };
  vocabulary = { ...parts, all: new Set(Object.values(parts).flatMap((set) => [...set])) };
  return vocabulary;
}

/** "Who is the support contact?" asks for the contact of an offer. */
const NAMED_CONTACT = /\b(?:the|an?|my|support|first|right) contacts?\b/iu;
/** Names of a desk for customers. A customer alone is no desk. */
let service: RegExp | undefined;
/** A text with more words says more than the wish. */
const MOST_WORDS = 14;
const LONGEST_ALONE = 100;

/**
 * True when a short text has only words about reaching somebody: "who do I call", "is there a phone number". A text
 * that also names an offer or an issue is a question.
 */
function isWishAlone(text: string): boolean {
  if (text.length > LONGEST_ALONE || NAMED_CONTACT.test(text)) return false;
  const known = wishWords();
  service ??= new RegExp(anyOf(said.service), 'gu');
  const heard = runs(fold(text).replace(service, 'hotline'));
  if (heard.length === 0 || heard.length > MOST_WORDS) return false;
  if (!heard.every((run) => isKnown(run, known.all))) return false;
  const says = (part: Part) =>
    heard.some((run) =>
      run.spaceless ? [...known[part]].some((word) => run.text.includes(word)) : known[part].has(run.text),
    );
  return says('enough') || (says('whom') && says('reach'));
}

function isKnown({ text, spaceless }: Run, known: ReadonlySet<string>): boolean {
  if (known.has(text)) return true;
  return spaceless ? isLaidOut(text, known) : known.has(withoutParticle(text) ?? text);
}
