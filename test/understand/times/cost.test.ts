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
  '1-1 ', '10-10 ', '1-', '1 - ', '1 ', '1:', '1/1 ', '12:30 ', '3 days ago ', 'day 3 ', 'd1 ', 'd+2 ', 't+', '2 or 3 or ', 'had it at 4 ', 'at 3 ', 'tuesday, ',
  'yesterday ', 'yestreday ', 'tomorroww ', 'nov ', '\n', '?', ' ', '\u{1F600}', '1\uFE0F\u20E3 ', 'a', 'at at at at ', 'a couple of ', 'treatment done on on on ',
  'its been been ', 'my last first third ', 'not not had ', 'just got ', 'about like maybe ', 'had it half past three ', 'quarter to 5 ', 'half 3 ', 'twenty one ',
  'twenty first of june ', 'the first of november 1-1 treatment ', 'easter treatment 10-10-10 ', 'mothers day treatment 10-10-10 ', 'no wait ', 'actually sorry i mean ',
  'thought it was 3 days ', 'said 3 days but its ', '3 hours 20 minutes ', 'a week ago ', 'be 2 weeks ', 'monday before last ', 'been 3 days been ', 'hours 3 hours ',
  'at 1030 ', 'friday or saturday or ', '1 maybe 2 days ', 'left the the the ', 'weeks ago ', '3 of the afternoon ', 'w/ ', 'n & ',
  'i have 3 days with ', 'yesterday* ', 'err tuesday ', 'had a b c d ', 'in the middle of ', 'post 3 days ', 'first of my ', 'day before the 4th ', 'see you ', 'not yet ',
  'tuesday at 2 not ', 'i will my treatment ', 'there is 3 days that ', 'is tomorrow ', 'friday, the day after ', '24 hours as of ', 'in 3 days it will be ', 'between the 15th and ',
  'next is set ', 'monday: red ', 'good morning or ', 'said wait until ', 'two and half days ', 'it was at 3 not ', 'can i at ', 'the 2nd of last month ', 'my 3pm was ', 'aaaa ',
  'done with a b c ', 'thanks so much for ', 'i have at 20h ', 'will i be ok then ', 'from 2 to 315 ', 'the night before ',
]; // prettier-ignore

/** An ordinary message costs about a third of a millisecond: 60 of them are 20 ms, whatever the machine. */
const MOST_ORDINARY_MESSAGES = 60;

function bestCpuMs(text: string, awaitsTime: boolean, times: number): number {
  return Math.min(...[1, 2, 3, 4].map(() => cpuMs(() => readTimes(text, { ...context, awaitsTime }), times)));
}

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
    readTimes('had my treatment on the first monday of november', context);
    expect(mockLoads).toBe(1);
  });

  test('a message without a time word costs well under 0.1 ms', () => {
    expect(cpuMs(() => readTimes('is it normal that my skin feels tight and looks like a sunburn?', context), 5000)).toBeLessThan(0.05);
  });

  test('2,000 characters of any kind cost less than 60 ordinary messages', () => {
    readTimes('had my treatment on the first monday of november', context);
    const ordinary = 'had it yesterday at 3, can i go to the gym on saturday morning?';
    bestCpuMs(ordinary, false, 200);
    const most = MOST_ORDINARY_MESSAGES * bestCpuMs(ordinary, false, 100);
    const dear = REPEATED.filter((piece) =>
      [false, true].some((awaitsTime) => bestCpuMs(piece.repeat(2000).slice(0, 2000), awaitsTime, 1) > most),
    );
    expect(dear).toEqual([]);
  });
});
