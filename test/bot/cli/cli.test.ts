/** The command line as an operator runs it: as a process, with standard input and output and exit codes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { program } from '../../helpers/program.js';

const CSV = [
  'publisher_id,publisher_name,offer_id,offer_name,support_tier,hosting,support_email',
  'contoso,"Contoso, Ltd.",contoso.vault,Contoso Vault,publisher,saas,help@contoso.com',
  'fabrikam,Fabrikam,fabrikam.crm,Fabrikam CRM,publisher,saas,not an address',
].join('\n');

interface Line {
  readonly kind: string;
  readonly decision: string;
  readonly party: string;
  readonly offers: readonly { readonly id: string }[];
  readonly error?: string;
}

describe('the command line', function () {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-cli-'));
  after(() => rmSync(dir, { recursive: true, force: true }));
  const cli = (args: string[], input = '') => {
    const env = {
      ...process.env,
      OFFER_DESK_DATA_DIR: path.join(dir, 'data'),
      DATABASE_URL: '',
      NODE_ENV: '',
    };
    const run = spawnSync(process.execPath, [...program('cli'), ...args], {
      cwd: findRootDir(),
      input,
      env,
      encoding: 'utf8',
    });
    return { code: run.status, out: run.stdout, err: run.stderr };
  };

  it('imports a file with a bad row only with --skip-bad-rows, and otherwise names the row', () => {
    const file = path.join(dir, 'offers.csv');
    writeFileSync(file, CSV);
    const refused = cli(['directory', 'import', file]);
    assert.notEqual(refused.code, 0);
    assert.match(refused.out, /row (2|3)/i);
    const dry = cli(['directory', 'import', file, '--skip-bad-rows', '--dry-run']);
    assert.equal(dry.code, 0, dry.out + dry.err);
    const done = cli(['directory', 'import', file, '--skip-bad-rows']);
    assert.equal(done.code, 0, done.out + done.err);
  });

  it('understands JSON lines with the imported directory, and continues after a bad line', () => {
    const lines = [
      { text: 'I was charged twice for Contoso Vault', asker: 'end-customer' },
      { text: 'cost' },
    ].map((line) => JSON.stringify(line));
    const { code, out } = cli(['understand'], [lines[0], 'no json', lines[1], ''].join('\n'));
    assert.equal(code, 0);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    assert.equal(answers.length, 3);
    assert.equal(answers[0]?.kind, 'billing');
    assert.equal(answers[0]?.decision, 'answered');
    assert.equal(answers[0]?.offers[0]?.id, 'contoso.vault');
    assert.equal(answers[0]?.party, 'CSP partner');
    assert.ok(answers[1]?.error);
    assert.equal(answers[2]?.decision, 'asked');
  });

  it('explains a route and refuses an unknown issue by name', () => {
    const good = cli([
      'route',
      'explain',
      '--asker',
      'partner',
      '--issue',
      'technical',
      '--offer',
      'Contoso Vault',
    ]);
    assert.equal(good.code, 0, good.out + good.err);
    assert.match(good.out, /ISV/);
    const bad = cli(['route', 'explain', '--asker', 'partner', '--issue', 'weather']);
    assert.equal(bad.code, 1);
    assert.match(bad.out, /weather/);
  });

  it('reads a secret from standard input, so that no process list shows it', () => {
    const add = ['outages', 'source', 'add', 'pager', '--format', 'pagerduty', '--sign', 'pagerduty'];
    const empty = cli([...add, '--secret-file', '-']);
    assert.equal(empty.code, 1);
    assert.match(empty.err, /there is no secret in it/);
    const done = cli([...add, '--secret-file', '-'], 'a-secret-of-the-sender\n');
    assert.equal(done.code, 0, done.out + done.err);
    assert.doesNotMatch(done.out + done.err, /a-secret-of/);
  });

  it('checks the rules without a finding', () => assert.equal(cli(['route', 'check']).code, 0));
});
