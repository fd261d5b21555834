/** Every command, link, setting and script in a document exists, and the test runs the blocks marked `runnable`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CommanderError } from 'commander';
import { SETTINGS } from '../bot/app/config.js';
import { examplesOf } from '../bot/cli/examples.js';
import { ALL_GROUPS } from '../bot/cli/every-command.js';
import { buildProgram, commandsOf } from '../bot/cli/program.js';
import { findRootDir } from '../bot/runtime/root-dir.js';
import {
  anchorsOf,
  blocksOf,
  commandLines,
  DOCUMENTS,
  linksOf,
  readDocument,
  spansOf,
  variantsOf,
} from './helpers/documents.js';
import { program } from './helpers/program.js';

const root = findRootDir();
/** The placeholders of a usage line, each with a valid value. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  N: '5',
  CHANGES: '5',
  CONTACTS: '5',
  FORMAT: 'statuspage',
  SEVERITY: 'major',
  REASON: 'left',
};
const GROUPS = new Set(
  buildProgram(ALL_GROUPS)
    .commands.filter((one) => one.commands.length > 0)
    .map((one) => one.name()),
);

/** The reason why the command line refuses these words, or undefined when it accepts them. Runs nothing. */
async function refusalOf(argv: readonly string[]): Promise<CommanderError | undefined> {
  const program = buildProgram(ALL_GROUPS);
  const silent = { writeOut: () => undefined, writeErr: () => undefined };
  program.configureOutput(silent);
  for (const [, command] of commandsOf(program)) {
    command.configureOutput(silent);
    if (command.commands.length === 0) command.action(() => undefined);
  }
  try {
    await program.parseAsync(
      argv.map((word) =>
        word === 'FORMAT' && argv[0] === 'directory' ? 'csv' : (PLACEHOLDERS[word] ?? word),
      ),
      { from: 'user' },
    );
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode !== 0) return error;
    if (error instanceof CommanderError) return undefined;
    throw error;
  }
}

async function refusedLines(lines: readonly string[], mayLack: readonly string[] = []): Promise<string[]> {
  const refused: string[] = [];
  for (const line of lines)
    for (const argv of variantsOf(line)) {
      const error = await refusalOf(argv);
      if (error && !mayLack.includes(error.code)) refused.push(`${argv.join(' ')}: ${error.message}`);
    }
  return refused;
}

/** Commands in sentences. A sentence may name a command without its arguments. */
function commandSpans(document: string): readonly string[] {
  return spansOf(document).flatMap((span) => {
    const [named] = commandLines(span);
    if (named !== undefined) return /^(?:COMMAND|…)/.test(named) ? [] : [named];
    return /^\w+ [a-z]/.test(span) && GROUPS.has(span.split(' ')[0] ?? '') ? [span] : [];
  });
}

describe('the check of the documents’ commands', () => {
  it('finds an unknown command, an unknown option and a missing argument', async () => {
    for (const line of ['directory export', 'directory improt f.csv', 'store backup f --fast', 'doctor it'])
      assert.ok(await refusalOf(line.split(' ')), line);
    assert.equal(await refusalOf(['doctor', '--offline']), undefined);
  });

  it('accepts the examples in the help of each command', async () => {
    const leaves = commandsOf(buildProgram(ALL_GROUPS)).filter(
      ([, command]) => command.commands.length === 0,
    );
    const lines = leaves.flatMap(([words, command]) => examplesOf(words, command)).flatMap(commandLines);
    assert.ok(lines.length >= leaves.length);
    assert.deepEqual(await refusedLines(lines), []);
  });

  for (const document of DOCUMENTS) {
    const text = readDocument(document);
    const fenced = blocksOf(text).flatMap((block) => commandLines(block.text));
    const spans = commandSpans(text);
    if (fenced.length > 0)
      it(`accepts the commands of ${document}`, async () => {
        assert.deepEqual(await refusedLines(fenced), []);
      });
    if (spans.length > 0)
      it(`finds every command and option of ${document}`, async () => {
        const lacking = [
          'commander.help',
          'commander.missingArgument',
          'commander.missingMandatoryOptionValue',
        ];
        assert.deepEqual(await refusedLines(spans, lacking), []);
      });
  }
});

describe('the documents’ runnable blocks', function () {
  let dir = '';
  before(() => void (dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-docs-'))));
  after(() => rmSync(dir, { recursive: true, force: true }));

  const found = DOCUMENTS.flatMap((document) =>
    blocksOf(readDocument(document))
      .filter((block) => block.info.includes('runnable'))
      .map((block) => ({ document, lines: commandLines(block.text) })),
  );

  it('exist, each with a command', () => {
    assert.ok(found.length > 0);
    assert.deepEqual(
      found.filter((block) => block.lines.length === 0),
      [],
    );
  });

  for (const { document, lines } of found)
    for (const line of lines)
      it(`run in ${document}: ${line}`, () => {
        const [argv = []] = variantsOf(line);
        // Each document has its own folder and store.
        const own = path.join(dir, document.replaceAll('/', '-'));
        mkdirSync(own, { recursive: true });
        const env = {
          ...process.env,
          OFFER_DESK_DATA_DIR: path.join(own, 'data'),
          DATABASE_URL: '',
          NODE_ENV: '',
        };
        const words = argv.map((word) => (existsSync(path.join(root, word)) ? path.join(root, word) : word));
        const options = { cwd: own, env, encoding: 'utf8' } as const;
        const run = spawnSync(process.execPath, [...program('cli'), ...words], options);
        assert.equal(run.status, 0, run.stdout + run.stderr);
      });
});

/** A line of a block that no operator command is: how the tests know that it works. Nothing else may stand in a block. */
const LINES: readonly (readonly [RegExp, (found: RegExpExecArray) => boolean])[] = [
  // The suite, CI and the start tests run these themselves.
  [/^npm (ci|start|test|ci && npm start)$/, () => true],
  [/^npm run ([\w:-]+)(?: -- .*)?$/, ([, script = '']) => script in SCRIPTS],
  // The suite runs every test file, so an existing file is a running command.
  [/^(?:\w+=\S+ )?npx mocha (.+)$/, ([, files = '']) => files.split(' ').every((file) => isTestFile(file))],
  [
    /^docker compose (?:--profile (\w+) )?(?:up --build|exec (\w+) .+)$/,
    ([, ...names]) => names.every(isInCompose),
  ],
  [/^cp (\S+) \.env$/, ([, file = '']) => existsSync(path.join(root, file))],
  [/^curl .*https:\/\/desk\.contoso\.com(\/[\w/-]+)/, ([, route = '']) => isRoute(route)],
  // The reader's own copy of the repository.
  [/^(git clone <address of this repository> offer-desk|cd offer-desk)$/, () => true],
];
const SCRIPTS = (
  JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts;

function isTestFile(file: string): boolean {
  const name = file.replaceAll("'", '');
  if (!name.includes('*')) return existsSync(path.join(root, name));
  const folder = path.dirname(name);
  return readdirSync(path.join(root, folder)).some((one) => one.endsWith('.test.ts'));
}

function isInCompose(name: string | undefined): boolean {
  return name === undefined || new RegExp(`^  ${name}:$|profiles: \\[.*${name}`, 'm').test(COMPOSE);
}
const COMPOSE = readFileSync(path.join(root, 'compose.yaml'), 'utf8');

/** The addresses that a document calls have a test of their own. */
function isRoute(route: string): boolean {
  return ['/readyz', '/api/outages/contoso-status', '/api/route', '/api/offers', '/api/outages'].includes(
    route,
  );
}

describe('the lines of the documents’ shell blocks', () => {
  for (const document of DOCUMENTS) {
    const lines = blocksOf(readDocument(document))
      .filter(({ info }) => ['sh', 'bash', 'shell', 'console', 'powershell'].includes(info[0] ?? ''))
      .flatMap(({ text }) => text.replace(/\\\n\s*/g, ' ').split('\n'))
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== '');
    if (lines.length > 0)
      it(`are all run or checked: ${document}`, () => {
        const unknown = lines.filter((line) => {
          if (commandLines(line).length > 0 && !line.startsWith('docker')) return false;
          return !LINES.some(([form, works]) => {
            const found = form.exec(line);
            return found !== null && works(found);
          });
        });
        assert.deepEqual(unknown, []);
      });
  }
});

describe('the links of a document', () => {
  for (const document of DOCUMENTS)
    it(`lead from ${document} to chapters that exist`, () => {
      const missing = linksOf(readDocument(document))
        .filter(({ anchor }) => anchor !== '')
        .filter(({ file, anchor }) => {
          const target = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
          return !target.endsWith('.md') || !anchorsOf(readDocument(target)).includes(anchor);
        });
      assert.deepEqual(missing, []);
    });
});

const FILE =
  /^(?:\.?\/)?((?:[\w.-]+\/)+[\w.-]+\.\w+|[\w-]+\.(?:md|ya?ml|json|js)|\.env\.example|Dockerfile|LICENSE)$/;
/** Files that the reader makes, or that a build or the platform makes. */
const MADE = /^(build|dist)\/|\.zip$|\.user$|^env\/\.env\.ENV$|^sv\.json$/;

/** The text of every source file, for the search of names. */
function sourceText(): string {
  const files = ['bot', 'test', 'scripts', 'env', 'infra', 'core'].flatMap((dir) =>
    readdirSync(path.join(root, dir), { recursive: true, encoding: 'utf8' }).map((one) =>
      path.join(dir, one),
    ),
  );
  const more = ['m365agents.yml', 'm365agents.local.yml', 'compose.yaml', 'Dockerfile', '.env.example'];
  return [...files, ...more]
    .filter((file) => /\.(ts|mjs|cjs|ya?ml|bicep|json|local|dev|playground|example)$|Dockerfile$/.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n');
}

describe('the check of the documents’ names', () => {
  const sources = sourceText();

  for (const document of DOCUMENTS.filter((one) => !one.includes('CHANGELOG')))
    it(`finds every setting and file of ${document}`, () => {
      const text = readDocument(document);
      const named = [...text.matchAll(/\b(?:OFFER_DESK|MICROSOFT_APP|DESK|SECRET)_[A-Z_]*[A-Z]\b/g)].map(
        ([name]) => name,
      );
      const unread = named.filter(
        (name) => !(name in SETTINGS) && !new RegExp(`\\b${name}\\b`).test(sources),
      );
      assert.deepEqual(unread, [], 'settings');
      const files = spansOf(text).flatMap((span) => FILE.exec(span)?.[1] ?? []);
      const missing = files.filter(
        (file) => !MADE.test(file) && !existsHere(file, document) && !sources.includes(file),
      );
      assert.deepEqual(missing, [], 'files');
    });
});

function existsHere(file: string, document: string): boolean {
  const places = ['.', path.dirname(document), 'locales', 'core/understanding', 'infra'];
  return places.some((place) => existsSync(path.join(root, place, file)));
}
