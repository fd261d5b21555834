/** `npm run train`: rebuilds core/understanding/model.json from the phrases. The same phrases always give the same file. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPhrases } from './understanding/corpus.js';
import { everydayWords } from './understanding/everyday.js';
import { fitModel } from './understanding/fit.js';

const ROOM = join(import.meta.dirname, '../core/understanding');

/** One SHA-256 over all these files, in the order of their names. */
export function checksum(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** The inputs that the repository contains. */
export function ownInputs(): Readonly<Record<'phrases' | 'lexicon' | 'settings', string>> {
  const folder = join(ROOM, 'phrases');
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return {
    phrases: checksum(names.sort().map((name) => join(folder, name))),
    lexicon: checksum([join(ROOM, 'lexicon.json'), join(ROOM, '../han-fold.json')]),
    settings: checksum([join(import.meta.dirname, 'understanding/settings.json')]),
  };
}

/** The model from the repository's phrases. */
export function buildModel() {
  return fitModel(readPhrases(), ownInputs());
}

if (process.argv[1] === import.meta.filename) {
  const model = buildModel();
  const text = `${JSON.stringify(model)}\n`;
  writeFileSync(join(ROOM, 'model.json'), text);
  const words = everydayWords(readPhrases()).join(' ');
  writeFileSync(join(ROOM, '../everyday-words.json'), `${JSON.stringify({ words }, null, 2)}\n`);
  const features = (list: string) => list.split('\n').length;
  console.log(`model.json: ${Buffer.byteLength(text)} bytes`);
  console.log(`${features(model.vocabulary)} features and ${features(model.tfidf.vocabulary)} grams`);
}
