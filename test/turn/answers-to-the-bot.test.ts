import { reasonsOf, tell } from './tell';

const day2 = { treated: '30 hours ago' } as const;
const MUMBLED = 'so the thing does the stuff again';

describe('asked when the treatment was, the patient', () => {
  it('says the day, then the hour', () =>
    tell({}, [
      ['can i wear makeup', /When did your treatment end/],
      ['yesterday', /What time did it end/],
      ['like 4', /yesterday \(Sun\) at 4/],
    ]));

  it.each(['this morning', 'earlier today'])('says "%s"', (says) =>
    tell({}, [
      ['makeup?', /When did your treatment end/],
      [says, /noted your treatment: today[^]*Not yet/],
    ]),
  );

  it.each(['idk', 'cant remember tbh', 'rather not say', 'no', 'yes', 'ok'])('says "%s" and is not asked again', (says) =>
    tell({}, [
      ['can i wear makeup', /When did your treatment end/],
      [says, /That is okay/, /Goodbye|right away/],
      ['what about the gym', /48 hours/, /When did/],
    ]),
  );

  it('asks why, hears it, and answers then', () =>
    tell({}, [
      ['can i work out', /When did your treatment end/],
      ['why do you need that', /counts from the end/],
      ['yest at noon', /Not yet[^]*tomorrow/],
    ]));

  it('says a bare number, which is a clock time that the bot says back', () =>
    tell({}, [
      ['can i wear makeup', /When did your treatment end/],
      ['1', /at 1 pm/],
    ]));

  it('tells of danger instead', () =>
    tell({}, [
      ['can i wear makeup', /When did your treatment end/],
      ['yesterday and my tongue is swelling up', /^Call 911 now/],
    ]));
});

describe('offered the clinic, the patient', () => {
  it.each([
    'yes please ask them',
    'sure',
    'go ahead',
    'yeah that would be great thx',
    'pls do',
    'k do it',
    'ok',
    'could you check with them',
    'find out for me',
    'ASK THE CLINIC',
    '1',
  ])('accepts with "%s"', (says) =>
    tell(
      day2,
      [
        ['can i swim', /ask the clinic/],
        [says, /sent your question/],
      ],
      async (house) => expect(await reasonsOf(house)).toEqual(['question:swimming']),
    ),
  );

  it.each(['no thanks', 'nah im good', 'ill ask them myself', 'nvm', 'got it', 'thanks anyway'])('declines with "%s"', (says) =>
    tell(
      day2,
      [
        ['can i swim', /ask the clinic/],
        [says, /./, /sent your question/],
      ],
      async (house) => expect(await house.escalations()).toEqual([]),
    ),
  );

  it('says thanks first and accepts then', () =>
    tell(day2, [
      ['can my cat sleep on my pillow', /pets/],
      ['ty', /welcome/],
      ['actually yes ask them', /sent your question/],
      ['when will they get back to me', /They are open now/, /pets/],
    ]));

  it('accepts and asks something else', () =>
    tell(
      day2,
      [
        ['can i swim', /swimming/],
        ['yes and can i drink wine too', /sent your question[^]*drinking/],
      ],
      async (house) => expect(await reasonsOf(house)).toEqual(['question:swimming']),
    ));

  it('tells of danger instead', () =>
    tell(day2, [
      ['can i swim', /swimming/],
      ['yes and also my lips are swelling', /^Call 911 now/],
    ]));
});

describe('asked back once, the patient', () => {
  it.each([
    ['How my skin looks or feels', /what you see or feel/],
    ['what i can use or do', /want to use or do/],
    ['how it looks', /what you see or feel/],
    ['the second one', /want to use or do/],
    ['1', /what you see or feel/],
  ])('picks a half with "%s" and is helped', (says, replied) =>
    tell(day2, [
      [MUMBLED, /want to get this right/],
      [says, replied],
      ['its tight and dry', /tight or dry feel/i],
    ]),
  );

  it.each(['Talk to a person', '3'])('picks the person with "%s"', (says) =>
    tell(day2, [
      [MUMBLED, /want to get this right/],
      [says, /passing this to the team/],
    ]),
  );

  it('picks one of the topics by name, with the question it had', () =>
    tell(
      day2,
      [
        ['can i put my green one on', /Which one/],
        ['makeup', /clean tools/],
      ],
      ({ bot }) => expect(bot.outcome).toMatchObject({ topics: ['makeup'], verdict: 'allowed' }),
    ));

  it.each(['yes', 'neither', 'idk', 'blargh zxqv'])('says "%s" and gets a person, never a third question', (says) =>
    tell(
      day2,
      [
        [MUMBLED, /want to get this right/],
        [says, /pass it to a person/],
      ],
      async (house) => expect(await reasonsOf(house)).toEqual(['not_understood']),
    ),
  );

  it('gets a person also with small talk in between', () =>
    tell(day2, [
      [MUMBLED, /want to get this right/],
      ['lol', /here when you have a question/],
      [MUMBLED, /pass it to a person/],
    ]));

  it('asks in plain words and is answered', () =>
    tell(day2, [
      [MUMBLED, /want to get this right/],
      ['can i use my tretinoin cream', /Retinol waits/],
      ['blargh zxqv', /want to get this right/],
    ]));

  it('says thanks and nothing is sent', () =>
    tell(
      day2,
      [
        [MUMBLED, /right/],
        ['ok thx bye', /welcome|Goodbye/],
      ],
      async (house) => expect(await house.escalations()).toEqual([]),
    ));

  it('tells of danger instead', () =>
    tell(day2, [
      [MUMBLED, /right/],
      ['its oozing yellow and hot', /on-call team now/],
    ]));
});

describe('out of the blue', () => {
  it.each([
    ['yes', /What would you like to know/],
    ['no', /Okay/],
    ['ok', /Okay/],
    ['1', /What would you like to know/],
    ['how my skin looks or feels', /what you see or feel/],
    ['ask the clinic', /What should I ask/],
    ['talk to a person', /passing this to the team/],
  ])('"%s" gets an answer and no topic', (says, replied) =>
    tell(day2, [[says, replied]], ({ bot }) => expect(bot.outcome.topics).toEqual([])),
  );
});

describe('what was not understood', () => {
  it('is kept for the clinic with its best guesses, and without words', () =>
    tell(
      day2,
      [
        [MUMBLED, /right/],
        ['blargh zxqv', /person/],
        ['can i wear makeup', /Yes/],
        ['who won the game last night', /only help/],
      ],
      async ({ store, clock }) => {
        const kept = await store.listNotUnderstood(null, 10);
        expect(kept.map(({ kind }) => kind).toSorted()).toEqual(['asked_back', 'handed_over', 'out_of_scope']);
        expect(kept.every(({ conversationId, at }) => conversationId === 'conversation' && at === clock.now())).toBe(true);
        expect(kept.every(({ guesses, confidence }) => guesses.length === 3 && confidence >= 0 && confidence <= 1)).toBe(true);
        expect(JSON.stringify(kept)).not.toMatch(/stuff|blargh|game/);
        const { messages } = await store.read('conversation', 0);
        for (const { seq } of kept) expect(messages.find((message) => message.seq === seq)?.direction).toBe('in');
      },
    ));
});
