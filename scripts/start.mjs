/** `npm start`: builds, makes sure the Web Chat bundle is there, and runs the server in this process. */
import { ensureWebChat } from './webchat.mjs';

await import('./build.mjs');
try {
  await ensureWebChat({ say: (line) => console.log(line) });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
}
await import('../dist/index.js');
