/** Opening hours read as people write them, in the reader's language. */
import assert from 'node:assert/strict';
import { hoursWords } from '../../../cards/answer/contact-state.js';

const NOW = Date.UTC(2026, 2, 2);
const en = { language: 'en', now: NOW } as const;
const zh = { language: 'zh-Hant', now: NOW } as const;

describe('opening hours in words', () => {
  it('name days and zone, and leave holidays to the line of the moment', () => {
    const text = 'America/Los_Angeles; Mo-Fr 09:00-17:30; off 12-25';
    assert.equal(hoursWords(text, en), 'Mon–Fri 09:00–17:30 (Pacific Time)');
    assert.equal(hoursWords(text, zh), '週一–週五 09:00–17:30 (太平洋時間)');
  });

  it('keep the breaks of a day and the days apart', () => {
    const text = 'Europe/Berlin; Mo-Th 09:00-12:00, 13:00-17:00; Sa 10:00-14:00';
    assert.match(hoursWords(text, en), /^Mon–Thu 09:00–12:00, 13:00–17:00; Sat 10:00–14:00 \(/);
  });

  it('say round the clock shortly, and free text as it is', () => {
    assert.equal(hoursWords('UTC; 24/7', en), '24/7');
    assert.equal(hoursWords('by appointment', zh), 'by appointment');
    assert.equal(hoursWords(undefined, en), '');
  });
});
