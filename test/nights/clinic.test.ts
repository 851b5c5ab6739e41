import type { Night } from './night';
import { openNight } from './night';

let night: Night;
afterEach(() => night.close());

const PUS = 'yellow pus is coming out of my cheek';
const ANA = { by: 'ana', via: 'console' } as const;

describe('questions to the clinic', () => {
  it('wait for the morning, come in one digest, and the answer of staff reaches the patient', async () => {
    night = await openNight();
    for (const name of ['one', 'two']) {
      await night.patient(name).says('can i go swimming');
      await night.patient(name).says('ask the clinic');
    }
    await night.pass('9 hours');
    night.nurse('ana').gotNothing();
    await night.pass('30 min');
    night.nurse('ana').gotSms(/2 questions are waiting/);
    night.nurse('ana').gotNothing();
    const patient = night.patient('one');
    await patient.reads();
    await night.desk.reply(patient.conversationId, ANA, 'Please wait a week with the pool.', 'reply-1');
    await night.desk.reply(patient.conversationId, ANA, 'Please wait a week with the pool.', 'reply-1');
    expect(await patient.reads()).toEqual(['Please wait a week with the pool.']);
    const [first] = await night.escalations();
    await night.desk.resolve(first!.id, ANA, 'advice_by_message');
    await patient.seesNothingNew();
    await night.pass('1 day');
    night.nurse('ana').gotSms(/1 question is waiting/);
  });

  it('that nobody answers are overdue in the evening and back in the next digest', async () => {
    night = await openNight();
    await night.patient().says('can i go swimming');
    await night.patient().says('ask the clinic');
    await night.pass('10 hours');
    night.nurse('ana').gotSms(/1 question is waiting/);
    await night.pass('9 hours');
    night.nurse('ana').gotSms(/overdue/);
    await night.pass('15 hours');
    night.nurse('ana').gotSms(/1 question is waiting for the clinic, 1 of them overdue/);
    expect((await night.escalations())[0]!.nextAt).not.toBeNull();
  });
});

describe('a person takes over', () => {
  it('the bot is silent, staff and patient talk, a flag still pages, and the bot resumes when it is handed back', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says('can i wear makeup');
    await patient.reads();
    await night.desk.takeOver(patient.conversationId, ANA);
    await patient.sees(/Ana from Glow Clinic writes here now\. I will be quiet/);
    await patient.says('can i use sunscreen');
    await patient.seesNothingNew();
    await patient.says(PUS);
    await patient.seesNothingNew();
    night.nurse('ana').gotSms(/URGENT/);
    await night.desk.handBack(patient.conversationId, ANA);
    await patient.sees(/handed back to me/);
    const [escalation] = await night.escalations();
    await night.desk.resolve(escalation!.id, ANA, 'spoke_with_patient');
    await patient.sees(/closed it/);
    await patient.says('can i use sunscreen');
    await patient.sees(/sunscreen|SPF/i);
  });

  it('an emergency meanwhile is named by the bot all the same', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says('hi');
    await night.desk.takeOver(patient.conversationId, ANA);
    await patient.reads();
    await patient.says('my throat is closing and i cant breathe');
    await patient.sees(/^Call 911 now/);
  });

  it('takes what is open in the conversation, too; a second person is refused', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(PUS);
    await night.desk.takeOver(patient.conversationId, ANA);
    expect(await night.escalations()).toMatchObject([{ status: 'acknowledged', acknowledged: { by: 'ana' } }]);
    expect(await night.desk.takeOver(patient.conversationId, { by: 'ben', via: 'console' })).toMatchObject({ kind: 'refused' });
  });
});

describe('staff at the desk', () => {
  it('reassign: the other person is paged at once, and the ladder goes on without them', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    const [escalation] = await night.escalations();
    await night.desk.acknowledge(escalation!.id, ANA);
    await night.desk.reassign(escalation!.id, ANA, 'cho');
    await night.pass('1 s');
    night.nurse('cho').gotSms(/URGENT/);
    await night.pass('5 min');
    night.nurse('ana').gotSms(/URGENT/);
  });

  it('escalate by hand pages like any flag; the patient hears when somebody has it', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says('hello');
    await patient.reads();
    const raised = await night.desk.escalate(patient.conversationId, ANA, 'urgent');
    expect(raised).toMatchObject({ kind: 'done', escalation: { ref: 1 } });
    await night.pass('1 s');
    night.nurse('ana').gotSms(/URGENT/);
    await night.nurse('ana').replies('1a');
    await patient.sees(/has seen your message/);
  });
});
