import { DateTime } from 'luxon';
import { isProactive, mayLeaveAt } from '../../../src/channels/sms/quiet-hours';

const zone = 'America/New_York';
const at = (local: string): number => DateTime.fromISO(local, { zone }).toMillis();
const occasion = { messageId: 'tip-3', byStaff: false, aboutEscalation: false };

describe('quiet hours', () => {
  it.each([
    ['2026-03-10T07:59', '2026-03-10T08:00'],
    ['2026-03-10T08:00', '2026-03-10T08:00'],
    ['2026-03-10T20:59', '2026-03-10T20:59'],
    ['2026-03-10T21:00', '2026-03-11T08:00'],
    // the clocks leave out an hour in this night
    ['2026-03-07T23:30', '2026-03-08T08:00'],
  ])('let what nobody waits for, ready at %s, leave at %s', (ready, leaves) => {
    expect(mayLeaveAt(occasion, zone, at(ready))).toBe(at(leaves));
  });

  it('hold back no answer, no flag or its follow-up, and nothing of staff', () => {
    const night = at('2026-03-10T02:00');
    for (const awaited of [
      { ...occasion, messageId: 'SM1#2' },
      { ...occasion, messageId: 'takeover-1' },
      { ...occasion, messageId: 'sms/smsHelp/SM1' },
      { ...occasion, byStaff: true },
      { ...occasion, aboutEscalation: true },
    ]) {
      expect(isProactive(awaited)).toBe(false);
      expect(mayLeaveAt(awaited, zone, night)).toBe(night);
    }
    expect(isProactive(occasion)).toBe(true);
  });
});
