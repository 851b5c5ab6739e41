import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
}

/** 1980-01-01: the same files always make the same archive. */
const DOS_DATE = 0x21;
const DEFLATE = 8;

/** Packs files into a ZIP archive; the few bytes of a Teams app need no library. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data);
    const facts = factsOf(name, data, packed);
    const local = Buffer.concat([signature(0x04034b50), facts, Buffer.from(name, 'latin1'), packed]);
    directory.push(Buffer.concat([signature(0x02014b50), short(20), facts, tailOf(offset), Buffer.from(name, 'latin1')]));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const count = short(entries.length);
  const end = Buffer.concat([signature(0x06054b50), short(0), short(0), count, count, long(listing.length), long(offset), short(0)]);
  return Buffer.concat([...parts, listing, end]);
}

/** What the header of a file and its line in the directory share. */
function factsOf(name: string, data: Buffer, packed: Buffer): Buffer {
  return Buffer.concat([
    ...[short(20), short(0), short(DEFLATE), short(0), short(DOS_DATE), long(crc32(data)), long(packed.length), long(data.length)],
    ...[short(name.length), short(0)],
  ]);
}

/** No comment, one disk, no attributes, then where the file begins. */
function tailOf(offset: number): Buffer {
  return Buffer.concat([short(0), short(0), short(0), long(0), long(offset)]);
}

function signature(number: number): Buffer {
  return long(number);
}

function short(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(number);
  return bytes;
}

function long(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}
