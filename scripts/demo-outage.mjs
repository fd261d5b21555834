/** `npm run demo:outage [-- --pause SECONDS]`: plays an outage on the local server, from its start to its end. */
import process from 'node:process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { pause: { type: 'string', default: '15' } } });
const page = `http://127.0.0.1:${process.env.PORT ?? '3978'}`;

const answer = await fetch(`${page}/demo/outage`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ pauseSeconds: Number(values.pause) }),
}).catch(() => undefined);
if (!answer?.ok) {
  const why = answer ? `${page} answered ${answer.status}` : `nothing answers on ${page}`;
  console.error(
    `No outage was played: ${why}. Run "npm start" in another window first, without MICROSOFT_APP_ID.`,
  );
  process.exit(1);
}
const { title, states, pauseSeconds } = await answer.json();
console.log(`“${title}” goes through ${states.join(', ')}, one step every ${pauseSeconds} seconds.`);
console.log(`Open ${page} as partner staff, and write: outages`);
