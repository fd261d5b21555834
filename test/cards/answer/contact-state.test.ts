/** A contact's state on the card: open, closed or dead by the reader's clock, and the contact to use instead. */
import assert from 'node:assert/strict';
import type { RenderContext } from '../../../cards/kit/types.js';
import { answerCard } from '../../../cards/answer/answer-card.js';
import type { Answer, ShownContact, ShownStep } from '../../../core/services/answers/answer.js';
import { actionsOf, nodesOf } from '../../helpers/card-lint.js';
import { cardContext, engineeringStep, fabrikamSupport, sampleAnswer } from '../../helpers/card-fixtures.js';

const OFFICE = 'Europe/Berlin; Mo-Fr 09:00-17:00';
const MONDAY_NOON = Date.parse('2026-11-23T11:00:00Z');
const SUNDAY = Date.parse('2026-11-22T10:00:00Z');

function shown(
  contact: Partial<ShownContact>,
  ctx: Partial<RenderContext> = {},
  next: readonly ShownStep[] = [],
) {
  const base = sampleAnswer();
  const first = { ...base.first, contact: { ...fabrikamSupport, ...contact } };
  const answer: Answer = { ...base, first, escalation: next };
  return answerCard({ answer }, cardContext({ now: MONDAY_NOON, ...ctx }));
}
const bothSay = ({ card, text }: ReturnType<typeof shown>, words: string) => {
  assert.equal(text.includes(words), true, text);
  assert.equal(JSON.stringify(card).includes(words), true);
};

describe('the hours of a contact on the card', () => {
  it('show the closing time on the reader’s clock', () => {
    bothSay(shown({ hours: OFFICE }, { zone: 'Europe/London' }), 'Open now, until 16:00 (your time).');
  });

  it('show the waiting time and the opening time for the reader', () => {
    bothSay(
      shown({ hours: OFFICE }, { now: SUNDAY, zone: 'Asia/Taipei' }),
      'Closed now. Opens in 22 hr (your time Mon 16:00).',
    );
    bothSay(
      shown({ hours: OFFICE }, { now: SUNDAY - 26 * 3_600_000 }),
      'Closed now. Opens in 2 days (Mon 09:00 local time).',
    );
  });

  it('use the contact’s own clock when the reader’s time zone is unknown or invalid', () => {
    for (const zone of [undefined, 'Middle/Earth', '<b>']) {
      bothSay(
        shown({ hours: OFFICE }, zone === undefined ? {} : { zone }),
        'Open now, until 17:00 (local time).',
      );
    }
  });

  it('put a message before a call while the contact is closed, and say so', () => {
    const closed = shown({ hours: OFFICE }, { now: SUNDAY });
    bothSay(closed, 'You can write now.');
    assert.ok(closed.text.indexOf('support@fabrikam.com') < closed.text.indexOf('+1 425 555 0123'));
    const buttons = (card: unknown) =>
      [...JSON.stringify(card).matchAll(/"url":"(mailto|tel):/g)].map((one) => one[1]);
    assert.deepEqual(buttons(closed.card), ['mailto', 'tel']);
    const open = shown({ hours: OFFICE });
    assert.ok(open.text.indexOf('+1 425 555 0123') < open.text.indexOf('support@fabrikam.com'));
    assert.deepEqual(buttons(open.card), ['tel', 'mailto']);
    assert.doesNotMatch(open.text, /You can write now/);
  });

  it('put the publisher’s open desk before the offer’s closed contact, and say why', () => {
    const base = sampleAnswer();
    const desk = { name: 'Fabrikam Desk', email: 'desk@fabrikam.com', hours: 'UTC; 24/7' };
    const first = { ...base.first, contact: { ...fabrikamSupport, hours: OFFICE }, also: desk };
    const card = answerCard({ answer: { ...base, first } }, cardContext({ now: SUNDAY }));
    bothSay(card, 'Shown first because it is open now.');
    bothSay(card, 'This offer’s own contact:');
    bothSay(card, 'Closed now. Opens in 22 hr (Mon 09:00 local time).');
    assert.ok(card.text.indexOf('desk@fabrikam.com') < card.text.indexOf('support@fabrikam.com'));
    assert.match(JSON.stringify(card.card), /mailto:desk@fabrikam\.com/);
    const noon = answerCard({ answer: { ...base, first } }, cardContext({ now: MONDAY_NOON }));
    assert.doesNotMatch(noon.text, /desk@fabrikam\.com/);
  });

  it('are shown unchanged when they are free text', () => {
    const card = shown({ hours: 'weekdays, mornings' });
    bothSay(card, 'weekdays, mornings');
    assert.doesNotMatch(card.text, /Open now|Closed now/);
  });

  it('are shown in the reader’s language', () => {
    bothSay(shown({ hours: OFFICE }, { language: 'zh-Hant' }), '目前服務中，至 17:00（當地時間）。');
  });
});

describe('a closed first contact', () => {
  const open: ShownStep = { ...engineeringStep, contact: { email: 'dev@fabrikam.com', hours: 'UTC; 24/7' } };
  const unknown: ShownStep = { ...engineeringStep, contact: { email: 'dev@fabrikam.com' } };

  it('names the next contact that is open now', () => {
    assert.match(
      shown({ hours: OFFICE }, { now: SUNDAY }, [open]).text,
      /Fabrikam[^.]* is open now, see below/,
    );
  });

  it('names no contact with unknown hours, and no other contact while the first contact is open', () => {
    assert.doesNotMatch(shown({ hours: OFFICE }, { now: SUNDAY }, [unknown]).text, /is open now, see below/);
    assert.doesNotMatch(shown({ hours: OFFICE }, {}, [open]).text, /is open now, see below/);
  });
});

describe('a dead contact', () => {
  const next: ShownStep = { ...engineeringStep, contact: { email: 'dev@fabrikam.com' } };
  const dead = { deadSince: '2026-10-01', deadReason: 'bounced' as const };

  it('is shown as dead, with its address and the contact to use instead', () => {
    const card = shown(dead, {}, [next]);
    bothSay(card, 'This contact no longer works: email is returned (since October 1, 2026).');
    bothSay(card, 'support@fabrikam.com');
    assert.match(card.text, /Contact Fabrikam – engineering contact instead, see below/);
  });

  it('gives its place to the buttons of the contact to use instead, which stands once, without unfolding', () => {
    const card = shown(dead, {}, [next]);
    const more = nodesOf(card.card).find((node) => node.id === 'more');
    assert.doesNotMatch(JSON.stringify(more), /dev@fabrikam\.com/);
    assert.match(JSON.stringify(more), /Shown above/);
    assert.equal(card.text.split('dev@fabrikam.com').length, 2);
    const links = actionsOf(card.card).filter(({ url }) => String(url).startsWith('mailto:'));
    assert.deepEqual(
      links.map(({ url, style }) => [String(url).split('?')[0], style]),
      [['mailto:dev@fabrikam.com', 'positive']],
    );
  });

  it('does not name another dead contact instead', () => {
    const card = shown(dead, {}, [
      { ...next, contact: { email: 'dev@fabrikam.com', deadSince: '2026-01-01' } },
    ]);
    assert.doesNotMatch(card.text, /Turn to/);
  });

  it('shows no opening state', () => {
    assert.doesNotMatch(shown({ ...dead, hours: OFFICE }).text, /Open now/);
  });
});
