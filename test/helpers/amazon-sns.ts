/** Amazon SNS as the intake meets it: signed messages, and the host that serves the certificate. */
import { createPrivateKey, generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';

export const SNS_HOST = 'https://sns.eu-west-1.amazonaws.com';
export const CERTIFICATE_URL = `${SNS_HOST}/SimpleNotificationService-0123456789abcdef.pem`;

export interface SnsKey {
  readonly key: KeyObject;
  readonly pem: string;
}

/** A new RSA key with a certificate that it signed itself. */
export function snsKey(): SnsKey {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = createPrivateKey(pair.privateKey);
  const der = certificate(pair.publicKey, key);
  return { key, pem: new X509Certificate(der).toString() };
}

/** The message with Amazon's fields and its signature. */
export function snsMessage(
  { key }: SnsKey,
  type: 'Notification' | 'SubscriptionConfirmation',
  fields: Readonly<Record<string, string>>,
  version: '1' | '2' = '1',
): Readonly<Record<string, string>> {
  const message: Record<string, string> = {
    Type: type,
    MessageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:Outages',
    Timestamp: '2026-03-10T10:00:00.000Z',
    ...fields,
  };
  const names =
    type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name] ?? ''}\n`);
  const hash = version === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  return {
    ...message,
    SignatureVersion: version,
    Signature: sign(hash, Buffer.from(text.join('')), key).toString('base64'),
    SigningCertURL: message.SigningCertURL ?? CERTIFICATE_URL,
  };
}

const SHA256_WITH_RSA = tlv(
  0x30,
  tlv(0x06, Buffer.from('2a864886f70d01010b', 'hex')),
  tlv(0x05, Buffer.alloc(0)),
);

/** The smallest certificate that X.509 allows: version 1, valid from 2020 to 2049. */
function certificate(spki: Buffer, key: KeyObject): Buffer {
  const commonName = tlv(
    0x30,
    tlv(0x06, Buffer.from('550403', 'hex')),
    tlv(0x0c, Buffer.from('sns.amazonaws.com')),
  );
  const name = tlv(0x30, tlv(0x31, commonName));
  const validity = tlv(
    0x30,
    tlv(0x17, Buffer.from('200101000000Z')),
    tlv(0x17, Buffer.from('490101000000Z')),
  );
  const body = tlv(0x30, tlv(0x02, Buffer.from([1])), SHA256_WITH_RSA, name, validity, name, spki);
  const signature = Buffer.concat([Buffer.from([0]), sign('RSA-SHA256', body, key)]);
  return tlv(0x30, body, SHA256_WITH_RSA, tlv(0x03, signature));
}

/** One DER value: tag, length, content. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
