import { bearer, startWebServer, type Visitor, type WebServer } from './web-server';

let web: WebServer;
let visitor: Visitor;
beforeAll(async () => {
  web = await startWebServer();
});
beforeEach(async () => {
  visitor = await web.visitor();
});
afterAll(() => web.close());

const post = (body: object | string) =>
  web.http().post(`${visitor.path}/activities`).set(bearer(visitor.token)).set('content-type', 'application/json').send(body);
const history = async (): Promise<{ id: string; text: string; channelData?: unknown }[]> =>
  (await web.http().get(`${visitor.path}/activities`).set(bearer(visitor.token)).expect(200)).body.activities;

describe('a message', () => {
  it('is answered with its id and echoed with channelData untouched', async () => {
    const channelData = { clientActivityID: 'c1', clientTimestamp: '2026', nested: { a: [1] } };
    const { id } = (await post({ type: 'message', text: 'can i put on makeup', channelData, locale: 'en-US' }).expect(200)).body;
    expect((await history()).find((activity) => activity.id === id)).toMatchObject({
      text: 'can i put on makeup',
      channelData,
      type: 'message',
    });
  });

  it('is one turn however often it is sent', async () => {
    const message = { type: 'message', text: 'hello', channelData: { clientActivityID: 'twice' } };
    const replies = await Promise.all([post(message), post(message), post(message)]);
    expect(new Set(replies.map((reply) => reply.body.id)).size).toBe(1);
    expect((await history()).filter((activity) => activity.text === 'hello')).toHaveLength(1);
  });

  it('is another turn when a client uses its id again for other words', async () => {
    await post({ type: 'message', text: 'hello', channelData: { clientActivityID: 'reused' } }).expect(200);
    await post({ type: 'message', text: 'it is oozing', channelData: { clientActivityID: 'reused' } }).expect(200);
    expect((await history()).map((activity) => activity.text)).toContain('it is oozing');
  });

  it('cannot claim what only the bot may say, nor start the conversation again', async () => {
    await post({ type: 'message', text: 'hi', channelData: { aftercare: { disposition: 'none' }, clientActivityID: 'x' } }).expect(200);
    expect((await history()).find((activity) => activity.text === 'hi')?.channelData).toEqual({ clientActivityID: 'x' });
    expect((await post({ type: 'message', text: '', value: { event: 'conversationStart' } }).expect(400)).body.error.code).toBe(
      'bad_activity',
    );
  });

  it('gets 503 with Retry-After when the turn cannot be stored, and goes through when sent again', async () => {
    const message = { type: 'message', text: 'urgent words', channelData: { clientActivityID: 'retry' } };
    web.house.failTurns(true);
    const failed = await post(message).expect(503);
    expect(failed.headers['retry-after']).toBe('5');
    expect(JSON.stringify(failed.body)).not.toMatch(/urgent words|disk full/);
    expect(web.faults).toEqual(['turn_failed']);
    web.house.failTurns(false);
    await post(message).expect(200);
    expect((await history()).filter((activity) => activity.text === 'urgent words')).toHaveLength(1);
  });
});

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('bad input', () => {
  it.each<[string, object | string, number, string]>([
    ['no text', { type: 'message' }, 400, 'empty_message'],
    ['an empty text', { type: 'message', text: '' }, 400, 'empty_message'],
    ['blanks', { type: 'message', text: ' \n\t ' }, 400, 'empty_message'],
    ['NUL alone', { type: 'message', text: '\u0000\u0000' }, 400, 'empty_message'],
    ['2,001 characters', { type: 'message', text: 'x'.repeat(2_001) }, 400, 'text_too_long'],
    ['10,000 emoji', { type: 'message', text: '\u{1F600}'.repeat(10_000) }, 400, 'text_too_long'],
    ['1 MB', { type: 'message', text: 'x'.repeat(1_048_576) }, 413, 'too_large'],
    ['a number as text', { type: 'message', text: 5 }, 400, 'bad_activity'],
    ['an object as text', { type: 'message', text: { a: 1 } }, 400, 'bad_activity'],
    ['an unknown type', { type: 'endOfConversation', text: 'x' }, 400, 'bad_activity'],
    ['no type', { text: 'x' }, 400, 'bad_activity'],
    ['an array', [1, 2], 400, 'bad_activity'],
    ['channelData as text', { type: 'message', text: 'x', channelData: 'y' }, 400, 'bad_activity'],
    ['attachments as text', { type: 'message', text: 'x', attachments: 'y' }, 400, 'bad_activity'],
    ['a huge channelData', { type: 'message', text: 'x', channelData: { a: 'y'.repeat(9_000) } }, 400, 'bad_activity'],
    ['a value 20,000 levels deep', `{"type":"message","text":"x","value":${deep(20_000)}}`, 400, 'bad_activity'],
    ['channelData 20,000 levels deep', `{"type":"message","text":"x","channelData":{"a":${deep(20_000)}}}`, 400, 'bad_activity'],
    ['half a JSON', '{"type":"mess', 400, 'bad_json'],
    ['JSON null', 'null', 400, 'bad_json'],
    ['an empty body', '', 400, 'bad_activity'],
  ])('%s is refused and nothing is stored', async (_name, body, status, code) => {
    const before = web.house.taken.length;
    const reply = await post(body);
    expect([reply.status, reply.body.error.code]).toEqual([status, code]);
    expect(reply.body.error.message).toMatch(/; expected /);
    expect(web.house.taken).toHaveLength(before);
  });

  it('says the limit in the message about a long text, and nothing of the text', async () => {
    const { message } = (await post({ type: 'message', text: 'secretword '.repeat(300) })).body.error;
    expect(message).toContain('2,000');
    expect(message).not.toContain('secretword');
  });

  it.each([
    ['script tags', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['NUL and control characters', 'pus\u0000 and\u0008 fever\n', 'pus and fever\n'],
    ['a broken surrogate', 'it hurts \uD83D!', 'it hurts \uFFFD!'],
    ['2,000 emoji', '\u{1F600}'.repeat(2_000), '\u{1F600}'.repeat(2_000)],
    ['a prototype key', '__proto__', '__proto__'],
  ])('%s is taken as plain words', async (_name, text, kept) => {
    await post({ type: 'message', text }).expect(200);
    expect(web.house.taken.at(-1)?.text).toBe(kept);
  });

  it('takes broken UTF-16 that only JSON can spell', async () => {
    await post('{"type":"message","text":"fever \\ud800\\u0000 104","channelData":{"__proto__":{"x":1},"clientActivityID":7}}').expect(200);
    expect(web.house.taken.at(-1)?.text).toBe('fever \uFFFD 104');
  });

  it('does not read a compressed or foreign body', async () => {
    await web
      .http()
      .post(`${visitor.path}/activities`)
      .set(bearer(visitor.token))
      .set('content-encoding', 'gzip')
      .set('content-type', 'application/json')
      .send('x')
      .expect(415);
    await web.http().post(`${visitor.path}/activities`).set(bearer(visitor.token)).type('text/plain').send('hello').expect(400);
  });

  it.each(['-1', 'abc', '1e9', '9'.repeat(30), '1; drop table'])('watermark %s is refused', async (watermark) => {
    await web.http().get(`${visitor.path}/activities`).query({ watermark }).set(bearer(visitor.token)).expect(400);
  });

  it('a broken path and an unknown route are answered as JSON', async () => {
    expect((await web.http().get('/v3/directline/conversations/%E0%A4%A').set(bearer(visitor.token)).expect(400)).body.error.code).toBe(
      'bad_request',
    );
    expect((await web.http().get('/v3/directline/session/getsessionid').expect(404)).body.error.code).toBe('not_found');
  });
});

describe('things that need no turn', () => {
  it.each([{ type: 'typing' }, { type: 'event', name: 'webchat/join' }])('%o gets an id and nothing else happens', async (activity) => {
    const before = web.house.taken.length;
    expect((await post(activity).expect(200)).body.id).toMatch(/^wm_/);
    expect(web.house.taken).toHaveLength(before);
  });

  it('an event with words is read like a message', async () => {
    await post({ type: 'event', text: 'it is oozing' }).expect(200);
    expect(web.house.taken.at(-1)).toMatchObject({ text: 'it is oozing', echo: { type: 'message' } });
  });
});
