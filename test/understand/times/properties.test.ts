import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { TimeSpan } from '../../../src/model/words';
import { readTimes } from '../../../src/understand/read-times';
import { at, THURSDAY } from './tell';

const HOUR = 3_600_000;
const WORDS =
  'had it done got my microneedling treatment session yesterday tomorrow tuesday friday last next this week weekend at around 4 3:30 2pm 12 day d3 3 days hours ago in out post since after for a few couple can i run makeup tonight morning noon on the 15th nov 31 2/30 11/19 actually no wait or not its been just left clinic ? , . - ish half past three christmas no i said thought told but its been two weeks sorry maybe before ago before last will be quarter to five d+2 36h t+ 0930 easter mothers'.split(
    ' ',
  );
const phrase = fc.array(fc.constantFrom(...WORDS), { maxLength: 24 }).map((words) => words.join(' '));
const anyText = fc.oneof(phrase, fc.string({ maxLength: 300, unit: 'grapheme' }), fc.string({ maxLength: 300, unit: 'binary' }));
const start = at('2026-01-01T00:00');
const anyContext = fc.record({
  now: fc.integer({ min: start, max: start + 400 * 86_400_000 }),
  zone: fc.constantFrom('America/New_York', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC', 'not/a zone'),
  treatedAt: fc.constantFrom<TimeSpan | null>(null, { from: start, to: start }, { from: at(THURSDAY), to: at(THURSDAY) + 3_600_000 }),
  awaitsTime: fc.boolean(),
});

function isInOrder(span: TimeSpan | null): boolean {
  return span === null || (Number.isFinite(span.from) && span.from <= span.to);
}

describe('reading times from any text', () => {
  test('never throws, keeps spans in order and gives the same answer twice', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        const said = readTimes(text, context);
        expect(isInOrder(said.treatment)).toBe(true);
        expect(isInOrder(said.asked)).toBe(true);
        expect(readTimes(text, context)).toEqual(said);
      }),
      { numRuns: 1500 },
    );
  });

  test('an asked moment is never over', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        const { asked } = readTimes(text, context);
        expect(asked === null || asked.to >= context.now).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  test('counts hours as they pass and days as the clinic lives them, across clock changes', () => {
    const zones = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'];
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: start + 365 * 86_400_000 }),
        fc.constantFrom(...zones),
        fc.integer({ min: 2, max: 90 }),
        fc.integer({ min: 8, max: 19 }),
        (now, zone, hours, clock) => {
          const told = (text: string): TimeSpan | null => readTimes(text, { now, zone, treatedAt: null, awaitsTime: false }).treatment;
          expect(told(`had it ${hours} hours ago`)).toEqual({ from: now - (hours + 0.5) * HOUR, to: now - (hours - 0.5) * HOUR });
          const yesterday = DateTime.fromMillis(now, { zone })
            .minus({ days: 1 })
            .set({ hour: clock, minute: 0, second: 0, millisecond: 0 })
            .toMillis();
          expect(told(`had it yesterday at ${clock}:00`)).toEqual({ from: yesterday, to: yesterday });
        },
      ),
      { numRuns: 400 },
    );
  });

  test('an hour asked ahead begins a little early, never before now', () => {
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + 365 * 86_400_000 }), fc.integer({ min: 1, max: 48 }), (now, hours) => {
        const { asked } = readTimes(`can i run in ${hours} hours`, { now, zone: 'America/New_York', treatedAt: null, awaitsTime: false });
        expect(asked === null ? null : [asked.from >= now, asked.from < now + hours * HOUR, asked.to > now + hours * HOUR]).toEqual([
          true,
          true,
          true,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  test('reads the same whatever zone the machine is in', () => {
    const context = { now: at(THURSDAY), zone: 'America/New_York', treatedAt: null, awaitsTime: true };
    const machineZone = process.env['TZ'];
    const read = (): unknown =>
      ['yesterday at 3', 'november seventh', '3 days ago', 'tuesday morning'].map((text) => readTimes(text, context));
    const here = read();
    process.env['TZ'] = 'Pacific/Kiritimati';
    const there = read();
    if (machineZone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = machineZone;
    expect(there).toEqual(here);
  });
});
