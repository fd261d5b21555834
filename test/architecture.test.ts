/** Checks import directions, file sizes and opening lines of the code, and prints the remedy for each violation. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ROOMS = ['core', 'cards', 'dialogs', 'bot'] as const;
const FEATURES = ['directory', 'policy', 'understanding', 'incident', 'handover', 'partner-center'];
const BOTBUILDER = /^(botbuilder|botframework)/;
/** Places that may import the SDK: the dialogs, the two chat edges, the bot's composition and its storage. */
const SDK_ROOMS = [
  /^dialogs\//,
  /^bot\/teams\//,
  /^bot\/web\//,
  /^bot\/store\/conversations\/bot-storage\.ts$/,
  /^bot\/app\/bot\.ts$/,
];
/** Folders of `bot/` that may import its edges: the composition, and the command line, which composes its own parts. */
const COMPOSITION = new Set(['app', 'cli']);
/** Files that send requests by themselves, and where to. All others get a `fetch` from the composition. */
const SENDERS: Readonly<Record<string, string>> = {
  'bot/runtime/outside-fetch.ts': 'addresses that others named, checked and pinned',
  'bot/door/door-client.ts': 'the loopback port of the running server',
  'bot/outages/demo-sender.ts': 'this server itself, on the loopback address',
  'bot/teams/signing-keys-check.ts': "Microsoft's keys for channel tokens",
  'bot/web/azure/exchange.ts': 'the configured Direct Line, with its secret, without redirects',
  'bot/web/widget/live-check.ts': "the operator's own page, from the command line",
  'bot/cli/doctor-command.ts': 'the checks of `doctor`: Microsoft, and the public address in the settings',
  'bot/app/answers.ts': 'the same checks, for an administrator in the chat',
};
const PURE_ALLOWED = new Set([
  'zod',
  'entities',
  'minisearch',
  'minisearch/SearchableMap',
  'libphonenumber-js/max',
]);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function filesOf(room: string): string[] {
  return readdirSync(path.join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(path.join(root, file), 'utf8');
  const found = source.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm);
  return [...found].map((match) => {
    const target = match[2] ?? match[3] ?? '';
    const to = target.startsWith('.') ? path.join(path.dirname(file), target) : target;
    return { from: file, to, typeOnly: match[1] !== undefined };
  });
}

const files = ROOMS.flatMap(filesOf);
const imports = files.flatMap(importsOf);
const local = imports.filter((one) =>
  /^(core|cards|dialogs|bot|locales|test|widget|scripts|data)\//.test(one.to),
);
const foreign = imports.filter((one) => !local.includes(one));
const told = (broken: readonly Import[], fix: string) =>
  assert.deepEqual(
    broken.map((one) => `${one.from} imports ${one.to}`),
    [],
    fix,
  );

describe('the code', () => {
  it('imports only from left to right along bot → dialogs → cards → core', () => {
    const broken = local.filter((one) => {
      const from = ROOMS.findIndex((room) => one.from.startsWith(`${room}/`));
      const to = ROOMS.findIndex((room) => one.to.startsWith(`${room}/`));
      return to > from;
    });
    told(broken, 'Move the shared part to the room further right, or pass it in from bot/app/.');
  });

  it('imports nothing from the tests or scripts', () => {
    told(
      local.filter((one) => /^(test|scripts)\//.test(one.to)),
      'Move the helper into the room that needs it.',
    );
  });

  it('keeps the edges of bot/ separate, and joins them only in bot/app/', () => {
    const edge = (file: string) => /^bot\/([^/]+)\//.exec(file)?.[1];
    const broken = local.filter((one) => {
      const [from, to] = [edge(one.from), edge(one.to)];
      return from && to && from !== to && !COMPOSITION.has(from) && to !== 'http' && to !== 'runtime';
    });
    told(broken, 'Give it as a parameter; bot/app/ joins the edges.');
  });

  it('keeps the features of the core separate, and joins them in services', () => {
    const feature = (file: string) => /^core\/([^/]+)\//.exec(file)?.[1] ?? '';
    const broken = local.filter(
      (one) =>
        FEATURES.includes(feature(one.from)) &&
        one.to.startsWith('core/') &&
        feature(one.to) !== '' &&
        feature(one.to) !== feature(one.from),
    );
    told(broken, 'Share words through core/terms.ts, join features in core/services/.');
  });

  it('keeps the core pure: no Node module, no framework, no clock', () => {
    told(
      foreign.filter((one) => one.from.startsWith('core/') && !PURE_ALLOWED.has(one.to)),
      'Take what is needed as a parameter or a port (core/ports.ts).',
    );
    const impure = filesOf('core').filter((file) =>
      /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.\w|setTimeout\(|console\./.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    );
    assert.deepEqual(impure, [], 'Time, randomness and ids are parameters.');
  });

  it('imports the bot SDK only in the dialogs, the chat edges, the composition and the bot storage', () => {
    told(
      foreign.filter((one) => BOTBUILDER.test(one.to) && !SDK_ROOMS.some((room) => room.test(one.from))),
      'Go through dialogs/, bot/teams/ or bot/web/.',
    );
  });

  it('sends requests only where the address is checked or fixed', () => {
    const senders = files.filter(sendsRequests);
    assert.deepEqual(
      senders.sort(),
      Object.keys(SENDERS).sort(),
      'Take a `fetch` as a parameter; bot/app/ passes outsideFetch.',
    );
  });

  it('opens every file with a sentence about the file’s purpose', () => {
    const silent = [...files, ...filesOf('locales')].filter(
      (file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    assert.deepEqual(silent, [], 'Begin the file with /** One sentence. */');
  });

  it('has at most 400 lines in every file', () => {
    const long = files.filter((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 401);
    assert.deepEqual(long, [], 'Split the file by idea.');
  });

  it('has no import circles, also not between types', () => {
    const circle = circleIn([...local, ...filesOf('locales').flatMap(importsOf)]);
    assert.equal(
      circle?.join(' → '),
      undefined,
      'Move what both files need into the one that needs the other least, or into a third file.',
    );
  });

  it('never imports the command line from an edge or a feature of bot/', () => {
    told(
      local.filter(
        (one) =>
          one.to.startsWith('bot/cli/') && /^bot\/.+\//.test(one.from) && !one.from.startsWith('bot/cli/'),
      ),
      'Pass it in from bot/server.ts.',
    );
  });

  it('keeps at most six files in the root of bot/', () => {
    const found = filesOf('bot').filter((file) => path.dirname(file) === 'bot');
    assert.ok(found.length <= 6, `Move one of them into the folder of its feature: ${found.join(', ')}`);
  });
});

const GLOBALS = ['fetch', 'WebSocket', 'EventSource'];
const CLIENTS = /^(?:node:)?(?:http2?|https|net|tls|dgram)$|^(?:undici|axios|got|node-fetch|ws)$/;
const CONNECTS = new Set(['request', 'get', 'connect', 'createConnection', 'Socket', 'WebSocket', 'default']);

/** True when the file sends requests itself: by a global of the platform, or by a module that connects. */
function sendsRequests(file: string): boolean {
  const source = readFileSync(path.join(root, file), 'utf8');
  return importsClient(source) || (/\b(?:fetch|WebSocket|EventSource)\b/.test(source) && usesGlobal(source));
}

/** An import of a whole module, or of one of its functions that connect. Types do not count. */
function importsClient(source: string): boolean {
  return [...source.matchAll(/^import\s+(?!type\b)([^;]*?)\s*from\s+'([^']+)'/gm)].some(
    ([, what = '', from = '']) => {
      if (!CLIENTS.test(from)) return false;
      const [whole = '', named = ''] = what.split(/[{}]/);
      const names = named.split(',').map((name) => name.trim().split(' as ')[0] ?? '');
      return whole.replace(',', '').trim() !== '' || names.some((name) => CONNECTS.has(name));
    },
  );
}

/** The linter knows which names are globals, and which ones the file itself declares. */
function usesGlobal(source: string): boolean {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: { 'no-restricted-globals': ['error', { globals: GLOBALS, checkGlobalObject: true }] },
  };
  const lines = source.split('\n');
  return new Linter().verify(source, config, 'file.ts').some(({ line, column, fatal, message }) => {
    assert.ok(!fatal, message);
    return !/\btypeof\s+$/.test((lines[line - 1] ?? '').slice(0, column - 1));
  });
}

/** The files of the first import circle, from a file back to the same file. */
function circleIn(all: readonly Import[]): readonly string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to } of all) next.set(from, [...(next.get(from) ?? []), to.replace(/\.js$/, '.ts')]);
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] | undefined => {
    const before = trail.indexOf(file);
    if (before >= 0) return [...trail.slice(before), file];
    if (done.has(file)) return undefined;
    for (const target of next.get(file) ?? []) {
      const found = visit(target, [...trail, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return undefined;
}
