/** Whom a report is sent to, and where: administrators alone, in their own chat; reporters where they reported. */
import assert from 'node:assert/strict';
import { administratorsOf, postNotice, type ReportPostDeps } from '../../../bot/app/report-messages.js';
import type { Gates } from '../../../bot/app/people.js';
import type { SavedReference } from '../../../bot/store/conversations/reference-store.js';
import type { Conversation } from '../../../bot/teams/proactive.js';
import type { Contact, Directory } from '../../../core/directory/types.js';
import { contactMark } from '../../../core/directory/correction.js';
import type { ContactReport } from '../../../core/services/reports/report-contact.js';
import type { Notice } from '../../../core/services/reports/report-notices.js';
import type { DeskServices } from '../../../dialogs/shared/services.js';
import { NOW, testSigner } from '../../helpers/card-fixtures.js';

const SUPPORT: Contact = { kind: 'customer-support', email: 'help@fabrikam.com' };
const DIRECTORY: Directory = {
  version: 1,
  offers: new Map(),
  publishers: new Map([
    ['fabrikam', { id: 'fabrikam', name: 'Fabrikam', aliases: [], links: {}, contacts: [SUPPORT] }],
  ]),
};
const REPORT: ContactReport = {
  id: 'r1',
  at: NOW,
  about: { key: 'publisher:fabrikam', way: 'publisher-support', mark: contactMark(SUPPORT) },
  reason: 'left',
  note: '',
  reporter: {
    channelId: 'msteams',
    conversationId: '19:team;messageid=7',
    userId: '29:ada',
    language: 'zh-Hant',
    asker: 'customer',
  },
  reference: { serviceUrl: 'https://smba.example/then/' },
  settled: { kind: 'corrected', at: NOW, by: '29:root', note: '' },
};

function saved(
  userId: string,
  aadObjectId: string | undefined,
  over: Partial<SavedReference> = {},
): SavedReference {
  const reference = {
    user: { id: userId, aadObjectId },
    serviceUrl: 'https://smba.example/',
    locale: 'zh-TW',
  };
  const place = { channelId: 'msteams', conversationId: `a:${userId}`, userId };
  return { ...place, reference, active: true, updatedAt: 1, ...over };
}

/** `staff` are staff; `root…` administrators; of `unsure` nobody can say. */
const gates: Gates = {
  staff: (asker, id) => Promise.resolve(id?.startsWith('guest') ? 'customer' : asker),
  admins: (asker, id = '') => {
    if (asker !== 'partner') return Promise.resolve({ admin: false, reason: 'not-staff' });
    if (id.startsWith('unsure')) return Promise.resolve({ admin: false, reason: 'unavailable' });
    const admin = id.startsWith('root');
    return Promise.resolve({ admin, reason: admin ? 'listed' : 'not-named' });
  },
};

describe('the administrators a report is sent to', () => {
  const of = (...all: SavedReference[]) => administratorsOf({ list: () => Promise.resolve(all) }, gates);

  it('are those whose personal chat is known, each once with the newest', async () => {
    const again = saved('29:root', 'root', { conversationId: 'a:newer' });
    const { chats, sure } = await of(saved('29:root', 'root'), saved('29:staff', 'staff'), again);
    assert.deepEqual(chats, [{ channelId: 'msteams', conversationId: 'a:newer', userId: '29:root' }]);
    assert.ok(sure);
  });

  it('are nobody in a group, no guest, and nobody of whom it cannot be found out, which is said', async () => {
    const group = saved('', 'root', { conversationId: '19:group' });
    const known = await of(group, saved('29:guest', 'guest-root'), saved('29:who', undefined));
    assert.deepEqual(known, { chats: [], sure: true });
    assert.deepEqual(await of(saved('29:unsure', 'unsure')), { chats: [], sure: false });
  });
});

describe('the post of reports', () => {
  let sent: { place: Conversation; text: string }[];
  beforeEach(() => (sent = []));
  const deps = (
    references: readonly SavedReference[],
    over: Partial<ReportPostDeps> = {},
  ): ReportPostDeps => ({
    services: {
      view: () => ({ directory: DIRECTORY }),
      profile: () => ({ name: 'Northwind Cloud' }),
      signer: testSigner,
      now: () => NOW,
    } as unknown as DeskServices,
    reports: { about: () => Promise.resolve([{ ...REPORT, settled: undefined }]) },
    references: {
      list: ({ conversationId } = {}) =>
        Promise.resolve(references.filter((one) => one.conversationId === conversationId)),
    },
    proactive: {
      send: (place, activity) => {
        sent.push({ place, text: JSON.stringify(activity) });
        return Promise.resolve({ kind: 'answered', status: 200 });
      },
    },
    languageOf: () => Promise.resolve(undefined),
    defaultLanguage: 'en',
    ...over,
  });
  const notice = (purpose: Notice['purpose'], to: Partial<Notice['to']> = {}): Notice => ({
    id: 'n1',
    purpose,
    report: REPORT,
    to: { channelId: 'msteams', conversationId: REPORT.reporter.conversationId, userId: '29:ada', ...to },
    attempts: 0,
    since: NOW,
  });

  it('thanks in the thread and the language of the report, by the newest address known, else by the one it came with', async () => {
    await postNotice(deps([saved('', undefined, { conversationId: '19:team' })]), notice('thanks'));
    await postNotice(deps([]), notice('thanks'));
    assert.deepEqual(
      sent.map(({ place }) => [place.conversationId, place.reference.serviceUrl]),
      [
        ['19:team;messageid=7', 'https://smba.example/'],
        ['19:team;messageid=7', 'https://smba.example/then/'],
      ],
    );
    for (const { text } of sent) {
      assert.match(text, /謝謝您：聯絡人已更正/);
      assert.doesNotMatch(text, /29:root|help@fabrikam/);
    }
  });

  it('brings the task in the language the administrator chose, else in that of the chat', async () => {
    const root = { conversationId: 'a:29:root', userId: '29:root' };
    await postNotice(deps([saved('29:root', 'root')]), notice('task', root));
    const chosen = { languageOf: () => Promise.resolve('en' as const) };
    await postNotice(deps([saved('29:root', 'root')], chosen), notice('task', root));
    assert.match(sent[0]?.text ?? '', /遭回報有誤：Fabrikam.*help@fabrikam\.com/);
    assert.match(sent[1]?.text ?? '', /Reported as wrong: Fabrikam/);
  });

  it('goes nowhere when the chat is not known any more: a task is never sent where the report came from', async () => {
    const answer = await postNotice(deps([]), notice('task'));
    assert.deepEqual(answer, { kind: 'answered', status: 404, code: 'ConversationNotFound' });
    assert.deepEqual(sent, []);
  });
});
