/** The commands that register senders and print the delivery report, on a real store. */
import assert from 'node:assert/strict';
import {
  addSource,
  rotateSource,
  sourceLine,
  switchSource,
  type NewSource,
  type SourceDeps,
} from '../../../bot/cli/outage-sources.js';
import { replayFailed, ledgerLines, deliveryLedger } from '../../../bot/cli/outage-ledger.js';
import { FORMATS } from '../../../bot/outages/parsers/registry.js';
import { matchUrlToken, webhookSecret } from '../../../bot/outages/verify.js';
import type { FieldMapping } from '../../../core/incident/ports.js';
import { planAt, subscribeAll } from '../../helpers/outage-recipients.js';
import { incident, NOON } from '../../helpers/incidents.js';
import { knownOffers } from '../../helpers/known-offers.js';
import { onEveryEngine } from '../../helpers/stores.js';

onEveryEngine(
  'the operator’s outage commands',
  (stores) => {
    const deps = (): SourceDeps => {
      const { sources, secrets } = stores().outages;
      const publicUrl = 'https://desk.example';
      return { sources, secrets, directory: knownOffers(), actor: 'test', now: () => NOON, publicUrl };
    };
    const tokenIn = (lines: readonly string[]) => /token=([\w-]+)/.exec(lines.join('\n'))?.[1] ?? '';

    it('show a token once, store only its hash, and accept two tokens during a rotation', async () => {
      const added = await addSource(deps(), { id: 'page', format: 'statuspage', publisher: 'Contoso' });
      assert.equal(added.kind, 'done');
      const first = added.kind === 'done' ? tokenIn(added.lines) : '';
      const hashes = async () => {
        const source = await deps().sources.byId('page');
        assert.ok(source?.auth.kind === 'url-token');
        assert.ok(!JSON.stringify(source).includes(first));
        return source.auth.hashes;
      };
      assert.equal(matchUrlToken(first, await hashes()), 0);
      const rotated = await rotateSource(deps(), 'page');
      const second = rotated.kind === 'done' ? tokenIn(rotated.lines) : '';
      assert.deepEqual([matchUrlToken(second, await hashes()), matchUrlToken(first, await hashes())], [0, 1]);
      await rotateSource(deps(), 'page');
      assert.equal(matchUrlToken(first, await hashes()), -1, 'the oldest is gone');
    });

    it('create a secret that a signing sender can use, and delete the oldest of three secrets', async () => {
      await addSource(deps(), {
        id: 'signed',
        format: 'own',
        publisher: 'contoso',
        sign: 'standard-webhooks',
      });
      await rotateSource(deps(), 'signed');
      const before = await deps().sources.byId('signed');
      await rotateSource(deps(), 'signed');
      const after = await deps().sources.byId('signed');
      assert.ok(before?.auth.kind === 'standard-webhooks' && after?.auth.kind === 'standard-webhooks');
      assert.equal(after.auth.secretRefs.length, 2);
      const [newest = '', oldest = ''] = [after.auth.secretRefs[0], before.auth.secretRefs[1]];
      assert.equal(webhookSecret((await deps().secrets.read(newest)) ?? '').length, 32);
      assert.equal(await deps().secrets.read(oldest), undefined);
    });

    it('refuse bad names, bad formats, plain http and a second source with the same name', async () => {
      const refusals = [
        { id: 'Bad Name', format: 'own' },
        { id: 'x', format: 'nonsense' },
        { id: 'x', format: 'atom', poll: 'http://plain.example' },
        { id: 'x', format: 'atom', poll: 'https://amy:canary@status.example/feed' },
        { id: 'x', format: 'own', secret: 'whsec_without-a-signature' },
        { id: 'x', format: 'own', sign: 'standard-webhooks' as const, secret: 'whsec_short' },
        { id: 'page', format: 'own' },
      ];
      for (const one of refusals) assert.equal((await addSource(deps(), one)).kind, 'refused', one.id);
      assert.equal((await rotateSource(deps(), 'nobody')).kind, 'refused');
    });

    it('refuse an unknown publisher or offer in every format, and name the nearest known name', async () => {
      const ways = [...FORMATS, 'auto'].flatMap((format) => [
        { format, ...(format === 'mapped' && { mapping: {} as FieldMapping }) },
        {
          format,
          poll: 'https://status.example/feed',
          ...(format === 'mapped' && { mapping: {} as FieldMapping }),
        },
      ]);
      const wrong: readonly (readonly [Omit<NewSource, 'id' | 'format'>, RegExp])[] = [
        [{ publisher: 'contso' }, /no publisher contso; did you mean contoso\?$/],
        [{ publisher: 'Contoso Ltd.' }, /no publisher Contoso Ltd\.; did you mean contoso\?$/],
        [{ publisher: 'northwind' }, /no publisher northwind; the nearest one is \w+\.$/],
        [
          { publisher: 'contoso', offers: ['contoso.leger'] },
          /no offer contoso\.leger; did you mean contoso\.ledger\?$/,
        ],
        [
          { publisher: 'contoso', offers: ['contoso.ledger', 'Contoso Backup'] },
          /no offer Contoso Backup; .*contoso\./,
        ],
        [
          { publisher: 'contoso', offers: ['fabrikam.crm'] },
          /fabrikam\.crm is of the publisher fabrikam, not of contoso/,
        ],
      ];
      for (const way of ways)
        for (const [named, words] of wrong) {
          const done = await addSource(deps(), { id: 'typo', ...way, ...named });
          assert.ok(done.kind === 'refused', way.format);
          assert.match(done.reason, words, way.format);
        }
      assert.equal(await deps().sources.byId('typo'), undefined);
      const none = { ...deps(), directory: { offers: new Map(), publishers: new Map() } };
      const empty = await addSource(none, { id: 'typo', format: 'own', publisher: 'contoso' });
      assert.match(empty.kind === 'refused' ? empty.reason : '', /it is empty\. Import your directory first/);
    });

    it('disable a source, and list the source without secrets', async () => {
      await switchSource(deps(), 'page', false);
      const source = await deps().sources.byId('page');
      assert.ok(source);
      assert.equal(
        sourceLine(source),
        'page\toff\tstatuspage\turl-token\tcontoso (all offers)\tconfirmed from critical',
      );
    });

    it('report the cards in numbers that add up, and queue failed cards again', async () => {
      const { recipients, incidents, deliveries } = stores().outages;
      await subscribeAll(recipients, ['a', 'b', 'c']);
      const one = incident({}, { newId: 'rep' });
      await incidents.commit({
        seen: [],
        incident: one,
        before: undefined,
        announce: 'none',
        plan: planAt(NOON),
        at: NOON,
      });
      const row = await deliveries.one('rep', 'b');
      assert.ok(row && (await deliveries.replace(row, { ...row, status: 'dead', code: '500' })));
      const report = await deliveryLedger(deliveries, 'rep');
      assert.deepEqual(
        [report.total, report.pending, report.dead, report.failedByCode],
        [3, 2, 1, { '500': 1 }],
      );
      const lines = ledgerLines(one, report, 7);
      assert.ok(lines.includes('The parts add up.'));
      assert.ok(lines.includes('recipients still to be decided 7'));
      assert.ok(lines.some((line) => /failed\s+500\s+1$/.test(line)));
      assert.equal(await replayFailed(deliveries, 'rep', NOON), 1);
      assert.equal((await deliveryLedger(deliveries, 'rep')).pending, 3);
    });
  },
  ['sqlite'],
);
