/** The operator's decisions on a real store: map component names; confirm, dismiss and close incidents. */
import assert from 'node:assert/strict';
import {
  actAsOperator,
  decisionLines,
  joinAsOperator,
  splitAsOperator,
} from '../../../bot/cli/outage-acts.js';
import {
  listedLine,
  listMapping,
  listSources,
  mapComponent,
  unmapComponent,
  type MappingDeps,
} from '../../../bot/cli/outage-mapping.js';
import { addSource, confirmFrom, type Done } from '../../../bot/cli/outage-sources.js';
import { createGuard } from '../../../core/incident/guard.js';
import { receiveOutage, type ReceiveDeps } from '../../../core/services/outages/receive-outage.js';
import { openManualOutage } from '../../../core/services/outages/manual-outage.js';
import { affects, MINUTE, NOON, notice } from '../../helpers/incidents.js';
import { subscribeAll } from '../../helpers/outage-recipients.js';
import { knownOffers } from '../../helpers/known-offers.js';
import { onEveryEngine } from '../../helpers/stores.js';

const publisherOf = (offer: string) =>
  ({ 'contoso.ledger': 'contoso', 'contoso.pay': 'contoso', 'fabrikam.fleet': 'fabrikam' })[offer];
const textOf = (done: Done) => (done.kind === 'done' ? done.lines.join('\n') : `refused: ${done.reason}`);

onEveryEngine('the operator’s decisions about outages', (stores) => {
  let now = NOON;
  let made = 0;
  const desk = (): ReceiveDeps => {
    const { incidents, silences, recipients } = stores().outages;
    const newId = () => `inc-${String((made += 1))}`;
    return { incidents, silences, recipients, publisherOf, now: () => now, newId, guard: createGuard() };
  };
  const deps = (): MappingDeps => {
    const { sources, history } = stores().outages;
    return { sources, ofSource: history.ofSource, publisherOf, actor: 'cli:test', now: () => now };
  };
  const page = async () => {
    const source = await stores().outages.sources.byId('page');
    assert.ok(source);
    return source;
  };
  const receive = async (id: string, over: Parameters<typeof notice>[0]) => {
    const event = notice({ sourceId: id, dedupeKey: `${id}|${String(now)}`, updatedAt: now, ...over });
    const received = await receiveOutage(desk(), await page(), event, null);
    assert.ok(received.kind === 'applied' && received.incidentId !== undefined);
    return received.incidentId;
  };
  const cardsOf = async (incidentId: string) => {
    const rows = [];
    for await (const row of stores().outages.deliveries.ofIncident(incidentId))
      if (row.status !== 'muted') rows.push(row);
    return rows;
  };

  before(async () => {
    const { sources, secrets } = stores().outages;
    const publicUrl = 'https://desk.example';
    const directory = knownOffers();
    const known = { sources, secrets, directory, actor: 'test', now: () => now, publicUrl };
    await addSource(known, { id: 'page', format: 'own', publisher: 'contoso' });
    const fussy = { id: 'x', format: 'own', publisher: 'contoso', confirmFrom: 'sometimes' };
    assert.match(textOf(await addSource(known, fussy)), /minor, major or critical, or never/);
    await subscribeAll(
      stores().outages.recipients,
      Array.from({ length: 12 }, (_, n) => `r${String(n)}`),
    );
  });

  it('list component names without an offer, and map a name to an offer that the directory knows', async () => {
    await receive('M-1', { affected: affects({ components: ['Ledger', 'Web'] }) });
    await receive('M-2', { affected: affects({ components: ['Ledger'] }) });
    const before = textOf(await listMapping(deps(), 'page'));
    assert.match(
      before,
      /maps no component[^]*Seen but not mapped:\nLedger\tin 2 incidents[^]*Web\tin 1 incident,/,
    );
    for (const [offer, why] of [
      ['nobody.none', 'Not in the directory'],
      ['fabrikam.fleet', 'may not speak of'],
    ] as const)
      assert.match(
        textOf(await mapComponent(deps(), 'page', 'Ledger', [offer])),
        new RegExp(`refused: .*${why}`),
      );
    assert.match(textOf(await mapComponent(deps(), 'nobody', 'Ledger', ['contoso.ledger'])), /no source/);
    assert.match(
      (await listSources(deps())).map(listedLine).join('\n'),
      /^page\t.*\t2 components not mapped$/,
    );
    await mapComponent(deps(), 'page', 'Ledger', ['Contoso.Ledger']);
    assert.equal(
      textOf(await mapComponent(deps(), 'page', 'Ledger', ['contoso.pay'])),
      'Ledger\tcontoso.ledger, contoso.pay',
    );
    const after = textOf(await listMapping(deps(), 'page'));
    assert.match(after, /^Ledger\tcontoso\.ledger, contoso\.pay\nSeen but not mapped:\nWeb/);
    const id = await receive('M-3', { affected: affects({ components: ['Ledger'] }) });
    assert.deepEqual((await desk().incidents.byId(id))?.affected.offers, ['contoso.ledger', 'contoso.pay']);
  });

  it('remove a mapping in part or completely, and mark offers that the directory no longer has', async () => {
    assert.equal(
      textOf(await unmapComponent(deps(), 'page', 'Ledger', ['contoso.pay'])),
      'Ledger\tcontoso.ledger',
    );
    const lost: MappingDeps = { ...deps(), publisherOf: () => undefined };
    assert.match(textOf(await listMapping(lost, 'page')), /contoso\.ledger \(not in the directory\)/);
    assert.match(textOf(await unmapComponent(deps(), 'page', 'Ledger', [])), /not mapped any more/);
    assert.match(textOf(await unmapComponent(deps(), 'page', 'Ledger', [])), /refused/);
  });

  it('confirm: ten recipients get the question, then all get the card, and the report names the operator', async () => {
    const id = await receive('C-1', { severity: 'critical' });
    assert.equal((await cardsOf(id)).length, 10);
    now += MINUTE;
    await receive('C-1', { severity: 'critical', state: 'identified' });
    assert.equal((await cardsOf(id)).length, 10, 'the next notice asks nobody more');
    const waiting = await desk().incidents.byId(id);
    assert.ok(waiting);
    assert.match(decisionLines(waiting).join('\n'), /not confirmed: page signs nothing and says critical/);
    assert.match(textOf(await actAsOperator(desk(), 'confirm', id, 'cli:test', '')), /is identified/);
    assert.equal((await cardsOf(id)).length, 12);
    const sure = await desk().incidents.byId(id);
    assert.ok(sure);
    assert.match(decisionLines(sure).join('\n'), /^confirmed \S+ by cli:test$/);
    assert.match(
      textOf(await actAsOperator(desk(), 'confirm', id, 'cli:test', '')),
      /refused: There is nothing/,
    );
  });

  it('dismiss: the bot needs a reason, and sends no card that still waits', async () => {
    const id = await receive('D-1', { severity: 'critical' });
    assert.match(
      textOf(await actAsOperator(desk(), 'dismiss', id, 'cli:test', '')),
      /refused: Give a reason/,
    );
    assert.match(textOf(await actAsOperator(desk(), 'dismiss', id, 'cli:test', 'a drill')), /is resolved/);
    const cards = await cardsOf(id);
    assert.ok(
      cards.every((row) => row.status === 'withdrawn'),
      'none was sent yet: none is sent any more',
    );
  });

  it('close: an operator ends a manual report once, with a reason', async () => {
    const topic = { kind: 'offer', id: 'contoso.pay' } as const;
    const id = await openManualOutage(desk(), {
      title: 'Nobody can pay',
      topic,
      severity: 'major',
      by: 'ann',
    });
    assert.ok(id !== undefined);
    assert.match(
      textOf(await actAsOperator(desk(), 'close', id, 'cli:test', 'they called: fixed')),
      /is resolved/,
    );
    const over = await desk().incidents.byId(id);
    assert.deepEqual([over?.acts.at(-1)?.text, over?.resolvedAt], ['they called: fixed', now]);
    assert.match(
      textOf(await actAsOperator(desk(), 'close', id, 'cli:test', 'again')),
      /refused: The incident is over/,
    );
    assert.match(
      textOf(await actAsOperator(desk(), 'close', 'nobody', 'cli:test', 'x')),
      /refused: There is no incident/,
    );
  });

  it('close a publisher-wide outage: recipients then get the smaller outages that were held back', async () => {
    const wide = await receive('W-1', { severity: 'major' });
    const part = await receive('W-2', {
      severity: 'minor',
      affected: affects({ offers: ['contoso.ledger'] }),
    });
    assert.equal((await cardsOf(part)).length, 0);
    await actAsOperator(desk(), 'close', wide, 'cli:test', 'all back but one');
    for (const other of await desk().incidents.open())
      if (other.affected.offers.length === 0)
        await actAsOperator(desk(), 'close', other.id, 'cli:test', 'old');
    assert.equal((await cardsOf(part)).length, 12);
  });

  it('change the severity from which the outages of a sender need a confirmation', async () => {
    assert.match(textOf(await confirmFrom(deps(), 'page', 'major')), /confirmed from major$/);
    assert.match(textOf(await confirmFrom(deps(), 'page', 'never')), /believed$/);
    assert.match(textOf(await confirmFrom(deps(), 'page', 'loud')), /refused/);
    const id = await receive('N-1', { severity: 'critical' });
    assert.equal((await desk().incidents.byId(id))?.unconfirmed, undefined);
  });

  it('join two incidents and split them again; each keeps its title, and every card says so', async () => {
    now += 60 * MINUTE;
    const main = await receive('J-1', {
      title: 'Ledger is slow',
      severity: 'minor',
      affected: affects({ offers: ['contoso.ledger'] }),
    });
    const other = await receive('J-2', {
      title: 'Payments fail',
      severity: 'major',
      affected: affects({ offers: ['contoso.pay'] }),
    });
    now += MINUTE;
    const deps = desk();
    assert.match(textOf(await joinAsOperator(deps, main, main, 'cli:ann')), /two different incidents/);
    assert.match(textOf(await joinAsOperator(deps, main, 'gone', 'cli:ann')), /no incident gone/);
    assert.match(textOf(await splitAsOperator(deps, other, 'cli:ann')), /not joined/);
    assert.match(textOf(await joinAsOperator(deps, main, other, 'cli:ann')), /outages split/);
    assert.match(textOf(await joinAsOperator(deps, main, other, 'cli:ann')), /already/);
    const both = async () => [await deps.incidents.byId(main), await deps.incidents.byId(other)] as const;
    let [one, two] = await both();
    assert.deepEqual(
      [one?.title, one?.severity, one?.affected.offers, two?.title, two?.joinedInto?.title],
      ['Ledger is slow', 'major', ['contoso.ledger', 'contoso.pay'], 'Payments fail', 'Ledger is slow'],
    );
    assert.ok(!(await deps.incidents.open()).some((incident) => incident.id === other));
    assert.match(one ? decisionLines(one).join() : '', /joined .* by cli:ann: Payments fail/);

    now += MINUTE;
    await receive('J-2', { title: 'Payments fail everywhere', state: 'identified' });
    [one, two] = await both();
    assert.deepEqual(
      [one?.title, one?.state, two?.version, two?.state],
      ['Ledger is slow', 'identified', 2, 'resolved'],
      'a later notice of the joined sender belongs to the incident that stays',
    );

    assert.match(textOf(await splitAsOperator(deps, other, 'cli:bo')), /of its own again/);
    [one, two] = await both();
    assert.deepEqual(
      [one?.state, one?.affected.offers, one?.joined, two?.state, two?.affected.offers, two?.joinedInto],
      ['investigating', ['contoso.ledger'], undefined, 'identified', ['contoso.pay'], undefined],
    );
    assert.deepEqual(
      two?.acts.map((act) => [act.kind, act.by, act.text]),
      [
        ['joined', 'cli:ann', 'Ledger is slow'],
        ['split', 'cli:bo', 'Ledger is slow'],
      ],
    );
    now += MINUTE;
    await receive('J-2', { title: 'Payments fail', state: 'resolved' });
    [one, two] = await both();
    assert.deepEqual([one?.state, two?.state], ['investigating', 'resolved']);
  });
});
