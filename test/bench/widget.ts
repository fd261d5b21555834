/** The widget beside the stock Web Chat page, in Chromium on a throttled network: bytes, main thread, first message. */
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { findChromium, missingWebChat } from '../helpers/chromium.js';
import { startDesk } from '../helpers/desk.js';

/** "4G" as WebPageTest has it: 9 Mbit/s, 170 ms round trip. */
const NETWORK = { offline: false, latency: 170, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8 };
const RUNS = 5;
const GREETING = 'Hello, this is the help chat';
/** What Microsoft's samples have in their page, in a frame as ours is; its document costs it no request. */
const STOCK = `<!doctype html><html><body style="margin:0;height:100vh"><div id="webchat" style="height:100%"></div>
<script src="/webchat/4.18.1/webchat.js"></script><script>
(async () => {
  const { token } = await (await fetch('/v3/directline/tokens/generate', { method: 'POST' })).json();
  WebChat.renderWebChat({ directLine: WebChat.createDirectLine({ token, domain: new URL(document.baseURI).origin + '/v3/directline' }) }, document.getElementById('webchat'));
})();</script></body></html>`;

interface Visit {
  readonly readable: number;
  readonly drawn: number;
  readonly before: number;
  readonly after: number;
}

const OPEN = {
  widget: `OfferDesk.open()`,
  stock: `(() => { const f = document.createElement('iframe'); f.id = 'stock'; f.srcdoc = ${JSON.stringify(STOCK)}; f.style.cssText = 'width:400px;height:600px'; document.body.append(f); })()`,
};
const FRAME = {
  widget: `document.querySelector('[data-offer-desk]').shadowRoot.querySelector('iframe')`,
  stock: `document.getElementById('stock')`,
};

/** Milliseconds from opening until the greeting can be read, and until Web Chat itself has drawn it. */
function measure(kind: 'widget' | 'stock'): string {
  return `new Promise((done) => {
    const from = performance.now(); let readable = 0;
    ${OPEN[kind]};
    const look = () => {
      const doc = ${FRAME[kind]}?.contentDocument;
      const has = (e) => e?.innerText?.includes(${JSON.stringify(GREETING)});
      if (!readable && has(doc?.body)) readable = performance.now() - from;
      const drawn = has(doc?.querySelector('.webchat__bubble__content'));
      if (drawn) done({ readable, drawn: performance.now() - from }); else setTimeout(look, 8);
    };
    look();
  })`;
}

class Counter {
  bytes = 0;
  constructor(readonly cdp: CDPSession) {
    cdp.on('Network.loadingFinished', (event) => (this.bytes += event.encodedDataLength));
  }
}

async function visit(context: BrowserContext, url: string, kind: 'widget' | 'stock'): Promise<Visit> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const counter = new Counter(cdp);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', NETWORK);
  await page.goto(`${url}/demo`, { waitUntil: 'load' });
  await page.locator('[data-offer-desk] .launch').waitFor();
  const before = counter.bytes;
  const times = await page.evaluate<{ readable: number; drawn: number }>(measure(kind));
  await page.waitForTimeout(300);
  const after = counter.bytes - before;
  await page.close();
  return { ...times, before, after };
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const KINDS = ['widget', 'stock'] as const;
type Visits = Record<'first' | 'second', Visit>;

/** Turn by turn, so that a machine that is busy for a while is so for both. */
async function compare(browser: Browser, url: string): Promise<Record<(typeof KINDS)[number], Visits>> {
  const visits = { widget: { first: [], second: [] }, stock: { first: [], second: [] } } as Record<
    (typeof KINDS)[number],
    Record<'first' | 'second', Visit[]>
  >;
  for (let run = 0; run < RUNS; run++)
    for (const kind of KINDS) {
      const context = await browser.newContext({ locale: 'en-US', bypassCSP: true });
      visits[kind].first.push(await visit(context, url, kind));
      visits[kind].second.push(await visit(context, url, kind));
      await context.close();
    }
  const of = (some: readonly Visit[]): Visit => ({
    readable: median(some.map((one) => one.readable)),
    drawn: median(some.map((one) => one.drawn)),
    before: median(some.map((one) => one.before)),
    after: median(some.map((one) => one.after)),
  });
  const both = ({ first, second }: Record<'first' | 'second', Visit[]>) => ({
    first: of(first),
    second: of(second),
  });
  return { widget: both(visits.widget), stock: both(visits.stock) };
}

/** Main-thread milliseconds the launcher takes: compiling and running it. */
async function launcherTime(browser: Browser, page: Page, url: string): Promise<number> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'],
  });
  await page.goto(`${url}/demo`);
  await page.locator('[data-offer-desk] .launch').waitFor();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: { name: string; dur?: number; args?: { data?: { url?: string } } }[];
  };
  const own = trace.traceEvents.filter(
    (one) =>
      (one.name === 'EvaluateScript' || one.name === 'v8.compile') &&
      one.args?.data?.url?.endsWith('/widget.js'),
  );
  return own.reduce((sum, one) => sum + (one.dur ?? 0), 0) / 1000;
}

const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(9);
const kb = (value: number) => `${(value / 1000).toFixed(1)} kB`.padStart(10);

/** Prints the figures. */
export async function run(): Promise<void> {
  const missing = (await missingWebChat()) ?? (findChromium() ? undefined : 'no Chromium');
  if (missing) return console.log(`left out: ${missing}`);
  const desk = await startDesk({ OFFER_DESK_CONVERSATIONS_PER_ADDRESS: '1000' });
  const browser = await chromium.launch({
    executablePath: findChromium({ windows: true }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const source = await (await fetch(`${desk.url}/widget.js`)).text();
  const page = await browser.newPage();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await launcherTime(browser, page, desk.url));
  console.log(
    `launcher            ${source.length} bytes, ${gzipSync(source, { level: 9 }).length} gzip (at most 5120)`,
  );
  console.log(
    `launcher, main thread  ${median(times).toFixed(1)} ms (median of ${RUNS}, compiling and running)`,
  );
  const { widget, stock } = await compare(browser, desk.url);
  console.log(`network: 9 Mbit/s, 170 ms; median of ${RUNS}`);
  console.log('                      readable  by Web Chat  before open  after open');
  for (const [name, visits] of [
    ['widget', widget],
    ['stock', stock],
  ] as const)
    for (const which of ['first', 'second'] as const) {
      const { readable, drawn, before, after } = visits[which];
      console.log(
        `${name.padEnd(7)} ${which.padEnd(7)} visit ${ms(readable)}    ${ms(drawn)}   ${kb(before)}  ${kb(after)}`,
      );
    }
  const share = (which: 'first' | 'second') =>
    `${((100 * widget[which].readable) / stock[which].readable).toFixed(0)} %, by Web Chat ${((100 * widget[which].drawn) / stock[which].drawn).toFixed(0)} %`;
  console.log(
    `first message beside the stock page: first visit ${share('first')} (aim 100 %); second ${share('second')} (aim 60 %)`,
  );
  await browser.close();
  await desk.close();
}
