import type { WebActivity } from '../../src/model/web-edge';
import { emptyTalk, isNews, putMine, receive, spokenText, type Talk } from '../../src/widget/chat/talk';

const base: WebActivity = {
  type: 'message',
  id: '1',
  timestamp: '2026-11-26T21:06:00.000Z',
  from: { id: 'aftercare-bot', role: 'bot', name: 'Helper' },
};
const bot = (more: Partial<WebActivity>): WebActivity => ({ ...base, ...more });
const mine = (clientId: string, text: string): WebActivity => ({
  ...base,
  id: `server-${clientId}`,
  from: { id: 'dl_1', role: 'user' },
  text,
  channelData: { clientActivityID: clientId },
});
const aftercare = (value: object): Pick<WebActivity, 'channelData'> => ({ channelData: { aftercare: value } });
const told = (...activities: WebActivity[]): Talk => activities.reduce((talk, activity) => receive(talk, activity, 0), emptyTalk);

describe('a conversation on the page', () => {
  it("puts the server's copy of a message in place of the page's own", () => {
    const sending = putMine(emptyTalk, { id: 'a', at: base.timestamp, text: 'hi', state: 'sending', reason: '', isDanger: false });
    const { items } = receive(sending, mine('a', 'hi'), 0);
    expect(items).toEqual([expect.objectContaining({ kind: 'mine', id: 'a', state: 'sent' })]);
  });

  it('keeps what is not sent yet below what was said meanwhile', () => {
    const waiting = putMine(told(bot({ text: 'Hello' })), {
      id: 'b',
      at: base.timestamp,
      text: 'later',
      state: 'waiting',
      reason: '',
      isDanger: false,
    });
    const { items } = [mine('a', 'first'), bot({ id: '2', text: 'Answer' })].reduce(
      (talk, activity) => receive(talk, activity, 0),
      waiting,
    );
    expect(items.map((item) => item.text)).toEqual(['Hello', 'first', 'Answer', 'later']);
  });

  it('offers only buttons that say something, dial, or open a secure page', () => {
    const actions = [
      { type: 'imBack', title: 'Noon', value: 'noon' },
      { type: 'openUrl', title: 'Call', value: 'tel:5550100199' },
      { type: 'openUrl', title: 'Bad', value: 'javascript:alert(1)' },
      { type: 'openUrl', title: 'Plain', value: 'http://clinic.example' },
    ] as const;
    const talk = told(bot({ text: 'When?', suggestedActions: { actions } }));
    expect(talk.choices.map(({ title }) => title)).toEqual(['Noon', 'Call']);
    expect(receive(talk, mine('a', 'noon'), 0).choices).toEqual([]);
  });

  it('marks what a person wrote, and says who has taken over until the bot writes again', () => {
    const nurse = bot({ id: '2', text: 'Hi, Anna here', ...aftercare({ author: { kind: 'staff', name: 'Anna' } }) });
    const talk = told(bot({ text: 'Hello' }), nurse);
    expect(talk.items.map(({ kind }) => kind)).toEqual(['bot', 'staff']);
    expect(talk.staff).toBe('Anna');
    expect(spokenText(nurse)).toBe('Anna: Hi, Anna here');
    expect(receive(talk, bot({ id: '3', text: 'I am back' }), 0).staff).toBeNull();
  });

  it('shows the newest news of an escalation until it is resolved', () => {
    const news = (id: string, status: string, text: string): WebActivity =>
      bot({ type: 'event', id, name: 'escalation', value: { id: 'e1', status, at: '2026-11-26T21:06:00Z', text } });
    const seen = news('5', 'acknowledged', 'The on-call team has seen your message.');
    const talk = told(news('4', 'notified', 'Sent to the on-call team.'), seen);
    expect(talk.escalation).toMatchObject({ status: 'acknowledged', text: 'The on-call team has seen your message.' });
    expect(talk.items.map(({ text }) => text)).toEqual(['Sent to the on-call team.', 'The on-call team has seen your message.']);
    expect(isNews(seen)).toBe(true);
    expect(receive(talk, news('6', 'resolved', 'Closed.'), 0).escalation).toBeNull();
    expect(isNews(bot({ type: 'event', name: 'escalation', value: 'nonsense' }))).toBe(false);
  });

  it('tells from the messages alone that an escalation waits, was seen and is closed', () => {
    const escalation = (status: string): { escalation: object } => ({ escalation: { id: 'e1', status } });
    const urgent = bot({ text: 'Call us now.', ...aftercare({ disposition: 'urgent', ...escalation('open') }) });
    const notice = (id: string, status: string): WebActivity =>
      bot({ id, timestamp: `2026-11-26T21:1${id}:00.000Z`, text: status, ...aftercare({ disposition: 'none', ...escalation(status) }) });
    const waiting = told(urgent, notice('2', 'notified'));
    expect(waiting.escalation).toMatchObject({ status: 'open', text: null });
    const seen = receive(waiting, notice('3', 'acknowledged'), 0);
    expect(seen.escalation).toEqual({ id: 'e1', status: 'acknowledged', at: '2026-11-26T21:13:00.000Z', text: null });
    expect(receive(seen, notice('4', 'acknowledged'), 0).escalation?.at).toBe('2026-11-26T21:13:00.000Z');
    expect(receive(seen, notice('5', 'resolved'), 0).escalation).toBeNull();
    const question = aftercare({ disposition: 'ask_clinic', ...escalation('open') });
    expect(told(bot({ text: 'Sent to the clinic.', ...question })).escalation).toBeNull();
  });

  it('shows an emergency as one, and leaves its telephone buttons to the card', () => {
    const actions = [{ type: 'openUrl', title: 'Call 911', value: 'tel:911' }] as const;
    const talk = told(bot({ text: 'Call 911 now.', suggestedActions: { actions }, ...aftercare({ disposition: 'emergency' }) }));
    expect(talk.items).toEqual([expect.objectContaining({ level: 'emergency' })]);
    expect(talk.choices).toEqual([]);
  });
});
