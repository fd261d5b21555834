/** An open outage is first on the answer card: for staff at once, and for others after its release. */
import assert from 'node:assert/strict';
import { answerCard } from '../../../cards/answer/answer-card.js';
import { release } from '../../../core/incident/acts.js';
import type { Directory } from '../../../core/directory/types.js';
import type { Incident } from '../../../core/incident/types.js';
import type { Asker } from '../../../core/terms.js';
import { startCard } from '../../../cards/choices/greeting-cards.js';
import {
  openOutagesOf,
  outagesShown,
  releasedOutages,
  unreadableSinceOf,
} from '../../../dialogs/question/open-outages.js';
import type { DeskServices } from '../../../dialogs/shared/services.js';
import type { Scope, Turn } from '../../../dialogs/shared/turn.js';
import { cardContext, sampleAnswer } from '../../helpers/card-fixtures.js';
import { lintCard } from '../../helpers/card-lint.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { affects, incident as opened, NOON } from '../../helpers/incidents.js';

const asked = (asker: Asker, scope: Scope = 'personal') => ({ asker, scope }) as Turn;

function services(
  found: () => Promise<readonly Incident[]>,
  releaseFrom: 'critical' | null = null,
): DeskServices {
  const outages = { receiveDeps: { incidents: { openFor: found } }, releaseFrom };
  return { outages, log: new CapturedLog() } as unknown as DeskServices;
}
const seen = async (incident: Incident, turn: Turn, releaseFrom: 'critical' | null = null) =>
  (
    await openOutagesOf(
      sampleAnswer(),
      services(() => Promise.resolve([incident]), releaseFrom),
      turn,
    )
  ).length;

describe('open outages of the offer in question', () => {
  const open = opened();
  const askedFor = release(open, 'amy', NOON).incident;

  it('are shown only to staff until a second person releases them', async () => {
    assert.equal(await seen(open, asked('partner')), 1);
    assert.equal(await seen(open, asked('customer')), 0);
    assert.equal(await seen(open, asked('partner', 'group')), 0, 'guests may read a group');
    assert.equal(await seen(askedFor, asked('customer')), 0);
    assert.equal(
      await seen(release(askedFor, 'amy', NOON).incident, asked('customer')),
      0,
      'one person is not two',
    );
    assert.equal(await seen(release(askedFor, 'bob', NOON).incident, asked('customer')), 1);
  });

  it('are shown to customers at once from the severity that the partner set', async () => {
    assert.equal(await seen(open, asked('customer'), 'critical'), 0);
    assert.equal(await seen(opened({ severity: 'critical' }), asked('customer'), 'critical'), 1);
  });

  it('never prevent the answer', async () => {
    const failing = services(() => Promise.reject(new Error('gone')));
    assert.deepEqual(await openOutagesOf(sampleAnswer(), failing, asked('partner')), []);
  });

  it('are first on the card, and the card stays valid', () => {
    const ctx = cardContext({ host: 'teams' });
    const card = answerCard({ answer: sampleAnswer(), incidents: [open] }, ctx);
    assert.match(card.text, /^Outage now: Sign-in fails – Being investigated, major, since/);
    assert.deepEqual(lintCard(card, 'teams'), []);
  });

  it('are doubted on the card, for staff alone, while a status page of the offer cannot be read', async () => {
    const unreadable = {
      outages: { unreadableSince: () => Promise.resolve(NOON) },
      log: new CapturedLog(),
    } as unknown as DeskServices;
    const since = (turn: Turn) => unreadableSinceOf(sampleAnswer(), unreadable, turn);
    assert.deepEqual(
      [await since(asked('partner')), await since(asked('customer')), await since(asked('partner', 'group'))],
      [NOON, undefined, undefined],
    );
    const failing = {
      outages: { unreadableSince: () => Promise.reject(new Error('gone')) },
      log: new CapturedLog(),
    } as unknown as DeskServices;
    assert.equal(await unreadableSinceOf(sampleAnswer(), failing, asked('partner')), undefined);
    const card = answerCard(
      { answer: sampleAnswer(), unreadableSince: NOON },
      cardContext({ host: 'teams', zone: 'Asia/Taipei' }),
    );
    assert.match(card.text, /^The status page has been unreadable since Mar 2, 2026, 20:00 GMT\+8\./);
    assert.deepEqual(lintCard(card, 'teams'), []);
  });

  it('show the reader’s own time, and say when an outage is unconfirmed', () => {
    const said = (incident: Incident, zone?: string) =>
      answerCard({ answer: sampleAnswer(), incidents: [incident] }, cardContext({ zone })).text;
    assert.match(said(open), /since Mar 2, 2026, 12:00 UTC/);
    assert.match(said(open, 'Asia/Taipei'), /since Mar 2, 2026, 20:00 GMT\+8/);
    const doubtful = { ...open, unconfirmed: { source: 'page', asked: [] } };
    assert.match(said(doubtful), /^Reported, not confirmed: Sign-in fails/);
  });
});

describe('open outages on a customer’s first card', () => {
  const ROUTER = 'fabrikam.router';
  const offers = new Map([[ROUTER, { id: ROUTER, name: 'Fabrikam Router' }]]);
  const directory = { offers } as unknown as Directory;
  const [minor, major, own] = (['minor', 'critical', 'minor'] as const).map((severity, at) =>
    opened(
      {
        title: `Outage number ${at}`,
        severity,
        affected: affects({ offers: [at === 2 ? ROUTER : 'contoso.mail'] }),
      },
      { newId: `incident-${at}` },
    ),
  ) as [Incident, Incident, Incident];
  const listed = (found: () => Promise<readonly Incident[]>, releaseFrom: 'minor' | null = 'minor') =>
    releasedOutages(
      {
        outages: { receiveDeps: { incidents: { open: found } }, releaseFrom },
        log: new CapturedLog(),
      } as unknown as DeskServices,
      { ...asked('customer'), owned: [{ offerId: ROUTER }] },
    );

  it('are only the released ones, the customer’s own first, then the most severe', async () => {
    const found = await listed(() => Promise.resolve([minor, major, own]));
    assert.deepEqual(
      found.map(({ id }) => id),
      [own.id, major.id, minor.id],
    );
    assert.deepEqual(await listed(() => Promise.resolve([minor, major, own]), null), []);
  });

  it('never prevent the greeting', async () => {
    assert.deepEqual(await listed(() => Promise.reject(new Error('gone'))), []);
  });

  it('stand before the question, at most two, and lead to who handles them', () => {
    const data = {
      partnerName: 'Northwind Cloud',
      offers: [],
      ...outagesShown([own, major, minor], directory),
    };
    const card = startCard(data, cardContext({ host: 'web', asker: 'customer' }));
    const [first, second, more, greeting] = card.text.split('\n').filter((line) => line !== '');
    assert.match(first ?? '', /Outage number 2 – Fabrikam Router · /);
    assert.match(second ?? '', /Outage number 1/);
    assert.deepEqual([more, greeting], ['and 1 more', 'Hello, this is the help chat of Northwind Cloud.']);
    assert.match(
      JSON.stringify(card.card),
      /"verb":"ask-about","issue":"outage","offerId":"fabrikam.router"/,
    );
    assert.deepEqual(lintCard(card, 'web'), []);
  });
});
