/** The review of lessons, what a desk learns from it, and the replay before it learns. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { Lesson, PhraseStore, TaughtPhrase } from '../../../../core/ports.js';
import { forgetLearned, listLearned, teach } from '../../../../core/services/answers/learn.js';
import { keptSentences, trySlices } from '../../../../core/services/answers/replay.js';
import { reviewSlices } from '../../../../core/services/answers/review-lessons.js';
import type { Issue } from '../../../../core/terms.js';
import { allAtOnce } from '../../../../core/time-slices.js';
import { createIssueClassifier } from '../../../../core/understanding/classifier.js';
import { offerOf } from '../../../helpers/directory-builders.js';
import { memoryDirectoryStore } from '../../../helpers/memory-directory-store.js';

const ODD = 'the panel is odd';
let made = 0;
const lesson = (fields: Partial<Lesson>): Lesson => ({
  id: `id-${(made += 1)}`,
  at: made,
  reason: 'asked-back',
  about: 'issue',
  text: ODD,
  language: 'en',
  asker: 'customer',
  ...fields,
});

/** Phrases in memory. */
function phrasesOf(): PhraseStore {
  const known = new Map<string, TaughtPhrase>();
  return {
    list: () => Promise.resolve([...known.values()]),
    add: (phrase, taught) => Promise.resolve(void known.set(phrase, { phrase, ...taught })),
    remove: (phrase) => Promise.resolve(known.delete(phrase)),
  };
}

async function world() {
  const directory = memoryDirectoryStore();
  const offer = offerOf({ id: 'contoso.backup', publisherId: 'contoso', name: 'Contoso Backup' });
  const row = { kind: 'offer', key: 'offer:contoso.backup', offer } as const;
  await directory.commit({ source: 'file:list', upserts: [row], removals: [], actor: 'test', at: 1 });
  const phrases = phrasesOf();
  const knowing = async () => {
    const taught = (await phrases.list()).map(({ phrase, issue }) => ({ text: phrase, issue }));
    const loaded = await directory.load();
    return {
      directory: loaded,
      index: buildOfferIndex(loaded),
      classifier: createIssueClassifier({ phrases: taught }),
      phrases: await phrases.list(),
    };
  };
  return { deps: { directory, phrases }, knowing };
}

const BY = { actor: 'ada', now: 7 };

describe('the review of lessons', () => {
  it('groups similar sentences, counts reasons and choices, and shows the newest wording first', async () => {
    const { knowing } = await world();
    const lessons = [
      lesson({ chosen: 'technical' }),
      lesson({ chosen: 'billing', reason: 'corrected', read: 'outage' }),
      lesson({ text: 'The panel is odd!', chosen: 'technical', language: 'de' }),
      lesson({ reason: 'not-helped', read: 'outage' }),
      lesson({ text: 'quite another matter of the cellar door', chosen: 'billing' }),
    ];
    const { open, settled, total } = allAtOnce(reviewSlices(lessons, await knowing()));
    assert.deepEqual([open.length, settled, total], [2, 0, 5]);
    const { times, reasons, chosen, read, languages, otherTexts, text } = open[0]!;
    assert.deepEqual([times, text, otherTexts], [4, ODD, ['The panel is odd!']]);
    assert.deepEqual(reasons, { 'asked-back': 2, corrected: 1, 'not-helped': 1 });
    assert.deepEqual(chosen, [
      { value: 'technical', times: 2 },
      { value: 'billing', times: 1 },
    ]);
    assert.deepEqual(read, [{ value: 'outage', times: 2 }]);
    assert.deepEqual(languages, ['de', 'en']);
  });

  it('leaves out what the bot reads today as most people chose', async () => {
    const { deps, knowing } = await world();
    const lessons = [
      lesson({ chosen: 'technical' }),
      lesson({ about: 'offer', text: 'Zephyr Vault', chosen: 'contoso.backup' }),
    ];
    const directory = (await knowing()).directory;
    await teach(deps, directory, { about: 'issue', words: ODD, issue: 'technical' }, BY);
    await teach(deps, directory, { about: 'offer', words: 'Zephyr Vault', offerId: 'contoso.backup' }, BY);
    assert.deepEqual(allAtOnce(reviewSlices(lessons, await knowing())), { open: [], settled: 2, total: 2 });
  });
});

describe('what a desk has learned', () => {
  it('is listed with its author and day, and can be taken back', async () => {
    const { deps, knowing } = await world();
    const { directory } = await knowing();
    const phrase = { about: 'issue', words: ` ${ODD} `, issue: 'technical' as Issue } as const;
    const alias = { about: 'offer', words: 'Zephyr Vault', offerId: 'contoso.backup' } as const;
    assert.equal((await teach(deps, directory, phrase, BY)).kind, 'learned');
    assert.equal((await teach(deps, directory, phrase, BY)).kind, 'known');
    assert.equal((await teach(deps, directory, alias, { actor: 'ben', now: 9 })).kind, 'learned');
    const learned = await listLearned(deps);
    assert.deepEqual(
      learned.map(({ words, actor, at }) => [words, actor, at]),
      [
        ['Zephyr Vault', 'ben', 9],
        [ODD, 'ada', 7],
      ],
    );
    for (const { id, words } of learned) assert.equal((await forgetLearned(deps, id, BY))?.words, words);
    assert.deepEqual(await listLearned(deps), []);
    const after = await knowing();
    assert.equal(after.index.find('Zephyr Vault').kind, 'none');
    assert.equal(after.classifier.read(ODD).decision, 'asked');
    assert.equal(after.index.find('Contoso Backup').kind, 'one');
  });

  it('takes no words without letters, no unknown offer, and no unknown id', async () => {
    const { deps, knowing } = await world();
    const { directory } = await knowing();
    const issue = 'technical';
    assert.equal(
      (await teach(deps, directory, { about: 'issue', words: '?!', issue }, BY)).kind,
      'bad-words',
    );
    const unknown = { about: 'offer', words: 'Zephyr', offerId: 'nobody.nothing' } as const;
    assert.equal((await teach(deps, directory, unknown, BY)).kind, 'no-offer');
    assert.equal(await forgetLearned(deps, '', BY), undefined);
    assert.equal(await forgetLearned(deps, '12345678', BY), undefined);
  });
});

describe('the replay before the desk learns', () => {
  const unanswered = [
    { at: 1, missing: 'issue', text: ODD, language: 'en' },
    { at: 2, missing: 'issue', text: 'my invoice is wrong', language: 'en' },
    { at: 3, missing: 'offer', text: 'Zephyr Vault', language: 'en' },
  ] as const;

  it('names each sentence that is read differently, before and after, and learns nothing', async () => {
    const { knowing } = await world();
    const present = await knowing();
    const kept = keptSentences(unanswered, [lesson({ chosen: 'technical' })]);
    const phrase = { about: 'issue', words: ODD, issue: 'technical' } as const;
    assert.deepEqual(allAtOnce(trySlices(phrase, kept, present)), {
      sentences: 4,
      differences: [{ text: ODD, times: 2, before: {}, after: { issue: 'technical' } }],
    });
    const alias = { about: 'offer', words: 'Zephyr Vault', offerId: 'contoso.backup' } as const;
    const replay = allAtOnce(trySlices(alias, kept, present));
    assert.deepEqual(
      replay.differences.map(({ text, before, after }) => [text, before.offerId, after.offerId]),
      [['Zephyr Vault', undefined, 'contoso.backup']],
    );
    assert.equal(present.index.find('Zephyr Vault').kind, 'none');
  });

  it('shows a phrase that changes the meaning of a phrase learned before', async () => {
    const { deps, knowing } = await world();
    const { directory } = await knowing();
    await teach(deps, directory, { about: 'issue', words: ODD, issue: 'technical' }, BY);
    const again = { about: 'issue', words: ODD, issue: 'billing' } as const;
    const { differences } = allAtOnce(trySlices(again, keptSentences(unanswered, []), await knowing()));
    assert.deepEqual(
      differences.map(({ before, after }) => [before.issue, after.issue]),
      [['technical', 'billing']],
    );
  });
});
