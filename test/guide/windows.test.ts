import type { StandingAsked, TopicStanding } from '../../src/guide/find-standing';
import { findStanding } from '../../src/guide/find-standing';
import { GUIDE_HOURS } from '../../src/guide/guide-hours';
import type { Topic } from '../../src/model/knowledge';
import { QUALIFIERS } from '../../src/model/words';
import type { Qualifier, Verdict } from '../../src/model/words';
import { realKnowledge, topicOf } from './real-knowledge';

const HOURS = Array.from({ length: 801 }, (_, index) => index / 2);
const TOPICS = [...realKnowledge().topics.values()];
const FORMS = TOPICS.flatMap((topic) =>
  [null, ...(topic.variants ?? []).map((variant) => variant.id)].map((variant) => ({ topic, variant, name: nameOf(topic, variant) })),
);
const COLOURS: readonly (readonly Qualifier[])[] = [[], ...QUALIFIERS.map((qualifier) => [qualifier])];

/** The first hour at which the guide lets a form of a topic be allowed; Infinity: only the clinic opens it. */
const EARLIEST: Readonly<Record<string, number>> = Object.fromEntries(GUIDE_HOURS.map((entry) => [entry.form, entry.allowedFrom]));

/** Forms that are open from the first hour: the guide's own first-day care, and what the clinic itself gave. */
const OPEN_FROM_THE_START = GUIDE_HOURS.filter((entry) => entry.allowedFrom === 0).map((entry) => entry.form);

/** Forms that the clinic decides in the second week (168 to 336 h): a date in the guide and a clearance must both hold. */
const CLEARED_IN_WEEK_TWO = GUIDE_HOURS.filter((entry) => entry.askFrom === 168 && entry.allowedFrom === 336).map((entry) => entry.form);

function nameOf(topic: Topic, variant: string | null): string {
  return variant ? `${topic.id}/${variant}` : topic.id;
}

function standingAt(topic: Topic, hour: number, more: Partial<StandingAsked> = {}): TopicStanding {
  return findStanding(topic, { variant: null, intent: 'may_i', qualifiers: [], hours: { min: hour, max: hour }, ...more });
}

function verdictOf(form: string, min: number, max = min): Verdict {
  const [id = '', variant = null] = form.split('/');
  if (!FORMS.some((each) => each.name === form))
    throw new Error(`Finding a form of a topic failed: expected "${form}" in knowledge/microneedling/topics.`);
  return findStanding(topicOf(id), { variant, intent: 'may_i', qualifiers: [], hours: { min, max } }).verdict;
}

describe.each(FORMS)('$name', ({ topic, variant, name }) => {
  const at = (hour: number, qualifiers: readonly Qualifier[] = []): TopicStanding => standingAt(topic, hour, { variant, qualifiers });
  const isAllowedAt = (hour: number): boolean => COLOURS.some((colour) => at(hour, colour).verdict === 'allowed');

  test('has a standing with a text at every hour and for every colouring', () => {
    const untold = HOURS.filter((hour) => COLOURS.some((colour) => !(at(hour, colour).say in topic.words.answers)));
    expect(untold).toEqual([]);
  });

  test('stays open once it is open', () => {
    const first = HOURS.find(isAllowedAt);
    expect(HOURS.filter((hour) => first !== undefined && hour > first && at(hour).verdict !== 'allowed')).toEqual([]);
  });

  test('names the next opening exactly while one lies ahead', () => {
    const opening = HOURS.find((hour) => at(hour).verdict === 'allowed');
    const wrong = HOURS.filter((hour) => at(hour).opensAtHours !== (opening !== undefined && hour < opening ? opening : null));
    expect(wrong).toEqual([]);
  });

  test('is never allowed before its hour in the guide', () => {
    const earliest = EARLIEST[name] ?? Infinity;
    expect(HOURS.filter((hour) => isAllowedAt(hour) && hour < earliest)).toEqual([]);
  });

  test('is not allowed while the hour is unknown, unless it is open from the start', () => {
    const verdict = findStanding(topic, { variant, intent: 'may_i', qualifiers: [], hours: null }).verdict;
    expect(verdict === 'allowed' && !OPEN_FROM_THE_START.includes(name)).toBe(false);
  });
});

describe('what the guide opens', () => {
  const opening = Object.entries(EARLIEST).filter(([, hour]) => hour > 0 && hour < Infinity);
  test.each(opening)('%s is allowed at exactly %d h and not half an hour before', (form, hour) => {
    expect(verdictOf(form, hour - 0.5)).not.toBe('allowed');
    expect(verdictOf(form, hour - 0.001)).not.toBe('allowed');
    expect(verdictOf(form, hour)).toBe('allowed');
  });

  test.each(Object.keys(EARLIEST).filter((form) => EARLIEST[form] === Infinity))('only the clinic opens %s', (form) => {
    expect(HOURS.filter((hour) => verdictOf(form, hour) === 'allowed')).toEqual([]);
    expect(verdictOf(form, 400)).toBe('ask_clinic');
  });

  test.each(CLEARED_IN_WEEK_TWO)('%s is for the clinic to clear from 168 to 336 h', (form) => {
    expect(HOURS.filter((hour) => verdictOf(form, hour) === 'ask_clinic')).toEqual(HOURS.filter((hour) => hour >= 168 && hour < 336));
  });

  test.each(['moisturizer', 'panthenol', 'repair_cream'])('%s that the clinic gave is allowed from the first hour', (id) => {
    expect(verdictOf(id, 0)).toBe('not_yet');
    expect(verdictOf(`${id}/clinic_gave`, 0)).toBe('allowed');
  });

  test('no answer to why or how long allows anything by itself', () => {
    const allowing = TOPICS.flatMap((topic) =>
      Object.entries(topic.byIntent ?? {})
        .filter(([, standing]) => standing.verdict === 'allowed')
        .map(([intent]) => `${topic.id}.${intent}`),
    );
    expect(allowing).toEqual([]);
  });
});

describe('topics on which the guide is silent', () => {
  test.each(TOPICS.filter((topic) => topic.kind === 'silent').map((topic) => [topic.id, topic] as const))(
    '%s always goes to the clinic',
    (_, topic) => {
      const verdicts = new Set(HOURS.flatMap((hour) => COLOURS.map((qualifiers) => standingAt(topic, hour, { qualifiers }).verdict)));
      expect([...verdicts]).toEqual(['ask_clinic']);
      expect(findStanding(topic, { variant: null, intent: 'why', qualifiers: [], hours: null }).verdict).toBe('ask_clinic');
    },
  );

  test('the supplements from other sources stay off until a clinic signs them', () => {
    const on = TOPICS.filter((topic) => topic.supplement?.some((entry) => entry.enabled && entry.signedBy === ''));
    expect(on.map((topic) => topic.id)).toEqual([]);
  });
});

describe('signs at the guide’s boundaries', () => {
  const SIGNS: readonly (readonly [
    topic: string,
    hour: number,
    qualifiers: readonly Qualifier[],
    verdict: Verdict,
    disposition: string,
  ])[] = [
    ['redness', 0, [], 'expected', 'self_care'],
    ['redness', 23.5, ['worse'], 'expected', 'self_care'],
    ['redness', 24, ['worse'], 'watch', 'ask_clinic'],
    ['redness', 47.5, ['worse'], 'watch', 'ask_clinic'],
    ['redness', 48, ['worse'], 'watch', 'urgent'],
    ['redness', 48, ['new'], 'watch', 'urgent'],
    ['redness', 95.5, ['strong'], 'expected', 'self_care'],
    ['redness', 96, ['strong'], 'watch', 'ask_clinic'],
    ['redness', 167.5, [], 'expected', 'self_care'],
    ['redness', 168, [], 'watch', 'ask_clinic'],
    ['swelling', 47.5, [], 'expected', 'self_care'],
    ['swelling', 0, ['strong'], 'watch', 'ask_clinic'],
    ['swelling', 48, [], 'watch', 'ask_clinic'],
    ['swelling', 48, ['new'], 'watch', 'urgent'],
    ['warmth', 47.5, [], 'expected', 'self_care'],
    ['warmth', 48, [], 'watch', 'ask_clinic'],
    ['warmth', 48, ['worse'], 'watch', 'urgent'],
    ['tenderness', 47.5, [], 'expected', 'self_care'],
    ['tenderness', 48, [], 'watch', 'ask_clinic'],
    ['peeling_flaking', 23.5, [], 'watch', 'self_care'],
    ['peeling_flaking', 23.5, ['strong'], 'watch', 'ask_clinic'],
    ['peeling_flaking', 24, [], 'expected', 'self_care'],
    ['peeling_flaking', 96, ['worse'], 'watch', 'ask_clinic'],
    ['peeling_flaking', 167.5, [], 'expected', 'self_care'],
    ['peeling_flaking', 168, [], 'watch', 'ask_clinic'],
    ['rough_texture', 23.5, [], 'watch', 'self_care'],
    ['rough_texture', 24, [], 'expected', 'self_care'],
    ['rough_texture', 168, [], 'watch', 'ask_clinic'],
    ['sensitivity', 95.5, [], 'expected', 'self_care'],
    ['sensitivity', 96, [], 'watch', 'self_care'],
    ['sensitivity', 168, [], 'watch', 'ask_clinic'],
    ['tightness_dryness', 167.5, [], 'expected', 'self_care'],
    ['tightness_dryness', 168, [], 'watch', 'ask_clinic'],
  ];
  test.each(SIGNS)('%s at %d h, %j, is %s and calls for %s', (id, hour, qualifiers, verdict, disposition) => {
    expect(standingAt(topicOf(id), hour, { qualifiers })).toMatchObject({ verdict, disposition });
  });

  test('no sign is expected after a week', () => {
    const late = TOPICS.filter((topic) => topic.kind === 'sign').filter((topic) =>
      HOURS.some((hour) => hour >= 168 && COLOURS.some((qualifiers) => standingAt(topic, hour, { qualifiers }).verdict === 'expected')),
    );
    expect(late.map((topic) => topic.id)).toEqual([]);
  });

  test('a sign asked with "why" after a week still goes to the clinic', () => {
    for (const topic of TOPICS.filter((entry) => entry.kind === 'sign')) {
      expect(standingAt(topic, 200, { intent: 'why' })).toMatchObject({ verdict: 'watch', disposition: 'ask_clinic' });
    }
  });
});

describe('a question for the reason', () => {
  test.each([
    ['exercise', 20, 'why', 'info', 'why'],
    ['exercise', 60, 'why', 'info', 'why'],
    ['exercise', 20, 'risk', 'not_yet', 'why'],
    ['exercise', 20, 'effect', 'not_yet', 'why'],
    ['exercise', 60, 'risk', 'allowed', 'open'],
    ['exercise', 20, 'how_long', 'info', 'before'],
    ['retinoids', 200, 'risk', 'ask_clinic', 'why'],
    ['hyaluronic_acid', 20, 'effect', 'info', 'effect'],
    ['redness', 20, 'why', 'expected', 'why'],
    ['redness', 20, 'when', 'info', 'general'],
    ['redness', 200, 'why', 'watch', 'late'],
  ] as const)('about %s at %d h ("%s") keeps the verdict %s and says "%s"', (id, hour, intent, verdict, say) => {
    expect(standingAt(topicOf(id), hour, { intent })).toMatchObject({ verdict, say });
  });

  test.each(['when', 'how', 'how_long'])(
    '"%s" asks about a sign in general while it is expected, and of one that stays it is the clinic',
    (intent) => {
      for (const topic of TOPICS.filter(({ kind }) => kind === 'sign')) {
        const expectedAt = HOURS.find((hour) => standingAt(topic, hour).verdict === 'expected');
        expect(standingAt(topic, expectedAt ?? 0, { intent }).verdict).toBe('info');
        expect(standingAt(topic, 200, { intent })).toMatchObject({ verdict: 'watch', disposition: 'ask_clinic' });
      }
    },
  );

  test('about a sign that grows is answered like any other message about it', () => {
    expect(standingAt(topicOf('redness'), 50, { intent: 'why', qualifiers: ['worse'] })).toMatchObject({ disposition: 'urgent' });
  });
});

describe('an hour that is known as a range', () => {
  test.each([
    ['makeup', 20, 30, 'not_yet'],
    ['makeup', 24, 47, 'allowed'],
    ['exercise', 40, 60, 'not_yet'],
    ['retinoids', 160, 200, 'not_yet'],
    ['retinoids', 300, 340, 'ask_clinic'],
    ['antioxidants_vitamin_c', 110, 130, 'not_yet'],
    ['sunscreen', 20, 30, 'not_yet'],
  ] as const)('%s from %d to %d h reads the earlier hour: %s', (form, min, max, verdict) => {
    expect(verdictOf(form, min, max)).toBe(verdict);
  });

  test.each([
    ['redness', 150, 170, 'watch'],
    ['swelling', 40, 50, 'watch'],
    ['warmth', 30, 47, 'expected'],
  ] as const)('%s from %d to %d h reads the later hour: %s', (form, min, max, verdict) => {
    expect(verdictOf(form, min, max)).toBe(verdict);
  });

  test.each(FORMS)('$name reads a range by its one deciding end', ({ topic, variant }) => {
    const ranges = HOURS.filter((hour) => hour % 6 === 0).flatMap((min) => [1, 12, 36, 100].map((width) => ({ min, max: min + width })));
    for (const hours of ranges) {
      const end = topic.hoursRule === 'permission' ? hours.min : hours.max;
      expect(standingAt(topic, end, { variant, hours })).toEqual(standingAt(topic, end, { variant }));
    }
  });

  test('every permission reads the earlier hour and every sign the later', () => {
    const rules = { permission: 'permission', sign: 'sign' } as const;
    const wrong = TOPICS.filter((topic) => topic.kind in rules && topic.hoursRule !== rules[topic.kind as keyof typeof rules]);
    expect(wrong.map((topic) => topic.id)).toEqual([]);
  });

  test('an hour before the treatment ended counts as the first hour', () => {
    expect(verdictOf('makeup', -3)).toBe('not_yet');
    expect(verdictOf('redness', -3)).toBe('expected');
  });
});
