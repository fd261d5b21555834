/** An operator sets the words of one sender, and tries them with a sample before the sender sends anything. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listWords, removeWord, setWord } from '../../../bot/cli/outage-words.js';
import type { Done } from '../../../bot/cli/outage-sources.js';
import { outagesParse } from '../../../bot/cli/outages.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { onEveryEngine } from '../../helpers/stores.js';

const textOf = (done: Done) => (done.kind === 'done' ? done.lines.join('\n') : `refused: ${done.reason}`);

onEveryEngine('the words of a sender', (stores) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-words-'));
  after(() => rmSync(folder, { recursive: true }));
  const deps = () => ({ sources: stores().outages.sources, actor: 'cli:test', now: () => 1 });
  const set = async (kind: string, word: string, meaning: string) =>
    textOf(await setWord(deps(), 'shop', { kind, word, meaning }));
  const sample = path.join(folder, 'sample.json');
  const dryRun = async (body: unknown): Promise<{ out: string; notes: string }> => {
    writeFileSync(sample, JSON.stringify(body));
    const source = await stores().outages.sources.byId('shop');
    assert.ok(source);
    let [out, notes] = ['', ''];
    const publisherOf = (offer: string) => offer.split('.')[0];
    await outagesParse({ file: sample, source, publisherOf }, (t) => (out += t), (t) => (notes += t)); // prettier-ignore
    return { out, notes };
  };

  before(async () => {
    const source: OutageSource = {
      id: 'shop', publisherId: 'contoso', offers: ['contoso.shop'], componentOffers: {}, owner: 'publisher', format: 'own',
      active: true, tellsApart: true, auth: { kind: 'staff' }, confirmAt: null,
    }; // prettier-ignore
    await stores().outages.sources.save(source, 'test', 1);
  });

  it('change what the sender means, and a dry run shows it', async () => {
    const body = { id: 'A', title: 'Down', state: 'kaputt', severity: 'Code Red' };
    assert.match((await dryRun(body)).notes, /state/, 'the state is not a usual word');
    assert.match(await set('severity', 'Code Red', 'critical'), /severity\tcodered\tcritical/);
    assert.match(await set('state', 'kaputt', 'investigating'), /state\tkaputt\tinvestigating/);
    const { out } = await dryRun({ ...body, severity: 'CODE-RED' });
    assert.match(out, /"state": "investigating",\s*"severity": "critical"/);
    assert.match(out, /contoso\.shop/, 'with the offers of the sender');
  });

  it('are refused when they mean nothing', async () => {
    assert.match(await set('colour', 'red', 'critical'), /refused: .*severity or a state/);
    assert.match(await set('severity', 'red', 'terrible'), /refused: A severity is none, maintenance, minor/);
    assert.match(await set('severity', '!?', 'minor'), /refused: .*letter or digit/);
    assert.match(textOf(await listWords(deps(), 'nowhere')), /no source nowhere/);
  });

  it('may have the name of an object’s method', async () => {
    const body = { id: 'B', title: 'Down', state: 'open', severity: 'constructor' };
    assert.match((await dryRun(body)).out, /"severity": "unknown"/);
    await set('severity', 'constructor', 'minor');
    assert.match((await dryRun(body)).out, /"severity": "minor"/);
    await removeWord(deps(), 'shop', 'severity', 'constructor');
  });

  it('go, and the usual words count again', async () => {
    await set('severity', 'minor', 'critical');
    assert.match(textOf(await removeWord(deps(), 'shop', 'severity', 'MINOR')), /codered/);
    await removeWord(deps(), 'shop', 'severity', 'code red');
    assert.match(textOf(await removeWord(deps(), 'shop', 'state', 'kaputt')), /no words of its own/);
    assert.match((await dryRun({ id: 'C', title: 'x', state: 'open', severity: 'minor' })).out, /"minor"/);
  });

  it('say in a dry run which offer the sender may not name', async () => {
    const { notes } = await dryRun({ id: 'D', title: 'x', state: 'open', offers: ['fabrikam.fleet'] });
    assert.match(notes, /outside: fabrikam\.fleet/);
  });
});
