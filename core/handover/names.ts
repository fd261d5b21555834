/** What a visitor is told of a member of staff: the first name, and nothing else. */

const LONGEST = 40;

/** `Ada` of `Ada Lovelace`, `Lovelace, Ada` and `Ada Lovelace (Contoso)`; a name without a space whole; empty for none. */
export function firstName(displayName: string): string {
  const name = displayName
    .normalize('NFC')
    .replace(/\(.*?\)|\[.*?\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [family = '', given = ''] = name.split(',').map((part) => part.trim());
  const first = (given === '' ? family : given).split(' ')[0] ?? '';
  return first.includes('@') ? '' : [...first].slice(0, LONGEST).join('');
}
