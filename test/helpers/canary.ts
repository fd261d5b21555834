/** A directory and a profile with a recognisable word in every field that customers may not see. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export const CANARY = /canary-\w+/i;
const hidden = (kind: string, of: string) => ({
  kind,
  name: `Canary-name-${of}`,
  email: `canary-${of}@contoso.com`,
  phone: '+14255550100',
  url: `https://canary-${of}.contoso.com/`,
});
const offer = (id: string, name: string, supportTier: string, hosting: string) => ({
  id: `contoso.${id}`,
  publisherId: 'contoso',
  name,
  supportTier,
  hosting,
  links: {
    support: 'https://support.contoso.com/',
    collateral: 'https://canary-collateral.contoso.com/',
    marketing: 'https://canary-marketing.contoso.com/',
  },
  contacts: [
    {
      kind: 'customer-support',
      name: 'Canary-person',
      email: 'canary-support@contoso.com',
      url: 'https://support.contoso.com/',
    },
    hidden('engineering', 'engineering'),
    hidden('csp-program', 'csp'),
  ],
});
export const DIRECTORY = {
  publishers: [
    {
      id: 'contoso',
      name: 'Contoso, Ltd.',
      contacts: [hidden('engineering', 'pub'), hidden('csp-program', 'pub2')],
    },
  ],
  offers: [
    offer('backup', 'Contoso Backup', 'publisher', 'saas'),
    offer('appliance', 'Contoso Appliance', 'publisher', 'azure'),
    offer('connector', 'Contoso Connector', 'microsoft', 'azure'),
    offer('playbook', 'Contoso Playbook', 'community', 'unknown'),
    offer('legacy', 'Contoso Legacy', 'none', 'unknown'),
  ],
};
export const PROFILE = {
  name: 'Alpine Ski House Cloud',
  model: 'indirect-reseller',
  tenantIds: [],
  tier1: 'publisher',
  resellerKeeps: [],
  desks: {
    billing: { name: 'Billing', email: 'billing@alpineskihouse.com' },
    technical: { name: 'Support', email: 'help@alpineskihouse.com' },
  },
  provider: {
    name: 'Canary-provider',
    desk: { name: 'Canary-provider-desk', email: 'canary-provider@contoso.com' },
  },
  customerMaySee: { supportEmail: false, supportPhone: false, documentation: false },
  overrides: {},
};

/** The settings of a desk with this directory and profile, whose files lie in a new folder. Remember to remove it. */
export async function canaryFiles(): Promise<{
  readonly env: Record<string, string>;
  readonly remove: () => Promise<void>;
}> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-canary-'));
  const write = async (name: string, value: object): Promise<string> => {
    const file = path.join(dir, name);
    await writeFile(file, JSON.stringify(value));
    return file;
  };
  const env = {
    OFFER_DESK_DIRECTORY: await write('directory.json', DIRECTORY),
    OFFER_DESK_PROFILE: await write('profile.json', PROFILE),
  };
  return { env, remove: () => rm(dir, { recursive: true, force: true }) };
}
