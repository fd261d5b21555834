/** The policy on labelled real questions, when the real-data folder is given: is the right party responsible? */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide } from '../../../core/policy/decide.js';
import { type RouteFacts, partyLabel } from '../../../core/policy/decision.js';
import { ISSUES, isIssue, kindOf, type Asker, type Issue } from '../../../core/terms.js';

interface Labelled {
  readonly id: string;
  readonly kind: string;
  readonly party: string;
  readonly asker: string;
  readonly domain: string;
  readonly text: string;
  readonly alternative: string | null;
}

const ASKER_OF: Readonly<Record<string, Asker>> = {
  'end-customer': 'customer',
  'csp-partner': 'partner',
  isv: 'publisher',
};

function facts(row: Labelled, issue: Issue): RouteFacts {
  return {
    asker: ASKER_OF[row.asker] ?? 'customer',
    issue,
    model: 'direct-bill',
    channel: 'partner',
    supportTier: row.domain === 'microsoft-cloud' ? 'microsoft' : 'publisher',
    hosting: 'unknown',
    tier1: 'partner',
    resellerKeeps: [],
    partnerHelps: false,
    taxBy: 'unknown',
    agreement: 'own',
  };
}

function isRight(row: Labelled, issue: Issue): boolean {
  const label = partyLabel(decide(facts(row, issue)).responsible);
  return label === row.party || (row.alternative ?? '').includes(label);
}

const share = (part: number, whole: number) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;

const print = (line: string) => process.stdout.write(`${line}\n`);

describe('the policy on real questions', () => {
  it('names the right party for at least four in five questions, from only the kind and the asker', function () {
    const folder = process.env.OFFER_DESK_REAL_DATA;
    if (!folder) {
      this.skip(); // needs the real-data folder
      return;
    }
    const rows = readFileSync(join(folder, 'questions.jsonl'), 'utf8')
      .split('\n')
      .flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Labelled]));
    const labelled = rows.flatMap((row) => (isIssue(row.kind) ? [{ row, issue: row.kind }] : []));
    assert.equal(labelled.length, rows.length, 'a kind the policy does not know');
    const right = labelled.filter(({ row, issue }) => isRight(row, issue));
    const reachable = labelled.filter(({ row, issue }) =>
      ISSUES.some((topic) => kindOf(topic) === kindOf(issue) && isRight(row, topic)),
    );
    print(`      kind alone: ${share(right.length, rows.length)}`);
    print(`      some topic of the kind: ${share(reachable.length, rows.length)}`);
    for (const { row, issue } of labelled.filter((each) => !right.includes(each))) {
      const said = partyLabel(decide(facts(row, issue)).responsible);
      print(
        `      ${row.id} ${row.kind} by ${row.asker}: ${said}, labelled ${row.party}: ${row.text.slice(0, 70)}`,
      );
    }
    assert.ok(right.length / rows.length >= 0.8);
  });
});
