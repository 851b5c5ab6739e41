import { DateTime } from 'luxon';
import { newConversationState } from '../../src/model/turn';
import { noteTreatmentTime } from '../../src/turn/note-message';

const zone = 'America/New_York';
const at = (local: string): number => DateTime.fromISO(local, { zone }).toMillis();

describe('the hour told after the day', () => {
  test.each([
    ['2026-10-31', '2026-11-01'],
    ['2026-03-07', '2026-03-08'],
    ['2026-07-14', '2026-07-15'],
  ])('keeps its place on the clock of %s when it is told on %s', (day, today) => {
    const state = { ...newConversationState(), awaiting: 'treatment_time' as const };
    state.treatedAt = { from: at(`${day}T08:00`), to: at(`${day}T20:00`) };
    const noon = { from: at(`${today}T11:30`), to: at(`${today}T12:30`) };
    noteTreatmentTime(state, { times: { treatment: noon, asked: null } }, { now: at(`${today}T14:00`), zone });
    expect(state.treatedAt).toEqual({ from: at(`${day}T11:30`), to: at(`${day}T12:30`) });
  });
});
