/** The output of an import for the operator, and its exit code for a script. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  directoryForget,
  directoryImport,
  EXIT,
  type DirectoryImportOptions,
} from '../../../bot/cli/directory.js';
import { DeskError } from '../../../core/errors.js';
import { PROBLEM_CODES } from '../../../core/directory/parse/problems.js';
import { problemText } from '../../../bot/cli/problem-text.js';
import { memoryDirectoryStore } from '../../helpers/memory-directory-store.js';

const HEADER = 'offer_id,offer_name,publisher_name,support_email';
const lines = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, at) => `contoso.${String(at + from)},Contoso ${String(at + from)},Contoso,help@contoso.com`,
  );

describe('directory import', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function desk() {
    const directory = memoryDirectoryStore();
    const run = async (content: string | Buffer, options: Partial<DirectoryImportOptions> = {}) => {
      const file = path.join(folder, 'offers.csv');
      writeFileSync(file, content);
      const text: string[] = [];
      const progress: string[] = [];
      const out = {
        line: (one: string) => void text.push(one),
        progress: (one: string) => void progress.push(one),
      };
      const code = await directoryImport({ file, ...options }, { directory }, out, {
        actor: 'tester',
        now: Date.parse('2026-11-22'),
      });
      return { code, text: text.join('\n'), progress };
    };
    return { directory, run };
  }
  const csv = (rows: readonly string[]) => [HEADER, ...rows, ''].join('\n');

  it('prints the rows read, the rows added, and the version', async () => {
    const { run } = desk();
    const { code, text, progress } = await run(csv(lines(3)));
    assert.equal(code, EXIT.ok);
    assert.match(text, /^Reading .*offers\.csv \(csv, utf-8\) for source file:offers\.$/m);
    assert.match(text, /^Added: 3 offers, 1 publisher:$/m);
    assert.match(text, /^ {2}offer contoso\.0 \(Contoso 0\)$/m);
    assert.match(
      text,
      /^3 rows read, 0 unchanged in the directory\.\nDone\. The directory is at version 1\.$/m,
    );
    assert.deepEqual(progress, ['read 3 rows', 'comparing 4 rows', 'writing 4 rows']);
  });

  it('says the second time that there is nothing to do', async () => {
    const { run } = desk();
    await run(csv(lines(3)));
    assert.match((await run(csv(lines(3)))).text, /Nothing to do/);
  });

  it('names every bad row with its number and the reason, and changes nothing', async () => {
    const { directory, run } = desk();
    const { code, text } = await run(
      csv([
        ...lines(2),
        'contoso.8,,Contoso,',
        'contoso.9,Nine,Contoso,nobody',
        'contoso.0,Other,Contoso,other@contoso.com',
        'x',
      ]),
    );
    assert.equal(code, EXIT.refused);
    for (const line of [
      'Left out, 4 rows:',
      '  row 4, offer_name: is missing',
      '  row 5, support_email "nobody": is not an email address',
      '  row 6 "offer:contoso.0": has the same id as an earlier row, but other values',
      '  row 7 "1 cells, 4 columns": has more or fewer cells than columns',
    ]) {
      assert.ok(text.split('\n').includes(line), `${line}\nin\n${text}`);
    }
    assert.match(text, /The import was refused and nothing was changed\. .*--skip-bad-rows/);
    assert.equal(directory.commits.length, 0);
    assert.equal((await run(csv([...lines(2), 'contoso.8,,Contoso,']), { skipBadRows: true })).code, EXIT.ok);
  });

  it('shows in a dry run which rows the import would add, change and remove', async () => {
    const { directory, run } = desk();
    await run(csv(lines(10)));
    const { code, text } = await run(
      csv([...lines(8), 'contoso.8,Renamed,Contoso,new@contoso.com', 'contoso.77,New,Contoso,']),
      { dryRun: true },
    );
    assert.equal(code, EXIT.ok);
    assert.match(text, /^To add: 1 offer, 0 publishers:\n {2}offer contoso\.77 \(New\)$/m);
    assert.match(
      text,
      /contoso\.8 \(Renamed\): contacts\.customer-support\.email: "help@contoso\.com" → "new@contoso\.com", name: "Contoso 8" → "Renamed"$/m,
    );
    assert.match(text, /^To remove: 1 offer, 0 publishers:\n {2}offer contoso\.9 \(Contoso 9\)$/m);
    assert.match(text, /Dry run: nothing was changed\.$/);
    assert.equal(directory.commits.length, 1);
  });

  it('says how many rows would disappear when the import refuses to remove them', async () => {
    const { run } = desk();
    await run(csv(lines(10)));
    const refused = await run(csv(lines(5)));
    assert.equal(refused.code, EXIT.refused);
    assert.match(
      refused.text,
      /would remove 5 of the 11 rows this source owns, more than 20 %\. .*--allow-removals/,
    );
    assert.equal((await run(csv(lines(5)), { allowRemovals: true })).code, EXIT.ok);
  });

  it('lists the first twenty changes, and all changes with --verbose', async () => {
    const { run } = desk();
    const short = await run(csv(lines(30)), { dryRun: true });
    assert.match(short.text, /… and 11 more \(--verbose lists all\)/);
    const all = await run(csv(lines(30)), { dryRun: true, verbose: true });
    assert.match(all.text, /offer contoso\.29/);
    assert.doesNotMatch(all.text, /more \(--verbose/);
  });

  it('says in a sentence why a file cannot be read, and that nothing changed', async () => {
    const { run } = desk();
    const { code, text } = await run(Buffer.from('504b0304', 'hex'));
    assert.equal(code, EXIT.unreadable);
    assert.match(text, /zip archive/);
    assert.match(text, /Nothing was changed\. Use a CSV or JSON file/);
    assert.equal((await run(csv(lines(1)), { map: path.join(folder, 'none.json') })).code, EXIT.unreadable);
  });

  it('passes an error of the store to the caller', async () => {
    const { directory, run } = desk();
    directory.failNext(new DeskError('store.unavailable', 'gone'));
    await assert.rejects(run(csv(lines(1))), { code: 'store.unavailable' });
  });

  it('takes the source from the option, or else from the mapping', async () => {
    const { directory, run } = desk();
    const map = path.join(folder, 'map.json');
    writeFileSync(
      map,
      JSON.stringify({
        source: 'file:mapped',
        fields: { offer_id: 'offer_id', offer_name: 'offer_name' },
        ignore: ['*', 'support_email'],
      }),
    );
    await run(csv(lines(1)), { map });
    await run(csv(lines(1)), { map, source: 'file:told' });
    assert.deepEqual(
      directory.commits.map((commit) => commit.source),
      ['file:mapped', 'file:told'],
    );
  });

  it('reminds the operator to remove the sample after an import of real offers', async () => {
    const { run } = desk();
    assert.doesNotMatch((await run(csv(lines(1)), { source: 'sample' })).text, /forget sample/);
    assert.match((await run(csv(lines(2)))).text, /"directory forget sample" takes it out/);
  });

  it('removes the rows of one source with directory forget', async () => {
    const { directory, run } = desk();
    await run(csv(lines(2)));
    const text: string[] = [];
    const out = { line: (one: string) => void text.push(one), progress: () => undefined };
    const forget = () => directoryForget('file:offers', { directory }, out, { actor: 'tester', now: 0 });
    assert.deepEqual([await forget(), await forget()], [EXIT.ok, EXIT.refused]);
    assert.match(text[0] ?? '', /^Removed the 3 rows of source file:offers/);
    assert.equal((await directory.load()).offers.size, 0);
  });
});

describe('the text of a problem', () => {
  it('has a different sentence for each code', () => {
    const said = PROBLEM_CODES.map((code) =>
      problemText({ row: 2, field: 'f', code, value: 'v', level: 'error' }),
    );
    assert.equal(new Set(said).size, PROBLEM_CODES.length);
    for (const sentence of said) assert.match(sentence, /^row 2, f "v": \S.{5,}/);
  });
});
