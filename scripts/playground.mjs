/** Opens the bot in the Microsoft 365 Agents Playground: a Teams-like window for personal, group and channel chat. */
import { spawn } from 'node:child_process';
import process from 'node:process';

const VERSION = '0.2.28';
const port = process.env.PORT ?? '3978';
const endpoint = `http://127.0.0.1:${port}/api/messages`;

const running = await fetch(`http://127.0.0.1:${port}/healthz`).then(
  (answer) => answer.ok,
  () => false,
);
if (!running) {
  console.error(`Nothing answers on port ${port}. Run "npm start" in another window first.`);
  process.exit(1);
}
console.log(
  'npx fetches the playground, a pre-release tool of Microsoft. The playground listens on every network interface.',
);
const args = [
  '--yes',
  `@microsoft/m365agentsplayground@${VERSION}`,
  'start',
  '-e',
  endpoint,
  '-c',
  'msteams',
  '--disable-telemetry',
];
const child = spawn('npx', [...args, ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
child.on('exit', (code) => process.exit(code ?? 0));
