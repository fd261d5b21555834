/** The error catalogue: every broken contract has a stable code, a message for the log and a remedy for the operator. */

export const ERRORS = {
  'config.invalid': { status: 500, remedy: 'Correct the named setting; see .env.example.' },
  'config.no-auth-public': {
    status: 500,
    remedy: 'Set MICROSOFT_APP_ID (and its tenant and secret), or listen on 127.0.0.1.',
  },
  'store.locked': {
    status: 503,
    remedy: 'Another process holds the data directory; stop it or choose another.',
  },
  'store.newer-schema': {
    status: 503,
    remedy: 'This data was written by a newer version; run that version.',
  },
  'store.unavailable': { status: 503, remedy: 'The database does not answer; the request may be repeated.' },
  'store.conflict': { status: 409, remedy: 'Somebody else changed this first; load it again.' },
  'import.unreadable': { status: 400, remedy: 'Give a CSV or JSON file in UTF-8 or UTF-16.' },
  'import.mapping': { status: 400, remedy: 'Correct the mapping file; see docs/directory-import.md.' },
  'import.too-many-removals': {
    status: 409,
    remedy: 'Check the file; repeat with --allow-removals if it is right.',
  },
  'import.bad-rows': {
    status: 400,
    remedy: 'Correct the rows named, or leave them out with --skip-bad-rows.',
  },
  'source.refused': {
    status: 502,
    remedy: 'Check the key or the permission of this source; the directory keeps its last state.',
  },
  'source.unavailable': {
    status: 503,
    remedy: 'Nothing to do now: the next run tries again; the directory keeps its last state.',
  },
  'source.shape': {
    status: 502,
    remedy: 'Check the address and the column names of this source; the directory keeps its last state.',
  },
  'door.closed': {
    status: 503,
    remedy: 'Nothing of it counts unless it was said to be done; repeat it.',
  },
  'door.refused': {
    status: 403,
    remedy: 'Run the command with the same version as the server, and as the same user.',
  },
  'request.malformed': { status: 400, remedy: 'Send JSON of the documented shape.' },
  'request.too-large': { status: 413, remedy: 'Send less.' },
  'request.media-type': { status: 415, remedy: 'Send application/json without content-encoding.' },
  'request.not-found': { status: 404, remedy: 'Check the address.' },
  'request.method': { status: 405, remedy: 'Use the documented method for this address.' },
  'request.host': {
    status: 421,
    remedy: 'Open this server by localhost or by its configured public address.',
  },
  'request.origin': {
    status: 403,
    remedy: 'Add the page to the allowed origins, or open it from this server.',
  },
  'http.address-in-use': {
    status: 500,
    remedy: 'Choose another PORT, or stop the process that listens there.',
  },
  'auth.refused': { status: 401, remedy: 'Send a valid Bot Connector token.' },
  'auth.forbidden': { status: 403, remedy: 'This caller may not use this bot.' },
  'auth.unavailable': { status: 503, remedy: 'The key server does not answer; the request may be repeated.' },
  'turn.late': { status: 503, remedy: 'The answer takes longer than it may; the request may be repeated.' },
  'channel.unavailable': {
    status: 503,
    remedy: 'The channel does not take messages; what was said may be repeated.',
  },
  'token.invalid': { status: 403, remedy: 'Get a new token for this conversation.' },
  'conversation.unknown': { status: 404, remedy: 'Start a new conversation.' },
  'upload.refused': { status: 415, remedy: 'Describe the problem in words; files are not taken.' },
  'channel.refused': {
    status: 502,
    remedy: 'Check OFFER_DESK_DIRECT_LINE_SECRET: Direct Line does not accept it.',
  },
  'platform.not-let-in': {
    status: 502,
    remedy:
      'Check MICROSOFT_APP_ID, its tenant and its secret, and the bot in the Azure portal; cards wait and go out by themselves then.',
  },
  'platform.shut-out': {
    status: 502,
    remedy:
      'Ask the tenant’s Teams administrator to allow the app and to install it again; waiting cards go out by themselves, stopped ones with "outages replay".',
  },
  'rate.limited': { status: 429, remedy: 'Wait for the time in Retry-After.' },
  invariant: { status: 500, remedy: 'Report this with its reference id.' },
} as const satisfies Record<string, { status: number; remedy: string }>;
export type ErrorCode = keyof typeof ERRORS;

/** A broken contract. `message` is for the log and holds no personal data. */
export class DeskError extends Error {
  readonly status: number;
  readonly remedy: string;
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'DeskError';
    this.status = ERRORS[code].status;
    this.remedy = ERRORS[code].remedy;
  }
}
