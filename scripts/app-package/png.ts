/** Reads a PNG of 8 bits a channel with alpha: its size and its pixels, which is enough to measure an icon. */
import { inflateSync } from 'node:zlib';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha of every pixel, row by row; absent when the PNG has another format. */
  readonly rgba?: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS = 4;

/** The picture in a PNG file. @throws Error when the bytes are not a PNG. */
export function readPng(bytes: Buffer): Picture {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error('not a PNG');
  const chunks = chunksOf(bytes);
  const header = chunks.find((chunk) => chunk.type === 'IHDR')?.data;
  if (!header) throw new Error('a PNG without a header');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const readable = header[8] === 8 && header[9] === 6 && header[12] === 0;
  if (!readable) return { width, height };
  const data = chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data);
  return { width, height, rgba: unfiltered(inflateSync(Buffer.concat(data)), width, height) };
}

function chunksOf(bytes: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

function unfiltered(raw: Buffer, width: number, height: number): Uint8Array {
  const stride = width * CHANNELS;
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0;
    for (let at = 0; at < stride; at += 1) {
      const left = at < CHANNELS ? 0 : out[row * stride + at - CHANNELS]!;
      const up = row === 0 ? 0 : out[(row - 1) * stride + at]!;
      const corner = row === 0 || at < CHANNELS ? 0 : out[(row - 1) * stride + at - CHANNELS]!;
      out[row * stride + at] = raw[row * (stride + 1) + 1 + at]! + predicted(filter, left, up, corner);
    }
  }
  return out;
}

/** The five filters that the PNG specification defines. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const near = left + up - corner;
      const [a, b, c] = [Math.abs(near - left), Math.abs(near - up), Math.abs(near - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
}
