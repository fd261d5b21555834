/**
 * Prints the rules of another git revision as JSON, for `route check --changed`:
 * `node --import tsx scripts/rules.ts v0.1.0 > old.json`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeRuleBook } from '../core/policy/rule-book.js';
import type { Rule } from '../core/policy/rule.js';

const [revision] = process.argv.slice(2);
if (revision === undefined) throw new Error('Name a git revision: scripts/rules.ts v0.1.0');

// Inside the project, so that the revision's files find the installed packages.
const cache = path.resolve(import.meta.dirname, '../node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(path.join(cache, 'rules-'));
try {
  const archive = execFileSync('git', ['archive', revision, 'core', 'package.json'], { maxBuffer: 2 ** 28 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  const file = pathToFileURL(path.join(folder, 'core/policy/rules.ts')).href;
  const { RULES } = (await import(file)) as { readonly RULES: readonly Rule[] };
  process.stdout.write(writeRuleBook(RULES));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
