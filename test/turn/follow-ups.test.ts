import { reasonsOf, tell } from './tell';

const day2 = { treated: '30 hours ago' } as const; // Mon 10:00; 48 hours are over on Tue at 4 am

describe('"why?" after an answer', () => {
  it('gives the reason of a rule once, then says that this is all', () =>
    tell(day2, [
      ['am i ok to hit the gym tonite', /Not yet/],
      ['why tho', /protects the skin barrier/],
      ['how come', /all your guide says/, /protects the skin barrier/],
      ['says who', /all your guide says/],
    ]));

  it('is the one that the guide gives for an expected sign', () =>
    tell(day2, [
      ['my cheeks are super pink is that ok', /describes/],
      ['but why', /tiny holes[^]*describes redness/i],
    ]));

  it('does not make one up for a sign that the guide does not explain', () =>
    tell(day2, [
      ['i get zits on my chin since yesterday, normal?', /does not cover/],
      ['but why', /won't guess|gives no reason[^]*ask the clinic|does not cover/i],
      ['ok ask em then', /sent your question/],
    ]));

  it('does not make one up where the guide is silent, and takes the question to the clinic', () =>
    tell(
      day2,
      [
        ['can we go swimming at my moms', /does not cover swimming/],
        ['how come', /no reason/],
        ['k pls ask', /sent your question/],
      ],
      async (house) => expect(await reasonsOf(house)).toEqual(['question:swimming']),
    ));

  it('tells how the treatment works when asked why it helps', () =>
    tell(day2, [
      ['does this stuff help w acne scars', /scars/],
      ['why is that', /collagen/],
    ]));

  it('tells why washing is gentle', () =>
    tell({ treated: '8 hours ago' }, [
      ['what do i wash my face with 2nite', /lukewarm/],
      ['y only water', /barrier/],
    ]));

  it('still hears danger in it', () =>
    tell(day2, [
      ['is it normal that im red', /describes/],
      ['why is there yellow pus coming out then', /on-call team now/, /no reason/],
    ]));
});

describe('a question that leans on the last one', () => {
  it('asks about tomorrow, saturday, another thing, another place', () =>
    tell({ treated: '20 hours ago' }, [
      ['can i put foundation on', /Not yet/],
      ['and tmrw?', /Yes/],
      ['what about saturday', /Yes/],
      ['n the gym?', /Not yet/],
      ['same for my neck?', /48 hours/],
    ]));

  it('is not made of a remark that has nothing to do with it', () =>
    tell(day2, [
      ['can i do hot yoga', /Not yet/],
      ['my bus is so late today', /only help with care|want to get this right/, /48 hours/],
    ]));

  it('hears the last answer again when the patient did not follow, then gets a person', () =>
    tell(day2, [
      ['retinol ok?', /Not yet/],
      ['wdym', /Not yet/],
      ['i still dont get it', /pass it to a person/],
    ]));
});

describe('a correction', () => {
  it('swaps the topic', () =>
    tell(day2, [
      ['is lotion fine', /moisturizer/],
      ['no i meant sunscreen', /mineral sunscreen/, /moisturizer your clinic/],
    ]));

  it('swaps a misspelled word', () =>
    tell(day2, [
      ['can i use my rentals', /right|only help/],
      ['sorry *retinol', /Retinol (waits|is a strong product)[^]*7 days/],
    ]));

  it('swaps one sign for another', () =>
    tell(day2, [
      ['is flaking normal', /peeling/],
      ['nah not flaking, swelling', /swelling is what your guide/],
    ]));

  it('swaps the day that is asked about and leaves the treatment where it was', () =>
    tell(
      day2,
      [
        ['can i go for a jog today', /Not yet/],
        ['not today i mean tomorrow afternoon', /48 hours have passed/],
        ['sorry i meant wednesday', /48 hours have passed/, /changed your treatment/],
      ],
      ({ bot }) => expect(bot.outcome.hoursSinceTreatment).toEqual({ min: 30, max: 30 }),
    ));

  it('swaps the treatment day, says so, and answers anew', () =>
    tell({ now: '2026-03-12T10:00' }, [
      ['had it done monday at 3. makeup ok?', /Yes/],
      ['no wait it was tuesday not monday', /changed your treatment time to Tue[^]*Yes/],
      ['omg sorry it was yesterday at 5pm', /changed your treatment time to yesterday[^]*Not yet[^]*today at 5 pm/],
    ]));

  it('takes the question back', () =>
    tell(day2, [
      ['vitamin c?', /Not yet/],
      ['scrap that', /I will drop that/, /Vitamin C/],
      ['what about the sauna', /Not yet/],
    ]));

  it('without words of its own is asked about once, then goes to a person', () =>
    tell(day2, [
      ['can i take a hot shower', /hot is not/],
      ['no thats not what i meant', /right|once more/],
      ['the other thing', /pass it to a person|passing this to a person/],
    ]));

  it('that names a danger pages', () =>
    tell(day2, [
      ['is redness ok', /describes/],
      ['no i meant its blistering', /on-call team now/],
    ]));
});

describe('the time of the treatment', () => {
  it.each([
    [
      'had one 3 weeks ago and another yesterday. can i wear mascara',
      /latest treatment: yesterday[^]*Not yet|latest treatment: yesterday[^]*Yes/,
    ],
    ['got microneedled 2 weeks ago and again this morning, gym ok?', /latest treatment: today[^]*Not yet/],
    [
      'first session was in january, second one was yesterday at 2pm, is redness normal',
      /latest treatment: yesterday \(Sun\) at 2 pm[^]*Yes/,
    ],
  ])('is that of the latest one, and the bot says which: "%s"', (says, replied) => tell({}, [[says, replied]]));

  it('that is still to come is not asked for, and general rules are told', () =>
    tell({}, [
      ['im getting it done friday, what should i do after', /still to come[^]*24 hours/, /When did/],
      ['so no gym right after?', /48 hours/, /When did/],
    ]));

  it('is asked for once it is over, if only the day is told', () =>
    tell({}, [
      ['im booked for microneedling on friday, how long no makeup', /still to come/],
      { pass: '5 days' },
      ['ok i had it done yesterday. makeup?', /Not yet|Yes/],
    ]));

  it('answers the waiting question after small talk', () =>
    tell({}, [
      ['can i wear concealer', /When did your treatment end/],
      ['haha who is this', /I am a computer/],
      ['yesterday at 3', /noted your treatment[^]*today at 3 pm/],
    ]));
});
