import { makeSigner } from '../../src/console/make-signer';
import { Markup, markup } from '../../src/console/markup';
import { sayLength, sayMoment } from '../../src/console/say-time';
import { EVENT_WORDS, reasonText } from '../../src/console/words';
import request from 'supertest';
import { openSmallHouse } from './small-house';
import { signIn } from './visitor';

describe('markup', () => {
  it('escapes text, joins lists, leaves markup as it is, and drops what is not there', () => {
    const nasty = `<b a="1" c='2'>&`;
    const { text } = markup`<p title="${nasty}">${[nasty, markup`<i>${1}</i>`, null, false]}</p>`;
    expect(text).toBe('<p title="&#60;b a=&#34;1&#34; c=&#39;2&#39;&#62;&#38;">&#60;b a=&#34;1&#34; c=&#39;2&#39;&#62;&#38;<i>1</i></p>');
    expect(markup`${new Markup('<hr>')}`.text).toBe('<hr>');
  });
});

describe('times', () => {
  const zone = 'America/New_York';
  const now = Date.parse('2026-03-10T01:06:00Z');
  it.each([
    ['2026-03-10T01:06:00Z', '9:06 pm'],
    ['2026-03-10T13:00:00Z', 'Tue 9:00 am'],
    ['2026-03-08T13:00:00Z', 'Sun 9:00 am'],
    ['2026-03-20T13:00:00Z', 'Mar 20, 9:00 am'],
  ])('%s reads as %s', (at, words) => expect(sayMoment(Date.parse(at), now, zone)).toBe(words));

  it.each([
    [59_999, 'under a minute'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_900_000, '1 h 5 min'],
    [2 * 86_400_000, '2 days'],
  ])('%d ms last %s', (ms, words) => expect(sayLength(ms)).toBe(words));
});

describe('words', () => {
  it.each([
    ['watch:redness', 'A sign beyond its window: redness'],
    ['question:sun_exposure', 'Question for the clinic: sun exposure'],
    ['something_new', 'something new'],
    ['by_hand:ana', 'Raised by hand: Ana'],
    ['no_reply', 'No reply to the safety question'],
  ])('of the reason %s are %s', (reason, words) => expect(reasonText(reason, () => 'Ana')).toBe(words));

  it('name each event differently', () => expect(new Set(Object.values(EVENT_WORDS)).size).toBe(Object.keys(EVENT_WORDS).length));
});

describe('signatures', () => {
  const signer = makeSigner(Buffer.alloc(32, 1), 'session');
  it('give back what was signed, and nothing else', () => {
    const signed = signer.sign('{"p":"ana é"}');
    expect(signer.read(signed)).toBe('{"p":"ana é"}');
    expect(signed).toMatch(/^[\w-]+\.[\w-]+$/);
    for (const forged of ['', '.', 'a.b', `${signed}.x`, `x${signed}`, signed.slice(0, -1)]) expect(signer.read(forged)).toBeNull();
    expect(makeSigner(Buffer.alloc(32, 1), 'form').read(signed)).toBeNull();
  });
});

describe('every page', () => {
  const CSP =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  it.each(['/console', '/console/sign-in', '/console/none', '/console/escalations/esc-12', '/ack/none'])(
    '%s comes under a strict policy and is kept nowhere',
    async (path) => {
      const ben = await signIn(openSmallHouse(), 'ben@clinic.example');
      const { headers, text } = await ben.get(path);
      expect(headers['content-security-policy']).toBe(CSP);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(text).not.toMatch(/<script(?! src="\/console\/live\.js" defer>)|style=|\son\w+=|javascript:/);
    },
  );

  it('has its style and script without a session', async () => {
    const { server } = openSmallHouse();
    await request(server)
      .get('/console/style.css')
      .expect(200)
      .expect('content-type', /text\/css/);
    await request(server)
      .get('/console/live.js')
      .expect(200)
      .expect('content-type', /javascript/);
  });

  it('answers a broken address as the server does, and refuses a form that is far too large', async () => {
    const { server } = openSmallHouse();
    expect((await request(server).get('/console/%E0%A4%A').expect(404)).body.error.code).toEqual(expect.any(String));
    await request(server)
      .post('/console/sign-in')
      .type('form')
      .send({ contact: 'x'.repeat(70_000) })
      .expect(413);
  });
});
