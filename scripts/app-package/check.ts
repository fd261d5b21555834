/** Checks a built app package without a network: schemas, icons, placeholders, versions, languages, commands. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { LINK_HOSTS } from '../../core/directory/offer-link.js';
import { LANGUAGES } from '../../core/terms.js';
import { caseListAsked } from '../../dialogs/cases/case-view.js';
import { outageCommandOf } from '../../dialogs/outages/outage-words.js';
import { commandOf, isGreeting, isTyped } from '../../locales/commands.js';
import { languageFor } from '../../locales/language.js';
import { AGENT_FILES, type AppPackage } from './build.js';
import { readPng } from './png.js';

interface Command {
  readonly title: string;
}
interface Manifest {
  readonly manifestVersion: string;
  readonly version: string;
  readonly icons: { readonly color: string; readonly outline: string };
  readonly validDomains: readonly string[];
  readonly localizationInfo: {
    readonly defaultLanguageTag: string;
    readonly defaultLanguageFile: string;
    readonly additionalLanguages: readonly { readonly languageTag: string; readonly file: string }[];
  };
  readonly copilotAgents?: { readonly declarativeAgents: readonly { readonly file: string }[] };
  readonly composeExtensions: readonly {
    readonly messageHandlers?: readonly { readonly value: { readonly domains: readonly string[] } }[];
  }[];
  readonly bots: readonly {
    readonly scopes: readonly string[];
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      readonly commands: readonly Command[];
    }[];
  }[];
}

const MANIFEST_VERSION = '1.29';
const MANIFEST_SCHEMA = `teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`;
const LANGUAGE_SCHEMA = `teams/v${MANIFEST_VERSION}/MicrosoftTeams.Localization.schema.json`;
const AGENT_SCHEMA = 'copilot/declarative-agent/v1.6/schema.json';
const PLUGIN_SCHEMA = 'copilot/plugin/v2.2/schema.json';
const MOST_HANDLERS = 5;
/** Texts that Teams sends by itself in addition to the listed commands, in upper and lower case. */
const ALWAYS = ['hi', 'hello', 'help'];
const FORBIDDEN_DOMAINS = /^\*\.|(^|\.)(azurewebsites\.net|onmicrosoft\.com|botframework\.com)$/i;
const LOCALISABLE = /^(name|description)\.(short|full)$|\.(title|description)$/;

/** One sentence for each fault of the package; empty when the package may be uploaded. `version` is the product's. */
export function checkPackage(made: AppPackage, version: string): readonly string[] {
  const text = (file: string) => Buffer.from(made.files[file] ?? []).toString('utf8');
  const manifest = JSON.parse(text('manifest.json')) as Manifest;
  const languages = languageFiles(manifest).map(({ tag, file }) => ({
    tag,
    file,
    strings: JSON.parse(text(file)) as Record<string, string>,
  }));
  return [
    ...made.missing.map((name) => `\${{${name}}} has no value in this environment.`),
    ...Object.keys(made.files)
      .filter((file) => text(file).includes('${{'))
      .map((file) => `${file} still has a placeholder.`),
    ...schemaFaults(MANIFEST_SCHEMA, manifest, 'manifest.json'),
    ...languages.flatMap(({ file, strings }) => schemaFaults(LANGUAGE_SCHEMA, strings, file)),
    ...(manifest.manifestVersion === MANIFEST_VERSION ? [] : [`manifestVersion is not ${MANIFEST_VERSION}.`]),
    ...(manifest.version === version
      ? []
      : [`version ${manifest.version} is not package.json's ${version}.`]),
    ...fileFaults(made, manifest),
    ...agentFaults(manifest, text),
    ...iconFaults(made, manifest),
    ...domainFaults(manifest),
    ...linkFaults(manifest),
    ...languageFaults(manifest, languages),
    ...commandFaults(manifest, languages),
  ];
}

function languageFiles({ localizationInfo: info }: Manifest): readonly { tag: string; file: string }[] {
  const others = info.additionalLanguages.map((one) => ({ tag: one.languageTag, file: one.file }));
  return [{ tag: info.defaultLanguageTag, file: info.defaultLanguageFile }, ...others];
}

const validators = new Map<string, ReturnType<typeof validatorOf>>();

function validatorOf(schema: string) {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'));
  const at = path.join(folder, 'build/json-schemas', schema);
  const options = { strict: false, allErrors: true, unicodeRegExp: false };
  const { $schema: _draft, ...rules } = JSON.parse(readFileSync(at, 'utf8')) as { readonly $schema: string };
  // The schemas of Copilot name draft 4 and use words of later drafts, which its validator would overlook.
  const ajv = schema.startsWith('copilot/') ? new Ajv(options) : new AjvDraft04.default(options);
  addFormats.default(ajv);
  return ajv.compile(rules);
}

function schemaFaults(schema: string, value: unknown, file: string): readonly string[] {
  const validate = validators.get(schema) ?? validatorOf(schema);
  validators.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${file}${error.instancePath}: ${error.message ?? 'wrong'}.`);
}

function fileFaults(made: AppPackage, manifest: Manifest): readonly string[] {
  const files = languageFiles(manifest).map((one) => one.file);
  const agents = agentFiles(manifest);
  const agent = agents.length === 0 ? [] : [...agents, ...AGENT_FILES];
  const wanted = new Set(['manifest.json', manifest.icons.color, manifest.icons.outline, ...files, ...agent]);
  return Object.keys(made.files)
    .filter((file) => !wanted.has(file))
    .map((file) => `${file} does not belong in a package.`);
}

function agentFiles({ copilotAgents }: Manifest): readonly string[] {
  return (copilotAgents?.declarativeAgents ?? []).map(({ file }) => file);
}

const Plugin = z.looseObject({
  functions: z.array(z.looseObject({ name: z.string() })),
  runtimes: z.array(z.looseObject({ run_for_functions: z.array(z.string()) })),
});
const Definition = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
});

/** The agent by its published schemas; and each of its functions is an operation of the interface. */
function agentFaults(manifest: Manifest, text: (file: string) => string): readonly string[] {
  const agents = agentFiles(manifest);
  if (agents.length === 0) return [];
  const [plugin, definition] = AGENT_FILES;
  const json = (file: string) => JSON.parse(text(file)) as unknown;
  const { functions, runtimes } = Plugin.parse(json(plugin));
  const { paths } = Definition.parse(json(definition));
  const operations = Object.values(paths).flatMap((one) =>
    Object.values(one).map((each) => each.operationId),
  );
  const named = [...functions.map(({ name }) => name), ...runtimes.flatMap((one) => one.run_for_functions)];
  return [
    ...agents.flatMap((file) => schemaFaults(AGENT_SCHEMA, json(file), file)),
    ...schemaFaults(PLUGIN_SCHEMA, json(plugin), plugin),
    ...named
      .filter((name) => !operations.includes(name))
      .map((name) => `${plugin}: no operation of ${definition} is called ${name}.`),
  ];
}

function iconFaults(made: AppPackage, { icons }: Manifest): readonly string[] {
  const picture = (file: string) => readPng(Buffer.from(made.files[file] ?? []));
  const [colour, outline] = [picture(icons.color), picture(icons.outline)];
  const sized = (one: { width: number; height: number }, side: number) =>
    one.width === side && one.height === side;
  return [
    ...(sized(colour, 192) ? [] : [`${icons.color} is ${colour.width}×${colour.height}, not 192×192.`]),
    ...(sized(outline, 32) ? [] : [`${icons.outline} is ${outline.width}×${outline.height}, not 32×32.`]),
    ...(isWhiteOnNothing(outline.rgba) ? [] : [`${icons.outline} is not white on a transparent ground.`]),
  ];
}

function isWhiteOnNothing(rgba: Uint8Array | undefined): boolean {
  if (!rgba) return false;
  let [seen, clear] = [false, false];
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at + 3] === 0) clear = true;
    else if (rgba[at] === 255 && rgba[at + 1] === 255 && rgba[at + 2] === 255) seen = true;
    else return false;
  }
  return seen && clear;
}

function domainFaults({ validDomains }: Manifest): readonly string[] {
  return validDomains
    .filter((domain) => domain === '' || FORBIDDEN_DOMAINS.test(domain))
    .map((domain) => `validDomains: "${domain}" is not allowed.`);
}

/** Teams sends links of these domains only. The list must equal the domains whose links the bot reads. */
function linkFaults({ composeExtensions }: Manifest): readonly string[] {
  const handlers = composeExtensions.flatMap((one) => one.messageHandlers ?? []);
  if (handlers.length === 0) return [];
  const domains = handlers.flatMap((one) => one.value.domains);
  return [
    ...domains
      .filter((domain) => !LINK_HOSTS.includes(domain))
      .map((domain) => `messageHandlers: the bot does not read links of "${domain}".`),
    ...LINK_HOSTS.filter((host) => !domains.includes(host)).map(
      (host) => `messageHandlers: "${host}" is missing.`,
    ),
    ...(new Set(domains).size === domains.length ? [] : ['messageHandlers: a domain is listed twice.']),
    ...(handlers.length > MOST_HANDLERS ? [`messageHandlers: more than ${MOST_HANDLERS} handlers.`] : []),
  ];
}

interface LanguageFile {
  readonly tag: string;
  readonly file: string;
  readonly strings: Readonly<Record<string, string>>;
}

function languageFaults(manifest: Manifest, languages: readonly LanguageFile[]): readonly string[] {
  const spoken = new Set(languages.map(({ tag }) => languageFor(tag)));
  const paths = localisablePaths(manifest);
  return [
    ...LANGUAGES.filter((one) => !spoken.has(one)).map((one) => `There is no language file for ${one}.`),
    ...languages.flatMap(({ file, strings }) =>
      paths.filter((one) => !strings[one.path]).map((one) => `${file} lacks ${one.path}.`),
    ),
    ...paths
      .filter((one) => languages[0]?.strings[one.path] !== one.text)
      .map((one) => `${languages[0]?.file} and the manifest differ in ${one.path}.`),
  ];
}

/** Every text of the manifest that a language file may translate, by its path. */
function localisablePaths(manifest: Manifest): readonly { readonly path: string; readonly text: string }[] {
  const found: { path: string; text: string }[] = [];
  const walk = (value: unknown, at: string): void => {
    if (typeof value === 'string') {
      if (LOCALISABLE.test(at)) found.push({ path: at, text: value });
    } else if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${at}[${index}]`));
    else if (value !== null && typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) walk(item, at === '' ? key : `${at}.${key}`);
    }
  };
  walk(manifest, '');
  return found;
}

function commandFaults(manifest: Manifest, languages: readonly LanguageFile[]): readonly string[] {
  const bot = manifest.bots[0];
  const listed = bot?.commandLists ?? [];
  const covered = new Set(listed.flatMap((list) => list.scopes));
  const doubles = listed.filter(
    (list) => new Set(list.commands.map((one) => one.title)).size !== list.commands.length,
  );
  const titles = languages.flatMap(({ strings }) =>
    Object.entries(strings).flatMap(([key, text]) =>
      /^bots\[0\]\.commandLists.*\.title$/.test(key) ? [text] : [],
    ),
  );
  return [
    ...(bot?.scopes ?? []).filter((scope) => !covered.has(scope)).map((scope) => `No commands for ${scope}.`),
    ...doubles.map((list) => `Commands for ${list.scopes.join(', ')} are listed twice.`),
    ...[...titles, ...ALWAYS]
      .filter((title) => !isAnswered(title))
      .map((title) => `The bot does not know the command "${title}".`),
    ...titles.filter((title) => title.startsWith('/')).map((title) => `"${title}" begins with a slash.`),
  ];
}

/** True when the bot reads this text as a command or a greeting, in upper and lower case and with the spaces of a mention around it. */
function isAnswered(title: string): boolean {
  const forms = [title, title.toUpperCase(), title.toLowerCase(), ` ${title} `];
  return forms.every(
    (form) =>
      commandOf(form) !== undefined ||
      outageCommandOf(form) !== undefined ||
      caseListAsked(form) !== undefined ||
      isTyped('command.insights', form) ||
      isGreeting(form),
  );
}
