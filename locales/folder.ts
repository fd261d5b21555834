/** Where the files of the languages are. The bundler puts another address here: it copies the files beside the bundle. */
export const LOCALES_FOLDER = new URL('./', import.meta.url);
