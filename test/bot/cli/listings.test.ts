/** Every listing prints named fields with `--json`; the test fills each list with at least one entry. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ALL_GROUPS } from '../../../bot/cli/every-command.js';
import { buildProgram, commandsOf } from '../../../bot/cli/program.js';
import { makeKey } from '../../helpers/api-client.js';
import { runCommand } from '../../helpers/command-line.js';
import { sampleCase } from '../../helpers/cases.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { outageSender, until } from '../../helpers/outage-sender.js';

const OFFER = 'contoso.backup-azure';
const text = z.string().min(1);
const count = z.number().int().min(0);
const time = z.iso.datetime();
/** A list with at least one entry, each with at least these fields. */
const some = <T extends z.ZodRawShape>(shape: T) => z.array(z.looseObject(shape)).min(1);

interface Listing {
  /** The arguments after the name of the command. */
  readonly words?: string;
  readonly code?: number;
  readonly shape: z.ZodType;
}

/** Every command that prints a list, with the fields of its JSON. */
const LISTINGS: Readonly<Record<string, Listing>> = {
  'profile check': {
    words: 'wrong.json',
    code: 1,
    shape: z.object({ file: text, valid: z.literal(false), problems: some({ field: z.string(), message: text }) }),
  },
  'profile show': { shape: z.object({ profile: z.looseObject({ name: text }), changedSinceFile: z.array(z.unknown()) }) },
  'directory check': {
    code: 2,
    shape: z.object({ offers: count, publishers: count, findings: some({ kind: text }), failingSources: some({ source: text, triedAt: time, outcome: text, detail: text }) }),
  },
  'directory why': {
    words: OFFER,
    shape: z.object({ offer: z.object({ id: text, name: text }), values: some({ of: text, field: text, value: text, source: text, rule: text }) }),
  },
  'directory sources': {
    shape: z.object({ sources: some({ source: text, offers: count, publishers: count, changedAt: time, changedBy: text }), syncs: some({ source: text, triedAt: time, outcome: text }) }),
  },
  'directory audit': { shape: z.object({ changes: some({ at: time, actor: text, source: text, version: count, change: text, key: text, fields: z.array(z.unknown()) }) }) },
  'directory verify': { shape: z.object({ total: count.min(1), contacts: some({ key: text, name: text, kind: text }) }) },
  'directory reports': {
    code: 2,
    shape: z.object({ total: z.literal(1), contacts: some({ key: text, name: text, way: text, people: z.literal(1), changedSince: z.boolean(), reports: some({ at: time, asker: text, reason: text }) }) }),
  },
  'directory quality': { shape: z.object({ total: z.literal(1), contacts: some({ key: text, name: text, way: text, answered: count, unanswered: count, wrong: count, count: z.literal(1), medianMinutes: count }) }) },
  'route check': { shape: z.object({ rules: count.min(1), pages: count.min(1), findings: z.array(z.unknown()).length(0) }) },
  'route rules': { shape: z.object({ format: z.literal(1), rules: some({ id: text, when: z.looseObject({}) }) }) },
  'route sources': { shape: z.object({ pages: some({ id: text, title: text, url: text, readOn: text, readAgainBy: text, overdue: z.boolean(), rules: count }) }) },
  'route explain': {
    words: `--asker customer --issue billing --offer ${OFFER}`,
    shape: z.looseObject({ facts: z.looseObject({ asker: text, issue: text }), considered: some({ ruleId: text, matched: z.boolean() }), decision: z.looseObject({ reason: text }) }),
  },
  'locales check': { shape: z.object({ languages: some({ language: text, faults: z.array(z.object({ kind: text, key: text, detail: text })) }) }) },
  'insights show': { shape: z.object({ from: text, until: text, questions: count, answered: count, leftOpen: count, days: some({ day: text, answered: count, leftOpen: count }), offers: z.array(z.unknown()), outages: z.array(z.unknown()) }) },
  'insights unanswered': { shape: z.object({ total: z.literal(1), settled: count, groups: some({ missing: text, text, times: z.literal(1), lastAt: time, nearestOffers: z.array(z.string()) }) }) },
  'insights review': { shape: z.object({ total: z.literal(1), settled: z.literal(0), groups: some({ id: text, about: text, text, times: z.literal(1), lastAt: time, chosen: some({ value: text, times: count }), read: z.array(z.unknown()) }) }) },
  'insights try': { words: 'whatsit --issue billing', shape: z.object({ sentences: count.min(1), differences: z.array(z.unknown()) }) },
  'insights learned': { shape: z.object({ learned: some({ id: text, about: text, words: text, issue: text, actor: text, at: time }) }) },
  simulate: {
    words: 'talk.json',
    shape: z.object({ ok: z.literal(true), conversations: some({ name: text, who: text, language: text, ok: z.literal(true), greeting: z.array(z.unknown()), lines: some({ say: text, replies: some({ texts: z.array(text), buttons: z.array(z.unknown()) }), problems: z.array(z.unknown()).length(0) }) }) }),
  },
  'api-keys list': { shape: z.object({ keys: some({ id: text, name: text, state: text, audience: text, scopes: z.array(text).min(1), perMinute: count.min(1), createdAt: time, createdBy: text }) }) },
  'outages list': { shape: z.object({ incidents: some({ id: text, severity: text, state: text, confirmed: z.boolean(), title: text, startedAt: time, offers: z.array(z.string()) }) }) },
  'outages report': {
    words: 'INCIDENT',
    shape: z.object({ incident: z.looseObject({ id: text, title: text }), recipients: z.looseObject({ total: count, undecided: count, failedByCode: z.record(z.string(), count) }), unreachedManagers: z.tuple([z.literal('grace')]) }),
  },
  'outages source list': { shape: z.object({ sources: some({ id: text, active: z.boolean(), format: text, auth: text, publisher: text, confirmFrom: text, unmappedComponents: count, problem: z.null() }) }) },
  'outages source words list': {
    words: 'status-page',
    shape: z.object({ source: z.literal('status-page'), severities: z.record(z.string(), text), states: z.record(z.string(), text) }),
  },
  'outages source map list': {
    words: 'status-page',
    shape: z.object({ source: z.literal('status-page'), mapped: some({ component: z.literal('API'), offers: z.array(text).min(1), gone: z.array(text).length(0) }), unmapped: z.array(z.unknown()) }),
  },
  'people status': { shape: z.object({ registered: z.literal(false), uses: some({ use: text, setting: text, permissions: text, configured: z.literal(false) }) }) },
  'people teams': { shape: z.object({ managers: some({ manager: z.literal('grace'), topics: z.literal(1), hasBot: z.literal(false) }) }) },
  'store check': { shape: z.looseObject({ problems: z.array(z.string()).length(0), tables: some({ table: text, rows: count, sha256: text }) }) },
  doctor: { words: '--offline', code: 1, shape: z.object({ healthy: z.literal(false), findings: some({ id: text, verdict: text, what: text }) }) },
}; // prettier-ignore

/** Commands that change something, or that print something other than a list. */
const ACTS = new Set([
  'profile init', 'profile import', 'directory import', 'directory template', 'directory forget', 'directory sync',
  'directory correct', 'directory undo', 'directory export', 'understand', 'insights add-alias', 'insights add-phrase',
  'insights accept', 'insights forget', 'locales export', 'locales import',
  'outages parse', 'outages replay', 'outages confirm', 'outages dismiss', 'outages close', 'outages join', 'outages split',
  'outages source add',
  'outages source rotate', 'outages source off', 'outages source on', 'outages source confirm', 'outages source map add',
  'outages source map remove', 'outages source words set', 'outages source words remove', 'privacy export', 'privacy erase', 'store backup', 'store restore', 'widget snippet',
  'completion', 'directory report-contact', 'api-keys create', 'api-keys revoke', 'api-document', 'mcp',
]); // prettier-ignore

describe('the JSON of the listings', function () {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-listings-'));
  const kept = process.env.OFFER_DESK_DATA_DIR;
  let desk: Desk;
  let incident = '';
  before(async () => {
    desk = await startDesk();
    process.env.OFFER_DESK_DATA_DIR = desk.dataDir;
    writeFileSync(path.join(folder, 'wrong.json'), '{}');
    writeFileSync(
      path.join(folder, 'talk.json'),
      JSON.stringify([{ name: 'hello', who: 'customer', lines: [{ say: 'hello' }] }]),
    );
    incident = await filled(desk);
  });
  after(async () => {
    if (kept === undefined) delete process.env.OFFER_DESK_DATA_DIR;
    else process.env.OFFER_DESK_DATA_DIR = kept;
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (argv: readonly string[]) => runCommand(folder, argv);

  for (const [command, { words = '', code = 0, shape }] of Object.entries(LISTINGS)) {
    it(`has named fields: ${command}`, async () => {
      const argv = `${command} ${words.replace('INCIDENT', incident)} --json`.split(' ').filter(Boolean);
      const printed = await run(argv);
      assert.equal(printed.code, code, printed.text);
      const parsed = shape.safeParse(JSON.parse(printed.text));
      assert.ok(parsed.success, `${parsed.error?.message}\n${printed.text.slice(0, 1500)}`);
    });
  }

  it('has a test for every command that prints a list, so each new command must be in LISTINGS or ACTS', () => {
    const leaves = commandsOf(buildProgram(ALL_GROUPS)).filter(
      ([, command]) => command.commands.length === 0,
    );
    const known = [...Object.keys(LISTINGS), ...ACTS];
    assert.deepEqual(leaves.map(([words]) => words).sort(), known.sort());
  });
});

/** Puts an entry into every list. Returns the id of an open incident. */
async function filled(desk: Desk): Promise<string> {
  const { stores } = desk.app;
  await makeKey(desk, 'partner');
  const topics = [{ what: { kind: 'everything' }, from: 'none', by: 'team-default' }] as const;
  await stores.outages.teams.replace([{ managerId: 'grace', readerId: null, topics }], Date.now());
  await stores.phrases.add('the whatsit', { issue: 'billing', actor: 'cli:amy', at: Date.now() });
  const heard = { reason: 'asked-back', about: 'issue', text: 'the gizmo', chosen: 'payment' } as const;
  const giver = { userId: 'dl_x', conversationId: 'x' };
  await stores.lessons.record({ ...heard, at: Date.now(), language: 'en', asker: 'customer' }, giver);
  await stores.unanswered.record({
    missing: 'offer',
    text: 'the purple thing',
    language: 'en',
    at: Date.now(),
  });
  await stores.syncs.save({
    source: 'list:offers',
    triedAt: Date.now(),
    outcome: 'failed',
    detail: 'the list does not answer',
    fingerprint: '',
  });
  const attempt = {
    key: 'publisher:contoso',
    way: 'publisher-support',
    outcome: 'answered',
    minutes: 300,
  } as const;
  await stores.cases.save(await stores.cases.add(sampleCase({ managerId: null })), {
    ...attempt,
    at: Date.now(),
  });
  await stores.reports.add({
    id: 'report-1',
    at: Date.now(),
    about: { key: `offer:${OFFER}`, way: 'publisher-support', mark: 'mark' },
    reason: 'bounces',
    note: '',
    reporter: {
      asker: 'partner',
      channelId: 'msteams',
      userId: '29:ada',
      conversationId: 'a:1',
      language: 'en',
    },
  });
  const notice = await outageSender(desk, 'status-page', 'Contoso Backup for Azure');
  await notice('investigating');
  const { sources, incidents } = stores.outages;
  const source = (await sources.byId('status-page')) ?? assert.fail('no source');
  await sources.save({ ...source, componentOffers: { API: [OFFER] } }, 'test', Date.now());
  const [open] = await until(async () => {
    const found = await incidents.open();
    return found.length > 0 ? found : undefined;
  }, 'the incident');
  return open?.id ?? '';
}
