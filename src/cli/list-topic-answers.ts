import type { AnswerRow } from '../guide/answer-row';
import { findStanding } from '../guide/find-standing';
import { guideHourOf, SIGN_HOURS } from '../guide/guide-hours';
import type { Topic } from '../model/knowledge';
import type { Channel } from '../model/turn';
import type { HoursInterval, Qualifier } from '../model/words';
import { answerKey, makeRow } from './answer-row';
import type { Spoken, SpeakParts } from './speak';
import { speak, treatedBefore } from './speak';

/** The channels whose words are listed. */
export const CHANNELS = ['web', 'teams', 'sms'] as const satisfies readonly Channel[];

/** Every other kind of question has the answer of this one. */
const ANY = 'any';
/** Around an edge, so many hours are left open on either side. */
const UNSURE_HOURS = 6;

/** A stretch of hours in which the answer does not change, with the hours at which it is tried. */
interface Band {
  readonly from: number | null;
  readonly until: number | null;
  readonly isExact: boolean;
  readonly tries: readonly (HoursInterval | null)[];
}

/** Every answer about one topic: each form of it, at each stretch of hours, for each kind of question and colouring that changes it. */
export async function listTopicAnswers(parts: SpeakParts, topic: Topic): Promise<AnswerRow[]> {
  const rows: AnswerRow[] = [];
  for (const variant of [null, ...(topic.variants ?? []).map((entry) => entry.id)]) {
    const lister = new FormLister(parts, topic, variant);
    for (const channel of CHANNELS) rows.push(...joinBands(await lister.list(channel)));
  }
  return rows;
}

/** Lists the answers about one form of a topic. */
class FormLister {
  private readonly said = new Map<string, Spoken>();
  private readonly intents: readonly string[];
  private readonly colours: readonly (readonly Qualifier[])[];

  constructor(
    private readonly parts: SpeakParts,
    private readonly topic: Topic,
    private readonly variant: string | null,
  ) {
    const usual = topic.kind === 'sign' ? 'report' : 'may_i';
    const questions = [...parts.knowledge.intents.values()].filter((intent) => intent.kind === 'question').map((intent) => intent.id);
    this.intents = [usual, ...questions.filter((id) => id !== usual)];
    this.colours = [[], ...[...new Set(this.windows().flatMap((window) => window.if ?? []))].map((qualifier) => [qualifier])];
  }

  async list(channel: Channel): Promise<AnswerRow[]> {
    const rows: AnswerRow[] = [];
    for (const band of this.bands()) {
      const inBand = new Map<string, AnswerRow>();
      for (const hours of band.tries)
        for (const row of await this.answersAt(channel, hours, band)) {
          const key = [row.intent, row.qualifiers.join(), answerKey(row)].join('\n');
          const known = inBand.get(key);
          if (!known || row.chars > known.chars) inBand.set(key, row);
        }
      rows.push(...inBand.values());
    }
    return rows;
  }

  /** The answers at one hour; kinds of question and colourings that change nothing are left out. */
  private async answersAt(channel: Channel, hours: HoursInterval | null, band: Band): Promise<AnswerRow[]> {
    const rows: AnswerRow[] = [];
    const keys = new Map<string, string>();
    for (const qualifiers of this.colours) {
      for (const [index, intent] of this.intents.entries()) {
        const standing = findStanding(this.topic, { variant: this.variant, intent, qualifiers, hours });
        // words hang on the standing, on what is known of the hour, and on these two kinds of question; on the hour only where it opens later
        const hour = standing.opensAtHours === null ? (hours ? band.isExact : null) : hours;
        const group = JSON.stringify([channel, standing, hour, intent === 'is_normal', intent === 'why']);
        const spoken = this.said.get(group) ?? (await this.ask(channel, hours, { intent, qualifiers }));
        this.said.set(group, spoken);
        const name = index === 0 ? ANY : intent;
        const { from, until, isExact } = band;
        const row = makeRow(
          {
            ...{ kind: 'topic', topic: this.topic.id, variant: this.variant, from, until, isExact, intent: name, qualifiers, channel },
            ...{ say: standing.say, sources: standing.facts },
          },
          spoken,
        );
        const key = answerKey(row);
        keys.set(`${name} ${qualifiers.join()}`, key);
        const isLikeAny = name !== ANY && keys.get(`${ANY} ${qualifiers.join()}`) === key;
        const isLikePlain = qualifiers.length > 0 && keys.get(`${name} `) === key;
        if (!isLikeAny && !isLikePlain) rows.push(row);
      }
    }
    return rows;
  }

  private ask(channel: Channel, hours: HoursInterval | null, how: { intent: string; qualifiers: readonly Qualifier[] }): Promise<Spoken> {
    return speak(this.parts, channel, {
      understanding: {
        questions: [{ topic: this.topic.id, variant: this.variant, ...how, clause: 0, source: 'named', confidence: 1 }],
        intent: { id: how.intent, confidence: 1 },
      },
      state: { treatedAt: treatedBefore(this.parts.now, hours) },
      input: { text: how.intent === 'is_normal' ? 'is this normal' : 'words' },
    });
  }

  private windows(): Topic['windows'] {
    return this.topic.variants?.find((variant) => variant.id === this.variant)?.windows ?? this.topic.windows;
  }

  /** Unknown; between the edges of the windows and of the guide's own hours; and unsure on which side of an edge. */
  private bands(): Band[] {
    const guide = guideHourOf(this.topic.id, this.variant);
    const sign = SIGN_HOURS[this.topic.id];
    const all = [
      ...this.windows().flatMap((window) => [window.from, window.until ?? 0]),
      ...[guide?.allowedFrom, guide?.askFrom, sign?.from, sign?.until].map((hour) => hour ?? 0),
    ];
    const edges = [...new Set([0, ...all])].filter(Number.isFinite).sort((a, b) => a - b);
    const exact = edges.map((from, index): Band => {
      const until = edges[index + 1] ?? null;
      const end = until ?? from + 400;
      const hours = [from, (from + end) / 2, end - 24, end - 0.1].filter((hour) => hour >= from);
      return { from, until, isExact: true, tries: [...new Set(hours)].map((hour) => ({ min: hour, max: hour })) };
    });
    const unsure = edges.slice(1).map((edge): Band => {
      const [from, until] = [Math.max(0, edge - UNSURE_HOURS), edge + UNSURE_HOURS];
      return { from, until, isExact: false, tries: [{ min: from, max: until }] };
    });
    return [{ from: null, until: null, isExact: true, tries: [null] }, ...exact, ...unsure];
  }
}

/** Joins neighbouring stretches of hours that have the same answer; the longest wording stays. */
function joinBands(rows: readonly AnswerRow[]): AnswerRow[] {
  const joined = new Map<string, AnswerRow[]>();
  for (const row of rows) {
    const key = [row.intent, row.qualifiers.join(), row.isExact, row.channel, answerKey(row)].join('\n');
    const known = joined.get(key) ?? [];
    joined.set(key, known);
    const last = known.at(-1);
    if (last && row.isExact && row.from !== null && last.until === row.from) {
      const longer = row.chars > last.chars ? row : last;
      known[known.length - 1] = { ...longer, from: last.from, until: row.until };
    } else known.push(row);
  }
  return [...joined.values()].flat();
}
