/** `directory template`: writes an empty CSV with the columns that a partner usually fills in. */
import { writeFile } from 'node:fs/promises';
import type { Column } from '../../core/directory/parse/columns.js';
import { LANGUAGES } from '../../core/terms.js';
import { EXIT, type Output } from './directory.js';

/** The columns of the template, each with what to write into it. */
export const TEMPLATE: Readonly<Partial<Record<Column, string>>> = {
  offer_id: 'publisherId.offerId, as the marketplace page has it in its address',
  offer_name: 'the name of the product (required)',
  aliases: 'other names, separated by ;',
  publisher_id: 'the part of offer_id before the dot; may be empty',
  publisher_name: 'the company that publishes the product',
  support_tier: 'publisher, microsoft, community or none',
  hosting: 'saas, azure or unknown',
  support_name: 'name of the support contact',
  support_email: 'email for support tickets',
  support_phone: 'with the country code, for example +1 425 555 0100',
  support_url: 'public support page; customers see it',
  support_hours: 'for example Europe/Berlin; Mo-Fr 09:00-17:00',
  engineering_email: 'last escalation; staff only',
  csp_email: 'the contact for CSP partners; staff only',
  csp_phone: 'with the country code',
  documentation_url: 'documentation',
  status_url: 'status page',
  verified_on: 'the day you last checked the row, YYYY-MM-DD',
};

/** Columns that the template leaves out, because few partners need them. */
const ALSO = `For names in other languages, add columns such as offer_name_de or "name (de)": ${LANGUAGES.join(', ')}.`;

/** Writes the file and explains its columns. Never overwrites a file. */
export async function directoryTemplate(file: string, out: Output): Promise<number> {
  const header = Object.keys(TEMPLATE).join(',');
  try {
    // Excel reads UTF-8 only with a byte-order mark.
    await writeFile(file, `\uFEFF${header}\r\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    out.line(`${file} exists already. Choose another name.`);
    return EXIT.refused;
  }
  out.line(`Wrote ${file}. One row is one offer. Columns:`);
  for (const [column, meaning] of Object.entries(TEMPLATE)) out.line(`  ${column}: ${meaning}`);
  out.line(ALSO);
  out.line(`Fill it in, then try it with "directory import ${file} --dry-run".`);
  return EXIT.ok;
}
