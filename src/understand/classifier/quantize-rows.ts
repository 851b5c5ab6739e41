import type { QuantizedRows } from './classifier-model';

const LARGEST_STEP = 127;

/** Stores a row-major matrix as one byte a number with one scale a row (error at most 1/254 of the row's largest entry). */
export function quantizeRows(matrix: Float32Array, columns: number): QuantizedRows {
  const rowCount = matrix.length / columns;
  const scales = new Float32Array(rowCount);
  const values = new Int8Array(matrix.length);
  for (let row = 0; row < rowCount; row++) {
    const from = row * columns;
    let largest = 0;
    for (let i = from; i < from + columns; i++) largest = Math.max(largest, Math.abs(matrix[i]!));
    if (largest === 0) continue;
    scales[row] = largest / LARGEST_STEP;
    for (let i = from; i < from + columns; i++) values[i] = Math.round((matrix[i]! / largest) * LARGEST_STEP);
  }
  return { columns, scales, values };
}

// Wide enough to use whole cache lines of every column, small enough for all of them to stay in the cache.
const TILE = 64;

/** Stores a matrix given column by column (`columns` runs of equal length) in the same row-major form, without a second matrix of floats. */
export function quantizeColumns(columnMajor: Float32Array, columns: number): QuantizedRows {
  const rowCount = columnMajor.length / columns;
  const scales = new Float32Array(rowCount);
  const values = new Int8Array(columnMajor.length);
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
        if (size > 0) values[row * columns + column] = Math.round((columnMajor[from + row]! / size) * LARGEST_STEP);
      }
    }
  }
  return { columns, scales, values };
}
