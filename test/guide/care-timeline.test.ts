import { join } from 'node:path';

import { careTimeline } from '../../src/guide/care-timeline';
import { readClinic } from '../../src/guide/read-clinic';
import type { TimelineRow } from '../../src/model/web-edge';
import { KNOWLEDGE_FOLDER, realKnowledge } from './real-knowledge';

const clinic = readClinic(join(KNOWLEDGE_FOLDER, 'clinics', 'demo.yaml'));
const HOUR = 3_600_000;
/** Thursday, 3:10 pm in New York. */
const treated = Date.parse('2026-11-19T15:10:00-05:00');

function rowAt(hours: number, topic: string): TimelineRow {
  const timeline = careTimeline(realKnowledge(), {
    clinic,
    now: treated + hours * HOUR,
    treatedAt: { from: treated, to: treated },
    insteadSay: null,
  });
  const row = timeline.rows.find((candidate) => candidate.topic === topic);
  if (!row) throw new Error(`Finding the row failed: expected "${topic}" in the timeline.`);
  return row;
}

describe("a patient's timeline", () => {
  it.each([
    [2, 'makeup', 'From tomorrow (Fri) at 3:10 pm, as your guide says.'],
    [30, 'makeup', 'Now, as your guide says.'],
    [2, 'exercise', 'From Sat at 3:10 pm, as your guide says.'],
    [2, 'retinoids', 'Ask the clinic. Not before Thu, Nov 26 at 3:10 pm.'],
    // the date alone never opens what only the clinic may clear
    [400, 'retinoids', 'Ask the clinic.'],
    [400, 'antioxidants_vitamin_c', 'Ask the clinic.'],
    [400, 'tanning_bed', 'Ask the clinic.'],
  ])('says at hour %i of %s: %s', (hours, topic, when) => {
    expect(rowAt(hours, topic).when).toBe(when);
  });

  it('says of each thing what the bot would answer, with nothing left to fill in', () => {
    for (const hours of [0, 30, 100, 200, 400])
      for (const topic of ['makeup', 'sun_exposure', 'retinoids']) {
        const { text } = rowAt(hours, topic);
        expect(text).toMatch(/\.$/);
        expect(text).not.toMatch(/[{}]/);
      }
    expect(rowAt(2, 'makeup').text).toMatch(/24 hours/);
  });

  it('puts what is still to come into the calendar, and nothing that is over', () => {
    expect(rowAt(2, 'makeup').opens).toEqual({ at: treated + 24 * HOUR, text: 'makeup: Now, as your guide says.' });
    expect(rowAt(2, 'retinoids').opens).toEqual({ at: treated + 168 * HOUR, text: 'retinol: Ask the clinic.' });
    expect(rowAt(30, 'makeup').opens).toBeNull();
  });

  it('counts from the later end of an inexact time', () => {
    const { rows } = careTimeline(realKnowledge(), {
      clinic,
      now: treated + 6 * HOUR,
      treatedAt: { from: treated, to: treated + 2 * HOUR },
      insteadSay: null,
    });
    expect(rows.find(({ topic }) => topic === 'makeup')?.opens?.at).toBe(treated + 26 * HOUR);
  });

  it('has no dates without a treatment time, or when the bot gives none, and says why', () => {
    const asked = { clinic, now: treated, treatedAt: null, insteadSay: null };
    expect(careTimeline(realKnowledge(), asked)).toMatchObject({
      treated: null,
      rows: [],
      note: expect.stringMatching(/I do not know when/),
    });
    const open = { ...asked, treatedAt: { from: treated, to: treated }, insteadSay: 'flagStillOpen' };
    expect(careTimeline(realKnowledge(), open)).toMatchObject({
      treated: null,
      rows: [],
      note: expect.stringMatching(/Glow Clinic is still open/),
    });
  });
});
