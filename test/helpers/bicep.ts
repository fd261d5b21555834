/** Parses a Bicep file by the language's grammar, and reads its parameters, modules and outputs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

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

/** A function that gives the places of a text that the grammar of Bicep does not allow, as `line 3: …`. */
export async function openGrammar(): Promise<(text: string) => readonly string[]> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const parser = new Parser().setLanguage(await Language.load(grammar));
  return (text) => {
    const tree = parser.parse(text);
    return tree ? errorsIn(tree.rootNode) : ['nothing was parsed'];
  };
}

function errorsIn(node: Node): readonly string[] {
  if (node.isMissing) return [`line ${node.startPosition.row + 1}: ${node.type} is missing`];
  if (node.isError) return [`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`];
  return node.hasError ? node.children.flatMap(errorsIn) : [];
}
