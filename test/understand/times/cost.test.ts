import { readTimes } from '../../../src/understand/read-times';
import { at, THURSDAY, ZONE } from './tell';

const context = { now: at(THURSDAY), zone: ZONE, treatedAt: null, awaitsTime: false };
let mockLoads = 0;
jest.mock('@microsoft/recognizers-text-date-time', () => {
  mockLoads += 1;
  return jest.requireActual<object>('@microsoft/recognizers-text-date-time');
});

function cpuMs(work: () => void, times: number): number {
  const start = process.cpuUsage();
  for (let count = 0; count < times; count += 1) work();
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000 / times;
}

const REPEATED = [
  '1-1 ', '10-10 ', '1-', '1 - ', '1 ', '1:', '1/1 ', '3 days ago ', 'day 3 ', 'd1 ', '2 or 3 or ', 'had it at 4 ', 'tuesday, ', 'nov ', '\n', '?', ' ',
  'at at at at ', 'a couple of ', 'treatment done on on on ', 'its been been ', 'my last first third ', 'not not had ', 'just got ', 'about like maybe ',
  'had it half past three ', 'the first of november 1-1 treatment ', 'christmas treatment 10-10-10 ',
]; // prettier-ignore

describe('the cost of reading times', () => {
  test('only a date that the own patterns leave unread loads the calendar recogniser', () => {
    for (const text of [
      'is my skin supposed to feel this tight?',
      'had it done yesterday at 3',
      'had my treatment about two weeks ago',
      'done nov 6th',
    ])
      readTimes(text, context);
    expect(mockLoads).toBe(0);
    readTimes('had my treatment on mothers day', context);
    expect(mockLoads).toBe(1);
  });

  test('a message without a time word costs well under 0.1 ms', () => {
    expect(cpuMs(() => readTimes('is it normal that my skin feels tight and looks like a sunburn?', context), 5000)).toBeLessThan(0.05);
  });

  test.each(REPEATED)('2,000 characters of %j stay cheap', (piece) => {
    readTimes('half past three', { ...context, awaitsTime: true });
    const text = piece.repeat(2000).slice(0, 2000);
    for (const awaitsTime of [false, true]) {
      const best = Math.min(...[1, 2, 3].map(() => cpuMs(() => readTimes(text, { ...context, awaitsTime }), 1)));
      expect(best).toBeLessThan(100);
    }
  });
});
