/** The curl lines of docs/api.md work with the server, and the document names every address, scope and tool. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CLIENT_API } from '../bot/api/api.js';
import { API_SCOPES } from '../core/services/api/api-keys.js';
import { makeKey } from './helpers/api-client.js';
import { startDesk } from './helpers/desk.js';
import { blocksOf, readDocument } from './helpers/documents.js';

const document = readDocument('docs/api.md');
const curls = blocksOf(document)
  .filter(({ info }) => info.includes('curl'))
  .flatMap(({ text }) => text.trim().split('\n'));

describe('docs/api.md', function () {
  it('shows curl lines that the server answers', async () => {
    assert.equal(curls.length, 4);
    const desk = await startDesk();
    try {
      const key = await makeKey(desk, 'partner');
      for (const line of curls) {
        const command = line.replace('https://desk.contoso.com', desk.url).replace('KEY', key);
        const [, ...words] = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
          ([, a, b, c]) => a ?? b ?? c ?? '',
        );
        const { stdout } = await promisify(execFile)('curl', ['--silent', '--fail', ...words]);
        const body = JSON.parse(stdout) as { readonly result?: string };
        if (line.includes('/api/route')) assert.equal(body.result, 'answer', stdout);
      }
    } finally {
      await desk.close();
    }
  });

  it('names every address for other systems and every scope', () => {
    const lacking = [
      ...CLIENT_API.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
      ...API_SCOPES.map((scope) => `\`${scope}\``),
    ].filter((name) => !document.includes(name));
    assert.deepEqual(lacking, []);
  });
});
