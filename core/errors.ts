/** The error catalogue: every error has a stable code, an HTTP status and a remedy for the operator. */

export const ERRORS = {
  'config.invalid': { status: 500, remedy: 'Correct the setting that the message names. See .env.example.' },
  'config.no-auth-public': {
    status: 500,
    remedy: 'Set MICROSOFT_APP_ID, its tenant and its secret, or listen on 127.0.0.1.',
  },
  'store.locked': {
    status: 503,
    remedy: 'Another process uses this data directory. Stop that process, or choose another data directory.',
  },
  'store.newer-schema': {
    status: 503,
    remedy: 'A newer version of the product wrote this data. Run that version.',
  },
  'store.unavailable': {
    status: 503,
    remedy: 'The database does not answer. Check the database; the request can be repeated.',
  },
  'store.damaged': {
    status: 503,
    remedy:
      'Run "offer-desk store check". If the store is damaged, bring back a backup with "offer-desk store restore FILE".',
  },
  'backup.refused': {
    status: 409,
    remedy: 'Name a new file, or an earlier backup, that does not belong to the data directory.',
  },
  'store.read-only': {
    status: 503,
    remedy: 'Make the data directory and its files writable for the user of the server, and check the disk.',
  },
  'store.conflict': {
    status: 409,
    remedy: 'Somebody else changed the data first. Load it again and repeat the change.',
  },
  'import.unreadable': { status: 400, remedy: 'Use a CSV or JSON file in UTF-8 or UTF-16.' },
  'import.mapping': { status: 400, remedy: 'Correct the mapping file. See docs/directory-import.md.' },
  'import.too-many-removals': {
    status: 409,
    remedy: 'Check the file. If it is right, repeat with --allow-removals.',
  },
  'import.bad-rows': {
    status: 400,
    remedy: 'Correct the listed rows, or leave them out with --skip-bad-rows.',
  },
  'simulate.unreadable': {
    status: 400,
    remedy: 'Correct the file. See "Try a conversation" in docs/operations.md.',
  },
  'source.refused': {
    status: 502,
    remedy: 'Check the key and the permission of this source. The directory keeps its last state.',
  },
  'source.unavailable': {
    status: 503,
    remedy: 'Nothing to do: the next run tries again. The directory keeps its last state.',
  },
  'source.shape': {
    status: 502,
    remedy: 'Check the address and the column names of this source. The directory keeps its last state.',
  },
  'door.closed': {
    status: 503,
    remedy: 'The change was not saved. Try again.',
  },
  'door.refused': {
    status: 403,
    remedy: 'Run the command with the version of the server and as the same user.',
  },
  'request.malformed': { status: 400, remedy: 'Send JSON in the documented format.' },
  'request.too-large': { status: 413, remedy: 'Send a smaller request.' },
  'request.media-type': { status: 415, remedy: 'Send application/json without content-encoding.' },
  'request.not-found': { status: 404, remedy: 'Check the address.' },
  'request.method': { status: 405, remedy: 'Use the documented method for this address.' },
  'request.forwarded': {
    status: 421,
    remedy:
      'Local mode answers no proxy and no tunnel, because it authenticates nobody. Set MICROSOFT_APP_ID, or open the page on this computer.',
  },
  'request.host': {
    status: 421,
    remedy: 'Open this server with localhost or with its configured public address.',
  },
  'request.origin': {
    status: 403,
    remedy:
      'Set OFFER_DESK_PUBLIC_URL to the origin people open; pages of other sites embed the chat through OFFER_DESK_WIDGET_ORIGINS.',
  },
  'http.address-in-use': {
    status: 500,
    remedy: 'Choose another PORT, or stop the process that listens there.',
  },
  'auth.refused': { status: 401, remedy: 'Send a valid Bot Connector token.' },
  'auth.forbidden': { status: 403, remedy: 'This caller may not use this bot.' },
  'auth.unavailable': { status: 503, remedy: 'The key server does not answer. The request can be repeated.' },
  'turn.late': { status: 503, remedy: 'The answer took too long. The request can be repeated.' },
  'channel.unavailable': {
    status: 503,
    remedy: 'The channel does not accept messages at present. The message can be sent again.',
  },
  'token.invalid': { status: 403, remedy: 'Get a new token for this conversation.' },
  'conversation.unknown': { status: 404, remedy: 'Start a new conversation.' },
  'upload.refused': { status: 415, remedy: 'Describe the problem in words. Files are not accepted.' },
  'channel.refused': {
    status: 502,
    remedy: 'Direct Line rejects OFFER_DESK_DIRECT_LINE_SECRET. Check the secret.',
  },
  'platform.credentials-rejected': {
    status: 502,
    remedy:
      'The platform rejects the bot’s credentials. Check MICROSOFT_APP_ID, its tenant, its secret and the bot in the Azure portal. Waiting cards are sent afterwards.',
  },
  'platform.disabled-by-admin': {
    status: 502,
    remedy:
      'Ask the Teams administrator of the tenant to allow the app and to install it again. Waiting cards are sent then; send stopped cards with "outages replay".',
  },
  'rate.limited': { status: 429, remedy: 'Wait for the time in the Retry-After header.' },
  'api-key.refused': {
    status: 401,
    remedy:
      'Send a key in use as "Authorization: Bearer KEY" or "X-API-Key: KEY". "offer-desk api-keys create" makes one.',
  },
  'api-key.scope': {
    status: 403,
    remedy: 'This key may not do that. Create a key with the scope of this address.',
  },
  'desk.not-set-up': {
    status: 503,
    remedy: 'The desk has no partner profile yet. Run "offer-desk profile init".',
  },
  invariant: { status: 500, remedy: 'Report this with its reference id.' },
} as const satisfies Record<string, { status: number; remedy: string }>;
export type ErrorCode = keyof typeof ERRORS;

/** An error from the catalogue. `message` goes to the log and must not contain personal data. */
export class DeskError extends Error {
  readonly status: number;
  readonly remedy: string;
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** `remedy` replaces the catalogue's. Clients read it, so it repeats no value of the request. */
    options: { readonly cause?: unknown; readonly remedy?: string } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'DeskError';
    this.status = ERRORS[code].status;
    this.remedy = options.remedy ?? ERRORS[code].remedy;
  }
}
