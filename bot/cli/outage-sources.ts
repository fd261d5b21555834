/** Registers senders of outage notices, changes their keys, and disables them. */
import { randomBytes } from 'node:crypto';
import { offerNamed } from '../../core/directory/offer-named.js';
import type { FieldMapping, OutageSource, SenderSecrets, SourceStore } from '../../core/incident/ports.js';
import type { Directory } from '../../core/directory/types.js';
import { FORMATS, formatNamed } from '../outages/parsers/registry.js';
import { parseUrl } from '../../core/url.js';
import { hashUrlToken, urlToken, webhookSecret } from '../outages/verify.js';
import { scopeProblem } from './outage-scope.js';

export interface SourceDeps {
  readonly sources: SourceStore;
  readonly secrets: SenderSecrets;
  readonly actor: string;
  readonly now: () => number;
  /** The intake's public address, for the address that the sender gets. */
  readonly publicUrl: string;
  /** Knows the publishers and offers for which a sender may be registered. */
  readonly directory: Pick<Directory, 'offers' | 'publishers'>;
}

export interface NewSource {
  readonly id: string;
  readonly format: string;
  /** The sender's publisher; absent: a source about Microsoft's own services. */
  readonly publisher?: string;
  readonly offers?: readonly string[];
  readonly sign?: 'standard-webhooks' | 'instatus' | 'pagerduty';
  /** The sender's own secret, if the sender makes it. */
  readonly secret?: string;
  /** The address to poll, for a source that does not send. */
  readonly poll?: string;
  readonly everySeconds?: number;
  readonly monitor?: boolean;
  /** The paths of the fields, for the format `mapped`. */
  readonly mapping?: FieldMapping;
  /**
   * The severity from which a person confirms the sender's reports, or `never`; absent: critical for a sender without
   * signature.
   */
  readonly confirmFrom?: string;
}

export type Done =
  | {
      readonly kind: 'done';
      readonly lines: readonly string[];
      /** A listing with named fields. */
      readonly data?: unknown;
    }
  | { readonly kind: 'refused'; readonly reason: string };
const refused = (reason: string): Done => ({ kind: 'refused', reason });

/** Registers a sender. Its token or secret is shown only this once. */
export async function addSource(deps: SourceDeps, given: NewSource): Promise<Done> {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(given.id))
    return refused('A source id has small letters, digits and hyphens.');
  const auto = given.format.trim().toLowerCase() === 'auto';
  const format = formatNamed(given.format);
  if (!format && !auto)
    return refused(`${given.format} is no format; the formats are ${FORMATS.join(', ')}, auto.`);
  const problem = formatProblem(given, format?.name) ?? scopeProblem(deps.directory, given);
  if (problem !== undefined) return refused(problem);
  if (await deps.sources.byId(given.id)) return refused(`There is a source ${given.id} already.`);
  const address = polledProblem(given.poll);
  if (address !== undefined) return refused(address);
  const unusable = secretProblem(given.sign, given.secret);
  if (unusable !== undefined) return refused(unusable);
  const confirmAt = confirmAtOf(given);
  if (confirmAt === undefined) return refused(CONFIRM_WORDS);
  const { auth, lines } = await credentials(deps, given);
  const source: OutageSource = {
    id: given.id,
    publisherId: given.publisher?.toLowerCase() ?? null,
    offers: given.offers?.map((offer) => offerNamed(deps.directory.offers, offer)?.id ?? offer) ?? 'all',
    componentOffers: {},
    owner: given.publisher === undefined ? 'microsoft' : 'publisher',
    format: format?.name ?? 'auto',
    active: true,
    tellsApart: !(given.monitor ?? format?.monitor ?? false),
    auth,
    confirmAt,
    ...(given.mapping && { mapping: given.mapping }),
  };
  await deps.sources.save(source, deps.actor, deps.now());
  return {
    kind: 'done',
    lines: [`Source ${given.id} speaks ${format?.name ?? 'the format that its bodies have'}.`, ...lines],
  };
}

function formatProblem({ mapping }: NewSource, format: string | undefined): string | undefined {
  if (format === 'mapped' && !mapping) return 'The format mapped needs a mapping: --map FILE.';
  return mapping && format !== 'mapped' ? 'A mapping is for the format mapped.' : undefined;
}

/** Anybody who reads the process list would read a password in the address. */
function polledProblem(poll: string | undefined): string | undefined {
  if (poll === undefined) return undefined;
  const url = poll.startsWith('https://') ? parseUrl(poll) : undefined;
  if (!url) return 'A polled address begins with https://.';
  return url.username === '' && url.password === ''
    ? undefined
    : 'A polled address has no user and password.';
}

/** Why this secret cannot be kept: no signature uses it, or it has another form. */
function secretProblem(sign: Auth['kind'] | undefined, secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  if (sign !== 'standard-webhooks')
    return sign === 'pagerduty' || sign === 'instatus'
      ? undefined
      : 'Only a sender that signs has a secret (--sign).';
  try {
    webhookSecret(secret);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const CONFIRM_WORDS = 'What a person confirms begins at minor, major or critical, or never.';

/** Undefined for an unknown word. */
function confirmAtOf({ confirmFrom, sign, poll }: NewSource): OutageSource['confirmAt'] | undefined {
  if (confirmFrom === undefined) return sign === undefined && poll === undefined ? 'critical' : null;
  if (confirmFrom === 'never') return null;
  return (['minor', 'major', 'critical'] as const).find((one) => one === confirmFrom);
}

/** Sets the severity from which a person confirms the sender's reports. */
export async function confirmFrom(
  deps: Pick<SourceDeps, 'sources' | 'actor' | 'now'>,
  id: string,
  severity: string,
): Promise<Done> {
  const source = await deps.sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  const confirmAt = confirmAtOf({ id, format: source.format, confirmFrom: severity });
  if (confirmAt === undefined) return refused(CONFIRM_WORDS);
  await deps.sources.save({ ...source, confirmAt }, deps.actor, deps.now());
  return { kind: 'done', lines: [sourceLine({ ...source, confirmAt })] };
}

type Auth = OutageSource['auth'];

async function credentials(
  deps: SourceDeps,
  given: NewSource,
): Promise<{ readonly auth: Auth; readonly lines: readonly string[] }> {
  if (given.poll !== undefined) {
    const everyMs = Math.max(60, given.everySeconds ?? 120) * 1000;
    return {
      auth: { kind: 'polled', url: given.poll, everyMs },
      lines: [`It is asked every ${everyMs / 1000} s.`],
    };
  }
  if (given.sign === undefined) {
    const token = urlToken(randomBytes(32));
    return {
      auth: { kind: 'url-token', hashes: [hashUrlToken(token)] },
      lines: [addressLine(deps, given.id, token)],
    };
  }
  const { reference, lines } = await newSecret(deps, given.id, given.secret);
  return { auth: { kind: given.sign, secretRefs: [reference] }, lines };
}

function addressLine({ publicUrl }: SourceDeps, id: string, token?: string): string {
  const query = token === undefined ? '' : `?token=${token}`;
  return `POST ${publicUrl}/api/outages/${id}${query}`;
}

async function newSecret(deps: SourceDeps, id: string, given: string | undefined) {
  const secret = given ?? `whsec_${randomBytes(32).toString('base64')}`;
  const reference = `${id}/${randomBytes(6).toString('hex')}`;
  await deps.secrets.write(reference, secret, deps.now());
  const shown = given === undefined ? [`Secret (shown once): ${secret}`] : [];
  return { reference, lines: [addressLine(deps, id), ...shown] };
}

/** Makes a new token or secret. The present one stays valid until the next rotation. */
export async function rotateSource(deps: SourceDeps, id: string, given?: string): Promise<Done> {
  const source = await deps.sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  const { auth } = source;
  const unusable = secretProblem(auth.kind, given);
  if (unusable !== undefined) return refused(unusable);
  switch (auth.kind) {
    case 'url-token': {
      const token = urlToken(randomBytes(32));
      const hashes = [hashUrlToken(token), ...auth.hashes].slice(0, 2);
      await deps.sources.save({ ...source, auth: { ...auth, hashes } }, deps.actor, deps.now());
      return {
        kind: 'done',
        lines: [addressLine(deps, id, token), 'The token before stays good until the next rotation.'],
      };
    }
    case 'standard-webhooks':
    case 'pagerduty':
    case 'instatus': {
      const { reference, lines } = await newSecret(deps, id, given);
      const [kept, ...old] = auth.secretRefs;
      const secretRefs = [reference, ...(kept === undefined ? [] : [kept])];
      await deps.sources.save({ ...source, auth: { ...auth, secretRefs } }, deps.actor, deps.now());
      for (const gone of old) await deps.secrets.remove(gone);
      return { kind: 'done', lines };
    }
    case 'polled':
    case 'staff':
      return refused(`Source ${id} has no key of ours.`);
  }
}

/** Refuses the sender's notices from now on. Its earlier incidents stay. */
export async function switchSource(deps: SourceDeps, id: string, active: boolean): Promise<Done> {
  const source = await deps.sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  await deps.sources.save({ ...source, active }, deps.actor, deps.now());
  return { kind: 'done', lines: [`Source ${id} is ${active ? 'on' : 'off'}.`] };
}

/** One line per source; no secrets. */
export function sourceLine(source: OutageSource): string {
  const offers = source.offers === 'all' ? 'all offers' : `${source.offers.length} offers`;
  const speaksFor = source.publisherId === null ? 'Microsoft' : `${source.publisherId} (${offers})`;
  const doubt = source.confirmAt === null ? 'believed' : `confirmed from ${source.confirmAt}`;
  const state = source.active ? 'on' : 'off';
  return [source.id, state, source.format, source.auth.kind, speaksFor, doubt].join('\t');
}
