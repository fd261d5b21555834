/** Rows of any number of fictional offers, for measurements of a large directory. */
import type { SourceRow } from '../../core/directory/parse/row-parser.js';

const PUBLISHERS = 5_000;
const WORDS =
  'Backup Mail Vault Ledger Portal Relay Monitor Archive Shield Studio Planner Router Index Broker Signal Atlas'.split(
    ' ',
  );

/** @param from the number of the first offer. Each number is a different offer. */
export function* offerRows(from: number, count: number): Generator<SourceRow> {
  for (let at = 0; at < count; at += 1) {
    const id = from + at;
    const publisher = `adatum${String(id % PUBLISHERS)}`;
    const fields = {
      offer_id: `${publisher}.offer-${String(id)}`,
      offer_name: `${WORDS[id % WORDS.length] ?? ''} ${WORDS[(id >> 4) % WORDS.length] ?? ''} ${String(id)}`,
      publisher_id: publisher,
      publisher_name: `Adatum ${String(id % PUBLISHERS)}`,
      aliases: `AD ${String(id)}`,
      support_tier: 'publisher',
      hosting: 'saas',
      support_name: 'Help Desk',
      support_email: `help@${publisher}.example`,
      support_phone: '+1 425 555 0100',
      support_url: `https://support.${publisher}.example/`,
      csp_email: `csp@${publisher}.example`,
      plans: 'basic|Basic|opt-in;pro|Pro',
      verified_on: '2026-10-01',
    };
    yield { number: at + 2, fields };
  }
}
