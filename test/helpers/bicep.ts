/** Reads as much of a Bicep file as our checks need: parameters, modules, outputs and balanced brackets. */
import { readFileSync } from 'node:fs';

export interface BicepFile {
  /** Parameter name → whether a caller must give it. */
  readonly params: ReadonlyMap<string, { readonly isRequired: boolean; readonly isSecure: boolean }>;
  readonly outputs: readonly string[];
  readonly modules: readonly {
    readonly name: string;
    readonly file: string;
    readonly params: readonly string[];
  }[];
  /** Names that are declared: parameters, variables, resources, modules, functions. */
  readonly declared: ReadonlySet<string>;
  /** The text without comments and without the contents of strings, but with the interpolations of strings. */
  readonly code: string;
  readonly text: string;
}

export function readBicep(file: string): BicepFile {
  const text = readFileSync(file, 'utf8');
  const params = new Map(
    [...text.matchAll(/((?:^@.+\n)*)^param (\w+) \w+( =)?/gm)].map((found) => [
      found[2] ?? '',
      { isRequired: found[3] === undefined, isSecure: (found[1] ?? '').includes('@secure()') },
    ]),
  );
  return {
    params,
    outputs: [...text.matchAll(/^output (\w+) /gm)].map((found) => found[1] ?? ''),
    modules: [...text.matchAll(/^module (\w+) '([^']+)' = \{\n([\s\S]*?)^\}/gm)].map((found) => ({
      name: found[1] ?? '',
      file: found[2] ?? '',
      params: [...(found[3] ?? '').matchAll(/^ {4}(\w+):/gm)].map((param) => param[1] ?? ''),
    })),
    declared: new Set(
      [...text.matchAll(/^(?:param|var|resource|module|func|output) (\w+)/gm)].map((found) => found[1] ?? ''),
    ),
    code: withoutStrings(text),
    text,
  };
}

/** Replaces each string by its interpolations, and removes comments. */
function withoutStrings(text: string): string {
  return text
    .replace(/'(?:\\.|[^'\\\n])*'/g, (string) =>
      [...string.matchAll(/(?<!\\)\$\{([^}]*)\}/g)].map((found) => ` (${found[1] ?? ''}) `).join(''),
    )
    .replace(/\/\/.*$/gm, '');
}

/** The first bracket without a matching bracket, with its line. Undefined when all brackets match. */
export function unbalanced(code: string): string | undefined {
  const open: { readonly bracket: string; readonly line: number }[] = [];
  const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  for (const [at, line] of code.split('\n').entries()) {
    for (const bracket of line.match(/[()[\]{}]/g) ?? []) {
      const wanted = closing[bracket];
      if (wanted === undefined) open.push({ bracket, line: at + 1 });
      else if (open.pop()?.bracket !== wanted) return `line ${String(at + 1)}: ${bracket}`;
    }
  }
  const left = open.at(-1);
  return left === undefined ? undefined : `line ${String(left.line)}: ${left.bracket}`;
}
