/** Makes the Teams app package of one environment: manifest, two icons and a language file each, and nothing else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { clientDocument } from '../../bot/app/client-document.js';
import { fillIn, readEnvironment, type Values } from './environment.js';

interface PackageOptions {
  readonly root: string;
  readonly environment: string;
  /**
   * True for an organisation's own catalogue. The public store allows an app to unfurl links of its publisher's own domains
   * only, so a store package does not unfurl links.
   */
  readonly unfurlsLinks: boolean;
  readonly own?: Readonly<Record<string, string | undefined>>;
  /** Values for ids that no provisioning has filled in yet. */
  readonly examples?: Values;
}

export interface AppPackage {
  /** File name → bytes in the zip. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Placeholders without a value. Do not use a package that has any. */
  readonly missing: readonly string[];
}

/** The value that an agent of Microsoft 365 Copilot needs: without it the package has no agent. */
const AGENT_VALUE = 'COPILOT_API_KEY_ID';
/** The agent's files beside its manifest: its action, and the document that describes the addresses of the action. */
export const AGENT_FILES = ['apiPlugin.json', 'apiDefinition.json'] as const;

interface Manifest {
  readonly version: string;
  readonly copilotAgents: {
    readonly declarativeAgents: readonly [{ readonly file: string }];
  };
  readonly icons: { readonly color: string; readonly outline: string };
  readonly localizationInfo: {
    readonly defaultLanguageFile: string;
    readonly additionalLanguages: readonly { readonly file: string }[];
  };
  readonly composeExtensions: readonly Record<string, unknown>[];
}

/** One fixed moment in every zip, so that the same sources give the same bytes. */
const ZIP_TIME = new Date(Date.UTC(2026, 0, 1));

/** Fills in the manifest and the language files, and collects the files of the package. */
export function buildPackage(options: PackageOptions): AppPackage {
  const values = {
    ...options.examples,
    ...readEnvironment(options.root, options.environment, options.own),
  };
  const folder = path.join(options.root, 'appPackage');
  const filled = fillIn(readFileSync(path.join(folder, 'manifest.json'), 'utf8'), values);
  const manifest = JSON.parse(filled.text) as Manifest;
  const { icons, localizationInfo } = manifest;
  const languages = [
    localizationInfo.defaultLanguageFile,
    ...localizationInfo.additionalLanguages.map((one) => one.file),
  ];
  const texts = languages.map((file) => ({
    file,
    ...fillIn(readFileSync(path.join(folder, file), 'utf8'), values),
  }));
  const agent = values[AGENT_VALUE] === undefined ? undefined : agentTexts(folder, manifest, values);
  const linked = options.unfurlsLinks ? manifest : withoutLinks(manifest);
  const { copilotAgents, ...rest } = linked;
  texts.push(...(agent ?? []));
  return {
    files: {
      'manifest.json': jsonFile({ ...rest, ...(agent && { copilotAgents }) }),
      [icons.color]: readFileSync(path.join(folder, icons.color)),
      [icons.outline]: readFileSync(path.join(folder, icons.outline)),
      ...Object.fromEntries(texts.map(({ file, text }) => [file, Buffer.from(text)])),
    },
    missing: [...new Set([...filled.missing, ...texts.flatMap((one) => one.missing)])],
  };
}

/** The agent, its action, and the interface for other systems at this environment's address. */
function agentTexts(folder: string, { version, copilotAgents }: Manifest, values: Values) {
  const [{ file: agent }] = copilotAgents.declarativeAgents;
  const [plugin, definition] = AGENT_FILES;
  const filled = [agent, plugin].map((file) => ({
    file,
    ...fillIn(readFileSync(path.join(folder, file), 'utf8'), values),
  }));
  const server = `https://${values.BOT_DOMAIN ?? 'offer-desk.invalid'}`;
  const text = jsonFile(clientDocument('copilot', { version, server })).toString('utf8');
  return [...filled, { file: definition, text, missing: [] }];
}

const jsonFile = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** The package as the bytes of a zip. */
export function zipPackage({ files }: AppPackage): Uint8Array {
  return zipSync({ ...files }, { mtime: ZIP_TIME, level: 9 });
}

function withoutLinks(manifest: Manifest): Manifest {
  const composeExtensions = manifest.composeExtensions.map((one) => {
    const { messageHandlers: _, ...rest } = one;
    return rest;
  });
  return { ...manifest, composeExtensions };
}
