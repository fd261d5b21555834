/**
 * `POST /api/route` beside the bot's own answer to the same question, and an MCP call beside the HTTP call, in interleaved
 * rounds of one process: `npm run bench -- api`. `API_ROUNDS` and `API_CALLS` (of a round) change it.
 */
import { askWith, makeKey } from '../helpers/api-client.js';
import { startDesk, Visitor } from '../helpers/desk.js';
import { toolResult } from '../helpers/mcp-client.js';
import { percentile, print, rounded, watchCpu } from './outages/figures.js';

const ROUNDS = Number(process.env.API_ROUNDS ?? 15);
const CALLS = Number(process.env.API_CALLS ?? 40);
const WARM_UP = 3;
const QUESTIONS = [
  'Contoso Backup for Azure crashes with an error',
  'The invoice for Contoso Backup for Azure is wrong',
  'How do I cancel Contoso Sign?',
  'Contoso Backup: error when signing in',
];
const MANY = '1000000';

type Ask = (text: string) => Promise<unknown>;

/** The calls of one side. */
class Side {
  readonly times: number[] = [];
  /** Processor time of a call, by round. */
  readonly cpuMs: number[] = [];

  constructor(private readonly ask: Ask) {}

  async round(isMeasured: boolean): Promise<void> {
    const times: number[] = [];
    const cpu = watchCpu();
    for (let call = 0; call < CALLS; call += 1) {
      const began = performance.now();
      await this.ask(QUESTIONS[call % QUESTIONS.length]!);
      times.push(performance.now() - began);
    }
    if (!isMeasured) return;
    this.cpuMs.push(cpu() / CALLS);
    this.times.push(...times);
  }
}

/** Prints the ratios of both pairs. */
export async function run(): Promise<void> {
  const desk = await startDesk({ OFFER_DESK_MESSAGES_PER_MINUTE: MANY });
  const key = await makeKey(desk, 'customer', { perMinute: 1_000_000 });
  const visitor = await Visitor.join(desk.url, 'customer');
  const sides = {
    bot: new Side((text) => visitor.ask(text, 1)),
    http: new Side((text) => askWith(desk, key, '/api/route', { text })),
    mcp: new Side((text) => toolResult(desk, key, 'who_is_responsible', { text })),
  };
  for (let round = -WARM_UP; round < ROUNDS; round += 1)
    for (const side of Object.values(sides)) await side.round(round >= 0);
  report('POST /api/route ÷ the answer of the bot', sides.http, sides.bot, 1);
  report('MCP who_is_responsible ÷ POST /api/route', sides.mcp, sides.http, 1.2);
  await desk.close();
}

function report(what: string, side: Side, base: Side, aim: number): void {
  const ratio = (of: (side: Side) => number) => rounded(of(side) / of(base), 2);
  const perRound = side.cpuMs.map((one, at) => one / (base.cpuMs[at] ?? one));
  const part = (of: Side, at: number) => percentile(of.times, at);
  print({
    what,
    aim,
    p50: ratio((one) => part(one, 0.5)),
    p99: ratio((one) => part(one, 0.99)),
    cpu: rounded(middle(perRound), 2),
    p50Ms: [part(side, 0.5), part(base, 0.5)],
    p99Ms: [part(side, 0.99), part(base, 0.99)],
    cpuMs: [rounded(middle(side.cpuMs), 2), rounded(middle(base.cpuMs), 2)],
    calls: side.times.length,
  });
}

function middle(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
