/** Rebuilds core/understanding/model.json from the phrases and the development questions. Same inputs, same file. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPhrases, readQuestions } from './understanding/corpus.js';
import { everydayWords } from './understanding/everyday.js';
import { fitModel } from './understanding/fit.js';

const ROOM = join(import.meta.dirname, '../core/understanding');

/** SHA-256 of files one after the other, by name. */
export function checksum(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** What the repository itself holds of the inputs. */
export function ownInputs(): { readonly phrases: string; readonly lexicon: string } {
  const folder = join(ROOM, 'phrases');
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return {
    phrases: checksum(names.sort().map((name) => join(folder, name))),
    lexicon: checksum([join(ROOM, 'lexicon.json'), join(ROOM, '../han-fold.json')]),
  };
}

/** The model from the repository's phrases and a questions file. */
export function buildModel(questionsFile: string) {
  const inputs = { ...ownInputs(), questions: checksum([questionsFile]) };
  return fitModel(readPhrases(), readQuestions(questionsFile), inputs);
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.env.OFFER_DESK_REAL_DATA;
  if (folder === undefined) throw new Error('set OFFER_DESK_REAL_DATA to the folder with questions.jsonl');
  const model = buildModel(join(folder, 'questions.jsonl'));
  const text = `${JSON.stringify(model)}\n`;
  writeFileSync(join(ROOM, 'model.json'), text);
  const words = everydayWords(readPhrases()).join(' ');
  writeFileSync(join(ROOM, '../everyday-words.json'), `${JSON.stringify({ words }, null, 2)}\n`);
  console.log(`model.json: ${text.length} bytes, ${model.vocabulary.split('\n').length} features`);
  console.log(`calibration ${JSON.stringify(model.calibration)}, threshold ${model.threshold}`);
}
