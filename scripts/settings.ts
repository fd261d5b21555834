/** What each setting means, said once: `npm run docs` writes it into .env.example and docs/configuration.md. */
import { z } from 'zod';
import { SETTINGS } from '../bot/app/config.js';

type Name = keyof typeof SETTINGS;

interface Group {
  readonly title: string;
  /** The settings in their order, each with its meaning in Markdown without links. */
  readonly settings: Readonly<Partial<Record<Name, string>>>;
}

/** Every setting belongs to one group; a test fails until a new one does. */
export const GROUPS: readonly Group[] = [
  {
    title: 'Server',
    settings: {
      PORT: 'The port that the server listens on. 0 takes a free one.',
      HOST: 'The address that the server listens on. Default: 127.0.0.1 without a bot registration, 0.0.0.0 with one.',
      NODE_ENV: '`production` refuses to start without a bot registration.',
      LOG_LEVEL: 'The least level that is logged.',
      OFFER_DESK_PUBLIC_URL:
        'The https origin at which browsers and Teams reach this server, as https://desk.contoso.com. See docs/reverse-proxy.md.',
      OFFER_DESK_PROXIES:
        'How many of your own proxies stand in front of the server and write X-Forwarded-For. The limits of the web channel count by the address that they write.',
      OFFER_DESK_STOP_SECONDS:
        'Seconds that turns get to end when the process is told to stop. Set it one second below what the platform gives (App Service: 5).',
      OFFER_DESK_METRICS_TOKEN:
        'The bearer token with which Prometheus reads /metrics, at least 16 characters. Empty: there is no such page.',
      OTEL_EXPORTER_OTLP_ENDPOINT:
        'The base address of a receiver of OpenTelemetry traces (OTLP over HTTP), as http://localhost:4318. Empty: nothing is traced, and no OpenTelemetry code is loaded. See docs/operations.md.',
    },
  },
  {
    title: 'Store, and how long data is kept',
    settings: {
      OFFER_DESK_DATA_DIR:
        'The folder of the embedded store. Default: .data in the folder the server starts in.',
      DATABASE_URL:
        'A PostgreSQL connection string, for several instances. Empty: the embedded store, for one process.',
      OFFER_DESK_SIGNING_KEYS:
        'Up to three random keys that sign buttons, web tokens and mail links, the newest first. Empty: keys in the store, which a backup contains. A secret; see docs/security.md.',
      OFFER_DESK_KEEP_STATE_DAYS: 'Days that the bot remembers a person or chat that is silent.',
      OFFER_DESK_KEEP_UNANSWERED_DAYS:
        'Days that questions without an answer, and what people chose after a question back, are kept, redacted.',
      OFFER_DESK_KEEP_INSIGHTS_DAYS: 'Days that the daily counts of the insights are kept.',
      OFFER_DESK_KEEP_AUDIT_DAYS: 'Days that the record of changes to the directory is kept.',
      OFFER_DESK_KEEP_INCIDENTS_DAYS: 'Days that outages are kept after their end.',
    },
  },
  {
    title: 'Bot registration',
    settings: {
      MICROSOFT_APP_TYPE:
        'The kind of registration. SingleTenant needs id, tenant and password; UserAssignedMSI needs id and tenant; MultiTenant (existing bots only) needs id and password.',
      MICROSOFT_APP_ID:
        'The application (client) id of the bot. Empty: local mode, loopback only, without authentication.',
      MICROSOFT_APP_TENANT_ID: 'The directory (tenant) id of the registration.',
      MICROSOFT_APP_PASSWORD: 'The value (not the id) of a client secret. A secret.',
      OFFER_DESK_SERVICE_HOSTS: "Hosts besides Microsoft's own that the bot may send its answers to.",
    },
  },
  {
    title: 'Who is who',
    settings: {
      OFFER_DESK_PARTNER_TENANTS:
        'Ids of Entra tenants whose members are partner staff, besides `tenantIds` of the profile.',
      OFFER_DESK_STAFF_GROUPS:
        'Object ids of Entra groups. Only their members are staff, asked through Microsoft Graph (application permission GroupMember.Read.All). Empty: every member of those tenants.',
      OFFER_DESK_ADMINS:
        'Object ids of people who keep the directory and the profile in the chat. In local mode the option `--local-admin` makes the staff person one.',
      OFFER_DESK_ADMIN_GROUPS:
        'Object ids of up to 20 Entra groups whose members, if they are staff, are administrators too.',
      OFFER_DESK_ALLOWED_TENANTS:
        'Ids of the tenants besides those that may use the bot in Teams. Empty: every tenant, its people as customers.',
      OFFER_DESK_PEOPLE:
        'What the bot asks Microsoft Graph about people. `presence`: whether a desk can be reached now, for staff (Presence.Read.All, User.ReadBasic.All). `manager`: whom to turn to when an answer did not help (User.Read.All). `team`: managers get outage cards for what their team follows (User.Read.All). Empty: nothing.',
      OFFER_DESK_PARTNER_CENTER_TENANT:
        'The id of the partner’s own tenant in Partner Center. With it and the next three, staff may name a customer in Teams, and choose from the customer’s subscriptions. Empty: not configured. See docs/partner-center.md.',
      OFFER_DESK_PARTNER_CENTER_APP_ID:
        'The application (client) id of the app registration for Partner Center.',
      OFFER_DESK_PARTNER_CENTER_SECRET: 'The value of a client secret of that app registration. A secret.',
      OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN:
        'The refresh token of the account that signed in to that app (secure application model). It ends after 90 days. A secret.',
    },
  },
  {
    title: 'Profile and directory',
    settings: {
      OFFER_DESK_LANGUAGE: 'The language where neither the person nor the channel names one.',
      OFFER_DESK_PROFILE:
        'A JSON file with the partner profile. The server applies it at a start when its content differs from what it applied last. Until the file changes again, edits made in the chat or by `profile import` count.',
      OFFER_DESK_DIRECTORY:
        'A file that fills an empty directory at the start. A directory that has offers is not changed by it.',
      OFFER_DESK_SOURCES:
        'A JSON file that names the sources that the server reads into the directory on a schedule. See docs/directory-import.md.',
      OFFER_DESK_PRIVATE_HOSTS:
        'Hosts that a polled status page, a catalog or Microsoft Graph may have although their addresses are private, as status.corp.contoso.com.',
      OFFER_DESK_CATALOG_KEY: 'The API key of the marketplace catalog, for a source of that type. A secret.',
    },
  },
  {
    title: 'Web channel and widget',
    settings: {
      OFFER_DESK_TOKENS_PER_MINUTE:
        'New conversations of one address, and of one customer that the partner named. Six times as many in an hour.',
      OFFER_DESK_MESSAGES_PER_MINUTE:
        'Messages of one conversation. One customer may write twice as many in all conversations, one address four times as many.',
      OFFER_DESK_CONVERSATIONS_PER_ADDRESS:
        'Conversations that one address may have open. An office behind one address needs more than a person.',
      OFFER_DESK_KNOWN_ADDRESSES:
        'Addresses behind which many people sit, with how many times these limits each gets, as 203.0.113.0/24=10.',
      OFFER_DESK_PARTNER_ID: 'The `data-partner` of the script line. See docs/widget.md.',
      OFFER_DESK_WIDGET_ORIGINS: 'The exact origins of the pages that may embed the chat.',
      OFFER_DESK_WIDGET_KEEP_DAYS: 'Days that a web conversation is kept after its last message.',
      OFFER_DESK_IDENTITY_SECRET:
        "The secret with which the partner's site signs tokens about its customers (HS256), at least 32 bytes. Empty, and no keys: no token is believed.",
      OFFER_DESK_IDENTITY_KEYS:
        'A file with public keys (JWKS or PEM) for RS256 and ES256, in place of the secret.',
      OFFER_DESK_DIRECT_LINE_SECRET:
        'The secret of Azure Direct Line, which then takes the place of the embedded endpoint.',
      OFFER_DESK_DIRECT_LINE_URL: 'The address of Azure Direct Line.',
    },
  },
  {
    title: 'Cases',
    settings: {
      OFFER_DESK_CASES_END_DAYS:
        'Days after which an open case ends: the bot no longer asks whether the contact answered.',
    },
  },
  {
    title: 'Outages',
    settings: {
      OFFER_DESK_OUTAGE_RATE:
        'Cards a second for one tenant. Teams allows 50 and blocks a bot that sends more.',
      OFFER_DESK_OUTAGE_RELEASE_FROM:
        'The severity (minor, major or critical) from which customers see an outage without a release by staff. Empty: never. A report without a signature waits for a person from there on, or from where its own setting says.',
    },
  },
];

/** The table of one document: group by group, with the form and the default of each setting. */
export function settingsTables(): string {
  return GROUPS.map(({ title, settings }) =>
    [
      `### ${title}`,
      '',
      '| setting | form | default | meaning |',
      '|---|---|---|---|',
      ...entries(settings).map(
        ([name, meaning]) => `| \`${name}\` | ${formOf(name)} | ${shown(defaultOf(name))} | ${meaning} |`,
      ),
    ].join('\n'),
  ).join('\n\n');
}

/** The text of `.env.example`. */
export function envExample(): string {
  const head = [
    '# Every setting of Offer Desk. Copy this file to .env and fill in what you need: with nothing set the server runs locally on',
    '# embedded defaults. `npm run docs` writes this file; the meanings are in scripts/settings.ts.',
  ];
  const groups = GROUPS.map(({ title, settings }) => [
    `# == ${title} ==`,
    ...entries(settings).flatMap(([name, meaning]) => [
      ...wrapped(meaning.replaceAll('`', '')).map((line) => `# ${line}`),
      `${name}=${defaultOf(name)}`,
    ]),
  ]);
  return `${[head, ...groups].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function entries(settings: Group['settings']): readonly (readonly [Name, string])[] {
  return Object.entries(settings) as [Name, string][];
}

/** What a setting is when nobody sets it, as one would write it. */
function defaultOf(name: Name): string {
  const value: unknown = SETTINGS[name].parse(undefined);
  return Array.isArray(value) ? value.join(',') : String((value as string | number | undefined) ?? '');
}

function shown(value: string): string {
  return value === '' ? '–' : `\`${value}\``;
}

const Form = z.looseObject({
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

function formOf(name: Name): string {
  const schema: z.ZodType = SETTINGS[name];
  if (Array.isArray(schema.parse(undefined))) return 'list, comma separated';
  const form = Form.parse(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  if (form.enum) return form.enum.map((one) => `\`${one}\``).join(', ');
  return form.minimum === undefined ? 'text' : `${form.minimum} to ${form.maximum ?? ''}`;
}

function wrapped(text: string, width = 118): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
