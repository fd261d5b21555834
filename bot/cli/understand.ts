/** Prints `understand`: for each line of text the understood facts and the responsible party. No process, no I/O. */
import type { PartnerProfile } from '../../core/directory/profile.js';
import type { OfferHit, OfferIndex, OfferMatch } from '../../core/directory/search/types.js';
import type { Directory } from '../../core/directory/types.js';
import { decide } from '../../core/policy/decide.js';
import { partyLabel, type PartyLabel } from '../../core/policy/decision.js';
import { storeError } from '../../core/policy/store-errors.js';
import { textIn } from '../../locales/text.js';
import { routeFacts } from '../../core/services/answers/route-facts.js';
import { understandSentence } from '../../core/services/answers/understand-sentence.js';
import type { Asker, Issue, IssueKind } from '../../core/terms.js';
import type { IssueClassifier } from '../../core/understanding/classifier.js';

/** The content of one input line. */
export interface UnderstandInput {
  readonly text: string;
  readonly lang?: string;
  /** `customer`, `partner`, `publisher`, or `end-customer`, `csp-partner`, `isv`, `unknown`. */
  readonly asker?: string;
}

export interface Understood {
  readonly kind: IssueKind;
  readonly issue: Issue;
  readonly confidence: number;
  readonly decision: 'answered' | 'asked';
  readonly kinds: readonly { readonly kind: IssueKind; readonly confidence: number }[];
  readonly offers: readonly { readonly id: string; readonly name: string; readonly score: number }[];
  readonly party: PartyLabel;
  /** Id of Microsoft's published error in the text: its code, or a name for its sentence. */
  readonly error?: string;
  /** What to do about that error, in English. */
  readonly advice?: string;
  /** Id of the policy rule behind the party. */
  readonly rule: string;
}

export interface UnderstandDeps {
  readonly directory: Directory;
  readonly index: OfferIndex;
  readonly classifier: IssueClassifier;
  readonly profile: PartnerProfile;
}

const ASKERS: Readonly<Record<string, Asker>> = {
  customer: 'customer',
  'end-customer': 'customer',
  unknown: 'customer',
  partner: 'partner',
  'csp-partner': 'partner',
  publisher: 'publisher',
  isv: 'publisher',
};

const MOST_OFFERS = 5;
/** If the nearest offers score below this, they say nothing about the text. */
const WORTH_SHOWING = 0.4;

function askerOf(word: string | undefined): Asker {
  return ASKERS[word ?? 'customer'] ?? 'customer';
}

function hitsOf(match: OfferMatch): readonly OfferHit[] {
  switch (match.kind) {
    case 'one':
      return [match.hit, ...match.others];
    case 'several':
    case 'publishers':
      return match.hits;
    case 'none':
      return match.nearest;
  }
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** Understands one line as the dialogs do, and decides without further questions. */
export function understandLine(input: UnderstandInput, deps: UnderstandDeps): Understood {
  const asker = askerOf(input.asker);
  const partnerName = deps.profile.name;
  const { match, read, channels = [] } = understandSentence(input.text, asker, { ...deps, partnerName });
  const clear = match.kind === 'one' ? match.hit.offerId : undefined;
  const first = read.decision === 'answered' ? read.guess : read.ranked[0];
  const issue: Issue = first?.issue ?? 'other';
  const purchase = channels.length > 1 ? { channelAmong: channels } : { channel: channels[0] };
  const facts = routeFacts(
    { asker, issue, offerId: clear, ...purchase, ...(read.subject && { supportTier: read.subject }) },
    deps.directory,
    deps.profile,
  );
  const decision = decide(facts);
  return {
    kind: first?.kind ?? 'other',
    issue,
    confidence: rounded(first?.confidence ?? 0),
    decision: read.decision,
    kinds: read.ranked.map(({ kind, confidence }) => ({ kind, confidence: rounded(confidence) })),
    offers: hitsOf(match)
      .filter((hit) => hit.score >= WORTH_SHOWING)
      .slice(0, MOST_OFFERS)
      .map(({ offerId, score }) => ({
        id: offerId,
        name: deps.directory.offers.get(offerId)?.name ?? '',
        score,
      })),
    party: partyLabel(decision.responsible),
    rule: decision.ruleId,
    ...errorWords(read.errorId),
  };
}

function errorWords(id: string | undefined): Pick<Understood, 'error' | 'advice'> {
  const error = storeError(id);
  return error ? { error: error.id, advice: textIn('en')(`error.${error.advice}`) } : {};
}

/** An unreadable line: the error, with the line number. */
interface BadLine {
  readonly error: string;
  readonly line: number;
}

function parsed(line: string, number: number): UnderstandInput | BadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'not JSON', line: number };
  }
  const { text, lang, asker } = (value ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string') return { error: 'needs a "text"', line: number };
  return {
    text,
    ...(typeof lang === 'string' && { lang }),
    ...(typeof asker === 'string' && { asker }),
  };
}

/**
 * Prints one JSON line for each input line except empty lines. A bad line gives `{"error", "line"}`, and the rest
 * continues.
 */
export async function runUnderstand(
  lines: AsyncIterable<string> | Iterable<string>,
  deps: UnderstandDeps,
  write: (line: string) => void,
): Promise<void> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const input = parsed(line, number);
    write(JSON.stringify('error' in input ? input : understandLine(input, deps)));
  }
}
