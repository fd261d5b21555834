/** The report of `npm run check:agents-sdk`: which files failed and why, which names are missing, and the ratios. */
import assert from 'node:assert/strict';
import {
  comparisonLines,
  isPassed,
  outcomeLines,
  typeErrorLines,
  typeErrors,
  type Outcome,
} from '../../scripts/agents-sdk/report.js';

const SUCCESSOR = ['@microsoft/agents-hosting'];
const passed = (title: string, cpuMs = 10): Outcome => ({ group: 'conversations.test.ts', title, cpuMs });
const failed = (title: string): Outcome => ({ ...passed(title), error: 'no reply\n\nline of a transcript' });

describe('the report of the check of the Agents SDK', () => {
  it('counts by conversation file, and shows the first three failures with their reason', () => {
    const failures = ['one', 'two', 'three', 'four'].map((name) => failed(`german.yaml: ${name}`));
    const corpus = { group: 'corpus.test.ts', title: 'mails.yaml: at “any” step', cpuMs: 1 };
    const teams = { group: 'teams.test.ts', title: 'greets', cpuMs: 1 };
    const outcomes = [passed('german.yaml: good'), ...failures, corpus, teams];
    assert.deepEqual(outcomeLines({ outcomes, packages: SUCCESSOR }), [
      '  german.yaml: 1 passed, 4 failed',
      ...['one', 'two', 'three'].flatMap((name) => [
        `    ✗ german.yaml: ${name}`,
        '      no reply',
        '      line of a transcript',
      ]),
      '    and 1 more',
      '  corpus/mails.yaml: 1 passed, 0 failed',
      '  teams.test.ts: 1 passed, 0 failed',
      '3 passed, 4 failed, on @microsoft/agents-hosting',
    ]);
  });

  it('passes only when every test passed, there were tests, and only the successor was loaded', () => {
    const outcomes = [passed('german.yaml: good')];
    assert.ok(isPassed({ outcomes, packages: SUCCESSOR }));
    assert.ok(!isPassed({ outcomes: [...outcomes, failed('german.yaml: bad')], packages: SUCCESSOR }));
    assert.ok(!isPassed({ outcomes: [], packages: SUCCESSOR }));
    for (const packages of [[], [...SUCCESSOR, 'botbuilder-core']]) {
      assert.ok(!isPassed({ outcomes, packages }));
      assert.match(outcomeLines({ outcomes, packages }).at(-1) ?? '', /are not the successor/);
    }
  });

  it('reads missing names and the errors of each room from the messages of the compiler', () => {
    const messages = [
      `bot/teams/bot.ts(5,3): error TS2724: '"botbuilder"' has no exported member named 'TeamsActivityHandler'. Did you mean 'ActivityHandler'?`,
      `bot/teams/adapter.ts(9,10): error TS2305: Module '"botbuilder"' has no exported member 'ClaimsIdentity'.`,
      `bot/web/local-auth.ts(9,10): error TS2305: Module '"botbuilder"' has no exported member 'ClaimsIdentity'.`,
      `dialogs/cases/cases.ts(71,7): error TS2322: Type 'string | undefined' is not assignable to type 'string'.`,
      `  Type 'undefined' is not assignable to type 'string'.`,
    ].join('\n');
    assert.deepEqual(typeErrorLines(typeErrors(messages)), [
      '2 names that the product imports and the successor lacks: ClaimsIdentity, TeamsActivityHandler',
      '4 type errors without any change of the product: bot/teams 2, bot/web 1, dialogs/cases 1',
    ]);
  });

  it('compares the processor time of tests that passed on both SDKs', () => {
    const old = {
      outcomes: [passed('a.yaml: both', 20), passed('a.yaml: only here', 500), failed('a.yaml: bad')],
      packages: ['botbuilder'],
      ...{ loadMs: 100, packageCount: 141, megabytes: 150 },
    };
    const next = {
      outcomes: [passed('a.yaml: both', 25), failed('a.yaml: only here'), passed('a.yaml: bad', 900)],
      packages: SUCCESSOR,
      ...{ loadMs: 140, packageCount: 96, megabytes: 75 },
    };
    assert.deepEqual(comparisonLines(old, next), [
      'botbuilder: 2 passed, 1 failed',
      'Successor compared with botbuilder, processor time of the same 1 tests: 1.25 times',
      'Processor time to load: 1.40 times',
      'Packages: 96 in place of 141; 75 MB in place of 150 MB',
    ]);
  });
});
