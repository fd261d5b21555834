/** The partner's own names in the reader's language, from the file to the cards and pages; other readers see the plain names. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { directoryImport } from '../../bot/cli/directory.js';
import { directoryExport } from '../../bot/cli/directory-export.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { buttonsOf, startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';
import { launchChromium } from '../helpers/chromium.js';
import { call } from '../helpers/direct-line.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { ADA, TeamsChat } from '../helpers/teams-chat.js';

const HIDDEN = 'hidden-canary@fabrikam.com';
const CSV = [
  'offer_id,offer_name,name (de),summary.de,name_sv,publisher_name,support_tier,hosting,engineering_email,csp_email,support_email',
  `fabrikam.vault,Fabrikam Vault,Fabrikam Tresor,Bewahrt Schlüssel.,Fabrikam Valv,Fabrikam,publisher,saas,${HIDDEN},${HIDDEN},${HIDDEN}`,
  `fabrikam.vault2,Fabrikam Vault Pro,Fabrikam Tresor Plus,,,Fabrikam,publisher,saas,${HIDDEN},,`,
  `litware.ledger,Litware Ledger,,,,Litware,publisher,saas,${HIDDEN},,`,
].join('\n');
const PROFILE: Partial<PartnerProfile> = {
  name: 'Contoso Cloud',
  languages: ['en', 'de', 'fr'],
  inLanguages: {
    de: { name: 'Contoso Wolke', desks: { billing: 'Rechnungsstelle', technical: 'Kundendienst' } },
  },
};

const isGerman = /Contoso Wolke|Tresor|Rechnungsstelle/;

describe('the partner’s own names', function () {
  let desk: Desk;
  let connector: FakeConnector;
  let folder: string;
  const lines: string[] = [];
  const out = { line: (text: string) => void lines.push(text), progress: () => undefined };

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-own-'));
    const sample = await readFile(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8');
    const profile = path.join(folder, 'profile.json');
    await writeFile(profile, JSON.stringify({ ...(JSON.parse(sample) as object), ...PROFILE }));
    [desk, connector] = await Promise.all([startDesk({ OFFER_DESK_PROFILE: profile }), startConnector()]);
    const file = path.join(folder, 'offers.csv');
    await writeFile(file, CSV);
    const ports = { directory: desk.app.stores.directory };
    const code = await directoryImport({ file }, ports, out, { actor: 'test', now: Date.now() });
    assert.equal(code, 0, lines.join('\n'));
    await desk.app.directory.refresh();
  });
  after(async () => {
    await Promise.all([desk?.close(), connector?.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const customer = (locale: string) => Visitor.join(desk.url, 'customer', locale);
  const answer = (replies: readonly Reply[]) => replies.map(textOf).join('\n');

  it('are read from the file, and a column in an unknown language is named and changes nothing', () => {
    const told = lines.join('\n');
    assert.match(told, /name \(de\) → offer_name_de/);
    assert.match(
      told,
      /name_sv: ends in none of the product's languages \(en, zh-Hant, .*the column is ignored/,
    );
    const { offers } = desk.app.directory.view().directory;
    assert.deepEqual(offers.get('fabrikam.vault')?.inLanguages, {
      de: { name: 'Fabrikam Tresor', summary: 'Bewahrt Schlüssel.' },
    });
  });

  it('are on every card for a customer who writes German', async () => {
    const visitor = await customer('de-DE');
    assert.match(textOf(visitor.first), /Contoso Wolke/);
    const told = answer(await visitor.say('Die Rechnung für Fabrikam Tresor ist falsch'));
    for (const name of ['Contoso Wolke', 'Fabrikam Tresor', 'Rechnungsstelle'])
      assert.ok(told.includes(name), told);
    assert.doesNotMatch(told, /Contoso Cloud|Fabrikam Vault|Billing desk/);
    assert.ok(!told.includes(HIDDEN));
  });

  it('are the plain ones for a customer who writes French', async () => {
    const visitor = await customer('fr-FR');
    assert.match(textOf(visitor.first), /Contoso Cloud/);
    const told = answer(await visitor.say('La facture de Fabrikam Vault est fausse'));
    for (const name of ['Contoso Cloud', 'Fabrikam Vault', 'Billing desk'])
      assert.ok(told.includes(name), told);
    assert.doesNotMatch(told, isGerman);
    assert.ok(!told.includes(HIDDEN));
  });

  it('are understood in any language that a customer writes them in', async () => {
    for (const [locale, text, name] of [
      ['de-DE', 'Die Rechnung für Fabrikam Vault ist falsch', 'Fabrikam Tresor'],
      ['fr-FR', 'La facture de Fabrikam Tresor est fausse', 'Fabrikam Vault'],
    ] as const) {
      const visitor = await customer(locale);
      assert.ok(answer(await visitor.say(text)).includes(name), text);
    }
  });

  it('are in the lists to choose from, and a part of a listed name chooses', async () => {
    const visitor = await customer('de-DE');
    const [list] = await visitor.say('Fabrikam Tresor oder Fabrikam Tresor Plus stürzt ab');
    assert.ok(list);
    const told = textOf(list);
    assert.ok(told.includes('Fabrikam Tresor Plus'), told);
    assert.doesNotMatch(told, /Vault/);
  });

  it('are in the question that follows, and in the words of what was understood', async () => {
    const visitor = await customer('de-DE');
    const [card] = await visitor.say('Fabrikam Tresor');
    assert.ok(card && buttonsOf(card).length > 0);
    assert.match(textOf(card), /Fabrikam Tresor/);
    assert.doesNotMatch(textOf(card), /Fabrikam Vault/);
  });

  it('follow the language when the customer chooses another one', async () => {
    const visitor = await customer('de-DE');
    await visitor.say('Die Rechnung für Fabrikam Tresor ist falsch');
    await visitor.say('Français');
    const told = answer(await visitor.say('pourquoi ?'));
    assert.doesNotMatch(told, isGerman);
  });

  it('are in the list of the search field for the page’s language', async () => {
    const visitor = await customer('de-DE');
    const found = async (query: string, language?: string) => {
      const { text } = await call(`${desk.url}/api/offers`, 'POST', {
        body: { resume: visitor.resume, query, ...(language && { language }) },
      });
      return (JSON.parse(text) as { offers: Record<string, string>[] }).offers;
    };
    assert.deepEqual((await found('tresor', 'de'))[0], {
      name: 'Fabrikam Tresor',
      publisher: 'Fabrikam, Inc.',
    });
    assert.deepEqual((await found('tresor', 'fr'))[0], {
      name: 'Fabrikam Vault',
      lang: 'en',
      publisher: 'Fabrikam, Inc.',
    });
    assert.deepEqual((await found('ledger', 'de'))[0], {
      name: 'Litware Ledger',
      lang: 'en',
      publisher: 'Litware, Inc.',
    });
    for (const language of ['en', undefined, 'no tag'])
      assert.deepEqual((await found('tresor', language))[0], {
        name: 'Fabrikam Vault',
        publisher: 'Fabrikam, Inc.',
      });
  });

  it('are in the title and heading of the chat page, where a plain name says its language', async () => {
    const page = async (language: string) =>
      (await call(`${desk.url}/widget/frame?partner=partner&lang=${language}`, 'GET')).text;
    assert.match(await page('de'), /<title>[^<]*Contoso Wolke[^<]*<\/title>/);
    assert.match(await page('de'), /<h1>[^<]*Contoso Wolke[^<]*<\/h1>/);
    assert.match(await page('fr'), /<title>[^<]*Contoso Cloud[^<]*<\/title>/);
    assert.match(await page('fr'), /<h1>[^<]*<bdi lang="en">Contoso Cloud<\/bdi>[^<]*<\/h1>/);
    assert.match(await page('en'), /<h1>Contoso Cloud help<\/h1>/);
  });

  it('are in the search field of the chat page, where a plain name says its language', async function () {
    const browser = await launchChromium(this);
    try {
      const page = await browser.newPage();
      const open = async (language: string) => {
        await page.goto(`${desk.url}/widget/frame?partner=partner&lang=${language}`);
        await page.getByRole('combobox').fill('fabrikam tresor');
        const name = page.locator('#product-search li bdi').first();
        await name.waitFor();
        return [await name.textContent(), await name.getAttribute('lang')];
      };
      assert.deepEqual(await open('de'), ['Fabrikam Tresor', null]);
      assert.deepEqual(await open('fr'), ['Fabrikam Vault', 'en']);
    } finally {
      await browser.close();
    }
  });

  it('are in the message extension and in the cards that it makes', async () => {
    const chat = new TeamsChat(desk, connector, {
      id: '19:own',
      conversationType: 'groupChat',
      isGroup: true,
    });
    const parameters = [{ name: 'query', value: 'Fabrikam Tresor' }];
    const titles = async (locale: string) => {
      const { body } = await chat.deliver({
        type: 'invoke',
        name: 'composeExtension/query',
        value: { commandId: 'searchOffers', parameters },
        from: { ...ADA, id: `29:${locale}` },
        locale,
      });
      const { attachments } = (
        body as {
          composeExtension: { attachments: { content: object; preview: { content: { title: string } } }[] };
        }
      ).composeExtension;
      return [attachments[0]?.preview.content.title, JSON.stringify(attachments[0]?.content)] as const;
    };
    const [german, card] = await titles('de-DE');
    assert.equal(german, 'Fabrikam Tresor');
    assert.match(card ?? '', /Fabrikam Tresor/);
    assert.ok(!card?.includes(HIDDEN));
    const [french, plain] = await titles('fr-FR');
    assert.equal(french, 'Fabrikam Vault');
    assert.doesNotMatch(plain ?? '', isGerman);
  });

  it('are in the channel’s language on a card in a channel', async () => {
    const somebody = (id: string) => ({ ...ADA, id: `29:channel-${id}` });
    const thread = (id: number, locale: string) =>
      new TeamsChat(
        desk,
        connector,
        { id: `19:${locale}@thread.tacv2;messageid=${id}`, conversationType: 'channel', isGroup: true },
        { locale },
      );
    const [german] = await thread(1, 'de-DE').say(
      'Die Rechnung für Fabrikam Tresor ist falsch',
      somebody('de'),
    );
    assert.match(textOf(german!), /Fabrikam Tresor/);
    const [english] = await thread(2, 'en-US').say(
      'The invoice for Fabrikam Tresor is wrong',
      somebody('en'),
    );
    assert.match(textOf(english!), /Fabrikam Vault/);
    assert.doesNotMatch(textOf(english!), isGerman);
  });

  it('are plain in the forms and lists of administrators', async () => {
    const staff = await Visitor.join(desk.url, 'partner', 'de-DE');
    const told = answer(await staff.say('admin Fabrikam Tresor'));
    assert.match(told, /Fabrikam Vault/);
    const profile = answer(await staff.say('admin profile'));
    assert.match(profile, /Contoso Cloud/);
    assert.match(profile, /Billing desk/);
    assert.doesNotMatch(profile, isGerman);
  });

  it('are exported with the directory, and imported again without a change', async () => {
    const file = path.join(folder, 'export.csv');
    const ports = { directory: desk.app.stores.directory };
    assert.equal(await directoryExport({ file, format: 'csv', source: 'file:offers' }, ports, out), 0);
    const [header = ''] = (await readFile(file, 'utf8')).split('\r\n');
    assert.ok(header.endsWith(',offer_name_de,summary_de'), header);
    const version = await ports.directory.version();
    const options = { file, source: 'file:offers' };
    const code = await directoryImport(options, ports, out, { actor: 'test', now: Date.now() });
    assert.equal(code, 0, lines.join('\n'));
    assert.equal(await ports.directory.version(), version);
  });
});
