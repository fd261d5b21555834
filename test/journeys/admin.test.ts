/** Only administrators edit the directory and the profile in Teams, over the real route with signed tokens. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { People, GraphAnswer } from '../../bot/graph/people.js';
import { buttonsOf, startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { TestStore } from '../helpers/stores.js';
import {
  ADA,
  BEN,
  clicksOf,
  TeamsChat,
  type Button,
  type Person,
  type BotMessage,
} from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
/** A member of staff who is not an administrator. */
const CAROL: Person = { id: '29:carol', name: 'Carol', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000003' };
/** A customer: a person from another tenant. */
const GUEST = { ...CAROL, id: '29:guest', name: 'Gus', tenantId: 'cccccccc-0000-0000-0000-000000000001' };

type Action = Readonly<Record<string, unknown>> & { readonly verb: string };
const unasked = () => Promise.reject(new Error('nobody should ask this'));

describe('administration in the chat', function () {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  let next = 0;
  /** The members of the administrators' group, as Graph answers. Ada is on the configured list instead. */
  let keepers: GraphAnswer<ReadonlySet<string>>;
  const people: People = {
    idOf: unasked,
    managerOf: unasked,
    presenceOf: unasked,
    groupsOf: (id) =>
      Promise.resolve(id === BEN.aadObjectId ? keepers : { kind: 'known', value: new Set<string>() }),
  };

  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: TENANT,
      OFFER_DESK_ADMINS: ADA.aadObjectId,
      OFFER_DESK_ADMIN_GROUPS: 'dddddddd-0000-4000-8000-000000000001',
    };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), people });
  });
  after(() => Promise.all([desk.close(), connector.close(), keys.close()]));
  beforeEach(() => (keepers = { kind: 'known', value: new Set(['dddddddd-0000-4000-8000-000000000001']) }));

  /** One person in a chat. A click sends the inputs of the card in its data, as Teams does. */
  class Sitting {
    private readonly chat: TeamsChat;
    /** The newest card of this person. */
    card: BotMessage | undefined;

    constructor(
      private readonly person: Person,
      conversationType = 'personal',
    ) {
      this.chat = new TeamsChat(
        desk,
        connector,
        { id: `a:admin-${(next += 1)}`, conversationType },
        { serviceUrl: SERVICE_URL, localTimezone: 'Europe/Berlin' },
        { authorization: `Bearer ${keys.token()}` },
      );
    }

    async say(text: string): Promise<string> {
      this.card = (await this.chat.say(text, this.person)).at(-1);
      return this.text();
    }

    /** Presses the button with this verb (and these data), and returns the text of the new card. */
    async press(verb: string, fields: Record<string, string> = {}, like: Record<string, unknown> = {}) {
      return this.click(this.find(verb, like), fields);
    }

    find(verb: string, like: Record<string, unknown> = {}): Button {
      const buttons = clicksOf(this.card?.attachments);
      const found = buttons.find((one) => {
        const action = actionOf(one);
        return (
          action.verb === verb &&
          Object.entries(like).every(([name, value]) => isDeepStrictEqual(action[name], value))
        );
      });
      assert.ok(found, `no ${verb} among ${buttons.map((one) => one.verb).join(', ')}`);
      return found;
    }

    async click(button: Button, fields: Record<string, string> = {}): Promise<string> {
      const data = { ...(button.data as object), ...fields };
      const card = this.card ?? ({ sentId: 'sent-of-somebody' } as BotMessage);
      const { status, body } = await this.chat.execute(card, { ...button, data }, this.person);
      assert.equal(status, 200);
      const { type, value } = body as { type: string; value: Record<string, unknown> };
      assert.match(type, /card\.adaptive$/, JSON.stringify(value));
      this.card = { ...card, attachments: [{ content: value }] };
      return this.text();
    }

    /** The value of an input of the card. */
    valueOf(id: string): string {
      const inputs = inputsOf(this.card?.attachments);
      const found = inputs.find((one) => one.id === id);
      assert.ok(found, `no input ${id}`);
      return typeof found.value === 'string' ? found.value : '';
    }

    /** Every field of the form, with the value that the person sees. */
    form(): Record<string, string> {
      return Object.fromEntries(
        inputsOf(this.card?.attachments).map(({ id, value }) => [
          String(id),
          typeof value === 'string' ? value : '',
        ]),
      );
    }

    text(): string {
      return this.card ? textOf(this.card) : '';
    }

    async openContact(name: string, key: string, kind: string): Promise<string> {
      await this.say(name);
      return this.press('upkeep-form', {}, { key, kind });
    }
  }

  const actionOf = (button: Button) => (button.data as { offerDesk: { action: Action } }).offerDesk.action;

  const directory = () => desk.app.directory.view().directory;
  const version = () => desk.app.stores.directory.version();

  it('finds an offer, reports a wrong entry, saves the corrected entry, and shows it in the next answer', async () => {
    const ada = new Sitting(ADA);
    assert.match(await ada.say('admin'), /Manage the directory/);
    const sheet = await ada.press('upkeep-find', { find: 'contoso.backup-azure' });
    assert.match(sheet, /Directory entry: Contoso Backup for Azure/);
    assert.match(sheet, /Jordan Miles · engineering@contoso\.com · .*Last verified.*Source: file:directory/);
    await ada.press('upkeep-form', {}, { key: 'publisher:contoso', kind: 'engineering' });
    const before = await version();
    const wrong = { ...ada.form(), email: 'nobody', hours: '9 to 5' };
    const refused = await ada.press('upkeep-save', wrong);
    assert.match(
      refused,
      /Nothing was saved[\s\S]*Enter one email address[\s\S]*Enter the time zone, then days/,
    );
    assert.equal(ada.valueOf('email'), 'nobody', 'what was typed is still there');
    assert.equal(await version(), before);
    const right = { ...ada.form(), email: 'eng@contoso.com', hours: 'UTC; 24/7' };
    assert.match(await ada.press('upkeep-save', right), /Saved\.[\s\S]*eng@contoso\.com/);
    const answer = await new Sitting(CAROL).say(
      'Contoso Backup for Azure crashes with an error when a backup runs',
    );
    assert.match(answer, /eng@contoso\.com/);
    assert.doesNotMatch(answer, /engineering@contoso\.com/);
    const overwritten = connector.sent.filter(({ method }) => method === 'PUT');
    assert.match(
      JSON.stringify(overwritten.at(-1)?.activity),
      /eng@contoso\.com/,
      'no reaction brings the form back',
    );
  });

  it('tells administrators which sources cannot be read, until an import succeeds', async () => {
    const { syncs } = desk.app.stores;
    const state = { source: 'catalog:us', triedAt: Date.now(), detail: 'it answers 401', fingerprint: 'f' };
    const ada = new Sitting(ADA);
    await syncs.save({ ...state, outcome: 'failed', succeededAt: Date.parse('2026-07-14T10:00:00Z') });
    assert.match(
      await ada.say('admin'),
      /One source cannot be read[\s\S]*catalog:us: last successful import on .*14/,
    );
    await syncs.save({ ...state, outcome: 'nothing-new' });
    assert.doesNotMatch(await ada.say('admin'), /does not come in/);
  });

  it('understands "edit" with a known name in both languages, and treats other sentences as questions', async () => {
    const ada = new Sitting(ADA);
    assert.match(await ada.say('edit contoso backup for azure'), /Directory entry/);
    assert.match(await ada.say('編輯Contoso Backup for Azure'), /Directory entry/);
    assert.match(await ada.say('admin Fabrikam'), /Directory entry: Fabrikam, Inc\./);
    assert.match(await ada.say('管理 設定檔'), /Partner profile: Alpine/);
    assert.match(await ada.say('admin backup'), /Which one do you mean[\s\S]*Contoso Backup for Azure/);
    for (const question of ['edit my invoice please', 'admin consent fails for Contoso CRM', '管理訂閱'])
      assert.doesNotMatch(await ada.say(question), /Directory entry|Which one do you mean by/, question);
    assert.doesNotMatch(await new Sitting(CAROL).say('edit contoso backup for azure'), /Directory entry/);
  });

  it('shows a conflict to the second administrator, and overwrites nothing until that administrator decides', async () => {
    const [ada, ben] = [new Sitting(ADA), new Sitting(BEN)];
    const contact = ['admin fabrikam', 'publisher:fabrikam', 'csp-program'] as const;
    await Promise.all([ada.openContact(...contact), ben.openContact(...contact)]);
    const button = ada.find('upkeep-save');
    await ben.press('upkeep-save', { ...ben.form(), email: 'ben@fabrikam.com' });
    const mine = { ...ada.form(), email: 'ada@fabrikam.com' };
    const conflict = await ada.press('upkeep-save', mine);
    assert.match(
      conflict,
      /Nothing was saved, because Ben changed this[\s\S]*Email now:[\s\S]*ben@fabrikam\.com/,
    );
    assert.equal(ada.valueOf('email'), 'ada@fabrikam.com');
    const email = () =>
      directory()
        .publishers.get('fabrikam')
        ?.contacts.find(({ kind }) => kind === 'csp-program')?.email;
    assert.equal(email(), 'ben@fabrikam.com');
    assert.match(await ada.press('upkeep-open'), /ben@fabrikam\.com/, 'keeping theirs shows theirs');
    await ada.press('upkeep-form', {}, { kind: 'csp-program' });
    await ada.click(button, mine);
    assert.match(await ada.press('upkeep-save', ada.form()), /Saved/);
    assert.equal(email(), 'ada@fabrikam.com');
    const saved = await version();
    assert.match(
      await ada.click(button, mine),
      /already has these values/,
      'the same once more changes nothing',
    );
    assert.equal(await version(), saved);
    const history = await ada.press('upkeep-history');
    assert.match(history, /Ada[\s\S]*CSP program – Email: ben@fabrikam\.com → ada@fabrikam\.com[\s\S]*Ben/);
    assert.doesNotMatch(history, /29:|bbbbbbbb/);
  });

  it('adds a name, and understands the name in the next sentence', async () => {
    const ada = new Sitting(ADA);
    await ada.say('admin litware.vault');
    assert.match(
      await ada.press('upkeep-alias', { alias: 'Quuxbox' }),
      /now understands “Quuxbox”[\s\S]*Other names: .*Quuxbox/,
    );
    assert.match(await ada.press('upkeep-alias', { alias: 'Quuxbox' }), /already understands/);
    assert.match(await ada.press('upkeep-alias', { alias: ' ' }), /1 to 120 letters/);
    assert.match(await new Sitting(CAROL).say('Quuxbox shows an error'), /Litware/);
  });

  it('shows the last change, asks, undoes the change, and can redo the change', async () => {
    const [ada, ben] = [new Sitting(ADA), new Sitting(BEN)];
    await ada.openContact('admin litware', 'publisher:litware', 'customer-support');
    const old = ada.valueOf('email');
    await ada.press('upkeep-save', { ...ada.form(), email: 'new@litware.com' });
    const asked = await ada.press('upkeep-undo');
    assert.match(asked, /Undo the last change[\s\S]*Ada made this change[\s\S]*new@litware\.com → /);
    const undone = await ada.press('upkeep-undo-yes');
    assert.match(undone, new RegExp(`Undone: .*new@litware\\.com → ${old.replace(/\W/g, '\\$&')}`));
    await ben.say('admin litware');
    assert.match(await ben.press('upkeep-undo'), /→ new@litware\.com/);
    await ada.press('upkeep-undo');
    assert.match(await ada.press('upkeep-undo-yes'), /Undone: [\s\S]*new@litware\.com/);
    assert.match(await ben.press('upkeep-undo-yes'), /[Nn]othing was undone[\s\S]*new@litware\.com → /);
  });

  it('marks a contact as dead and as correct again, renames an offer, and withdraws the offer', async () => {
    const ada = new Sitting(ADA);
    await ada.openContact('admin woodgrovebank', 'publisher:woodgrovebank', 'csp-program');
    assert.match(
      await ada.press('upkeep-dead', { reason: 'left' }),
      /no longer works[\s\S]*the person has left/,
    );
    await ada.press('upkeep-form', {}, { kind: 'csp-program' });
    assert.match(await ada.press('upkeep-verify'), /verified today/);
    assert.doesNotMatch(ada.text(), /has left/);
    const [offer] = [...directory().offers.values()].filter(
      ({ publisherId }) => publisherId === 'woodgrovebank',
    );
    assert.ok(offer);
    await ada.say(`admin ${offer.id}`);
    await ada.press('upkeep-own');
    assert.match(
      await ada.press('upkeep-own-save', { offerName: ' ', sale: 'on-sale' }),
      /Enter a name of 1 to 200/,
    );
    const saved = await ada.press('upkeep-own-save', { offerName: 'Woodgrove Quill', sale: 'withdrawn' });
    assert.match(saved, /Directory entry: Woodgrove Quill[\s\S]*No longer sold/);
    assert.match(
      await new Sitting(CAROL).say('Woodgrove Quill shows an error'),
      /Woodgrove Quill is no longer sold/,
    );
  });

  it('changes the profile, and shows customers the result from the next question on', async () => {
    const question = 'Contoso Cloud Backup shows an error when a backup runs';
    assert.match(await new Sitting(GUEST).say(question), /backup-support@contoso\.com/);
    const [ada, ben] = [new Sitting(ADA), new Sitting(BEN)];
    await ada.say('admin profile');
    await ada.press('upkeep-override', { override: 'contoso.backup' });
    await ben.say('admin profile');
    await ben.press('upkeep-override', { override: 'Contoso Cloud Backup' });
    assert.match(await ada.press('upkeep-part-save', { ...ada.form(), supportEmail: 'false' }), /Saved/);
    assert.doesNotMatch(await new Sitting(GUEST).say(question), /backup-support@contoso\.com/);
    const conflict = await ben.press('upkeep-part-save', { ...ben.form(), tier1: 'as-profile' });
    assert.match(conflict, /Ada changed this/);
    assert.match(await ben.press('upkeep-profile'), /Contoso Backup/);
    assert.match(await ben.press('upkeep-profile-history'), /Ada[\s\S]*support email: yes → no/);
    await ben.press('upkeep-profile-undo');
    assert.match(await ben.press('upkeep-profile-undo-yes'), /Undone: .*no → yes/);
    assert.match(await new Sitting(GUEST).say(question), /backup-support@contoso\.com/);
    await ada.press('upkeep-override', { override: 'contoso.crm' });
    assert.match(await ada.press('upkeep-part-save', { ...ada.form(), tier1: 'publisher' }), /Contoso CRM/);
    await ada.press('upkeep-part', {}, { part: { kind: 'override', id: 'contoso.crm' } });
    assert.match(await ada.press('upkeep-part-clear'), /The exception is removed/);
    assert.doesNotMatch(ada.text(), /Contoso CRM/);
    assert.match(await ada.press('upkeep-override', { override: 'backup' }), /No single offer/);
  });

  it('accepts opening hours only in the documented form, and shows the error beside the field', async () => {
    const ada = new Sitting(ADA);
    await ada.say('admin profile');
    const billing = clicksOf(ada.card?.attachments).find((one) =>
      JSON.stringify(actionOf(one)).includes('billing'),
    );
    assert.ok(billing);
    await ada.click(billing);
    assert.match(
      await ada.press('upkeep-part-save', { ...ada.form(), hours: 'nine to five' }),
      /the time zone, then days/,
    );
    const hours = 'America/Los_Angeles; Mo-Fr 09:00-17:30';
    assert.match(await ada.press('upkeep-part-save', { ...ada.form(), hours }), /Saved/);
    assert.equal((await desk.app.stores.profile.load())?.desks.billing.hours, hours);
  });

  it('edits company, provider, tenants, languages, logo and colour, names each error, and records each change', async () => {
    const ada = new Sitting(ADA);
    const open = (kind: string) => ada.press('upkeep-part', {}, { part: { kind } });
    const save = (fields: Record<string, string>) =>
      ada.press('upkeep-part-save', { ...ada.form(), ...fields });
    await ada.say('admin profile');
    await open('company');
    assert.match(
      await save({ model: 'indirect-reseller', tenantIds: `${TENANT}, contoso.com` }),
      /Nothing was saved[\s\S]*An indirect reseller names its indirect provider[\s\S]*Tenant IDs, comma separated/,
    );
    const company = {
      name: 'Alpine Ski House Cloud EU',
      model: 'indirect-reseller',
      providerName: 'Trey Distribution',
      tenantIds: TENANT,
    };
    assert.match(await save(company), /Saved[\s\S]*Indirect reseller · Trey Distribution/);
    await open('company');
    const others = { ...company, tenantIds: 'dddddddd-0000-4000-8000-000000000009' };
    assert.match(await save(others), /Nothing was saved: your own tenant is not among these/);
    assert.match(await ada.press('upkeep-profile'), /Trey Distribution/);
    await ada.press('upkeep-part', {}, { part: { kind: 'desk', desk: 'provider' } });
    assert.match(await save({ email: 'resellers@treyresearch.net' }), /Saved/);
    await open('looks');
    assert.match(
      await save({ colour: '#ffcc00', logo: 'logo.png' }),
      /An https address of an image[\s\S]*contrast is 1\.5:1 and must be 4\.5:1\. #8c7000 is dark enough/,
    );
    const looks = { languages: 'en', colour: '#8c7000', logo: 'https://www.treyresearch.net/logo.png' };
    assert.match(
      await save(looks),
      /Saved[\s\S]*English · https:\/\/www\.treyresearch\.net\/logo\.png · #8c7000/,
    );
    const record = await ada.press('upkeep-profile-history');
    assert.match(
      record,
      /Ada[\s\S]*Colour: \\?#0f5c8c → \\?#8c7000[\s\S]*Languages: English, 繁體中文.* → English/,
    );
    assert.match(
      record,
      /CSP model: Direct bill partner → Indirect reseller[\s\S]*Indirect provider: nothing → Trey/,
    );
    const kept = await desk.app.stores.profile.load();
    assert.deepEqual(
      [kept?.name, kept?.provider?.desk.email, kept?.tenantIds, kept?.languages],
      [company.name, 'resellers@treyresearch.net', [TENANT], ['en']],
    );
    const visitor = await Visitor.join(desk.url, 'customer', 'zh-TW');
    assert.match(JSON.stringify(visitor.first), /help chat of Alpine Ski House Cloud EU/);
    await ada.press('upkeep-profile-undo');
    assert.match(await ada.press('upkeep-profile-undo-yes'), /Undone/);
    assert.equal((await desk.app.stores.profile.load())?.colour, '#0f5c8c');
  });

  describe('refuses and changes nothing', () => {
    let card: Button;
    let before: number;
    beforeEach(async () => {
      const ben = new Sitting(BEN);
      await ben.openContact('admin contoso', 'publisher:contoso', 'csp-program');
      const { data, ...button } = ben.find('upkeep-save');
      card = { ...button, data: { ...(data as object), email: 'evil@contoso.com' } };
      before = await version();
    });
    afterEach(async () => assert.equal(await version(), before));

    it('when staff who are not administrators type a command or press a button', async () => {
      const carol = new Sitting(CAROL);
      assert.match(await carol.say('admin'), /Only administrators/);
      assert.match(await carol.click(card), /Only administrators/);
    });

    it('when a customer presses an administrator’s button', async () => {
      const guest = new Sitting(GUEST);
      assert.match(await guest.click(card), /Only administrators/);
      assert.doesNotMatch(await guest.say('admin'), /administrator|Manage the directory/i);
    });

    it('when the person is no longer an administrator', async () => {
      keepers = { kind: 'known', value: new Set() };
      assert.match(await new Sitting(BEN).click(card), /Only administrators/);
    });

    it('when other people can read the conversation', async () => {
      const ada = new Sitting(ADA, 'groupChat');
      assert.match(await ada.say('admin contoso'), /Others can read/);
      assert.match(await ada.click(card), /Others can read/);
      assert.doesNotMatch(ada.text(), /contoso\.com/);
    });

    it('when the payload of the button was changed', async () => {
      const forged = JSON.parse(JSON.stringify(card).replaceAll('csp-program', 'engineering')) as Button;
      const chat = new TeamsChat(
        desk,
        connector,
        { id: 'a:forged', conversationType: 'personal' },
        { serviceUrl: SERVICE_URL },
        { authorization: `Bearer ${keys.token()}` },
      );
      const { body } = await chat.execute({ sentId: 'sent-0' } as BotMessage, forged, ADA);
      assert.match(JSON.stringify(body), /cannot accept this button/);
    });

    it('when the bot cannot read the list of administrators', async () => {
      keepers = { kind: 'unavailable' };
      assert.match(await new Sitting(BEN).click(card), /cannot check now/);
      assert.match(await new Sitting(ADA).say('admin'), /Manage the directory/, 'the list needs no Graph');
    });
  });

  it('writes no address, no name and no id of a person to the log', () => {
    const log = JSON.stringify(desk.entries);
    assert.doesNotMatch(log, /@contoso\.com|@fabrikam\.com|@litware\.com|29:ada|29:ben|Quuxbox/);
    assert.ok(desk.entries.some(({ event }) => event === 'admin.contact'));
  });
});

describe('administration on the local page', () => {
  it('opens for staff and not for customers', async () => {
    const desk = await startDesk();
    try {
      const staff = await Visitor.join(desk.url, 'partner');
      const [menu] = await staff.say('admin contoso.backup');
      assert.match(menu ? textOf(menu) : '', /Directory entry: Contoso Backup/);
      const customer = await Visitor.join(desk.url, 'customer');
      const [said] = await customer.say('admin');
      assert.doesNotMatch(said ? textOf(said) : '', /administrator|Manage the directory/i);
    } finally {
      await desk.close();
    }
  });
});

describe('administration on one of two instances', function () {
  it('changes the next answer of the other instance, even after a long pause', async function () {
    const place = await TestStore.prepare('postgres');
    if (!place) return this.skip(); // TestStore.prepare printed the reason: no PostgreSQL
    let later = 0;
    const env = { DATABASE_URL: place.databaseUrl ?? '' };
    const here = await startDesk(env);
    const there = await startDesk(env, { now: () => Date.now() + later });
    try {
      const customer = await Visitor.join(there.url, 'customer');
      const question = 'Contoso Cloud Backup shows an error when a backup runs';
      const ask = async () => (await customer.say(question)).map(textOf).join();
      assert.match(await ask(), /backup-support@contoso\.com/);
      const admin = await Visitor.join(here.url, 'partner');
      const press = async (card: Reply | undefined, verb: string, like: string, fields = {}) => {
        const data = buttonsOf(card!)
          .map((button) => button.data as object)
          .find((one) => JSON.stringify(one).includes(`"${verb}"`) && JSON.stringify(one).includes(like));
        await admin.send({ type: 'message', value: { ...data, ...fields } });
        return (await admin.replies(1)).at(-1);
      };
      const [profile] = await admin.say('admin profile');
      const form = await press(profile, 'upkeep-part', 'contoso.backup');
      const fields = {
        tier1: 'publisher',
        supportEmail: 'false',
        supportPhone: 'true',
        documentation: 'as-profile',
      };
      const saved = await press(form, 'upkeep-part-save', 'contoso.backup', fields);
      assert.match(saved ? textOf(saved) : '', /Saved/);
      later = 20_000;
      assert.doesNotMatch(await ask(), /backup-support@contoso\.com/);
    } finally {
      await Promise.all([here.close(), there.close()]);
      await place.remove();
    }
  });
});

/** Every input of a card, also in forms that are folded. */
function inputsOf(card: unknown): readonly Record<string, unknown>[] {
  if (Array.isArray(card)) return card.flatMap(inputsOf);
  if (typeof card !== 'object' || card === null) return [];
  const one = card as Record<string, unknown>;
  const own = String(one.type).startsWith('Input.') ? [one] : [];
  return [...own, ...Object.values(one).flatMap(inputsOf)];
}
