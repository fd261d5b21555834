/** The file of the shipped model. The bundler puts a reader of the copied file here, because the file is needed once. */
import shipped from './model.json' with { type: 'json' };

export const modelFile = () => shipped;
