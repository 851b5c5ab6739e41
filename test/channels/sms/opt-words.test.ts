import { readKeyword, wantsNoTexts } from '../../../src/channels/sms/opt-words';
import { CARRIER_WORDS } from '../../../src/guide/sms-turn';

describe('keywords', () => {
  it('are every word that Twilio acts on, as whole messages in any case', () => {
    for (const word of CARRIER_WORDS) expect(readKeyword(` ${word.toUpperCase()} `)).not.toBeNull();
    for (const text of ['stop the bleeding', 'the end', 'yes please', 'help me', 'cancel my appointment', ''])
      expect(readKeyword(text)).toBeNull();
  });
});

describe('a wish for no texts in words of one’s own', () => {
  it.each([
    'please stop texting me',
    'Stop texting me!!!',
    'dont text me anymore',
    "Don't text me again",
    'do not contact me',
    'pls quit txting me',
    'stop sending me messages',
    'stop sending these texts please',
    'can you stop messaging me thanks',
    'I do not want any more texts from you',
    "i don't want to get these messages anymore",
    'no more texts please',
    'no more messages',
    'take me off your list',
    'remove my number from this list',
    'please remove my number',
    'lose my number',
    'unsubscribe me',
    'opt out',
    'opt me out please',
    'i want to opt out',
    'how do i unsubscribe from this',
    'how do i stop getting these texts',
    'please stop',
    'STOP please',
    'Stop.',
    'stop stop stop',
    'my face is oozing and hot. stop texting me',
    'turn off these notifications please',
    'never message me again',
    'do not send me any more texts',
    'stop contacting me, i will call the office',
    'end these messages now',
    'I would like to stop receiving texts',
  ])('is heard: %s', (text) => expect(wantsNoTexts(text)).toBe(true));

  it.each([
    'stop the bleeding',
    'it wont stop',
    "it won't stop bleeding",
    'how do i stop the itching',
    'should i stop using retinol',
    'when can i stop wearing sunscreen',
    'make it stop',
    'can i stop moisturizing now',
    'did you stop texting me?',
    'why did you stop texting me',
    "please don't stop texting me",
    'do i have to stop my medication',
    'i stopped texting my ex lol can i drink',
    'i texted the clinic no answer',
    'dont text me back until after 5, is makeup ok',
    'i want to cancel my appointment',
    'can i end the healing mask early',
    'my skin wont quit peeling',
    'i got your text message about aftercare',
    'no more redness, can i wear makeup',
    'remove the mask?',
    'how do i take off my makeup',
    'stop or keep going with vitamin c',
    'does the swelling stop after 2 days',
    'quit smoking before treatment?',
    'i need more information',
    'nobody texts me back',
    'i cant stop touching it',
    'what if i get a message from the nurse',
    'if i stop texting will you close my case',
    'do not want to get scars',
    'please stop the pain',
  ])('is not heard: %s', (text) => expect(wantsNoTexts(text)).toBe(false));
});
