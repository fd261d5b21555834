/** The announcement of a start: lines for a terminal, a log entry for programs. */
import assert from 'node:assert/strict';
import { READY_EVENT, announceStart, type StartFacts } from '../../../bot/app/startup.js';

const FACTS: StartFacts = {
  address: 'http://localhost:3978/',
  store: 'embedded SQLite in /data',
  setUp: false,
  profile: { name: 'Northwind Cloud', model: 'direct-bill', sample: false },
  changedInChat: [{ field: 'desks[0].email', before: 'old@example.com', after: 'new@example.com' }],
  directory: { offers: 3, publishers: 2 },
  people: [],
  notConfigured: ['PostgreSQL (DATABASE_URL). One process at a time.'],
};

function announced(facts: StartFacts, isTTY: boolean): string {
  let written = '';
  announceStart(facts, { isTTY, write: (text: string) => (written += text) });
  return written;
}

describe('the announcement of a start', () => {
  it('is readable lines on a terminal', () => {
    const lines = announced(FACTS, true).split('\n');
    assert.equal(lines[0], 'Offer Desk is ready: http://localhost:3978/');
    assert.ok(lines.includes('  directory  3 offers of 2 publishers'));
    assert.ok(lines.includes('    desks[0].email: old@example.com → new@example.com'));
    assert.ok(lines.includes('  not configured: PostgreSQL (DATABASE_URL). One process at a time.'));
  });

  it('is one JSON log entry without a terminal, and names changed fields without their values', () => {
    const lines = announced(FACTS, false).split('\n');
    assert.equal(lines.length, 2);
    const { time, ...entry } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    assert.ok(!Number.isNaN(Date.parse(String(time))));
    assert.deepEqual(entry, {
      ...FACTS,
      changedInChat: ['desks[0].email'],
      level: 'info',
      event: READY_EVENT,
    });
  });

  it('says set-up mode in both forms', () => {
    const { profile: _none, ...without } = FACTS;
    const facts = { ...without, setUp: true, changedInChat: [] };
    assert.match(announced(facts, true), /SET-UP MODE/);
    const entry = JSON.parse(announced(facts, false)) as Record<string, unknown>;
    assert.deepEqual([entry.setUp, entry.profile], [true, undefined]);
  });
});
