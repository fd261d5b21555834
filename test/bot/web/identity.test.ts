/** Signed identities of a partner's customers: which tokens count, what they narrow, and that they open nothing. */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { erasePerson, exportPerson } from '../../../bot/store/people/person.js';
import { MAX_IDENTITY, createIdentityReader, publicKeys } from '../../../bot/web/identity/verify.js';
import { textIn } from '../../../locales/text.js';
import { ASKS_HOW_BOUGHT, startDesk, textOf, Visitor, type Desk } from '../../helpers/desk.js';
import { call } from '../../helpers/direct-line.js';
import { isCode } from '../../helpers/errors.js';
import { INJECTIONS } from '../../helpers/injections.js';

const en = textIn('en', 'customer');
const SECRET = 'a-shared-secret-of-the-partner-0123456789';
const NOW = Date.UTC(2026, 8, 1, 12);
const BACKUP = 'contoso.backup';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = (key: typeof rsa.publicKey, kid: string) => ({ ...key.export({ format: 'jwk' }), kid });
const JWKS = { keys: [jwk(rsa.publicKey, 'one'), jwk(ec.publicKey, 'two')] };
const PEM = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

type Key = Parameters<SignJWT['sign']>[0];
interface Made {
  readonly alg?: string;
  readonly kid?: string;
  readonly key?: Key;
  readonly at?: number;
  readonly aud?: string;
  readonly exp?: number;
  readonly more?: Record<string, unknown>;
}
const seconds = (ms: number) => Math.floor(ms / 1000);
const signed = ({ alg = 'HS256', kid, key, at = NOW, aud = 'partner', exp, more = {} }: Made = {}) =>
  new SignJWT({ sub: 'customer-7', offers: [BACKUP], ...more })
    .setProtectedHeader({ alg, ...(kid && { kid }) })
    .setIssuedAt(seconds(at))
    .setAudience(aud)
    .setExpirationTime(exp ?? seconds(at) + 300)
    .sign(key ?? new TextEncoder().encode(SECRET));
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const CLAIMS = { sub: 'a', aud: 'partner', iat: seconds(NOW), exp: seconds(NOW) + 300 };

describe('a token about a customer', () => {
  const rules = { audience: 'partner', now: () => NOW };
  const both = createIdentityReader({ ...rules, secret: SECRET, keys: publicKeys(JSON.stringify(JWKS)) });
  const reasonOf = async (token: unknown, read = both) => {
    const found = await read(token);
    return found.kind === 'refused' ? found.reason : 'accepted';
  };

  it('is taken when the partner’s secret or one of its keys signed it', async () => {
    const tenant = 'AAAAAAAA-1111-4111-8111-000000000001';
    const offers = ['Contoso.Backup', { id: 'WA104000001', channel: 'customer-direct' }];
    assert.deepEqual(await both(await signed({ more: { tenant, country: 'de', offers, role: 'admin' } })), {
      kind: 'customer',
      customer: {
        subject: 'customer-7',
        tenantId: tenant.toLowerCase(),
        country: 'DE',
        offers: [{ offerId: BACKUP }, { offerId: 'WA104000001', channel: 'customer-direct' }],
      },
    });
    assert.equal(await reasonOf(await signed({ alg: 'RS256', kid: 'one', key: rsa.privateKey })), 'accepted');
    assert.equal(await reasonOf(await signed({ alg: 'ES256', key: ec.privateKey })), 'accepted');
    const onePem = createIdentityReader({ ...rules, keys: publicKeys(PEM) });
    assert.equal(await reasonOf(await signed({ alg: 'RS256', key: rsa.privateKey }), onePem), 'accepted');
  });

  it('is refused without a signature, and with a public key used as a secret', async () => {
    for (const alg of ['none', 'None', 'NONE', ''])
      assert.match(await reasonOf(`${part({ alg })}.${part(CLAIMS)}.`), /^(algorithm|malformed)$/, alg);
    const keysOnly = createIdentityReader({ ...rules, keys: publicKeys(PEM) });
    for (const secret of [PEM, PEM.trim(), JSON.stringify(JWKS), '']) {
      const body = `${part({ alg: 'HS256' })}.${part(CLAIMS)}`;
      const forged = `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
      assert.equal(await reasonOf(forged, keysOnly), 'algorithm');
      assert.equal(await reasonOf(forged), 'signature');
    }
    const secretOnly = createIdentityReader({ ...rules, secret: SECRET });
    assert.equal(
      await reasonOf(await signed({ alg: 'RS256', key: rsa.privateKey }), secretOnly),
      'algorithm',
    );
  });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const rows: readonly [string, string, () => Promise<unknown>][] = [
    ['another key', 'signature', () => signed({ alg: 'RS256', kid: 'one', key: stranger })],
    ['an unknown key', 'signature', () => signed({ alg: 'RS256', kid: 'nine', key: stranger })],
    ['another secret', 'signature', () => signed({ key: Buffer.alloc(32, 1) })],
    [
      'an algorithm that is not agreed',
      'algorithm',
      () => signed({ alg: 'HS512', key: Buffer.alloc(64, 1) }),
    ],
    [
      'a key of its own in the header',
      'signature',
      async () => {
        const header = { alg: 'RS256', jwk: jwk(rsa.publicKey, 'x'), jku: 'https://evil.example/keys' };
        return `${part(header)}.${part(CLAIMS)}.${(await signed({ alg: 'RS256', key: stranger })).split('.')[2]}`;
      },
    ],
    ['a time that is over', 'expired', () => signed({ at: NOW - 400_000 })],
    ['an age of two hours', 'too-old', () => signed({ at: NOW - 7_200_000, exp: seconds(NOW) + 300 })],
    ['a date in the future', 'claims', () => signed({ at: NOW + 600_000 })],
    ['another audience', 'audience', () => signed({ aud: 'fabrikam' })],
    ['an id that is no text', 'claims', () => signed({ more: { sub: { $ne: '' } } })],
    ['an id that is too long', 'claims', () => signed({ more: { sub: 'x'.repeat(201) } })],
    ['offers that are no list', 'claims', () => signed({ more: { offers: { length: 1 } } })],
    ['too many offers', 'claims', () => signed({ more: { offers: Array.from({ length: 101 }, String) } })],
    [
      'a purchase channel there is not',
      'claims',
      () => signed({ more: { offers: [{ id: 'a.b', channel: 'free' }] } }),
    ],
    ['a country that is a word', 'claims', () => signed({ more: { country: 'Germany' } })],
    ['a tenant that is none', 'claims', () => signed({ more: { tenant: "' or 1=1" } })],
    ['a body that is no JSON', 'malformed', () => Promise.resolve('a.b.c')],
    ['nothing in it', 'malformed', () => Promise.resolve('')],
    ['another type', 'malformed', () => Promise.resolve({ sub: 'a' })],
    ['a megabyte', 'too-large', () => Promise.resolve('x'.repeat(1_000_000))],
  ];
  for (const [what, reason, token] of rows)
    it(`is refused as ${reason} with ${what}`, async () => {
      assert.equal(await reasonOf(await token()), reason);
    });

  for (const missing of ['sub', 'aud', 'exp', 'iat'])
    it(`is refused without ${missing}`, async () => {
      const body = `${part({ alg: 'HS256' })}.${part({ ...CLAIMS, [missing]: undefined })}`;
      const token = `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`;
      assert.equal(await reasonOf(token), 'claims');
    });

  it('is refused where nothing is configured', async () => {
    assert.equal(await reasonOf(await signed(), createIdentityReader(rules)), 'not-configured');
  });

  it('is checked with public keys alone: a private or shared key in the file is refused', () => {
    const privatePem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const own = { keys: [rsa.privateKey.export({ format: 'jwk' })] };
    const shared = { keys: [{ kty: 'oct', k: 'AAAA' }] };
    for (const text of [privatePem, JSON.stringify(own), JSON.stringify(shared), '{"keys":[]}', '', 'x'])
      assert.throws(() => publicKeys(text), isCode('config.invalid'));
  });
});

describe('a customer the partner vouches for', function () {
  let desk: Desk;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-identity-'));
    await writeFile(path.join(folder, 'keys.json'), JSON.stringify(JWKS));
    desk = await startDesk({
      ...ASKS_HOW_BOUGHT,
      OFFER_DESK_IDENTITY_SECRET: SECRET,
      OFFER_DESK_IDENTITY_KEYS: path.join(folder, 'keys.json'),
    });
  });
  after(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });
  const fresh = (more: Made = {}) => signed({ at: Date.now(), ...more });
  const owning = (...offers: unknown[]) => fresh({ more: { offers } });
  const greeting = async (identity?: string, sub?: string) => {
    const visitor = await Visitor.join(desk.url, 'customer', 'en-US', {
      identity: identity ?? (await fresh({ more: { sub } })),
    });
    return { visitor, first: visitor.first };
  };
  const post = (route: string, body: object) => call(desk.url + route, 'POST', { body });
  const identityIn = (answer: { text: string }) =>
    (JSON.parse(answer.text) as { identity?: { accepted: boolean; reason?: string; reference?: string } })
      .identity;

  it('is not asked which product, and may say it is another', async () => {
    const { visitor, first } = await greeting(await owning(BACKUP));
    assert.match(
      textOf(first),
      new RegExp(en('start.issue', { offer: 'Contoso Backup' }).replace('?', '\\?')),
    );
    const [asked] = await visitor.say('the invoice is too high');
    assert.match(textOf(asked!), /Contoso Backup/);
    const again = await greeting(await owning(BACKUP));
    const [other] = await again.visitor.press(again.first, en('button.change-offer'));
    assert.match(textOf(other!), new RegExp(en('ask-offer.title').replace('?', '\\?')));
    assert.match(textOf(other!), /Contoso Backup/, 'what is owned can be pressed');
  });

  it('is not asked how it was bought, where the partner says it', async () => {
    const { visitor } = await greeting(await owning({ id: BACKUP, channel: 'partner' }));
    const [answer] = await visitor.say('the invoice is too high');
    assert.match(textOf(answer!), /billing@alpineskihouse\.com/);
    const plain = await Visitor.join(desk.url, 'customer');
    const [question] = await plain.say('the invoice of Contoso Backup for Azure is too high');
    assert.match(textOf(question!), new RegExp(en('channel.title').replace('?', '\\?')));
  });

  it('is told the tenant to have at hand, where the partner says it', async () => {
    const tenant = 'aaaaaaaa-1111-4111-8111-000000000001';
    const offers = [{ id: BACKUP, channel: 'partner' }];
    const { visitor } = await greeting(await fresh({ more: { tenant, offers } }));
    const [answer] = await visitor.say('I cannot set up my account');
    assert.match(textOf(answer!), new RegExp(en('answer.your-tenant', { tenant })));
  });

  it('is not asked for the country of the invoice, where the partner says it', async () => {
    const offers = [{ id: BACKUP, channel: 'customer-direct' }];
    const { visitor } = await greeting(await fresh({ more: { country: 'DE', offers } }));
    const [answer] = await visitor.say('the VAT on our invoice is wrong');
    assert.match(textOf(answer!), new RegExp(en('answer.country', { country: 'Germany' })));
  });

  it('is suggested what is owned first, and nothing the directory does not have', async () => {
    const [last, before] = [...desk.app.directory.view().directory.offers.values()]
      .filter((one) => !one.withdrawn)
      .reverse();
    assert.ok(last && before);
    const { first } = await greeting(await owning(last.id, 'nobody.nothing', before.id));
    const shown = textOf(first);
    assert.ok(shown.indexOf(last.name) < shown.indexOf(before.name) && shown.includes(last.name));
    assert.ok(!shown.includes('nobody'));
  });

  it('sees not one byte more than anybody', async () => {
    const all = [...desk.app.directory.view().directory.offers.keys()];
    const known = await greeting(await owning(...all));
    const anybody = await Visitor.join(desk.url, 'customer');
    const say = 'the invoice of Contoso Backup for Azure is too high';
    const bodies = async (visitor: Visitor) => {
      const [asked] = await visitor.say(say);
      const [answer] = await visitor.press(asked!, en('channel.customer.partner'));
      return [asked, answer].map((one) => textOf(one!));
    };
    assert.deepEqual(await bodies(known.visitor), await bodies(anybody));
    const staff = await post('/api/token', { audience: 'partner', identity: await fresh() });
    assert.equal(identityIn(staff), undefined, 'it makes nobody staff, and staff nobody’s customer');
  });

  it('is served without it when the token is refused, and the page learns why', async () => {
    const answer = await post('/api/token', { identity: await signed({ at: NOW - 86_400_000 }) });
    assert.equal(answer.status, 200);
    const told = identityIn(answer);
    assert.deepEqual([told?.accepted, told?.reason], [false, 'expired']);
    const logged = desk.entries.find(
      (one) => JSON.stringify(one).includes('identity.refused') && one.reference === told?.reference,
    );
    assert.equal(logged?.reason, 'expired');
    const visitor = await Visitor.join(desk.url, 'customer', 'en-US', {
      identity: 'x'.repeat(MAX_IDENTITY + 1),
    });
    assert.match(textOf(visitor.first), new RegExp(en('start.product').replace('?', '\\?')));
    assert.equal((await post('/api/token', { identity: 'x'.repeat(40_000) })).status, 413);
  });

  it('keeps the conversation, becomes known in the middle of it, and never gets another customer’s', async () => {
    const anonymous = await Visitor.join(desk.url, 'customer');
    const resume = (identity?: string) => post('/api/token/resume', { resume: anonymous.resume, identity });
    const known = await resume(await fresh());
    assert.deepEqual(
      [known.body.conversationId, identityIn(known)],
      [anonymous.conversationId, { accepted: true }],
    );
    const [asked] = await anonymous.say('the invoice is too high');
    assert.match(textOf(asked!), /Contoso Backup/);
    assert.equal((await resume()).status, 200, 'a page without a token goes on');
    assert.equal((await resume(await fresh({ more: { offers: [] } }))).status, 200, 'the same customer');
    assert.deepEqual((await desk.app.stores.visitors.get(anonymous.conversationId))?.offers, []);
    assert.equal(
      (await resume(await fresh({ more: { sub: 'customer-8' } }))).status,
      404,
      'another customer',
    );
  });

  it('leaves no trace of the partner’s id, in the store or in the log, and is forgotten by it', async () => {
    const sub = 'canary-customer-4711';
    const { visitor } = await greeting(undefined, sub);
    const { kysely } = desk.app.stores.database;
    const rows = await kysely.selectFrom('web_visitors').selectAll().execute();
    assert.ok(rows.some((row) => row.conversation_id === visitor.conversationId));
    assert.ok(!JSON.stringify([rows, desk.entries]).includes(sub));
    const { tables } = await exportPerson(kysely, sub);
    assert.deepEqual(Object.keys(tables).sort().slice(-2), ['turn_claims', 'web_visitors']);
    await erasePerson(kysely, sub);
    assert.equal(await desk.app.stores.conversations.get(visitor.conversationId), undefined);
    assert.deepEqual((await exportPerson(kysely, sub)).tables, {});
  });

  it('runs nothing that stands in a claim', async () => {
    for (const text of INJECTIONS.slice(0, 12)) {
      const { first } = await greeting(
        await fresh({ more: { sub: text.slice(0, 200), offers: [text.slice(0, 200)] } }),
      );
      assert.ok(!JSON.stringify(first).includes('evil.example') && !JSON.stringify(first).includes('pwned'));
    }
  });
});
