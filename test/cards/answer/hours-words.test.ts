/** Opening hours on the card, in the reader's language and usual form. */
import assert from 'node:assert/strict';
import { hoursWords } from '../../../cards/answer/contact-state.js';
import { cardContext } from '../../helpers/card-fixtures.js';

const NOW = Date.UTC(2026, 2, 2);
const en = cardContext({ language: 'en', now: NOW });
const zh = cardContext({ language: 'zh-Hant', now: NOW });

describe('opening hours in words', () => {
  it('name days and zone, without the holidays', () => {
    const text = 'America/Los_Angeles; Mo-Fr 09:00-17:30; off 12-25';
    assert.equal(hoursWords(text, en), 'Mon–Fri 9–17:30 (Pacific Time)');
    assert.equal(hoursWords(text, zh), '週一–週五 9–17:30（太平洋時間）');
  });

  it('are in the reader’s zone when it is known', () => {
    const text = 'America/Los_Angeles; Mo-Fr 09:00-17:30; off 12-25';
    const berlin = { ...en, zone: 'Europe/Berlin' };
    assert.equal(hoursWords(text, berlin), 'Mon–Fri 18–2:30 (your time)');
    assert.equal(hoursWords(text, { ...zh, zone: 'Asia/Taipei' }), '週二–週六 1–9:30（您的時間）');
    assert.equal(hoursWords(text, { ...en, zone: 'no zone' }), 'Mon–Fri 9–17:30 (Pacific Time)');
  });

  it('stay in the contact’s zone for whole days, and say which zone', () => {
    const text = 'America/Los_Angeles; Sa-Su 00:00-24:00';
    assert.equal(hoursWords(text, { ...en, zone: 'Asia/Taipei' }), 'Sat–Sun 0–24 (Pacific Time)');
  });

  it('show the breaks of a day, and show different days separately', () => {
    const text = 'Europe/Berlin; Mo-Th 09:00-12:00, 13:00-17:00; Sa 10:00-14:00';
    assert.match(hoursWords(text, en), /^Mon–Thu 9–12, 13–17; Sat 10–14 \(/);
  });

  it('have a Saturday in the same short line', () => {
    const text = 'Europe/Berlin; Mo-Fr 09:00-18:00; Sa 09:00-13:00';
    const berlin = { ...en, zone: 'Europe/Berlin' };
    assert.equal(hoursWords(text, berlin), 'Mon–Fri 9–18, Sat 9–13 (your time)');
    assert.equal(
      hoursWords(text, { ...berlin, language: 'zh-Hant', text: zh.text }),
      '週一–週五 9–18；週六 9–13（您的時間）',
    );
  });

  it('show 24/7 for a round-the-clock desk, and free text unchanged', () => {
    assert.equal(hoursWords('UTC; 24/7', en), '24/7');
    assert.equal(hoursWords('by appointment', zh), 'by appointment');
    assert.equal(hoursWords(undefined, en), '');
  });
});
