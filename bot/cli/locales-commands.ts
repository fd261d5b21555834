/** `locales check`, `export` and `import`: the translator's work on the files of a language. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { DeskError } from '../../core/errors.js';
import { LANGUAGES, type Language } from '../../core/terms.js';
import { LOCALES_FOLDER } from '../../locales/folder.js';
import { exitWith, print, printListing } from './cli-context.js';
import { type Glossary, type LocaleFault, localeFaults, type Sentences } from './locales-check.js';
import { fromXliff, type LocaleFile, toXliff } from './locales-xliff.js';

/** Adds the commands. */
export function addLocalesCommands(program: Command): void {
  const locales = program.command('locales').description('the languages of the product, for translators');
  locales
    .command('check')
    .description('list what is missing or wrong in the files of a language')
    .argument('[language...]', 'languages; none means all')
    .action((languages: readonly string[]) => checkAll(languages));
  locales
    .command('export')
    .description('print the sentences of a language as XLIFF 1.2')
    .argument('<language>', 'the language')
    .action((language: string) => print([toXliff(known(language), filesOf(known(language)))]));
  locales
    .command('import')
    .description(
      'take the sentences of an XLIFF 1.2 file into a language; a sentence with a wrong placeholder stops it',
    )
    .argument('<language>', 'the language')
    .argument('<file>', 'the XLIFF file')
    .action((language: string, file: string) => takeIn(known(language), readFileSync(file, 'utf8')));
}

/** @throws DeskError `config.invalid` for a language that the product does not have. */
function known(language: string): Language {
  const found = LANGUAGES.find((one) => one === language);
  if (!found) throw new DeskError('config.invalid', `${language} is none of ${LANGUAGES.join(', ')}`);
  return found;
}

const at = (name: string): URL => new URL(name, LOCALES_FOLDER);

/** A new language has no files yet. */
function read(name: string): Sentences {
  return existsSync(at(name)) ? (JSON.parse(readFileSync(at(name), 'utf8')) as Sentences) : {};
}

function filesOf(language: Language): readonly LocaleFile[] {
  return ['', 'words/'].map((folder) => ({
    original: `locales/${folder}en.json`,
    english: read(`${folder}en.json`),
    own: read(`${folder}${language}.json`),
  }));
}

const glossaryOf = (language: Language): Glossary => read(`glossary/${language}.json`);

/** The faults of a language in both files. Other names of languages are each file's own. */
export function faultsOf(language: Language): readonly LocaleFault[] {
  const glossary = glossaryOf(language);
  return filesOf(language).flatMap(({ original, english, own }) => {
    const isWords = original.includes('/words/');
    const isName = (key: string) => key.startsWith('command.to.');
    const faults = localeFaults(language, english, own, isWords ? {} : glossary);
    return faults.filter(({ key, kind }) => !isName(key) && !(isWords && kind === 'copied'));
  });
}

function checkAll(languages: readonly string[]): void {
  const all = languages.length === 0 ? LANGUAGES : languages.map(known);
  const checked = all.map((language) => ({ language, faults: faultsOf(language) }));
  printListing(
    { languages: checked },
    checked.flatMap(({ language, faults }) => [
      ...faults.map(({ kind, key, detail }) => `${language} ${kind} ${key}: ${detail}`),
      faults.length === 0 ? `${language}: complete` : `${language}: ${String(faults.length)} to look at`,
    ]),
  );
  if (checked.some(({ faults }) => faults.length > 0)) exitWith(1);
}

/** @throws DeskError `config.invalid` when a sentence cannot be shown; then nothing is written. */
function takeIn(language: Language, document: string): void {
  const brought = fromXliff(language, document);
  const files = filesOf(language).map((file) => {
    const own = { ...file.own, ...brought.get(file.original) };
    const wrong = localeFaults(language, file.english, own).find(
      ({ kind }) => kind === 'placeholders' || kind === 'unused',
    );
    if (wrong && !wrong.key.startsWith('command.to.'))
      throw new DeskError('config.invalid', `${wrong.key} ${wrong.detail}`);
    return { name: file.original.replace(/^locales\//, '').replace(/en\.json$/, `${language}.json`), own };
  });
  for (const { name, own } of files) writeFileSync(at(name), `${JSON.stringify(sorted(own), null, 2)}\n`);
  print([`${language}: ${String([...brought.values()].flatMap(Object.keys).length)} sentences taken in`]);
}

function sorted(sentences: Sentences): Sentences {
  return Object.fromEntries(Object.entries(sentences).sort(([one], [other]) => (one < other ? -1 : 1)));
}
