/** Draws the app's two icons (a desk bell) into appPackage/: 192×192 in colour, 32×32 white on a transparent ground. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

/** Each pixel is sampled this many times across and down, so that edges are smooth. */
const SAMPLES = 8;
const BLUE = [15, 84, 140];
const WHITE = [255, 255, 255];

const within = (x, y, [cx, cy], radius) => Math.hypot(x - cx, y - cy) <= radius;
const inBar = (x, y, [left, top, right, bottom], radius) => {
  const nearX = Math.min(Math.max(x, left + radius), right - radius);
  const nearY = Math.min(Math.max(y, top + radius), bottom - radius);
  return within(x, y, [nearX, nearY], radius);
};

/** The bell on a square of side 1. `by` makes its outline larger or smaller. */
const bell = (x, y, by = 0) =>
  (within(x, y, [0.5, 0.66], 0.3 + by) && y <= 0.66 + by) ||
  inBar(x, y, [0.14 - by, 0.7 - by, 0.86 + by, 0.8 + by], 0.05 + by) ||
  inBar(x, y, [0.46 - by, 0.28 - by, 0.54 + by, 0.4 + by], 0.02 + by) ||
  inBar(x, y, [0.4 - by, 0.22 - by, 0.6 + by, 0.29 + by], 0.035 + by);

/** Teams cuts a colour icon's corners and wants its symbol in the middle five eighths. */
const colourIcon = (x, y) => {
  const inner = (one) => (one - 0.5) / 0.66 + 0.5;
  return bell(inner(x), inner(y)) ? [...WHITE, 255] : [...BLUE, 255];
};
const outlineIcon = (x, y) => (bell(x, y) && !bell(x, y, -0.055) ? [...WHITE, 255] : [...WHITE, 0]);

function pixels(size, colourAt) {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      rows.set(pixelAt(row, column, size, colourAt), row * (1 + size * 4) + 1 + column * 4);
    }
  }
  return rows;
}

function pixelAt(row, column, size, colourAt) {
  const sum = [0, 0, 0, 0];
  for (let at = 0; at < SAMPLES * SAMPLES; at += 1) {
    const x = (column + ((at % SAMPLES) + 0.5) / SAMPLES) / size;
    const y = (row + (Math.floor(at / SAMPLES) + 0.5) / SAMPLES) / size;
    colourAt(x, y).forEach((part, index) => (sum[index] += part));
  }
  return sum.map((part) => Math.round(part / (SAMPLES * SAMPLES)));
}

const CRC = Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
const crc32 = (bytes) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
};

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of 8 bits a channel with alpha, rows unfiltered. */
function png(size, colourAt) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const data = deflateSync(pixels(size, colourAt), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const folder = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'appPackage');
writeFileSync(path.join(folder, 'color.png'), png(192, colourIcon));
writeFileSync(path.join(folder, 'outline.png'), png(32, outlineIcon));
