/** Amazon SNS: verifies the signature inside a message, and confirms a subscription. */
import { verify, X509Certificate } from 'node:crypto';
import { parseUrl } from '../../core/url.js';
import type { SnsEnvelope } from './parsers/types.js';

/** The requests to Amazon. Both throw when Amazon does not answer: the sender then tries again. */
export interface AmazonSns {
  /** The certificate at an address, as PEM. */
  certificate(url: string): Promise<string>;
  /** Opens the address that confirms a subscription. */
  confirm(url: string): Promise<void>;
}

export type SnsVerdict =
  'verified' | 'no-signature' | 'wrong-certificate-url' | 'bad-certificate' | 'wrong-signature';

/** Hash of each signature version. Amazon uses version 1 unless the topic's owner chooses version 2. */
const HASHES: Readonly<Record<string, string>> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

/** True for an address of Amazon SNS itself, over https. */
export function isAmazonSns(address: string): boolean {
  const url = parseUrl(address);
  return (
    url?.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    /^sns\.[a-z0-9-]{3,40}\.amazonaws\.com(?:\.cn)?$/.test(url.hostname)
  );
}

/**
 * Verifies the signature over the message's fields. The certificate counts as Amazon's because it comes over https from
 * a host of Amazon SNS.
 * @throws when Amazon does not answer.
 */
export async function verifySns(
  { version, signature, certificateUrl, signedText }: SnsEnvelope,
  amazon: Pick<AmazonSns, 'certificate'>,
): Promise<SnsVerdict> {
  const hash = Object.hasOwn(HASHES, version) ? HASHES[version] : undefined;
  if (hash === undefined || signature === '') return 'no-signature';
  if (!isAmazonSns(certificateUrl) || !new URL(certificateUrl).pathname.endsWith('.pem'))
    return 'wrong-certificate-url';
  const key = publicKey(await amazon.certificate(certificateUrl));
  if (key?.asymmetricKeyType !== 'rsa') return 'bad-certificate';
  const valid = verify(hash, Buffer.from(signedText, 'utf8'), key, Buffer.from(signature, 'base64'));
  return valid ? 'verified' : 'wrong-signature';
}

function publicKey(pem: string): X509Certificate['publicKey'] | undefined {
  try {
    return new X509Certificate(pem).publicKey;
  } catch {
    return undefined;
  }
}

const TIMEOUT_MS = 10_000;
const LONGEST_CERTIFICATE = 20_000;
const MOST_CERTIFICATES = 20;

/** Asks Amazon, and remembers the certificates: Amazon signs many messages with one key. */
export function amazonSns(ask: typeof fetch): AmazonSns {
  const known = new Map<string, string>();
  const get = async (url: string): Promise<string> => {
    const answer = await ask(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!answer.ok) throw new Error(`Amazon SNS answered with status ${String(answer.status)}`);
    return answer.text();
  };
  return {
    async certificate(url) {
      const before = known.get(url);
      if (before !== undefined) return before;
      const pem = (await get(url)).slice(0, LONGEST_CERTIFICATE);
      if (known.size >= MOST_CERTIFICATES) known.clear();
      known.set(url, pem);
      return pem;
    },
    async confirm(url) {
      await get(url);
    },
  };
}
