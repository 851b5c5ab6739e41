import { dialogs } from '../../dialogs';
import { findUnsaid, LATE_EVENING, listAnswers, LONGEST_CLINIC, runAnswers } from '../../src/cli/answers';
import { GUIDE_HOURS, SIGN_HOURS } from '../../src/guide/guide-hours';
import type { Knowledge, Topic, TopicWindow } from '../../src/model/knowledge';
import { realKnowledge, topicOf } from '../guide/real-knowledge';

const real = realKnowledge();

/** The shipped knowledge with one topic changed. */
function withTopic(topic: Topic): Knowledge {
  return { ...real, topics: new Map([...real.topics, [topic.id, topic]]) };
}

function withAnswer(id: string, say: string, text: string): Knowledge {
  const topic = topicOf(id);
  return withTopic({ ...topic, words: { ...topic.words, answers: { ...topic.words.answers, [say]: text } } });
}

/** The shipped knowledge in which the windows of one form are others. */
function withWindows(form: string, change: (windows: readonly TopicWindow[]) => TopicWindow[]): Knowledge {
  const [id = '', variant] = form.split('/');
  const topic = topicOf(id);
  if (variant === undefined) return withTopic({ ...topic, windows: change(topic.windows) });
  const variants = (topic.variants ?? []).map((entry) => (entry.id === variant ? { ...entry, windows: change(entry.windows) } : entry));
  return withTopic({ ...topic, variants });
}

/** Every edge at an hour moved to another one. */
function moveEdge(windows: readonly TopicWindow[], from: number, to: number): TopicWindow[] {
  return windows.map((window) => ({
    ...window,
    from: window.from === from ? to : window.from,
    ...(window.until === undefined ? {} : { until: window.until === from ? to : window.until }),
  }));
}

async function faultsOf(knowledge: Knowledge, topic: string): Promise<string[]> {
  const rows = await listAnswers({ knowledge, dialogs, clinic: LONGEST_CLINIC, now: LATE_EVENING }, [topic]);
  return rows.flatMap((row) => row.faults);
}

async function run(args: readonly string[], knowledge = real): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await runAnswers({ knowledge, dialogs }, args, (line) => lines.push(line));
  return { code, lines };
}

describe('a window that was moved is caught by the hours of the guide', () => {
  const opening = GUIDE_HOURS.filter((entry) => entry.allowedFrom > 0 && entry.allowedFrom < Infinity);
  test.each(opening)('$form allowed an hour before $allowedFrom h', async ({ form, allowedFrom }) => {
    const knowledge = withWindows(form, (windows) => moveEdge(windows, allowedFrom, allowedFrom - 1));
    expect(await faultsOf(knowledge, form.split('/')[0]!)).toContain(`allowed from ${allowedFrom - 1} h; the guide: ${allowedFrom} h`);
  });

  const asking = GUIDE_HOURS.filter((entry) => entry.askFrom !== undefined);
  test.each(asking)('$form for the clinic to clear an hour before $askFrom h', async ({ form, askFrom }) => {
    const knowledge = withWindows(form, (windows) => moveEdge(windows, askFrom!, askFrom! - 1));
    expect((await faultsOf(knowledge, form.split('/')[0]!)).join('\n')).toContain(`the clinic is asked from ${askFrom! - 1} h`);
  });

  test('a tanning bed, which no hour opens', async () => {
    const knowledge = withWindows('tanning_bed', (windows) => windows.map((window) => ({ ...window, verdict: 'allowed' })));
    expect((await faultsOf(knowledge, 'tanning_bed')).join('\n')).toContain('the guide: Infinity h');
  });

  test('a topic of which the guide says nothing', async () => {
    const knowledge = withWindows('swimming', (windows) => windows.map((window) => ({ ...window, verdict: 'allowed' })));
    expect((await faultsOf(knowledge, 'swimming')).join('\n')).toContain('allowed from 0 h; the guide: Infinity h');
  });

  test('a permission while the hour is not known', async () => {
    const makeup = topicOf('makeup');
    const knowledge = withTopic({ ...makeup, unknownTime: { ...makeup.unknownTime, verdict: 'allowed' } });
    expect((await faultsOf(knowledge, 'makeup')).join('\n')).toContain('allowed from an unknown h');
  });

  test('a permission that reads the later end of an uncertain hour', async () => {
    const knowledge = withTopic({ ...topicOf('makeup'), hoursRule: 'protective' });
    expect(await faultsOf(knowledge, 'makeup')).toContain('allowed from 18 h; the guide: 24 h');
  });

  test.each(Object.entries(SIGN_HOURS))('%s called expected after the hours in which the guide describes it', async (id, { until }) => {
    const knowledge = withWindows(id, (windows) => moveEdge(windows, until, until + 1));
    expect((await faultsOf(knowledge, id)).join('\n')).toContain(`to ${until + 1} h; the guide`);
  });

  test.each(GUIDE_HOURS.filter((entry) => (entry.approvedUntil ?? 0) > 0))(
    '$form allowed without a word on the approval of the clinic',
    async ({ form, allowedFrom }) => {
      const [id = '', variant] = form.split('/');
      const windows = variant ? topicOf(id).variants?.find((entry) => entry.id === variant)?.windows : topicOf(id).windows;
      const say = windows?.find((window) => window.from === allowedFrom)?.say ?? '';
      expect(await faultsOf(withAnswer(id, say, 'Yes, on calm skin.'), id)).toContain("allowed without a word on the clinic's approval");
    },
  );

  test('each hour of the table names facts of the guide', () => {
    const known = new Set(real.treatment.facts.map((fact) => fact.id));
    const named = [...GUIDE_HOURS, ...Object.values(SIGN_HOURS)].map((entry) => entry.facts);
    expect(named.filter((facts) => facts.length === 0 || facts.some((fact) => !known.has(fact)))).toEqual([]);
  });
});

describe('a text that breaks a rule is caught where the patient would read it', () => {
  const long = 'Keep it dry and out of the sun. '.repeat(9).trim();
  test.each([
    ['says yes too soon', 'Yes, from {opens}, which is 24 hours.', 'says "Yes" while it is not allowed'],
    ['has a hole', 'Not before {opening}.', 'the turn failed'],
    ['has a brace left over', 'Not yet. Wait 24 hours}.', 'a hole'],
    ['is empty after a line', 'Not yet. Wait 24 hours.\n\nStay in.', 'punctuation that stands alone'],
    ['has a space too many', 'Not yet.  Wait 24 hours.', 'a space too many'],
    ['stops in the middle', 'Not yet. Wait 24 hours until', 'expected a whole sentence'],
    ['says a sentence twice', 'Not yet. Wait 24 hours. Not yet.', 'says twice'],
    ['asks two questions', 'Not yet. Is it red? Is it sore?', 'expected one question'],
    ['shouts', 'Not yet. Wait 24 hours!', 'expected no exclamation mark'],
    ['reassures', "Not yet. You're fine.", 'reassures'],
    ['is hard to read', 'Not yet. Administer dermatological preparations exclusively.', 'expected grade 6'],
    ['makes up an hour', 'Not yet. Wait 36 hours.', '36 hours stand nowhere in the guide'],
    ['makes up days', 'Not yet. Wait 10 days.', '10 days stand nowhere in the guide'],
    ['says days without hours', 'Not yet. Wait 2 days.', 'expected hours or a clock time beside days'],
    ['says one unit of a temperature', 'Not yet. Call if you have 100.4 F.', 'expected both units'],
    ['says a broken number', 'Not yet. Wait 24.5 hours.', 'expected whole numbers'],
    ['is too long for two SMS parts', long, 'expected one SMS of two parts'],
    ['asks for a word the carrier takes', 'Not yet. Reply STOP to wait.', 'asks for a word on which the carrier acts'],
  ])('%s', async (_, text, fault) => {
    expect((await faultsOf(withAnswer('makeup', 'before', text), 'makeup')).join('\n')).toContain(fault);
  });

  test('one without a source', async () => {
    const makeup = topicOf('makeup');
    const knowledge = withTopic({ ...makeup, windows: makeup.windows.map((window) => ({ ...window, facts: [] })) });
    expect(await faultsOf(knowledge, 'makeup')).toContain('expected the section of the guide it comes from');
  });

  test('a sign without the line that says when to write again', async () => {
    const language = { ...real.language, phrases: { ...real.language.phrases, worsening: 'Write again.' } };
    expect(await faultsOf({ ...real, language }, 'redness')).toContain('expected the line that says when to write again');
  });

  test('a text that nobody is ever told', () => {
    const knowledge = withAnswer('makeup', 'spare', 'Wait.');
    const unsaid = findUnsaid(knowledge, []).join('\n');
    expect(unsaid).toContain('topics/makeup/en.yaml: answers.spare: nothing leads to it');
    expect(unsaid).toContain('red-flags/e01-anaphylaxis/en.yaml: told: nothing leads to it');
    expect(unsaid).not.toContain('photo_sent');
  });
});

describe('the command', () => {
  test('prints each answer once with its hours, verdict, source and cost', async () => {
    const { code, lines } = await run(['--topic', 'makeup']);
    expect(code).toBe(0);
    const text = lines.join('\n');
    expect(text).toContain('## makeup');
    expect(text).toMatch(/0-24 h \| any \| web, teams\n {2}not_yet, self_care \| grade [\d.]+ \| \d+ characters \| G044 G082\n {4}Not yet/);
    expect(text).toMatch(/24-48 h.* \| any \| sms\n.*SMS of 2 parts \| G044 G040\n {4}Yes, if your skin is calm/);
  });

  test('gives programs an object a line, with every channel and the hours in order', async () => {
    const { lines } = await run(['--topic', 'exercise', '--json']);
    const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(new Set(rows.map((row) => row['channel']))).toEqual(new Set(['web', 'teams', 'sms']));
    const bands = rows.filter((row) => row['channel'] === 'sms' && row['variant'] === null && row['isExact'] && row['intent'] === 'any');
    expect(bands).toMatchObject([
      { from: null, until: null, verdict: 'info', say: 'general', faults: [] },
      { from: 0, until: 48, verdict: 'not_yet', say: 'before', disposition: 'self_care' },
      { from: 48, until: null, verdict: 'allowed', say: 'open', sources: ['G047'] },
    ]);
    const sourceOn = (channel: string): unknown => rows.find((row) => row['channel'] === channel && row['say'] === 'before')?.['text'];
    expect(sourceOn('web')).toContain('(Your aftercare guide: After Microneedling Care: First 24-48 Hours)');
    expect(sourceOn('sms')).toContain('(Guide: First 24-48 Hours)');
    for (const row of rows) expect(row).toMatchObject({ grade: expect.any(Number), chars: expect.any(Number), text: expect.any(String) });
  });

  test('gives spreadsheets quoted cells under a heading', async () => {
    const { lines } = await run(['--topic', 'makeup', '--csv']);
    expect(lines[0]).toMatch(/^kind,topic,variant,from,until/);
    expect(lines[1]).toMatch(/^"topic","makeup","",/);
  });

  test('shows only what is wrong, and fails', async () => {
    const { code, lines } = await run(['--topic', 'makeup', '--faults'], withAnswer('makeup', 'open', 'Yes, it is safe.'));
    expect(code).toBe(1);
    expect(lines.join('\n')).toContain('WRONG "safe" guarantees');
    expect(lines.join('\n')).not.toContain('Not yet.');
  });

  test.each([[['--topic', 'makup']], [['--tpoic', 'makeup']], [['makeup']]])('refuses %j in one line', async (args) => {
    await expect(run(args)).rejects.toMatchObject({ code: 'USAGE', message: expect.not.stringContaining('\n') });
  });

  test('lets a question about a medicine that no topic names be answered by its flag', async () => {
    const { lines } = await run(['--topic', 'C12']);
    expect(lines.join('\n')).toContain("I can't advise on medicines.");
  });

  test('covers danger signs', async () => {
    const { code, lines } = await run(['--topic', 'E01', '--topic', 'U02', '--json']);
    expect(code).toBe(0);
    const tiers = lines.map((line) => JSON.parse(line) as { topic: string; disposition: string });
    expect(new Set(tiers.filter((row) => row.topic === 'E01').map((row) => row.disposition))).toEqual(new Set(['emergency']));
    expect(tiers.some((row) => row.topic === 'U02' && row.disposition === 'urgent')).toBe(true);
  });
});
