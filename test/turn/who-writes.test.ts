import { reasonsOf, tell } from './tell';

const day2 = { treated: '30 hours ago' } as const;
const OTHER = /only know the care after microneedling/;

describe('someone who had another treatment', () => {
  it.each([
    'had a chemical peel yesterday can i wear makeup',
    'i got botox not microneedling. can i exercise',
    'it wasnt microneedling it was co2 laser, when does the redness go',
    'i had lip filler 2 days ago, is bruising normal',
    'got my eyebrows microbladed today, can i wash my face',
    'they did a hydrafacial on me instead of needling, sunscreen?',
  ])('hears that the guide is not for it: "%s"', (says) =>
    tell({}, [[says, OTHER, /Not yet|24 hours|describes/]], ({ bot }) => {
      expect(bot.outcome.disposition).toBe('ask_clinic');
      expect(bot.buttons).toContain('Ask the clinic');
    }),
  );

  it('is told nothing of the guide later on either, and can ask the clinic', () =>
    tell(
      {},
      [
        ['just had a vi peel done', OTHER],
        ['but can i put sunscreen', OTHER],
        ['thx', /welcome/],
        ['ok ask them', /sent your question/],
      ],
      async (house) => expect(await reasonsOf(house)).toEqual([expect.stringMatching(/^question:other_treatment,sunscreen/)]),
    ));

  it('is answered again after saying it was microneedling', () =>
    tell({}, [
      ['had a peel last week, makeup?', OTHER],
      ['oh and then microneedling 3 days ago, can i wear makeup', /calm skin/, OTHER],
    ]));

  it('is paged for all the same', () =>
    tell({}, [
      ['had fillers yesterday, not needling', OTHER],
      ['my skin is going white where they injected and it hurts so bad', /^Call 911 now/],
    ]));

  it('is a patient of ours who did something else when the treatment is known', () =>
    tell(day2, [['i had botox this morning, is that bad', /Botox/, OTHER]]));
});

describe('someone under 18', () => {
  it('gets no advice of their own, whatever is asked next', () =>
    tell(
      day2,
      [
        ['im 16 can i wear makeup to prom tmrw', /parent or guardian/, /calm skin/],
        ['y', /parent or guardian/, /barrier/],
        ['ok what about sunscreen', /parent or guardian/, /mineral/],
        ['k thx', /welcome/],
      ],
      async (house) => expect((await house.escalations()).map(({ flags }) => flags)).toEqual([['C14']]),
    ));

  it('is paged for first of all', () => tell(day2, [['im 15 and theres yellow pus', /on-call team now/]]));

  it('still gets a person', () =>
    tell(day2, [
      ['im sixteen btw', /parent or guardian/],
      ['can i talk to somebody', /passing this to the team/],
    ]));

  it('who turns out to be grown up is answered', () =>
    tell(day2, [
      ['im 17 can i use retinol', /parent or guardian/],
      ['lol typo im 37, retinol?', /Retinol waits/],
    ]));
});

describe('someone who writes for another', () => {
  it('is answered about her', () =>
    tell({}, [
      ['asking for my wife she had it done yesterday at 3, can she go to the gym', /Not yet[^]*tomorrow/],
      ['she says her throat feels tight', /^Call 911 now/],
    ]));

  it('for a teenager, hears of parent and clinic', () =>
    tell({}, [
      ['my daughter had it yesterday can she wear makeup', /./],
      ['shes 15', /parent or guardian/],
    ]));

  it('pages for his mother', () => tell({}, [['my mom had this done and her cheek is hot and swelling up more', /on-call team now/]]));
});

describe('someone who writes again', () => {
  it('about a sign that lasts too long is paged for the second time', () =>
    tell({ treated: '200 hours ago' }, [
      ['my face is still red', /queue/],
      { pass: '20 min' },
      ['so when do u open', /./, /on-call team now/],
      { pass: '9 hours' },
      ['hi me again its still red', /on-call team now/],
    ]));

  it('about the same sign in the same conversation is not', () =>
    tell({ treated: '200 hours ago' }, [
      ['my face is still red', /queue/],
      { pass: '3 min' },
      ['like the redness is on my cheeks mostly', /queue|describes|7 days/, /on-call team now/],
    ]));

  it('about a sign that fades is not', () =>
    tell({ treated: '200 hours ago' }, [
      ['my face is still red', /queue/],
      { pass: '20 hours' },
      ['the redness is fading now', /./, /on-call team now/],
    ]));

  it.each(['they told me its fine but its worse', 'nobody called me back about my cheek', 'u said normal, its way more swollen now'])(
    'that nobody helped: "%s"',
    (says) => tell({ treated: '60 hours ago' }, [[says, /on-call team now/]]),
  );
});

describe('someone in another language', () => {
  it('gets a person, and is paged for danger words', () =>
    tell(day2, [
      ['hola puedo usar maquillaje mañana', /only read English/],
      ['tengo fiebre y pus', /needs to look at this now/],
    ]));
});
