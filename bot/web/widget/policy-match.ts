/** Reads a page's content security policy as far as the script line needs it (CSP Level 3, source matching). */
import { parseUrl } from '../../../core/url.js';

/** A policy's directives by name. The first directive of a name counts. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** The policies of a header or of one meta element: commas separate them, and all of them apply. */
export function policiesOf(text: string): readonly Policy[] {
  return text
    .split(',')
    .map(policyOf)
    .filter((policy) => policy.size > 0);
}

function policyOf(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
  }
  return policy;
}

interface Wanted {
  /** Absolute address of the loaded file. */
  readonly url: string;
  /** Address of the loading page. */
  readonly page: string;
  /** Nonce of the element. */
  readonly nonce?: string;
}

/** True when the policy lets the page run the script of this element. */
export function allowsScript(policy: Policy, wanted: Wanted): boolean {
  const sources = firstOf(policy, ['script-src-elem', 'script-src', 'default-src']);
  if (!sources) return true;
  if (wanted.nonce && sources.includes(`'nonce-${wanted.nonce}'`)) return true;
  return !sources.includes("'strict-dynamic'") && sources.some((source) => matches(source, wanted));
}

/** True when the policy lets the page show this address in a frame. */
export function allowsFrame(policy: Policy, wanted: Wanted): boolean {
  const sources = firstOf(policy, ['frame-src', 'child-src', 'default-src']);
  return !sources || sources.some((source) => matches(source, wanted));
}

function firstOf(policy: Policy, names: readonly string[]): readonly string[] | undefined {
  return names.map((name) => policy.get(name)).find((sources) => sources !== undefined);
}

const HOST = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[\w.-]+|\[[\da-f:]+\])(?::(\d+|\*))?(\/[^?#]*)?$/i;

function matches(source: string, { url, page }: Wanted): boolean {
  const wanted = parseUrl(url);
  const own = parseUrl(page);
  if (!wanted || !own) return false;
  if (source === '*') return /^https?:$/.test(wanted.protocol) || wanted.protocol === own.protocol;
  if (source.toLowerCase() === "'self'") return sameSelf(wanted, own);
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return sameScheme(source.toLowerCase(), wanted.protocol);
  const [, scheme, host = '', port, path] = HOST.exec(source) ?? [];
  if (host === '') return false;
  const asked = scheme === undefined ? own.protocol : `${scheme.toLowerCase()}:`;
  return (
    sameScheme(asked, wanted.protocol) &&
    sameHost(host, wanted) &&
    samePort(port, wanted) &&
    samePath(path, wanted)
  );
}

const sameSelf = (wanted: URL, own: URL): boolean =>
  wanted.origin === own.origin ||
  (wanted.hostname === own.hostname &&
    own.protocol === 'http:' &&
    wanted.port === '' &&
    wanted.protocol === 'https:');

/** A source that is allowed over http is also allowed over https. */
const sameScheme = (asked: string, is: string): boolean =>
  asked === is || (asked === 'http:' && is === 'https:');

function sameHost(host: string, { hostname }: URL): boolean {
  const asked = host.toLowerCase();
  if (asked === '*') return true;
  return asked.startsWith('*.') ? hostname.endsWith(asked.slice(1)) : hostname === asked;
}

const samePort = (port: string | undefined, wanted: URL): boolean =>
  port === '*' ||
  wanted.port === (port ?? '') ||
  (wanted.port === '' && port === (wanted.protocol === 'https:' ? '443' : '80'));

function samePath(path: string | undefined, { pathname }: URL): boolean {
  if (path === undefined) return true;
  return path.endsWith('/') ? pathname.startsWith(path) : pathname === path;
}
