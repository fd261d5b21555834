/** What one client of the web channel may do: by address, by conversation, and by the partner's customer. */
import { BlockList, isIPv6 } from 'node:net';
import type { Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { RateLimit, Rates } from './directline/limits.js';

export interface ClientLimits {
  /** New conversations of one address, and of one customer. */
  readonly tokensPerMinute: number;
  readonly tokensPerHour: number;
  /** Messages of one conversation. */
  readonly messagesPerMinute: number;
}

/** An address behind which many people sit, and how many times the usual limits it gets. */
export interface KnownAddress {
  /** An address, or a network as `203.0.113.0/24`. */
  readonly network: string;
  readonly times: number;
}

/** A page renews its token on every load, so an address gets more renewals than new conversations. */
const RENEWALS = 6;
/** One person seldom writes in two conversations at once; an office does. */
const ADDRESS_MESSAGES = 4;
const CUSTOMER_MESSAGES = 2;
/** A page opens a socket when it loads and when the connection was lost. */
const SOCKETS_PER_MINUTE = 60;

interface RatesDeps {
  readonly rates: Rates;
  readonly limits: ClientLimits;
  readonly known?: readonly KnownAddress[];
}

/** Each method counts one act, and resolves to the milliseconds to wait: 0 when the act may go on. */
export interface ClientRates {
  conversation(address: string): Promise<number>;
  conversationOf(customer: string): Promise<number>;
  renewal(address: string): Promise<number>;
  message(from: MessageFrom): Promise<number>;
  socket(address: string): Promise<number>;
  /** How many times the usual limits this address gets. */
  timesOf(address: string): number;
}

interface MessageFrom {
  readonly conversation: string;
  readonly address: string;
  /** The mark of the partner's customer, if the partner named one. */
  readonly customer?: string;
}

export function clientRates({ rates, limits, known = [] }: RatesDeps): ClientRates {
  const { tokensPerMinute, tokensPerHour, messagesPerMinute } = limits;
  const timesOf = timesFor(known);
  const opening = (times: number) => [minute(tokensPerMinute * times), hour(tokensPerHour * times)];
  const writing = (times: number) => [minute(messagesPerMinute * times)];
  return {
    timesOf,
    conversation: (address) => rates.take(`new|${address}`, opening(timesOf(address))),
    conversationOf: (customer) => rates.take(`new-of|${customer}`, opening(1)),
    renewal: (address) => rates.take(`renew|${address}`, opening(RENEWALS * timesOf(address))),
    socket: (address) => rates.take(`socket|${address}`, [minute(SOCKETS_PER_MINUTE * timesOf(address))]),
    message: async ({ conversation, address, customer }) => {
      const own = await rates.take(`said-in|${conversation}`, writing(1));
      if (own > 0) return own;
      const here = await rates.take(`said-at|${address}`, writing(ADDRESS_MESSAGES * timesOf(address)));
      if (here > 0 || customer === undefined) return here;
      return rates.take(`said-by|${customer}`, writing(CUSTOMER_MESSAGES));
    },
  };
}

const minute = (calls: number): RateLimit => ({ calls, windowMs: 60_000 });
const hour = (calls: number): RateLimit => ({ calls, windowMs: 3_600_000 });

/** Throws DeskError `rate.limited` and sets Retry-After when there is time to wait. */
export function refuseTooOften(waitMs: number, res: Response): void {
  if (waitMs === 0) return;
  res.setHeader('Retry-After', String(Math.ceil(waitMs / 1000)));
  throw new DeskError('rate.limited', 'too many calls');
}

/** The factor of an address, as `addressOf` writes it: an IPv4 address, or the first half of an IPv6 address. */
export function timesFor(known: readonly KnownAddress[]): (address: string) => number {
  const lists = known.map(({ network, times }) => ({ times, holds: networkHolds(network) }));
  return (address) => Math.max(1, ...lists.filter(({ holds }) => holds(address)).map(({ times }) => times));
}

function networkHolds(network: string): (address: string) => boolean {
  const [base = '', bits] = network.split('/');
  const family = isIPv6(base) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  // A home or office is known by the first 64 bits of its IPv6 addresses.
  const most = family === 'ipv6' ? 64 : 32;
  list.addSubnet(base, Math.min(most, Number(bits ?? most)), family);
  return (address) => {
    const plain = address.replace(/\/64$/, '');
    return isIPv6(plain) === (family === 'ipv6') && list.check(plain, family);
  };
}
