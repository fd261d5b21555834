/** Takes out of a sentence what it says it is not about: "it is not about the bill, it does not sync". */

const NOT_ABOUT: readonly RegExp[] = [
  /\b(?:it|this|that)(?:'s| is|s)? not (?:really )?(?:about|related to|to do with|a question about|a matter of|because of|an?|the|my|our)\b[^,.;:!?\n—–]{1,60}?(?=[,.;:!?\n—–]| - | but | it'?s? | rather | i )/giu,
  /\b(?:i am|i'm|we are|we're) not (?:asking|talking|writing) about\b[^,.;:!?\n—–]{1,60}?(?=[,.;:!?\n—–]| - | but )/giu,
  /\b(?:nothing|not) (?:wrong|to do) with (?:the |my |our )?(?:bill(?:ing)?|invoice|payment|licen[cs]es?|login|install(?:ation)?)\b/giu,
  /\bes geht (?:mir |uns )?nicht um [^,.;:!?\n—–]{1,60}?(?=[,.;:!?\n—–]| sondern )/giu,
  /\b(?:ce n'est pas|il ne s'agit pas de|ça ne concerne pas) [^,.;:!?\n—–]{1,60}?(?=[,.;:!?\n—–]| mais )/giu,
  /\bno (?:es|se trata) (?:de |sobre |por )?[^,.;:!?\n—–]{1,60}?(?=[,.;:!?\n—–]| sino )/giu,
  /不是[^，。；！？,.;!?\n]{1,20}?(?=[，。；！？,.;!?\n]|而?是)/gu,
  /[^、。！？\n]{1,20}?(?:の話|の件|の問題)?(?:ではなく|じゃなくて)、?/gu,
];

const LONGEST = 2_000;

/** The text without the parts that name what is not meant; the text itself when nothing else is left. */
export function withoutDenied(text: string): string {
  const read = text.slice(0, LONGEST).replace(/[’‘]/gu, "'");
  const rest = NOT_ABOUT.reduce((left, pattern) => left.replace(pattern, ' '), read);
  if (rest === read) return text;
  return /[\p{L}]{2}/u.test(rest) ? `${rest.trim()}${text.slice(LONGEST)}` : text;
}
