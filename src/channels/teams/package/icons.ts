import type { Rgba } from './png';
import { makePng } from './png';

const TEAL: Rgba = [15, 93, 99, 255];
const WHITE: Rgba = [255, 255, 255, 255];
const CLEAR: Rgba = [255, 255, 255, 0];

/** The two pictures that Teams asks for: 192 points in colour, and 32 points of an outline on nothing. */
export function makeIcons(): { readonly color: Buffer; readonly outline: Buffer } {
  return {
    color: makePng(192, (x, y) => blend(TEAL, WHITE, cover(x, y, 192, isDrop))),
    outline: makePng(32, (x, y) =>
      blend(
        CLEAR,
        WHITE,
        cover(x, y, 32, (u, v) => isDrop(u, v) && !isDrop(0.5 + (u - 0.5) * 1.45, 0.5 + (v - 0.52) * 1.45)),
      ),
    ),
  };
}

/** A drop of serum, on a square from 0 to 1: a circle, and a tip whose sides touch it. */
function isDrop(u: number, v: number): boolean {
  const [x, y] = [u - 0.5, v - 0.6];
  const isCircle = x * x + y * y <= 0.24 * 0.24;
  return isCircle || (v >= 0.16 && v <= 0.469 && Math.abs(x) <= 0.2012 * ((v - 0.16) / 0.309));
}

/** How much of a point lies inside, from 0 to 1. */
function cover(x: number, y: number, size: number, isInside: (u: number, v: number) => boolean): number {
  const steps = [0.125, 0.375, 0.625, 0.875];
  const hits = steps.flatMap((dx) => steps.filter((dy) => isInside((x + dx) / size, (y + dy) / size)));
  return hits.length / (steps.length * steps.length);
}

function blend([r, g, b, a]: Rgba, to: Rgba, share: number): Rgba {
  const mix = (from: number, until: number): number => Math.round(from + (until - from) * share);
  return [mix(r, to[0]), mix(g, to[1]), mix(b, to[2]), mix(a, to[3])];
}
