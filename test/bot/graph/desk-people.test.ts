/** People for the chat: in time or not at all, asked once a minute, and only what the operator lets be asked. */
import assert from 'node:assert/strict';
import { deskPeople, type DeskPeopleDeps } from '../../../bot/graph/desk-people.js';
import type { GraphAnswer } from '../../../bot/graph/people.js';
import type { Presence } from '../../../core/services/answers/answer.js';

type Graph = DeskPeopleDeps['people'];
const UPN = 'desk@contoso.com';

/** Graph by hand: counts what it is asked. */
function graph(over: Partial<Graph> = {}) {
  const asked: string[] = [];
  const note = <A extends unknown[], T>(name: string, work: (...given: A) => Promise<T>) => {
    return (...given: A): Promise<T> => {
      asked.push(`${name} ${String(given[0])}`);
      return work(...given);
    };
  };
  const people: Graph = {
    idOf: note('id', over.idOf ?? (() => known('id-1'))),
    presenceOf: note('presence', over.presenceOf ?? (() => known(new Map([['id-1', 'busy' as const]])))),
    managerOf: note(
      'manager',
      over.managerOf ?? (() => known({ id: 'g', name: 'Grace', upn: 'grace@contoso.com' })),
    ),
  };
  return { people, asked };
}
const known = <T>(value: T): Promise<GraphAnswer<T>> => Promise.resolve({ kind: 'known', value });
const never = (): Promise<never> => new Promise(() => undefined);
const BOTH = { presence: true, manager: true };

describe('people for the chat', () => {
  it('tell a presence with its time, ask once a minute, and look the id up by name', async () => {
    let now = 5_000;
    const { people, asked } = graph();
    const desk = deskPeople({ people, uses: BOTH, now: () => now });
    const all = await Promise.all([desk.presenceOf(UPN), desk.presenceOf(UPN.toUpperCase())]);
    for (const told of all) assert.deepEqual(told, { state: 'busy', at: 5_000 });
    assert.deepEqual(asked, [`id ${UPN}`, 'presence id-1']);
    now += 59_000;
    assert.deepEqual(await desk.presenceOf(UPN), { state: 'busy', at: 5_000 });
    assert.equal(asked.length, 2);
    now += 2_000;
    assert.equal((await desk.presenceOf(UPN))?.at, 66_000);
    assert.equal(asked.length, 4);
  });

  it('say nothing of whom Graph does not know, and wait no second time for a Graph that fails', async () => {
    let now = 0;
    const answers: Record<string, GraphAnswer<string>['kind']> = {
      none: 'none',
      away: 'unavailable',
      no: 'refused',
    };
    for (const kind of Object.values(answers) as ('none' | 'unavailable' | 'refused')[]) {
      const { people, asked } = graph({ idOf: () => Promise.resolve({ kind }) });
      const desk = deskPeople({ people, uses: BOTH, now: () => now });
      assert.equal(await desk.presenceOf(UPN), undefined, kind);
      assert.equal(await desk.presenceOf(UPN), undefined, kind);
      assert.equal(asked.length, 1, kind);
      now += 60_001;
      await desk.presenceOf(UPN);
      assert.equal(asked.length, 2, kind);
    }
    const { people } = graph({ presenceOf: () => known(new Map<string, Presence>()) });
    assert.equal(await deskPeople({ people, uses: BOTH, now: () => 0 }).presenceOf(UPN), undefined);
  });

  it('keep nobody waiting: what comes late is there the next time', async () => {
    let release = (): void => undefined;
    const late = new Promise<GraphAnswer<string>>((resolve) => {
      release = () => resolve({ kind: 'known', value: 'id-1' });
    });
    const desk = deskPeople({ ...graph({ idOf: () => late }), uses: BOTH, now: () => 0, patienceMs: 5 });
    assert.equal(await desk.presenceOf(UPN), undefined);
    release();
    await late;
    assert.equal((await desk.presenceOf(UPN))?.state, 'busy');
  });

  it('name a manager who can be written to, ask once an hour, and nobody in time is nobody', async () => {
    let now = 0;
    const { people, asked } = graph();
    const desk = deskPeople({ people, uses: BOTH, now: () => now });
    assert.deepEqual(await desk.managerOf('ada'), { name: 'Grace', upn: 'grace@contoso.com' });
    now += 3_599_000;
    await desk.managerOf('ada');
    assert.equal(asked.length, 1);
    const without = graph({ managerOf: () => known({ id: 'g', name: 'Grace' }) });
    assert.equal(await deskPeople({ ...without, uses: BOTH, now: () => 0 }).managerOf('ada'), undefined);
    const silent = graph({ managerOf: never });
    assert.equal(
      await deskPeople({ ...silent, uses: BOTH, now: () => 0, patienceMs: 5 }).managerOf('ada'),
      undefined,
    );
  });

  it('ask Graph nothing that the operator did not choose', async () => {
    const { people, asked } = graph();
    const desk = deskPeople({ people, uses: { presence: false, manager: false }, now: () => 0 });
    assert.equal(await desk.presenceOf(UPN), undefined);
    assert.equal(await desk.managerOf('ada'), undefined);
    assert.deepEqual(asked, []);
  });
});
