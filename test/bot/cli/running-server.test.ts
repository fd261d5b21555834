/** Commands work while the server holds the embedded store: reads open the store, writes go through the server. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { askQuestions } from '../../../bot/cli/profile-commands.js';
import { completionScript } from '../../../bot/cli/completion.js';
import { ALL_GROUPS } from '../../../bot/cli/every-command.js';
import { buildProgram, commandsOf } from '../../../bot/cli/program.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { FORMATS } from '../../../bot/outages/parsers/registry.js';
import { runCommand } from '../../helpers/command-line.js';
import { startDesk, type Desk } from '../../helpers/desk.js';

const PROFILE = path.join(findRootDir(), 'data', 'partner-profile.json');

describe('the command line beside a running server', function () {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-cli-'));
  const kept = process.env.OFFER_DESK_DATA_DIR;
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
    process.env.OFFER_DESK_DATA_DIR = desk.dataDir;
  });
  after(async () => {
    if (kept === undefined) delete process.env.OFFER_DESK_DATA_DIR;
    else process.env.OFFER_DESK_DATA_DIR = kept;
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...argv: string[]) => runCommand(folder, argv);

  const working: readonly (readonly [string, RegExp])[] = [
    ['outages list', /^$/],
    ['outages source add contoso-status --format statuspage --publisher contoso', /Source contoso-status/],
    [
      'outages source add one-offer --format own --publisher contoso --offer contoso.backup',
      /Source one-offer/,
    ],
    ['outages source off contoso-status', /is off/],
    ['outages source list', /contoso-status/],
    ['api-keys create ServiceNow --audience partner', /Key \(shown once\): odk_[0-9a-f]{12}_[\w-]{43}$/],
    ['api-keys list', /ServiceNow\tin use\tpartner\troute,offers,outages,reports\t60 a minute\tnever used/],
    ['api-keys revoke ServiceNow', /is revoked/],
    ['api-keys list', /revoked/],
    ['people teams', /No manager|\w/],
    ['people status', /registration/],
    ['privacy export --person 29:somebody-of-teams', /\{/],
    ['privacy erase --person 29:somebody-of-teams', /Nothing was kept/],
    ['insights unanswered', /asked/],
    ['insights add-alias contoso.backup Kontoso', /now finds Contoso Backup/],
    ['route explain --asker customer --issue billing.refund --offer contoso.backup', /./],
    ['route check', /./],
    ['directory sources', /sample/],
    ['directory why contoso.backup', /./],
    ['profile show', /Alpine Ski House Cloud/],
    [`profile import ${PROFILE}`, /In force: Alpine Ski House Cloud/],
    ['store backup copy.sqlite', /Backed up/],
    ['store check', /The store is whole/],
  ];
  for (const [words, wanted] of working) {
    it(`runs "${words.replace(PROFILE, 'FILE')}"`, async () => {
      const { code, text } = await run(...words.split(' '));
      assert.equal(code, 0, text);
      assert.match(text, wanted);
    });
  }

  it('reads the id of a taught offer in any letter case, and names the nearest offer to an unknown id', async () => {
    const taught = await run('insights', 'add-alias', 'CONTOSO.Backup', 'Cantoso Safe');
    assert.match(taught.text, /“Cantoso Safe” now finds Contoso Backup/);
    const wrong = await run('insights', 'add-alias', 'contoso.bakup', 'Kontoso');
    assert.equal(wrong.code, 1);
    assert.match(wrong.text, /no offer contoso\.bakup; did you mean contoso\.backup\?/);
    const far = await run('insights', 'add-alias', 'contos', 'Kontoso');
    assert.match(far.text, /no offer contos; the nearest one is \S+\./);
  });

  it('hands a secret from a file to the server, which stores it and prints nothing of it', async () => {
    const secret = `canary-${'s'.repeat(40)}`;
    writeFileSync(path.join(folder, 'secret.txt'), `${secret}\n`, { mode: 0o600 });
    const add = ['outages', 'source', 'add', 'pager', '--format', 'pagerduty', '--sign', 'pagerduty'];
    const added = await run(...add, '--publisher', 'contoso', '--secret-file', 'secret.txt');
    assert.equal(added.code, 0, added.text);
    assert.ok(!added.text.includes(secret));
    const source = await desk.app.stores.outages.sources.byId('pager');
    assert.ok(source?.auth.kind === 'pagerduty');
    const [reference = ''] = source.auth.secretRefs;
    assert.equal(await desk.app.stores.outages.secrets.read(reference), secret);
    assert.ok(!JSON.stringify(desk.entries).includes(secret));
    const missing = await run('outages', 'source', 'rotate', 'pager', '--secret-file', 'none.txt');
    assert.equal(missing.code, 1);
    assert.match(missing.text, /none\.txt: the file cannot be read/);
  });

  it('has no option that takes a secret itself', () => {
    for (const [words, command] of commandsOf(buildProgram(ALL_GROUPS)))
      for (const { long, flags } of command.options)
        if (/secret|token|password|key|credential/i.test(flags))
          assert.match(long ?? '', /-file$/, `${words} ${flags}: take a file, not the value`);
  });

  it('refuses store restore and no other command', async () => {
    await run('store', 'backup', path.join(folder, 'whole.sqlite'));
    const { code, text } = await run('store', 'restore', path.join(folder, 'whole.sqlite'));
    assert.equal(code, 1);
    assert.match(text, /store\.locked/);
  });

  it('refuses a sender for an unknown publisher or offer, names the nearest, and ends with exit code 1', async () => {
    const add = ['outages', 'sources', 'add', 'typo', '--format', 'own'];
    const publisher = await run(...add, '--publisher', 'contso');
    assert.equal(publisher.code, 1);
    assert.match(publisher.text, /no publisher contso; did you mean contoso\?/);
    const offer = await run(...add, '--publisher', 'contoso', '--offer', 'contoso.bakup');
    assert.equal(offer.code, 1);
    assert.match(offer.text, /no offer contoso\.bakup; did you mean contoso\.backup\?/);
    assert.equal(await desk.app.stores.outages.sources.byId('typo'), undefined);
  });

  it('records the operator whose change goes through the server', async () => {
    const [newest] = await desk.app.stores.profile.history(1);
    assert.equal(newest?.actor, 'cli:amy');
  });

  it('prints JSON for every listing', async () => {
    for (const words of ['outages source list', 'directory sources', 'profile show', 'people teams']) {
      const { text } = await run(...words.split(' '), '--json');
      assert.doesNotThrow(() => JSON.parse(text), `${words}: ${text}`);
    }
  });

  it('shows the current profile, its differences from the applied file, and the size of each image', async () => {
    const { profile } = desk.app.stores;
    const before = await profile.load();
    assert.ok(before);
    await profile.save({ ...before, colour: '#005a9e' }, 'file:one', 1);
    const logo = `data:image/gif;base64,R0lGOD${'A'.repeat(2_000)}`;
    await profile.save({ ...before, colour: '#a4262c', languages: ['en'], logo }, '29:ada', 2);
    const { text } = await run('profile', 'show');
    assert.match(text, /Edited since the file of OFFER_DESK_PROFILE was applied/);
    assert.match(text, /^ {2}colour: #005a9e → #a4262c$/m);
    assert.match(text, /^ {2}languages: en; .* → en$/m);
    assert.match(text, /^ {2}logo: image\/svg\+xml, 1 KB → image\/gif, 2 KB$/m);
    await profile.save(before, 'cli:amy', 3);
  });
});

describe('the help of the command line', () => {
  const leaves = commandsOf(buildProgram(ALL_GROUPS)).filter(([, command]) => command.commands.length === 0);
  const helpOf = (command: Command) => {
    let text = '';
    command.configureOutput({ writeOut: (part) => void (text += part) });
    command.outputHelp();
    return text;
  };

  it('has an example for each command', () => {
    for (const [words, command] of leaves) {
      assert.match(helpOf(command), new RegExp(`Examples:[^]*offer-desk ${words}`), words);
    }
  });

  it('lists every format of outages where a command takes one', () => {
    for (const words of ['outages parse', 'outages source add']) {
      const [, command] = leaves.find(([name]) => name === words) ?? [];
      assert.ok(command, words);
      const text = helpOf(command).replace(/\s+/g, ' ');
      for (const format of FORMATS) assert.ok(text.includes(format), `${words}: ${format}`);
    }
  });

  it('names the nearest option instead of the whole help', async () => {
    let written = '';
    const program = buildProgram(ALL_GROUPS);
    for (const [, command] of commandsOf(program))
      command.configureOutput({ writeErr: (part) => void (written += part) });
    await assert.rejects(program.parseAsync(['directory', 'import', '--dry-rn', 'x'], { from: 'user' }));
    assert.match(written, /Did you mean --dry-run\?/);
    assert.ok(written.split('\n').length < 6, written);
  });

  it('completes commands and options in bash', () => {
    const script = completionScript('bash', buildProgram(ALL_GROUPS)).join('\n');
    const complete = (words: readonly string[]) => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const call = `COMP_WORDS=(offer-desk ${list}); COMP_CWORD=${words.length}; _offer_desk; echo "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', `${script}\n${call}`], { encoding: 'utf8' }).trim();
    };
    assert.equal(complete(['dir']), 'directory');
    assert.equal(complete(['directory', 'imp']), 'import');
    assert.equal(complete(['directory', 'import', '--dr']), '--dry-run');
    assert.equal(complete(['outages', 'source', 'rot']), 'rotate');
  });

  it('has a completion script with every command for zsh, fish and PowerShell', () => {
    for (const shell of ['zsh', 'fish', 'powershell'] as const) {
      const script = completionScript(shell, buildProgram(ALL_GROUPS)).join('\n');
      for (const [words] of leaves)
        assert.ok(
          script.includes(`/${words.replaceAll(' ', '/')}'`) ||
            script.includes(`/${words.replaceAll(' ', '/')}"`),
          `${shell}: ${words}`,
        );
    }
  });
});

describe('the profile commands', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-profile-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...argv: string[]) => runCommand(folder, argv);

  it('write a valid file with init, and accept that file with check', async () => {
    const options = [
      '--name',
      'Fabrikam Cloud',
      '--model',
      'indirect-reseller',
      '--tenant',
      '11111111-2222-4333-8444-555555555555',
    ];
    const desks = [
      '--billing-email',
      'billing@fabrikam.com',
      '--billing-hours',
      'Europe/Berlin; Mo-Fr 09:00-17:00',
    ];
    const provider = ['--provider-name', 'Contoso Distribution', '--provider-email', 'partners@contoso.com'];
    const looks = [
      '--languages',
      'zh-Hant, en',
      '--logo',
      'https://www.contoso.com/a.png',
      '--colour',
      '#0F5C8C',
    ];
    const made = await run('profile', 'init', ...options, ...desks, ...provider, ...looks);
    assert.equal(made.code, 0, made.text);
    const written = JSON.parse(readFileSync(path.join(folder, 'partner-profile.json'), 'utf8')) as {
      provider: { name: string };
      languages: string[];
      logo: string;
      colour: string;
    };
    assert.equal(written.provider.name, 'Contoso Distribution');
    assert.deepEqual(
      [written.languages, written.logo, written.colour],
      [['zh-Hant', 'en'], 'https://www.contoso.com/a.png', '#0f5c8c'],
    );
    const checked = await run('profile', 'check', 'partner-profile.json');
    assert.equal(checked.code, 0, checked.text);
  });

  it('name with check every wrong field at once, with its path and an example', async () => {
    const wrong = {
      name: '',
      model: 'reseller',
      tenantIds: ['contoso.com'],
      tier1: 'us',
      desks: {
        billing: { name: 'Billing', email: 'nobody' },
        technical: { name: 'Support', hours: '9 to 5' },
      },
      customerMaySee: { supportEmail: 'no', supportPhone: false, documentation: true },
      languages: ['klingon'],
      logo: 'logo.png',
      colour: 'blue',
    };
    writeFileSync(path.join(folder, 'wrong.json'), JSON.stringify(wrong));
    const { code, text } = await run('profile', 'check', 'wrong.json');
    assert.equal(code, 1);
    for (const place of [
      'name',
      'model',
      'tenantIds.0',
      'tier1',
      'desks.billing.email',
      'desks.technical.hours',
      'customerMaySee.supportEmail',
      'languages.0',
      'logo',
      'colour',
    ])
      assert.match(text, new RegExp(`^ {2}${place.replaceAll('.', '\\.')}: .*for example`, 'm'), text);
  });

  it('explain a wrong answer in init, ask again, and ask only an indirect reseller for a provider', async () => {
    const asked: string[] = [];
    const answering = (answers: readonly string[]) => {
      const left = [...answers];
      return (text: string) => {
        asked.push(text);
        return Promise.resolve(left.shift() ?? '');
      };
    };
    const given = {
      tenant: '',
      tier1: 'partner',
      billingEmail: 'billing@fabrikam.com',
      languages: 'en',
    } as const;
    const rest = ['', '', 'support@fabrikam.com', '', 'nine to five', 'UTC; 24/7'];
    const reseller = ['', 'Fabrikam', 'indirect-reseller', ...rest, '', 'Contoso Distribution', '', ''];
    const answers = await askQuestions(given, answering([...reseller, '#ffcc00', '#0f5c8c']));
    assert.deepEqual(
      [answers.name, answers.supportHours, answers.providerName, answers.colour],
      ['Fabrikam', 'UTC; 24/7', 'Contoso Distribution', '#0f5c8c'],
    );
    assert.match(asked.join('\n'), /^ {2}name: is missing; for example "Contoso Cloud"\n/m);
    assert.match(asked.join('\n'), /^ {2}provider: an indirect reseller names its indirect provider/m);
    assert.match(asked.join('\n'), /^ {2}colour: white text on #ffcc00 has a contrast of 1\.5:1/m);
    asked.length = 0;
    await askQuestions({ ...given, name: 'Fabrikam', model: 'direct-bill' }, answering([]));
    assert.doesNotMatch(asked.join('\n'), /indirect provider/);
  });

  it('report with check that a file is not JSON', async () => {
    writeFileSync(path.join(folder, 'broken.json'), '{ "name": ');
    const { code, text } = await run('profile', 'check', 'broken.json');
    assert.equal(code, 1);
    assert.match(text, /not JSON/);
  });
});
