/** Puts the chat page's modules into one file: far away, each request costs more than all of the code. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeskError } from '../../../core/errors.js';

const IMPORT = /^import \{([^}]+)\} from '(\.[^']+)';$/gm;
const EXPORT = /^export (async function|function|class|const) (\w+)/gm;

/**
 * The module of `entry` with all it imports, each in a function of its own, so that their names stay apart.
 * Throws DeskError `invariant` for forms of import and export that the product's own files do not use.
 */
export function oneFile(dir: string, entry: string): string {
  const names = new Map<string, string>();
  const parts: string[] = [];
  const add = (file: string): string => {
    const known = names.get(file);
    if (known !== undefined) return known;
    const exported: string[] = [];
    const body = readFileSync(path.join(dir, file), 'utf8')
      .replace(IMPORT, (_, what: string, from: string) => {
        const target = add(path.posix.join(path.posix.dirname(file), from));
        return `const {${what.replace(/ as /g, ': ')}} = ${target};`;
      })
      .replace(EXPORT, (_, kind: string, name: string) => {
        exported.push(name);
        return `${kind} ${name}`;
      });
    if (/^(import|export)\b/m.test(body))
      throw new DeskError('invariant', `${file}: this form of import or export cannot be put into one file`);
    const name = `module${String(names.size)}`;
    names.set(file, name);
    parts.push(`const ${name} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();\n`);
    return name;
  };
  add(entry);
  return parts.join('');
}
