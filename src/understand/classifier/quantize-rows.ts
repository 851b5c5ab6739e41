import type { QuantizedRows } from './classifier-model';

const LARGEST_STEP = 127;

/** How many 32-bit words hold one row of `columns` bytes. */
export const wordsPerRow = (columns: number): number => (columns + 3) >>> 2;

const emptyRows = (rowCount: number, columns: number): { packed: Int32Array; bytes: Int8Array; scales: Float32Array } => {
  const packed = new Int32Array(rowCount * wordsPerRow(columns));
  return { packed, bytes: new Int8Array(packed.buffer), scales: new Float32Array(rowCount) };
};

/** Stores row-major matrices of equal shape side by side, as one byte a number with one scale a row (error at most 1/254 of the row's largest entry). */
export function quantizeRows(matrices: readonly Float32Array[], columnsEach: number): QuantizedRows {
  const columns = columnsEach * matrices.length;
  const rowCount = (matrices[0]?.length ?? 0) / columnsEach;
  const { packed, bytes, scales } = emptyRows(rowCount, columns);
  const stride = wordsPerRow(columns) * 4;
  for (let row = 0; row < rowCount; row++) {
    const from = row * columnsEach;
    let largest = 0;
    for (const matrix of matrices) {
      for (let i = from; i < from + columnsEach; i++) largest = Math.max(largest, Math.abs(matrix[i]!));
    }
    if (largest === 0) continue;
    scales[row] = largest / LARGEST_STEP;
    let at = row * stride;
    for (const matrix of matrices) {
      for (let i = from; i < from + columnsEach; i++) bytes[at++] = Math.round((matrix[i]! / largest) * LARGEST_STEP);
    }
  }
  return { columns, scales, packed };
}

// Wide enough to use whole cache lines of every column, small enough for all of them to stay in the cache.
const TILE = 64;

/** Stores a matrix given column by column (`columns` runs of equal length) in the same row-major form, without a second matrix of floats. */
export function quantizeColumns(columnMajor: Float32Array, columns: number): QuantizedRows {
  const rowCount = columnMajor.length / columns;
  const { packed, bytes, scales } = emptyRows(rowCount, columns);
  const stride = wordsPerRow(columns) * 4;
  const largest = new Float64Array(TILE);
  for (let first = 0; first < rowCount; first += TILE) {
    const end = Math.min(first + TILE, rowCount);
    largest.fill(0);
    for (let column = 0; column < columns; column++) {
      const from = column * rowCount;
      for (let row = first; row < end; row++) {
        const size = Math.abs(columnMajor[from + row]!);
        if (size > largest[row - first]!) largest[row - first] = size;
      }
    }
    for (let row = first; row < end; row++) scales[row] = largest[row - first]! / LARGEST_STEP;
    for (let column = 0; column < columns; column++) {
      const from = column * rowCount;
      for (let row = first; row < end; row++) {
        const size = largest[row - first]!;
        if (size > 0) bytes[row * stride + column] = Math.round((columnMajor[from + row]! / size) * LARGEST_STEP);
      }
    }
  }
  return { columns, scales, packed };
}
