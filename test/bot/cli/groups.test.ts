/** A command line loads the commands of its own group only. */
import assert from 'node:assert/strict';
import { ALL_GROUPS } from '../../../bot/cli/every-command.js';
import { groupsFor } from '../../../bot/cli/groups.js';
import { buildProgram } from '../../../bot/cli/program.js';

const namesIn = (groups: Awaited<ReturnType<typeof groupsFor>>): readonly string[] =>
  buildProgram(groups).commands.map((one) => one.name());
const all = namesIn(ALL_GROUPS);

describe('the groups of a command line', () => {
  for (const name of all.filter((one) => one !== 'completion'))
    it(`are only “${name}” for a line that begins with it`, async () => {
      assert.deepEqual(namesIn(await groupsFor(name)), [name]);
    });

  for (const word of ['completion', '--help', 'help', 'dirctory', 'toString', undefined])
    it(`are all for a line that begins with ${word ?? 'nothing'}`, async () => {
      assert.deepEqual(namesIn(await groupsFor(word)), all);
    });
});
