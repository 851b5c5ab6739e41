import { crc32 } from 'node:zlib';
import { AftercareError } from '../../tools/errors';
import type { Calibration, ClassifierModel, NetPart, QuantizedRows, SvmPart } from './classifier-model';
import { wordsPerRow } from './quantize-rows';
import { restoreVocabulary } from './vocabulary';

/*
 * A model file: 8 bytes magic with version, header length (u32), CRC-32 of all that follows the prologue (u32), header (JSON, padded to 4),
 * then the number blocks in the order the header's sizes imply, each padded to 4 bytes. Numbers are little-endian.
 */
const MAGIC = 'AFTCLS02';
const MAGIC_FAMILY = 'AFTCLS';
const PROLOGUE_BYTES = 16;

interface Header {
  readonly labels: readonly string[];
  readonly features: number;
  readonly hidden: number;
  readonly hasSvm: boolean;
  readonly wordBlockWeight: number;
  readonly calibration: Calibration;
}

const padded = (bytes: number): number => (bytes + 3) & ~3;

const unreadable = (found: string): AftercareError =>
  new AftercareError(
    'MODEL_UNREADABLE',
    `Reading the classifier model failed: ${found}; expected a whole ${MAGIC} file. Delete it to train anew`,
  );

function headerBytes(header: Header): Buffer {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  return Buffer.concat([json, Buffer.alloc(padded(json.length) - json.length, 0x20)]);
}

function blocksOf(model: ClassifierModel): (Int32Array | Float32Array)[] {
  const { vocabulary, net, svm } = model;
  return [
    vocabulary.low,
    vocabulary.high,
    vocabulary.idf,
    ...(net ? [net.input.scales, net.input.packed, net.hiddenBias, net.output, net.outputBias] : []),
    ...(svm ? [svm.weights.scales, svm.weights.packed, svm.bias] : []),
  ];
}

/** Packs a model into one compact, checksummed buffer (about one byte a weight). */
export function serializeModel(model: ClassifierModel): Buffer {
  const header = headerBytes({
    labels: model.labels,
    features: model.vocabulary.idf.length,
    hidden: model.net?.hiddenBias.length ?? 0,
    hasSvm: model.svm !== null,
    wordBlockWeight: model.wordBlockWeight,
    calibration: model.calibration,
  });
  const blocks = blocksOf(model);
  const size = PROLOGUE_BYTES + header.length + blocks.reduce((sum, block) => sum + padded(block.byteLength), 0);
  const file = Buffer.alloc(size);
  file.write(MAGIC, 0, 'latin1');
  file.writeUInt32LE(header.length, 8);
  header.copy(file, PROLOGUE_BYTES);
  let at = PROLOGUE_BYTES + header.length;
  for (const block of blocks) {
    file.set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength), at);
    at += padded(block.byteLength);
  }
  file.writeUInt32LE(crc32(file.subarray(PROLOGUE_BYTES)), 12);
  return file;
}

/** Hands out the number blocks of a file one after the other, each as a view on the same aligned copy. */
class BlockReader {
  private at = 0;

  constructor(private readonly bytes: ArrayBuffer) {}

  private take(byteLength: number): number {
    const from = this.at;
    this.at += padded(byteLength);
    if (this.at > this.bytes.byteLength) throw unreadable('its number blocks are shorter than its header says');
    return from;
  }

  ints(count: number): Int32Array {
    return new Int32Array(this.bytes, this.take(count * 4), count);
  }

  floats(count: number): Float32Array {
    return new Float32Array(this.bytes, this.take(count * 4), count);
  }

  matrix(rows: number, columns: number): QuantizedRows {
    const scales = this.floats(rows);
    return { columns, scales, packed: this.ints(rows * wordsPerRow(columns)) };
  }
}

function readHeader(bytes: Buffer): Header {
  const start = bytes.toString('latin1', 0, MAGIC.length);
  if (!start.startsWith(MAGIC_FAMILY)) throw unreadable('it is not a classifier model');
  if (start !== MAGIC) throw unreadable(`it has format ${start}`);
  if (bytes.length < PROLOGUE_BYTES) throw unreadable('it ends within its first bytes');
  const headerLength = bytes.readUInt32LE(8);
  if (PROLOGUE_BYTES + headerLength > bytes.length) throw unreadable('it ends within its header');
  if (crc32(bytes.subarray(PROLOGUE_BYTES)) !== bytes.readUInt32LE(12))
    throw unreadable('its checksum does not match (cut short or altered)');
  return JSON.parse(bytes.toString('utf8', PROLOGUE_BYTES, PROLOGUE_BYTES + headerLength)) as Header;
}

/** Unpacks a model; throws MODEL_UNREADABLE when the bytes are foreign, of another version, cut short or altered. */
export function deserializeModel(bytes: Buffer): ClassifierModel {
  const header = readHeader(bytes);
  const bodyFrom = bytes.byteOffset + PROLOGUE_BYTES + bytes.readUInt32LE(8);
  // A copy of our own is aligned for 32-bit views and does not keep a pooled buffer alive.
  const reader = new BlockReader(bytes.buffer.slice(bodyFrom, bytes.byteOffset + bytes.length) as ArrayBuffer);
  const { features, hidden, labels } = header;
  const vocabulary = restoreVocabulary(reader.ints(features), reader.ints(features), reader.floats(features));
  const net: NetPart | null =
    hidden === 0
      ? null
      : {
          input: reader.matrix(features, hidden),
          hiddenBias: reader.floats(hidden),
          output: reader.floats(labels.length * hidden),
          outputBias: reader.floats(labels.length),
        };
  const svm: SvmPart | null = header.hasSvm
    ? { weights: reader.matrix(features, labels.length), bias: reader.floats(labels.length) }
    : null;
  return { labels, vocabulary, wordBlockWeight: header.wordBlockWeight, net, svm, calibration: header.calibration };
}
