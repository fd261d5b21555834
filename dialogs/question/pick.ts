/** A typed number among the choices a card shows: people who see a list answer "2". */

const NUMBER = /^\s*[#(]?(\d{1,2})[.)]?\s*$/;

/** The choice of that number, counted from 1, or undefined when the text is no number or there is no such choice. */
export function picked<T>(text: string, choices: readonly T[]): T | undefined {
  const number = NUMBER.exec(text.normalize('NFKC').slice(0, 12))?.[1];
  return number === undefined ? undefined : choices[Number(number) - 1];
}
