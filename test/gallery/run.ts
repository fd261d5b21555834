/**
 * `npm run gallery`: draws every card and page in each language, look and width into `build/gallery/index.html`, and
 * checks each with axe, and the labels of the cards' buttons. Words after `--` choose the states whose names contain one
 * of them, `--languages=ja,ar` the languages, and for cards `--looks=light` and `--widths=320` the looks and the widths in
 * pixels. `--update` rewrites the golden pictures of `test/golden/pictures` and draws nothing else.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { escapeHtml } from '../../bot/web/pages/html.js';
import { LANGUAGES, type Language } from '../../core/terms.js';
import { galleryStates } from '../helpers/card-gallery.js';
import { ChatWindow, LOOKS, WIDTHS, type Look } from '../helpers/chat-window.js';
import { findChromium, missingWebChat, openChromium, ROOT } from '../helpers/chromium.js';
import { drawGoldenPictures, GOLDEN_DIR } from '../helpers/pictures.js';
import { drawPages, pageNames } from './pages.js';

const OPTION = /^--(languages|looks|widths)=(.+)$/;
const given = process.argv.slice(2).filter((one) => !OPTION.test(one));
const valuesOf = (option: string): readonly string[] | undefined =>
  process.argv
    .map((one) => OPTION.exec(one))
    .find((found) => found?.[1] === option)?.[2]
    ?.split(',');
const chosen = <T extends string>(option: string, all: readonly T[]): readonly T[] =>
  all.filter((one) => valuesOf(option)?.includes(one) ?? true);
const languages = chosen('languages', LANGUAGES);
const OUT = path.join(ROOT, 'build', 'gallery');
const looks = chosen('looks', Object.keys(LOOKS) as Look[]);
const widths = valuesOf('widths')?.map(Number) ?? WIDTHS;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The golden pictures that the README shows too. */
const README_IMAGES: Readonly<Record<string, string>> = {
  'answer-open-customer.en.light.360.png': 'answer-customer.png',
  'answer-partner.en.light.360.png': 'answer-staff.png',
  'outage-open-partner.en.light.360.png': 'outage.png',
};

/** Draws the golden pictures anew and deletes those that nothing draws any more. */
async function update(browser: Browser): Promise<void> {
  const { pictures, ...drawn } = await drawGoldenPictures(browser);
  await mkdir(GOLDEN_DIR, { recursive: true });
  for (const old of await readdir(GOLDEN_DIR)) await rm(path.join(GOLDEN_DIR, old));
  for (const [name, png] of pictures) await writeFile(path.join(GOLDEN_DIR, name), png);
  await mkdir(path.join(ROOT, 'docs', 'images'), { recursive: true });
  for (const [name, image] of Object.entries(README_IMAGES)) {
    const png = pictures.get(name);
    if (png) await writeFile(path.join(ROOT, 'docs', 'images', image), png);
  }
  const record = `${JSON.stringify(drawn.with, null, 2)}\n`;
  await writeFile(path.join(GOLDEN_DIR, 'drawn-with.json'), record);
  say(
    `${pictures.size} golden pictures are in ${path.relative(ROOT, GOLDEN_DIR)}. Look at each before you commit.`,
  );
}

interface Faults {
  readonly name: string;
  readonly found: readonly string[];
}

/** Draws the chosen cards in one language. @returns what axe found, and labels that do not fit */
async function drawCards(browser: Browser, language: Language, names: readonly string[]): Promise<Faults[]> {
  const faults: Faults[] = [];
  const window = await ChatWindow.open(browser, language);
  for (const { name, cardIn } of galleryStates().filter((state) => names.includes(state.name))) {
    await window.show(cardIn(language).card);
    // A change of the width costs more than a change of the look.
    for (const width of widths) {
      for (const look of looks) {
        await window.look(look, width);
        await writeFile(fileOf(name, language, look, width), await window.picture());
        const found = [...(await window.violations(look)), ...(await window.misfits())];
        if (found.length > 0) faults.push(told({ name: `${name} ${language} ${look} ${width}`, found }));
      }
    }
    say(`${name} ${language}`);
  }
  await window.close();
  return faults;
}

/** Prints a fault at once, so that a run that somebody stops has told what it found. */
function told(fault: Faults): Faults {
  say(`${fault.name}: ${fault.found.join('; ')}`);
  return fault;
}

const pictureName = (name: string, language: Language, look: Look, width: number): string =>
  `${name}.${language}.${look}.${width}.png`;
const fileOf = (...of: Parameters<typeof pictureName>): string => path.join(OUT, pictureName(...of));

function page(names: readonly string[], faults: readonly Faults[]): string {
  const faultList = faults
    .map(({ name, found }) => `<li>${escapeHtml(`${name}: ${found.join('; ')}`)}</li>`)
    .join('');
  const row = (name: string, language: Language, width: number): string => {
    const figures = looks.map((look) => {
      const file = pictureName(name, language, look, width);
      return `<figure><img loading="lazy" src="${file}" alt="${file}"><figcaption>${look}</figcaption></figure>`;
    });
    return `<h3>${language}, ${width} px</h3><div class="row">${figures.join('')}</div>`;
  };
  const states = names.map((name) => {
    const rows = languages.flatMap((language) => widths.map((width) => row(name, language, width)));
    return `<section id="${name}"><h2>${name}</h2>${rows.join('')}</section>`;
  });
  const index = names.map((name) => `<a href="#${name}">${name}</a>`).join(' ');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<style>body{font:14px sans-serif;margin:16px;background:#ccc}.row{display:flex;flex-wrap:wrap;gap:12px}
figure{margin:0}img{max-width:100%}nav{line-height:1.8}</style>
<h1>Gallery</h1><h2>Found by axe</h2><ul>${faultList || '<li>nothing</li>'}</ul><nav>${index}</nav>${states.join('\n')}</html>`;
}

/** Windows that draw at the same time. */
const AT_ONCE = 3;
const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  all.length === 0 ? [] : [all.slice(0, size), ...chunks(all.slice(size), size)];

async function draw(browser: Browser, words: readonly string[]): Promise<void> {
  const isChosen = (name: string): boolean => words.length === 0 || words.some((word) => name.includes(word));
  const cards = galleryStates()
    .map(({ name }) => name)
    .filter(isChosen);
  const pages = pageNames().filter(isChosen);
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const drawn: (readonly Faults[])[] = [];
  for (const some of chunks(languages, AT_ONCE))
    drawn.push(...(await Promise.all(some.map((language) => drawCards(browser, language, cards)))));
  // A page waits for its server, so the pages get the machine to themselves.
  const faults = [...drawn.flat(), ...(await drawPages(browser, pages, languages, fileOf)).map(told)];
  await writeFile(path.join(OUT, 'index.html'), page([...pages, ...cards], faults));
  const pictures = (await readdir(OUT)).filter((file) => file.endsWith('.png')).length;
  say(`${cards.length} cards and ${pages.length} pages are in ${path.relative(ROOT, OUT)}/index.html.`);
  say(`axe looked at each of the ${pictures} pictures and found a fault in ${faults.length}.`);
  if (faults.length > 0) process.exitCode = 1;
}

const missing = await missingWebChat();
if (missing !== undefined) throw new Error(missing);
const browser = await openChromium(findChromium({ windows: given.includes('--update') }));
try {
  await (given.includes('--update') ? update(browser) : draw(browser, given));
} finally {
  await browser.close();
}
