import type { ModelFile } from './model.js';
import shipped from './model.json' with { type: 'json' };

/** The file of the shipped model. The bundler puts a reader of the copied file here, because the file is needed once. */
export const modelFile = (): ModelFile => shipped;
