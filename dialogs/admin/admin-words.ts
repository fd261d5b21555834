/** Recognises an administrator's commands: the word alone, with a name, or "edit" and a name. */
import { foldWords, isTyped, typedWords } from '../../locales/commands.js';

export type AdminCommand =
  | { readonly kind: 'menu' | 'profile' }
  /** Questions begin with these words too, so they are a command only with a known name. */
  | { readonly kind: 'find'; readonly name: string };

const LONGEST = 200;
const EDIT = 'admin.word.edit';

/** The command of a text; undefined for any other text. */
export function adminCommandOf(text: string): AdminCommand | undefined {
  if (text.length > LONGEST) return undefined;
  const words = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const edited = after(words, EDIT);
  if (edited) return { kind: 'find', name: edited };
  const rest = after(words, 'command.admin');
  if (rest === undefined) return undefined;
  if (rest === '') return { kind: 'menu' };
  if (isTyped('admin.word.profile', rest)) return { kind: 'profile' };
  return { kind: 'find', name: after(rest, EDIT) ?? rest };
}

const CJK_END = /[\u3400-\u9fff]$/;

/** The words after the command, as typed; Chinese needs no space between. Undefined when the text begins otherwise. */
function after(text: string, key: string): string | undefined {
  const folded = text.toLowerCase().replace(/^[/!]/, '');
  const shift = text.length - folded.length;
  for (const word of typedWords(key)) {
    if (foldWords(text) === word) return '';
    if (!folded.startsWith(word)) continue;
    const next = folded[word.length] ?? '';
    if (next === ' ' || next === ':' || next === '：' || CJK_END.test(word))
      return text
        .slice(shift + word.length)
        .replace(/^[\s:：]+/, '')
        .trim();
  }
  return undefined;
}
