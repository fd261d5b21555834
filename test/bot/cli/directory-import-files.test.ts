/** The files that partners have: exports from Excel and SharePoint, with titles, text and other encodings. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../../bot/app/config.js';
import { runDirectoryRequest } from '../../../bot/cli/directory-requests.js';
import { directoryTemplate, TEMPLATE } from '../../../bot/cli/directory-template.js';
import { directoryImport, EXIT, type DirectoryImportOptions } from '../../../bot/cli/directory.js';
import { SAMPLE_SOURCE } from '../../../bot/directory/sample.js';
import { openStores } from '../../../bot/store/stores.js';
import { ADMIN_SOURCE } from '../../../core/directory/correction.js';
import type { Contact, Offer } from '../../../core/directory/types.js';
import { ALIAS_SOURCE } from '../../../core/services/directory/alias.js';
import { forgetSource } from '../../../core/services/directory/import-rows.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { memoryDirectoryStore } from '../../helpers/memory-directory-store.js';

describe('the import of a partner’s file', () => {
  const directory = memoryDirectoryStore();
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, content: string | Buffer) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  async function bring(
    content: string | Buffer,
    options: Partial<DirectoryImportOptions> & {
      readonly into?: typeof directory;
      readonly name?: string;
    } = {},
  ) {
    const { into = memoryDirectoryStore(), name = 'file.csv', ...rest } = options;
    const lines: string[] = [];
    const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
    const ports = {
      directory: into,
      ownersOf: async (keys: readonly string[]) => {
        const rows = await into.rowsOf('file:contacts');
        const owned = keys.filter((key) => rows.has(key)).length;
        return owned === 0 ? [] : [{ source: 'file:contacts', rows: owned }];
      },
    };
    const given = { file: write(name, content), ...rest };
    const code = await directoryImport(given, ports, out, { actor: 'tester', now: Date.parse('2026-11-29') });
    const { offers } = await into.load();
    const offer = (id: string): Offer => offers.get(id) ?? assert.fail(`no ${id}: ${lines.join('\n')}`);
    const contact = (id: string): Contact => offer(id).contacts[0] ?? assert.fail(lines.join('\n'));
    return { code, text: lines.join('\n'), offers, offer, contact };
  }

  it('finds the header below a title, and names the rows above the header', async () => {
    const { code, text, offer } = await bring(
      'Contoso partner contacts\nExported 2026-11-01;;\n\nOffer ID;Product;Vendor;Support E-Mail\ncontoso.a;Backup;Contoso;help@contoso.com\n',
    );
    assert.equal(code, EXIT.ok, text);
    assert.equal(offer('contoso.a').name, 'Backup');
    assert.match(text, /row 1 "Contoso partner contacts": stands above the header/);
    assert.match(text, /Vendor → publisher_name/);
  });

  it('reads columns separated by a vertical bar', async () => {
    const { offer } = await bring('offer_id|offer_name|publisher_name\ncontoso.a|Backup|Contoso\n');
    assert.equal(offer('contoso.a').name, 'Backup');
  });

  it('reads Windows-1252, and reports the encoding', async () => {
    const bytes = Buffer.from(
      'offer_id;offer_name;publisher_name\ncontoso.a;Caf\xe9 \x96 B\xfcro \x80;Soci\xe9t\xe9 Fabrikam\n',
      'latin1',
    );
    const { text, offer } = await bring(bytes);
    assert.equal(offer('contoso.a').name, 'Café – Büro €');
    assert.match(text, /was read as Windows-1252/);
  });

  it('refuses Chinese text in another encoding than UTF-8', async () => {
    const big5 = Buffer.from(
      'offer_id,offer_name,publisher_name\ncontoso.a,\xb3\xc6\xa5\xf7\xb8\xea\xae\xc6,Contoso\n',
      'latin1',
    );
    const { code, text } = await bring(big5);
    assert.equal(code, EXIT.unreadable);
    assert.match(text, /Save it again as "CSV UTF-8"/);
  });

  it('stops at an unread column with addresses until --ignore names the column', async () => {
    const csv =
      'offer_id,offer_name,publisher_name,Escalation,Notes\ncontoso.a,Backup,Contoso,boss@contoso.com,call first\n';
    const stopped = await bring(csv);
    assert.equal(stopped.code, EXIT.refused);
    assert.match(stopped.text, /Nobody reads "Escalation".*--ignore "Escalation"/s);
    const ignored = await bring(csv, { ignore: ['Escalation'] });
    assert.equal(ignored.code, EXIT.ok, ignored.text);
  });

  for (const [what, value] of [
    ['a link', 'https://contoso.com/help'],
    ['a telephone number', '+1 425 555 0100'],
    ['a national number', '(425) 555-0100'],
  ] as const) {
    it(`stops at an unread column with ${what}`, async () => {
      const { code } = await bring(
        `offer_id,offer_name,publisher_name,Extra\ncontoso.a,A,Contoso,${value}\n`,
      );
      assert.equal(code, EXIT.refused);
    });
  }

  it('does not stop at unread dates, prices, versions and ids', async () => {
    const { code, text } = await bring(
      'offer_id,offer_name,publisher_name,Date,Price,Version,Code\ncontoso.a,A,Contoso,2026-11-29,1234567.50,10.2.33.4,123456789\n',
    );
    assert.equal(code, EXIT.ok, text);
  });

  it('stops at addresses even when the mapping ignores every column', async () => {
    const map = write(
      'map.json',
      JSON.stringify({
        fields: { offer_id: 'Id', offer_name: 'Name', publisher_name: 'Who' },
        ignore: ['*'],
      }),
    );
    const csv = 'Id,Name,Who,Colour,Mail\ncontoso.a,A,Contoso,blue,help@contoso.com\n';
    assert.equal((await bring(csv, { map })).code, EXIT.refused);
  });

  it('leaves out the rows that are not offers according to the mapping', async () => {
    const map = write(
      'map.json',
      JSON.stringify({
        fields: { offer_id: 'Id', offer_name: 'Name', publisher_name: 'Who' },
        only: [
          { field: 'Type', in: ['Product'] },
          { field: 'Id', filled: true },
        ],
        ignore: ['Type'],
      }),
    );
    const csv = 'Id,Name,Who,Type\ncontoso.a,A,Contoso,product\ncontoso.b,B,Contoso,Service\n,Total: 2,,\n';
    const { code, text, offers } = await bring(csv, { map });
    assert.equal(code, EXIT.ok, text);
    assert.deepEqual([...offers.keys()], ['contoso.a']);
    assert.match(text, /row 3 "contoso\.b": is not an offer according to the mapping/);
  });

  it('reads a second name for the same id as an alias, and refuses a second contact', async () => {
    const header = 'offer_id,offer_name,publisher_name,support_email\n';
    const named = await bring(
      `${header}contoso.a,Backup,Contoso,a@contoso.com\ncontoso.a,Contoso Backup,Contoso,\n`,
    );
    assert.deepEqual(named.offer('contoso.a').aliases, ['Contoso Backup']);
    const doubled = await bring(
      `${header}contoso.a,Backup,Contoso,a@contoso.com\ncontoso.a,Copy,Contoso,b@contoso.com\n`,
    );
    assert.equal(doubled.code, EXIT.refused);
  });

  it('lists the values that a column accepts', async () => {
    const { text } = await bring(
      'offer_id,offer_name,publisher_name,support_tier\ncontoso.a,A,Contoso,gold\n',
    );
    assert.match(text, /support_tier "gold": is none of publisher, microsoft, community, none/);
  });

  it('reads values from SharePoint’s hyperlinks, people, terms and rich text', async () => {
    const { code, text, offer, contact } = await bring(
      JSON.stringify([
        {
          offer_id: 'contoso.a',
          offer_name: { Label: 'Backup', TermGuid: 'x' },
          publisher_name: { LookupValue: 'Contoso', LookupId: 3 },
          support_name: { LookupValue: 'Pat Lee', Email: 'pat@contoso.com' },
          support_email: { LookupValue: 'Pat Lee', Email: 'pat@contoso.com' },
          support_url: { Description: 'Help', Url: 'https://contoso.com/help' },
          summary: '<div class="ExternalClass1"><p>Orders &amp; returns</p><script>x()</script></div>',
        },
      ]),
      { name: 'list.json' },
    );
    assert.equal(code, EXIT.ok, text);
    assert.equal(offer('contoso.a').summary, 'Orders & returns');
    assert.equal(offer('contoso.a').links.support, 'https://contoso.com/help');
    assert.deepEqual([contact('contoso.a').name, contact('contoso.a').email], ['Pat Lee', 'pat@contoso.com']);
  });

  it('removes invisible characters from names, addresses and headers', async () => {
    const { offer, contact } = await bring(
      '\uFEFFoffer\u200B_id,offer_name,publisher_name,support_email\ncontoso\u2060.a,Back\u3164up\uFE0F,Contoso,help\u200C@contoso.com\n',
    );
    assert.equal(offer('contoso.a').name, 'Backup');
    assert.equal(contact('contoso.a').email, 'help@contoso.com');
  });

  it('shows in a dry run how many offers have each field', async () => {
    const { text } = await bring(
      'offer_id,offer_name,publisher_name,Phone\nc.a,A,C,+1 425 555 0100\nc.b,B,C,\n',
      { dryRun: true },
    );
    assert.match(text, /support phone: 1 of 2, for example "\+14255550100"/);
    assert.match(text, /support email: 0 of 2/);
  });

  it('asks for --source when a file with a new name has the offers of another source', async () => {
    const csv = 'offer_id,offer_name,publisher_name\ncontoso.a,A,Contoso\n';
    assert.equal((await bring(csv, { into: directory, name: 'contacts.csv' })).code, EXIT.ok);
    const asked = await bring(csv, { into: directory, name: 'contacts-december.csv' });
    assert.equal(asked.code, EXIT.refused);
    assert.match(asked.text, /belong to the source file:contacts.*--source file:contacts/s);
    const told = await bring(csv, {
      into: directory,
      name: 'contacts-december.csv',
      source: 'file:contacts',
    });
    assert.equal(told.code, EXIT.ok);
  });

  it('asks when another source owns the offers, unless it is the sample, a correction or an alias', async () => {
    const now = () => Date.parse('2026-11-29');
    const stores = await openStores({ dataDir: path.join(folder, 'data'), now, log: new CapturedLog() });
    const config = readConfig({}, folder);
    const file = write('in.csv', 'offer_id,offer_name,publisher_name\ncontoso.a,A,Contoso\n');
    const again = write('in2.csv', 'offer_id,offer_name,publisher_name\ncontoso.a,A,Contoso\n');
    const importing = async (from: string, source?: string) => {
      const lines: string[] = [];
      const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
      const request = { command: 'import', file: from, ...(source && { source }) } as const;
      const code = await runDirectoryRequest(request, { stores, config, actor: 'tester', now }, out);
      return { code, text: lines.join('\n') };
    };
    try {
      for (const source of [SAMPLE_SOURCE, ALIAS_SOURCE, ADMIN_SOURCE]) {
        assert.equal((await importing(file, source)).code, EXIT.ok);
        assert.equal((await importing(again)).code, EXIT.ok, source);
        for (const one of [source, 'file:in2'])
          await forgetSource(stores, { source: one, actor: 'tester', now: now() });
      }
      for (const source of ['mine', 'catalog:us']) {
        assert.equal((await importing(file, source)).code, EXIT.ok);
        const asked = await importing(again);
        assert.equal(asked.code, EXIT.refused, source);
        assert.ok(asked.text.includes(`belong to the source ${source}`), asked.text);
        assert.equal((await importing(again, source)).code, EXIT.ok);
        await forgetSource(stores, { source, actor: 'tester', now: now() });
      }
    } finally {
      await stores.close();
    }
  });

  it('writes a template that the import can read, and never overwrites a file', async () => {
    const file = path.join(folder, 'template.csv');
    const out = { line: () => undefined, progress: () => undefined };
    assert.equal(await directoryTemplate(file, out), EXIT.ok);
    assert.equal(await directoryTemplate(file, out), EXIT.refused);
    const header = readFileSync(file, 'utf8');
    const cells = Object.keys(TEMPLATE).map((name) =>
      name === 'offer_id' ? 'contoso.a' : name === 'offer_name' ? 'A' : '',
    );
    const { code, text } = await bring(`${header}${cells.join(',')}\r\n`);
    assert.equal(code, EXIT.ok, text);
  });
});
