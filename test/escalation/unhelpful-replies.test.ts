import { makeUnhelpfulReplies } from '../../src/escalation/unhelpful-replies';

describe('unhelpful answers to one number', () => {
  it('are at most five until it does something real', () => {
    const replies = makeUnhelpfulReplies();
    const ask = (number: string) => Array.from({ length: 7 }, () => replies.mayAnswer(number));
    expect(ask('+1')).toEqual([true, true, true, true, true, false, false]);
    expect(ask('+2')).toEqual([true, true, true, true, true, false, false]);
    replies.acted('+1');
    expect(replies.mayAnswer('+1')).toBe(true);
    expect(replies.mayAnswer('+2')).toBe(false);
  });
});
