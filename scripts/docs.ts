/** `npm run docs`: writes .env.example and the tables of the documents from the code, between their markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RouteFacts } from '../core/policy/decision.js';
import { decide } from '../core/policy/decide.js';
import { ASKERS, ISSUES, type Asker, type Issue } from '../core/terms.js';
import { commandTables } from './commands.js';
import { envExample, settingsTables } from './settings.js';

const root = path.dirname(import.meta.dirname);

/** The usual case: a direct-bill partner that runs tier 1 bought the ISV's product, which runs in Azure, for its customer. */
const USUAL: Omit<RouteFacts, 'asker' | 'issue'> = {
  model: 'direct-bill',
  channel: 'partner',
  supportTier: 'publisher',
  hosting: 'azure',
  tier1: 'partner',
  resellerKeeps: [],
  partnerHelps: false,
  taxBy: 'unknown',
  agreement: 'own',
};

/** Each generated table by the name in its markers. */
const TABLES: Readonly<Record<string, () => string>> = {
  matrix,
  settings: settingsTables,
  commands: commandTables,
};

/** The documents that have such a table. */
export const WITH_TABLES = ['docs/domain.md', 'docs/configuration.md', 'docs/commands.md'];

/** The document with every generated table made anew from the code. */
export function withTables(document: string): string {
  return document.replace(
    /<!-- generated: (\w+) -->\n[\s\S]*?<!-- end -->/g,
    (_, name: string) => `<!-- generated: ${name} -->\n${tableOf(name)}\n<!-- end -->`,
  );
}

function tableOf(name: string): string {
  const table = TABLES[name];
  if (!table) throw new Error(`no generated table is called ${name}`);
  return table();
}

const FOR_ASKER: Readonly<Record<Asker, string>> = {
  partner: 'for partner staff',
  customer: 'for a customer',
  publisher: 'for a publisher',
};

function matrix(): string {
  const rows = ISSUES.map(
    (issue) => `| \`${issue}\` | ${ASKERS.map((asker) => cell(asker, issue)).join(' | ')} |`,
  );
  return [
    `| issue | ${ASKERS.map((asker) => FOR_ASKER[asker]).join(' | ')} |`,
    `|---|${'---|'.repeat(ASKERS.length)}`,
    ...rows,
  ].join('\n');
}

function cell(asker: Asker, issue: Issue): string {
  const { responsible, first } = decide({ ...USUAL, asker, issue });
  return `${responsible} → ${first.way}`;
}

if (process.argv[1] === import.meta.filename) {
  for (const document of WITH_TABLES) {
    const file = path.join(root, document);
    writeFileSync(file, withTables(readFileSync(file, 'utf8')));
  }
  writeFileSync(path.join(root, '.env.example'), envExample());
}
