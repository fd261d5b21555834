/** The Teams app package: what is in the zip, and that the offline check finds each kind of mistake. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { LANGUAGES } from '../../core/terms.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { buildPackage, zipPackage, type AppPackage } from '../../scripts/app-package/build.js';
import { checkPackage } from '../../scripts/app-package/check.js';
import { environmentNames, EXAMPLE_IDS, fillIn } from '../../scripts/app-package/environment.js';

const root = findRootDir();
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const build = (own: Record<string, string> = {}, unfurlsLinks = true) =>
  buildPackage({ root, environment: 'dev', unfurlsLinks, own, examples: EXAMPLE_IDS });
const MANIFEST = JSON.parse(readFileSync(path.join(root, 'appPackage/manifest.json'), 'utf8')) as {
  localizationInfo: { additionalLanguages: readonly { file: string }[] };
};
const textOf = (made: AppPackage, file: string) => Buffer.from(made.files[file] ?? []).toString('utf8');

/** The dev package with one file's text changed. */
function changed(file: string, change: (text: string) => string): AppPackage {
  const made = build();
  return { ...made, files: { ...made.files, [file]: Buffer.from(change(textOf(made, file))) } };
}

describe('the Teams app package', () => {
  for (const environment of environmentNames(root)) {
    for (const unfurlsLinks of [true, false]) {
      it(`is without fault for ${environment}, link unfurling ${unfurlsLinks ? 'on' : 'off'}`, () => {
        assert.deepEqual(
          checkPackage(buildPackage({ root, environment, unfurlsLinks, examples: EXAMPLE_IDS }), version),
          [],
        );
      });
    }
  }

  const AGENT = ['declarativeAgent.json', 'apiPlugin.json', 'apiDefinition.json'];

  it('holds exactly the manifest, two icons, the language files and the agent', () => {
    const files = Object.keys(unzipSync(zipPackage(build()))).filter((file) => !AGENT.includes(file));
    assert.equal(files.length, Object.keys(build().files).length - AGENT.length);
    const languages = MANIFEST.localizationInfo.additionalLanguages.map(({ file }) => file);
    assert.equal(languages.length, LANGUAGES.length - 1);
    assert.deepEqual(
      files.sort(),
      ['color.png', 'en.json', 'manifest.json', 'outline.png', ...languages].sort(),
    );
  });

  it('has an agent of Copilot only where an API key is registered for it', () => {
    const { COPILOT_API_KEY_ID: _, ...examples } = EXAMPLE_IDS;
    const made = buildPackage({ root, environment: 'dev', unfurlsLinks: true, own: {}, examples });
    assert.deepEqual(
      Object.keys(made.files).filter((file) => AGENT.includes(file)),
      [],
    );
    assert.doesNotMatch(textOf(made, 'manifest.json'), /copilotAgents/);
    assert.deepEqual(made.missing, []);
  });

  it('tells the agent the address of this environment, its four functions and one kind of key', () => {
    const definition = JSON.parse(
      textOf(build({ BOT_DOMAIN: 'desk.contoso.com' }), 'apiDefinition.json'),
    ) as {
      openapi: string;
      servers: unknown;
      paths: Record<string, Record<string, { operationId: string; security: unknown }>>;
      components: { securitySchemes: object };
    };
    assert.equal(definition.openapi, '3.0.3');
    assert.deepEqual(definition.servers, [{ url: 'https://desk.contoso.com' }]);
    assert.deepEqual(Object.keys(definition.components.securitySchemes), ['apiKey']);
    const operations = Object.values(definition.paths).flatMap((one) => Object.values(one));
    assert.deepEqual(
      operations.map(({ operationId }) => operationId),
      ['whoIsResponsible', 'findOffers', 'openOutages', 'reportWrongContact'],
    );
  });

  it('is the same bytes whenever it is built', () => {
    assert.deepEqual(zipPackage(build()), zipPackage(build()));
  });

  it('leaves link unfurling out of a store package: the domains are not its publisher’s own', () => {
    assert.match(textOf(build(), 'manifest.json'), /messageHandlers/);
    assert.doesNotMatch(
      textOf(build({}, false), 'manifest.json'),
      /messageHandlers|marketplace\.microsoft\.com/,
    );
  });

  it('takes a value of the process over that of the file', () => {
    assert.match(textOf(build({ BOT_DOMAIN: 'desk.contoso.com' }), 'manifest.json'), /desk\.contoso\.com/);
  });

  it('fills a value in so that it cannot break out of its string', () => {
    const { text } = fillIn('{"name":"${{NAME}}"}', { NAME: 'a","id":"b\n' });
    assert.deepEqual(JSON.parse(text), { name: 'a","id":"b\n' });
  });

  it('names a placeholder that has no value', () => {
    assert.deepEqual(fillIn('${{A}} ${{B}} ${{A}}', { B: 'b' }), { text: '${{A}} b ${{A}}', missing: ['A'] });
  });

  const manifestWith = (change: (manifest: Record<string, object>) => void) =>
    changed('manifest.json', (text) => {
      const manifest = JSON.parse(text) as Record<string, object>;
      change(manifest);
      return JSON.stringify(manifest);
    });
  const mistakes: readonly [name: string, made: () => AppPackage, told: RegExp][] = [
    [
      'a placeholder',
      () => changed('manifest.json', (text) => text.replace('#0F548C', '${{X}}')),
      /placeholder/,
    ],
    ['another version', () => manifestWith((one) => Object.assign(one, { version: '9.9.9' })), /9\.9\.9/],
    [
      'an agent of another version',
      () => changed('declarativeAgent.json', (text) => text.replace('"v1.6"', '"v9.9"')),
      /declarativeAgent\.json\/version/,
    ],
    [
      'an agent with instructions that are too long',
      () => changed('declarativeAgent.json', (text) => text.replace('You answer', 'x'.repeat(8_000))),
      /declarativeAgent\.json\/instructions/,
    ],
    [
      'an action with a key that is not registered',
      () => changed('apiPlugin.json', (text) => text.replace('"reference_id"', '"x-id"')),
      /apiPlugin\.json\/runtimes/,
    ],
    [
      'an action that calls a function of no address',
      () => changed('apiPlugin.json', (text) => text.replaceAll('findOffers', 'findEverything')),
      /no operation of apiDefinition\.json is called findEverything/,
    ],
    [
      'a description of a command for agents that is too long',
      () => changed('manifest.json', (text) => text.replace('Finds marketplace offers', 'x'.repeat(5_000))),
      /semanticDescription/,
    ],
    ['another schema', () => manifestWith((one) => Object.assign(one, { manifestVersion: '1.28' })), /1\.29/],
    ['a bot id that is none', () => build({ BOT_ID: 'nobody' }), /botId/],
    ['a name too long', () => build({ APP_NAME_SUFFIX: ' of a company with a long name' }), /name\/short/],
    ['an address that is none', () => build({ DEVELOPER_WEBSITE_URL: 'contoso' }), /websiteUrl/],
    [
      'a link domain that nobody answers',
      () =>
        changed('manifest.json', (text) => text.replace('"appsource.microsoft.com"', '"contoso.example"')),
      /does not read links of "contoso\.example"[^]*"appsource\.microsoft\.com" is missing/,
    ],
    ['a shared host', () => build({ BOT_DOMAIN: '*.contoso.com' }), /not allowed/],
    [
      'a command nobody answers',
      () => changed('en.json', (text) => text.replace('"why"', '"dance"')),
      /dance/,
    ],
    [
      'a command with a slash',
      () => changed('zh-tw.json', (text) => text.replace('"說明"', '"/說明"')),
      /slash/,
    ],
    [
      'a missing translation',
      () => changed('zh-tw.json', (text) => text.replace('composeExtensions[0].commands[1].title', 'x')),
      /zh-tw\.json lacks/,
    ],
    [
      'a stale translation',
      () => changed('en.json', (text) => text.replace('Go back one', 'Go one')),
      /differ/,
    ],
    [
      'a language left out',
      () => manifestWith((one) => Object.assign(one.localizationInfo!, { additionalLanguages: [] })),
      /There is no language file for zh-Hant/,
    ],
    [
      'a scope without commands',
      () => manifestWith((one) => void (one.bots as { commandLists: unknown[] }[])[0]?.commandLists.pop()),
      /No commands for team/,
    ],
  ];
  for (const [name, made, told] of mistakes) {
    it(`refuses ${name}`, () => {
      assert.match(checkPackage(made(), version).join('\n'), told);
    });
  }

  it('refuses icons of the wrong size, of the wrong kind, and files that do not belong', () => {
    const made = build();
    const files = { ...made.files, 'outline.png': made.files['color.png']!, 'readme.txt': Buffer.from('x') };
    const told = checkPackage({ ...made, files }, version).join('\n');
    assert.match(told, /192×192, not 32×32/);
    assert.match(told, /not white on a transparent ground/);
    assert.match(told, /readme\.txt does not belong/);
  });
});

describe('the environments of the toolkit', () => {
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

  it('keep secrets out of what is committed', () => {
    for (const environment of environmentNames(root))
      assert.doesNotMatch(read(`env/.env.${environment}`), /^SECRET_\w+=(?!-$)|PASSWORD=./m);
  });

  it('make no package before provisioning has given the ids', () => {
    const told = checkPackage(buildPackage({ root, environment: 'dev', unfurlsLinks: true }), version);
    assert.match(told.join('\n'), /TEAMS_APP_ID/);
  });
});
