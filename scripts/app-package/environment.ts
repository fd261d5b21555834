/** The values of one environment: env/.env.<name>, what env/.env.<name>.user adds, and the process's own variables. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';

export type Values = Readonly<Record<string, string>>;

/** Names of the environments that have a file of their own. */
export function environmentNames(root: string): readonly string[] {
  return readdirSync(path.join(root, 'env'))
    .flatMap((file) => /^\.env\.([\w-]+)$/.exec(file)?.[1] ?? [])
    .sort();
}

/** Example values of what provisioning fills in. A check before provisioning uses them; a package for upload never does. */
export const EXAMPLE_IDS: Values = {
  TEAMS_APP_ID: '6a1e7c0e-6a0d-4d2b-9a53-0f0d8f1f5a01',
  BOT_ID: '00000000-0000-4000-8000-000000000001',
  BOT_DOMAIN: 'offer-desk.example.com',
  COPILOT_API_KEY_ID: 'example-registration',
};

/** Reads an environment. An empty value counts as none, except a name's suffix. @throws Error naming the file when there is none. */
export function readEnvironment(
  root: string,
  name: string,
  own: Readonly<Record<string, string | undefined>> = {},
): Values {
  const file = path.join(root, 'env', `.env.${name}`);
  if (!existsSync(file))
    throw new Error(`There is no env/.env.${name}. Known: ${environmentNames(root).join(', ')}.`);
  const userFile = `${file}.user`;
  const values = {
    ...parse(readFileSync(file)),
    ...(existsSync(userFile) ? parse(readFileSync(userFile)) : {}),
  };
  const overridden = Object.entries(own).filter(([key, value]) => key in values && value !== undefined);
  const all = { ...values, ...(Object.fromEntries(overridden) as Values) };
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => value !== '' || key === 'APP_NAME_SUFFIX'),
  );
}

/** Replaces `${{NAME}}` by its value, escaped for a JSON string. A name without a value stays as it is and is listed in `missing`. */
export function fillIn(
  text: string,
  values: Values,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const filled = text.replace(/\$\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value !== undefined) return JSON.stringify(value).slice(1, -1);
    missing.add(name);
    return placeholder;
  });
  return { text: filled, missing: [...missing] };
}
