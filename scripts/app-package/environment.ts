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

/** Reads an environment. @throws Error naming the file when there is none. */
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
  return { ...values, ...(Object.fromEntries(overridden) as Values) };
}

/** Puts values in place of `${{NAME}}`, made safe for a JSON string; what has no value is left and named in `missing`. */
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
