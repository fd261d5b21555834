/**
 * `node run.mjs OUTCOMES FILE...`: runs test files with mocha, and writes each test's outcome and processor time to
 * OUTCOMES as JSON, with the SDK packages that the process loaded. Imports each file itself, because mocha's `require`
 * does not reach the hook of resolve.mjs.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Mocha from 'mocha';

const TIMEOUT_MS = 300_000;
const PACKAGE = /.*node_modules\/((?:@microsoft\/agents-|botbuilder|botframework)[^/]*)/;
const [outFile, ...files] = process.argv.slice(2);

const mocha = new Mocha({ timeout: TIMEOUT_MS, reporter: class {} });
for (const file of files) {
  mocha.suite.emit('pre-require', globalThis, file, mocha);
  await import(pathToFileURL(file).href);
}
const outcomes = [];
let before;
const runner = mocha.run(() => {
  writeFileSync(outFile, JSON.stringify({ outcomes, packages: loadedPackages() }));
  process.exit();
});
runner.on('test', () => (before = process.cpuUsage()));
runner.on('pass', (test) => keep(test));
runner.on('fail', (test, error) => keep(test, error));

function keep(test, error) {
  const { user, system } = process.cpuUsage(before);
  const of = { group: path.basename(test.file ?? ''), title: test.title };
  outcomes.push({ ...of, cpuMs: (user + system) / 1000, ...(error && { error: String(error.message) }) });
}

/** Both SDKs are CommonJS, so `require.cache` has their modules. */
function loadedPackages() {
  const names = Object.keys(createRequire(import.meta.url).cache).map((file) => PACKAGE.exec(file)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}
