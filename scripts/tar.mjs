/** Reads the wanted files of a tar stream. It knows enough of the format for npm packages, so no tar program is needed. */

const BLOCK = 512;

/** Text of a header field, up to its first NUL. */
function field(header, start, length) {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? length : end);
}

/** Name, size and kind of the entry a header begins; undefined for the zero blocks at the end. */
function entryOf(header) {
  if (header.every((byte) => byte === 0)) return undefined;
  const stored = Number.parseInt(field(header, 148, 8), 8);
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (sum !== stored) throw new Error('not a tar stream: a header has a wrong checksum');
  const prefix = field(header, 345, 155);
  const name = prefix === '' ? field(header, 0, 100) : `${prefix}/${field(header, 0, 100)}`;
  const kind = field(header, 156, 1);
  return { name, size: Number.parseInt(field(header, 124, 12), 8), isFile: kind === '0' || kind === '' };
}

/** Reads the bytes of a stream in portions of the requested size. */
class Portions {
  constructor(stream) {
    this.chunks = stream[Symbol.asyncIterator]();
    this.rest = Buffer.alloc(0);
  }

  /** Exactly `length` bytes, or fewer at the end of the stream. */
  async take(length) {
    const parts = [];
    let missing = length;
    while (missing > 0) {
      const part = await this.some(missing);
      if (!part) break;
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  async skip(length) {
    let missing = length;
    while (missing > 0) {
      const part = await this.some(missing);
      if (!part) return;
      missing -= part.length;
    }
  }

  async some(limit) {
    if (this.rest.length === 0) {
      const { value, done } = await this.chunks.next();
      if (done) return undefined;
      this.rest = value;
    }
    const part = this.rest.subarray(0, limit);
    this.rest = this.rest.subarray(part.length);
    return part;
  }
}

/**
 * Yields the regular files whose name is wanted, in the order of the archive.
 * @param {AsyncIterable<Buffer>} stream the uncompressed archive
 * @param {(name: string) => boolean} wanted
 * @returns {AsyncGenerator<{ name: string, bytes: Buffer }>}
 * @throws {Error} for a stream that is not an archive or ends too early
 */
export async function* readTar(stream, wanted) {
  const portions = new Portions(stream);
  for (;;) {
    const header = await portions.take(BLOCK);
    if (header.length === 0) return;
    if (header.length < BLOCK) throw new Error('the archive ends in the middle of a header');
    const entry = entryOf(header);
    if (!entry) return;
    const padding = (BLOCK - (entry.size % BLOCK)) % BLOCK;
    if (entry.isFile && wanted(entry.name)) {
      const bytes = await portions.take(entry.size);
      if (bytes.length < entry.size) throw new Error('the archive ends in the middle of a file');
      yield { name: entry.name, bytes };
      await portions.skip(padding);
    } else await portions.skip(entry.size + padding);
  }
}
