/** The parts of the profile that are plain values: who the partner is, how it looks, and how customers buy; each as flat fields of a form. */
import { listOf } from './profile-draft.js';
import { logoLabel } from './logo.js';
import type { PartnerProfile } from './profile.js';

/** Field name → value as text; empty: no value. */
export type PartFields = Readonly<Record<string, string>>;

/** Who the partner is; its languages and looks; how its customers buy. */
export const PLAIN_PARTS = ['company', 'looks', 'sales'] as const;
export type PlainPart = (typeof PLAIN_PARTS)[number];

/** The present fields. Lists are separated by commas; an image in the profile is shown by its type and size. */
export function plainFields(profile: PartnerProfile, part: PlainPart): PartFields {
  switch (part) {
    case 'company': {
      const { name, model, provider, resellerKeeps, tenantIds } = profile;
      return {
        name,
        model,
        providerName: provider?.name ?? '',
        resellerKeeps: resellerKeeps.join(','),
        tenantIds: tenantIds.join(', '),
      };
    }
    case 'looks': {
      const { languages = [], logo, colour = '' } = profile;
      return { languages: languages.join(','), logo: logo === undefined ? '' : logoLabel(logo), colour };
    }
    case 'sales': {
      const { usualChannel = '', helpsWithDirectPurchases, country = '', customerRegions = [] } = profile;
      return {
        usualChannel,
        helpsWithDirectPurchases:
          helpsWithDirectPurchases === undefined ? '' : String(helpsWithDirectPurchases),
        country,
        customerRegions: customerRegions.join(', '),
      };
    }
  }
}

/** The profile with these fields in it, not checked yet. An empty field removes the value. */
export function withPlainFields(profile: PartnerProfile, part: PlainPart, fields: PartFields): object {
  const text = (field: string) => (fields[field] === '' ? undefined : fields[field]);
  const list = (field: string) => listOf(fields[field] ?? '');
  const some = (field: string) => (list(field).length > 0 ? list(field) : undefined);
  switch (part) {
    case 'company': {
      const { name, model } = fields;
      const kept = { resellerKeeps: list('resellerKeeps'), tenantIds: list('tenantIds') };
      return { ...profile, name, model, ...kept, provider: providerOf(profile, text('providerName')) };
    }
    case 'looks': {
      const { logo: kept } = profile;
      const logo = kept !== undefined && text('logo') === logoLabel(kept) ? kept : text('logo');
      return { ...profile, languages: some('languages'), logo, colour: text('colour') };
    }
    case 'sales': {
      const helps = text('helpsWithDirectPurchases');
      return {
        ...profile,
        usualChannel: text('usualChannel'),
        helpsWithDirectPurchases: helps === 'true' ? true : helps === 'false' ? false : helps,
        country: text('country')?.toUpperCase(),
        customerRegions: some('customerRegions'),
      };
    }
  }
}

/** A new provider begins with a desk of the same name; the desk's address has another form. */
function providerOf({ provider }: PartnerProfile, name: string | undefined) {
  if (name === undefined) return undefined;
  return { name, desk: provider?.desk ?? { name } };
}

/** The form's field for a wrong place of the profile: `tenantIds.2` is a part of `tenantIds`. */
export function fieldOfPath(path: string): string {
  if (path === 'provider' || path === 'provider.name') return 'providerName';
  return path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
}
