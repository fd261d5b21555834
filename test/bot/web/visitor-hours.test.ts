/** The partner's opening hours on a visitor's card: how long until somebody is there, on the visitor's own clock. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { startDesk, textOf, Visitor, type Desk } from '../../helpers/desk.js';

/** A Monday, 06:00 in Redmond. */
const NOW = Date.UTC(2026, 8, 7, 13);

describe('the hours of the partner’s desk', () => {
  let desk: Desk;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-hours-'));
    const sample = JSON.parse(
      await readFile(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8'),
    ) as { desks: { billing: object } };
    const billing = { ...sample.desks.billing, hours: 'America/Los_Angeles; Mo-Fr 09:00-17:30' };
    const profile = { ...sample, desks: { ...sample.desks, billing } };
    await writeFile(path.join(folder, 'profile.json'), JSON.stringify(profile));
    desk = await startDesk({ OFFER_DESK_PROFILE: path.join(folder, 'profile.json') }, { now: () => NOW });
  });
  after(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  const answerIn = async (localTimezone: string | undefined, locale: string) => {
    const visitor = await Visitor.join(desk.url, 'customer', locale);
    const text = 'the invoice of Contoso Backup for Azure is too high';
    await visitor.send({ type: 'message', text, localTimezone });
    return textOf((await visitor.replies(1))[0]!);
  };

  it('show the time until opening, in the visitor’s zone', async () => {
    assert.match(await answerIn('Asia/Taipei', 'en-US'), /Opens in 3 hr \(your time .*00:00\)/);
    assert.match(await answerIn('Europe/Berlin', 'en-US'), /Opens in 3 hr \(your time .*18:00\)/);
    assert.match(await answerIn('Asia/Taipei', 'zh-TW'), /3小時/);
  });

  it('use the desk’s own zone when the visitor’s zone is unknown', async () => {
    assert.match(await answerIn(undefined, 'en-US'), /Opens in 3 hr \(.*09:00.* local time\)/);
    assert.match(await answerIn('Mars/Olympus', 'en-US'), /Opens in 3 hr \(.*09:00.* local time\)/);
  });
});
