/** `directory quality` prints how contacts answered, the worst first. */
import assert from 'node:assert/strict';
import { directoryQuality } from '../../../bot/cli/directory-quality.js';
import type { Directory } from '../../../core/directory/types.js';
import type { Attempt } from '../../../core/services/cases/case.js';

const NOW = Date.UTC(2026, 10, 30);
const DIRECTORY: Directory = {
  version: 1,
  offers: new Map(),
  publishers: new Map([
    ['fabrikam', { id: 'fabrikam', name: 'Fabrikam, Inc.', aliases: [], links: {}, contacts: [] }],
    ['contoso', { id: 'contoso', name: 'Contoso, Ltd.', aliases: [], links: {}, contacts: [] }],
  ]),
};
const attempt = (publisher: string, outcome: Attempt['outcome'], minutes = 300): Attempt => ({
  key: `publisher:${publisher}`,
  way: 'publisher-support',
  outcome,
  minutes,
  at: NOW,
});

describe('the operators’ list of how contacts answer', () => {
  const listed = async (all: readonly Attempt[], limit = 50) => {
    const lines: string[] = [];
    const data: unknown[] = [];
    const out = {
      line: (text: string) => void lines.push(text),
      progress: () => undefined,
      data: (value: unknown) => void data.push(value),
    };
    const stores = {
      directory: { load: () => Promise.resolve(DIRECTORY) },
      profile: { load: () => Promise.resolve(undefined) },
      cases: { attempts: (since: number) => Promise.resolve(all.filter(({ at }) => at >= since)) },
    };
    const code = await directoryQuality({ limit }, stores, out, () => NOW);
    return { code, lines, data };
  };

  it('has the counts and the median of each contact, the worst first', async () => {
    const good = [...Array(8).keys()].map(() => attempt('fabrikam', 'answered'));
    const bad = [
      attempt('fabrikam', 'unanswered'),
      attempt('fabrikam', 'wrong'),
      attempt('contoso', 'unanswered'),
    ];
    const { code, lines, data } = await listed([...good, ...bad]);
    assert.equal(code, 0);
    assert.deepEqual(lines, [
      'Contoso, Ltd. (publisher:contoso), publisher-support: answered 0 of 1, 1 unanswered, 0 wrong',
      'Fabrikam, Inc. (publisher:fabrikam), publisher-support: answered 8 of 10, median 5 h, 1 unanswered, 1 wrong',
    ]);
    assert.equal((data[0] as { total: number }).total, 2);
  });

  it('says how many more there are, and when there are none', async () => {
    const two = [attempt('fabrikam', 'answered', 20), attempt('contoso', 'wrong')];
    assert.equal((await listed(two, 1)).lines.at(-1), '… and 1 more (--limit)');
    assert.match((await listed(two)).lines.at(-1) ?? '', /median 20 min/);
    assert.deepEqual((await listed([])).lines, ['No case has said how a contact answers.']);
    const old = { ...attempt('contoso', 'wrong'), at: NOW - 400 * 86_400_000 };
    assert.deepEqual((await listed([old])).lines, ['No case has said how a contact answers.']);
  });
});
