import fc from 'fast-check';
import { countSms } from '../../src/guide/sms-text';
import { CARRIER_WORDS, readSmsChoice, toSmsTurn } from '../../src/guide/sms-turn';
import type { Reply, SuggestedAction } from '../../src/model/turn';

const say = (title: string): SuggestedAction => ({ kind: 'say', title, value: `value of ${title}` });
const call = (title: string, value: string): SuggestedAction => ({ kind: 'call', title, value });
const reply = (text: string, ...actions: SuggestedAction[]): Reply => ({ text, actions });

describe('a turn goes out by SMS', () => {
  test('with its buttons as numbers that the patient can answer', () => {
    const { messages, choices } = toSmsTurn([reply('Which one?', say('Makeup'), say('Makeup tools'), say('Talk to a person'))]);
    expect(messages).toEqual(['Which one?\nReply 1 = Makeup, 2 = Makeup tools, 3 = Talk to a person']);
    expect(readSmsChoice('2', choices)).toBe('value of Makeup tools');
  });

  test.each([' 1', '1.', '(1)', '#1', '1)', '1!\n'])('"%s" is the first choice', (text) => {
    expect(readSmsChoice(text, [say('A'), say('B')])).toBe('value of A');
  });

  test.each(['3', '0', '1 day ago', 'one', '', '12:30', '1/2', 'A'])('"%s" is none of two choices', (text) => {
    expect(readSmsChoice(text, [say('A'), say('B')])).toBeNull();
  });

  test('each reply is a message of its own, and the choices of all stand in the last', () => {
    expect(toSmsTurn([reply('Hi.', say('A')), reply('Not yet.', say('B'))]).messages).toEqual(['Hi.', 'Not yet.\nReply 1 = A, 2 = B']);
  });

  test('a number to call is written out where the text lacks it, and only there', () => {
    const clinic = call('Call Glow Clinic', 'tel:+15550100199');
    expect(toSmsTurn([reply('Please call.', clinic)]).messages).toEqual(['Please call.\nCall Glow Clinic: +15550100199.']);
    expect(toSmsTurn([reply('Call (555) 010-0199.', clinic)]).messages).toEqual(['Call (555) 010-0199.']);
    expect(toSmsTurn([reply('Call 911 now.', call('Call 911', 'tel:911'))]).messages).toEqual(['Call 911 now.']);
    expect(toSmsTurn([reply('Ref 9112.', call('Call 911', 'tel:911'))]).messages).toEqual(['Ref 9112.\nCall 911: 911.']);
    expect(toSmsTurn([reply('Call.', clinic)]).choices).toEqual([]);
  });

  test('a long turn is cut between its lines', () => {
    const lines = ['Makeup: ' + 'wait. '.repeat(20), 'Sun: ' + 'shade. '.repeat(20), 'Gym: ' + 'rest. '.repeat(20)].map((line) =>
      line.trim(),
    );
    expect(toSmsTurn([reply(lines.join('\n'), say('Ask'))]).messages).toEqual([`${lines[0]}\n${lines[1]}`, `${lines[2]}\nReply 1 = Ask`]);
  });

  test('a long line is cut between its sentences, a long sentence between its words, a long word anywhere', () => {
    const sentence = `${'word '.repeat(40).trim()}.`;
    expect(toSmsTurn([reply(`${sentence} ${sentence}`)]).messages).toEqual([sentence, sentence]);
    const words = 'word '.repeat(100).trim();
    expect(toSmsTurn([reply(words)]).messages.join(' ')).toBe(words);
    const word = 'w'.repeat(700);
    expect(
      toSmsTurn([reply(word)])
        .messages.join('')
        .replaceAll(' ', ''),
    ).toBe(word);
  });

  test('no message has more than two parts, and no word of the turn is lost', () => {
    const text = fc.array(fc.constantFrom('word', 'Call.', 'sun?', '\n', '€uro', 'w'.repeat(170), 'spf'), { maxLength: 200 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), (replies) => {
        const { messages } = toSmsTurn(replies.map((words) => reply(words.join(' '))));
        expect(messages.filter((message) => countSms(message).segments > 2 || message === '')).toEqual([]);
        const bare = (all: string): string => all.replace(/\s/g, '');
        expect(bare(messages.join(''))).toBe(bare(replies.flat().join('')));
      }),
    );
  });
});

test('the words on which the carrier acts are known', () => {
  for (const word of ['stop', 'cancel', 'end', 'quit', 'revoke', 'optout', 'help', 'info', 'start', 'yes'])
    expect(CARRIER_WORDS.has(word)).toBe(true);
});
