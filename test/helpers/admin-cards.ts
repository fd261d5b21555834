/** Every card of administration in the chat, with the given text in every free text. */
import { say } from '../../cards/kit/sentence.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { adminContactCard } from '../../cards/admin/admin-contact-card.js';
import { adminFoundCard, adminRefusedCard, adminUndoCard } from '../../cards/admin/admin-notice-cards.js';
import { adminHistoryCard } from '../../cards/admin/admin-history-card.js';
import { adminMenuCard } from '../../cards/admin/admin-menu-card.js';
import { learnedCard, lessonReviewCard, lessonTryCard } from '../../cards/admin/lesson-cards.js';
import type { Learned } from '../../core/services/answers/learn.js';
import type { LessonGroup } from '../../core/services/answers/review-lessons.js';
import { adminOwnCard } from '../../cards/admin/admin-own-card.js';
import { adminPartCard } from '../../cards/admin/admin-part-card.js';
import { adminProfileCard } from '../../cards/admin/admin-profile-card.js';
import { adminSheetCard } from '../../cards/admin/admin-sheet-card.js';
import { doctorCard, notSetUpCard, profileFormCard, setUpCard } from '../../cards/admin/set-up-cards.js';
import { doubt, ok, wrong, type Finding } from '../../core/findings.js';
import { SET_UP_NEEDS, type PartnerProfile } from '../../core/directory/profile.js';
import type { FieldChange } from '../../core/directory/diff.js';
import type { Contact } from '../../core/directory/types.js';

type View = (ctx: RenderContext) => RenderedCard;

const foundWith = (text?: string): readonly Finding[] => [
  ok('node', 'v24.1.0'),
  ...Array.from({ length: 12 }, () => wrong('disk', text ?? 'only 20 MB are free', text ?? 'free some')),
  doubt('admins', text ?? 'nobody may administer', text ?? 'set OFFER_DESK_ADMINS'),
];

/** The cards by name. */
export function adminViews(text?: string): Readonly<Record<string, View>> {
  const name = text ?? 'Contoso Backup';
  const key = 'offer:contoso.backup';
  const contact: Contact = {
    kind: 'customer-support',
    name: text ?? 'Ada Hopper',
    email: text ?? 'support@contoso.com',
    phone: text ?? '+14255550100',
    url: text ?? 'https://support.contoso.com/',
    hours: text ?? 'Europe/Berlin; Mo-Fr 09:00-17:00',
    verifiedOn: '2026-05-03',
  };
  const dead: Contact = { ...contact, kind: 'engineering', deadSince: '2026-11-01', deadReason: 'left' };
  const sources = { 'customer-support': 'admin', engineering: text ?? 'file:contacts' };
  const quality = { key, way: 'publisher-support', answered: 8, unanswered: 1, wrong: 1 } as const;
  const answers = { 'customer-support': { ...quality, medianMinutes: 300 }, engineering: quality };
  const own = { key, name, contacts: [contact, dead], sources, answers };
  const publisher = { key: 'publisher:contoso', name: text ?? 'Contoso', contacts: [contact], sources };
  const form = { key, kind: 'customer-support', ownerName: name, present: contact, source: 'admin' } as const;
  const typed = {
    name,
    email: text ?? 'not an address',
    phone: '',
    url: '',
    upn: '',
    hours: text ?? 'nine to five',
  };
  const names = {
    person: (id: string) => (id === '29:ada' ? (text ?? 'Ada') : undefined),
    owner: () => name,
  };
  const lines = ['29:ada', 'cli:somebody', 'schedule', '29:unknown', '29:ada', '29:ada', '29:ada'].map(
    (actor, at) => ({ at: 1_790_000_000_000 - at, actor, source: 'admin', changes: changesOf(text) }),
  );
  const profile = profileOf(text);
  const owner = () => name;
  const undo = { name, at: 1_790_000_000_000, actor: '29:ada', changes: changesOf(text), names } as const;
  const group: LessonGroup = {
    id: 'l',
    about: 'issue',
    text: name,
    otherTexts: [],
    times: 3,
    reasons: { 'asked-back': 1, corrected: 1, 'not-helped': 1 },
    read: [],
    chosen: [{ value: 'billing', times: 2 }],
    languages: ['en'],
    lastAt: 1_790_000_000_000,
  };
  const difference = { text: name, times: 1, before: {}, after: { issue: 'billing', offerId: 'x' } } as const;
  const learned: readonly Learned[] = [
    { about: 'issue', words: name, issue: 'billing', id: '1', actor: '29:ada', at: 1_790_000_000_000 },
    { about: 'offer', words: name, offerId: 'x', id: '2' },
  ];
  return {
    doctor: (ctx) => doctorCard({ findings: foundWith(text) }, ctx),
    'set-up': (ctx) => setUpCard({ needs: SET_UP_NEEDS, sampleKept: true }, ctx),
    'set-up-form': (ctx) =>
      profileFormCard(
        {
          typed: { name, model: 'direct-bill', supportEmail: text ?? 'support', logo: text ?? 'logo.png' },
          problem: { kind: 'bad', questions: ['tenant', 'supportEmail', 'logo', 'languages'] },
        },
        ctx,
      ),
    'set-up-closed': (ctx) => notSetUpCard({ reference: text ?? 'V32765QU' }, ctx),
    'upkeep-menu': (ctx) => adminMenuCard({ offers: 1, publishers: 2, reports: true }, ctx),
    'upkeep-menu-failing': (ctx) =>
      adminMenuCard(
        {
          offers: 1,
          publishers: 2,
          reports: true,
          failing: [{ name: text ?? 'catalog:us', goodOn: '2026-07-14' }, { name: text ?? 'list:contacts' }],
        },
        ctx,
      ),
    'upkeep-menu-learning': (ctx) =>
      adminMenuCard({ offers: 1, publishers: 2, reports: true, doctor: true, learning: true }, ctx),
    'upkeep-review': (ctx) =>
      lessonReviewCard(
        {
          groups: [
            group,
            { ...group, about: 'offer', chosen: [{ value: 'x', times: 2 }] },
            { ...group, chosen: [] },
          ],
          owner,
        },
        ctx,
      ),
    'upkeep-review-empty': (ctx) => lessonReviewCard({ groups: [], owner }, ctx),
    'upkeep-try': (ctx) =>
      lessonTryCard(
        {
          lesson: 'l',
          to: 'billing',
          about: 'issue',
          words: name,
          replay: { sentences: 3, differences: [difference] },
          owner,
        },
        ctx,
      ),
    'upkeep-learned': (ctx) => learnedCard({ learned, owner, person: names.person }, ctx),
    'upkeep-learned-empty': (ctx) => learnedCard({ learned: [], owner, person: names.person }, ctx),
    'upkeep-found': (ctx) =>
      adminFoundCard({ asked: name, found: [1, 2, 3].map(() => ({ key, name, detail: name })) }, ctx),
    'upkeep-sheet': (ctx) =>
      adminSheetCard(
        { ...own, id: 'contoso.backup', aliases: [name, name], offer: { withdrawn: true, publisher } },
        ctx,
      ),
    'upkeep-contact-dead': (ctx) => adminContactCard({ ...form, kind: 'engineering', present: dead }, ctx),
    'upkeep-contact-bad': (ctx) =>
      adminContactCard({ ...form, typed, problem: { kind: 'bad', fields: ['email', 'hours'] } }, ctx),
    'upkeep-contact-conflict': (ctx) =>
      adminContactCard({ ...form, typed, problem: { kind: 'conflict', by: text ?? 'Ben' } }, ctx),
    'upkeep-own-conflict': (ctx) =>
      adminOwnCard(
        {
          key,
          present: { name: 'Contoso Backup Plus', withdrawn: false },
          typed: { name, withdrawn: true },
          problem: { kind: 'conflict', by: text ?? 'Ben' },
        },
        ctx,
      ),
    'upkeep-history': (ctx) =>
      adminHistoryCard(
        {
          title: say(ctx, 'admin.history.title', { name }),
          lines,
          names,
          undo: { verb: 'upkeep-undo', key },
          back: { verb: 'upkeep-open', key },
        },
        ctx,
      ),
    'upkeep-undo': (ctx) =>
      adminUndoCard(
        { ...undo, yes: { verb: 'upkeep-undo-yes', key, version: 3 }, no: { verb: 'upkeep-open', key } },
        ctx,
      ),
    'upkeep-profile': (ctx) => adminProfileCard({ profile, owner }, ctx),
    'upkeep-part-desk': (ctx) =>
      adminPartCard(
        {
          profile,
          part: { kind: 'desk', desk: 'technical' },
          owner,
          typed: { ...typed, email: text ?? 'help@fabrikam.com' },
          problem: { kind: 'bad', fields: ['hours'] },
        },
        ctx,
      ),
    'upkeep-part-own-tenant': (ctx) =>
      adminPartCard({ profile, part: { kind: 'company' }, owner, problem: { kind: 'own-tenant' } }, ctx),
    'upkeep-part-company': (ctx) => adminPartCard({ profile, part: { kind: 'company' }, owner }, ctx),
    'upkeep-part-looks': (ctx) =>
      adminPartCard(
        {
          profile,
          part: { kind: 'looks' },
          owner,
          typed: { languages: 'en', logo: text ?? 'logo.png', colour: '#ffcc00' },
          problem: { kind: 'bad', fields: ['logo', 'colour'] },
        },
        ctx,
      ),
    'upkeep-part-sales': (ctx) =>
      adminPartCard(
        {
          profile,
          part: { kind: 'sales' },
          owner,
          typed: { usualChannel: 'partner', country: text ?? 'TW' },
          problem: { kind: 'conflict', by: text ?? 'Ben' },
        },
        ctx,
      ),
    'upkeep-part-conflict': (ctx) =>
      adminPartCard(
        {
          profile,
          part: { kind: 'override', id: 'contoso.backup' },
          owner,
          typed: { tier1: '', supportEmail: 'false', supportPhone: '', documentation: '' },
          problem: { kind: 'conflict', by: text ?? 'Ben' },
        },
        ctx,
      ),
    'upkeep-refused': (ctx) => adminRefusedCard({ why: 'private-only' }, ctx),
  };
}

function changesOf(text?: string): readonly FieldChange[] {
  return [
    {
      field: 'contacts.engineering.email',
      before: text ?? 'old@contoso.com',
      after: text ?? 'new@contoso.com',
    },
    { field: 'aliases', after: text ?? 'cb' },
    { field: 'withdrawn', before: 'false', after: 'true' },
    { field: 'overrides.contoso.backup.customerMaySee.supportEmail', before: 'false', after: 'true' },
    { field: 'contacts.engineering.verifiedOn', after: '2026-11-22' },
    { field: 'summary', before: text ?? 'Backup', after: text ?? 'Backup for all' },
  ];
}

function profileOf(text?: string): PartnerProfile {
  const desk = {
    name: text ?? 'Support desk',
    email: text ?? 'support@alpineskihouse.com',
    phone: text ?? '+14255550190',
    hours: text ?? 'America/Los_Angeles; Mo-Fr 07:00-22:00',
  };
  return {
    name: text ?? 'Alpine Ski House',
    model: 'indirect-reseller',
    tenantIds: [],
    tier1: 'partner',
    resellerKeeps: [],
    desks: { billing: desk, technical: desk },
    provider: { name: text ?? 'Wide World Importers', desk },
    customerMaySee: { supportEmail: false, supportPhone: false, documentation: true },
    overrides: { 'contoso.backup': { tier1: 'publisher', customerMaySee: { supportEmail: true } } },
  };
}
