/** The packages that production runs: the packages in the bundle, and the packages that are installed beside it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ENTRY_POINTS, bundleServer } from './bundle.mjs';

const LICENCE_FILE = /^(licen[cs]e|notice|copying)([.-].*)?$/i;

/**
 * Their places in package-lock.json, such as `node_modules/restify`. Bundles the server without writing, to see what is in it.
 * What these packages need is in the list too, because some of them were published with a bundle of their own.
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function shippedPlaces(root) {
  const bundled = await bundleServer({ root, outdir: 'dist', entryPoints: ENTRY_POINTS, write: false });
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const beside = Object.keys(packages).filter((place) => place !== '' && !packages[place].dev);
  const shipped = new Set([...bundled, ...beside]);
  // The loop also visits the places that it adds.
  for (const place of shipped) for (const needed of needsOf(place, packages)) shipped.add(needed);
  return [...shipped].sort();
}

function needsOf(place, packages) {
  const names = Object.keys(packages[place].dependencies ?? {});
  return names.map((name) => placeOf(name, place, packages)).filter((found) => found !== undefined);
}

/** Node's rule: the nearest `node_modules` that has the package. */
function placeOf(name, from, packages) {
  const near = `${from}/node_modules/${name}`;
  if (near in packages) return near;
  const above = from.lastIndexOf('/node_modules/');
  if (above >= 0) return placeOf(name, from.slice(0, above), packages);
  return `node_modules/${name}` in packages ? `node_modules/${name}` : undefined;
}

/** The name of the package at a place. */
export function nameOf(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/**
 * The licences of bundled packages. A bundle has no comments, and most licences ask for their text in every copy.
 * Packages with the same text stand above it together.
 * @param {string} root
 * @param {readonly string[]} places
 */
export function licenceTexts(root, places) {
  const names = new Map();
  for (const place of places) {
    const text = licenceText(path.join(root, place));
    names.set(text, [...(names.get(text) ?? []), nameOf(place)]);
  }
  const rule = '-'.repeat(78);
  return [...names]
    .map(([text, all]) => `${[...new Set(all)].join(', ')}\n\n${text}\n`)
    .join(`\n${rule}\n\n`);
}

function licenceText(folder) {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => LICENCE_FILE.test(name)) : [];
  const texts = files.map((name) => readFileSync(path.join(folder, name), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const { license, author, repository } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const by = typeof author === 'object' ? author?.name : author;
  return [license?.type ?? license, by, repository?.url ?? repository].filter(Boolean).join('\n');
}
