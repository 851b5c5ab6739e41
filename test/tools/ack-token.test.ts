import { makeAckLink, readAckToken } from '../../src/tools/ack-token';

const secret = Buffer.alloc(32, 3);
const tokenOf = (link: string): string => decodeURIComponent(new URL(link).pathname.replace('/ack/', ''));

describe('the acknowledge link', () => {
  const link = makeAckLink('https://chat.clinic.example', secret, 'page_0199abc');
  const token = tokenOf(link);

  it('leads back to its page', () => {
    expect(readAckToken(secret, token)).toBe('page_0199abc');
    expect(link.length).toBeLessThan(80);
  });

  it('is the same on every replica and after a restart', () => {
    expect(makeAckLink('https://chat.clinic.example', Buffer.alloc(32, 3), 'page_0199abc')).toBe(link);
  });

  it('carries any page id', () => {
    const odd = 'esc/1.2 é?#';
    expect(readAckToken(secret, tokenOf(makeAckLink('http://127.0.0.1:3978', secret, odd)))).toBe(odd);
  });

  it.each([
    ['another page', token.replace('abc', 'abd')],
    ['a changed signature', `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`],
    ['a shortened signature', token.slice(0, -4)],
    ['no signature', 'page_0199abc'],
    ['an empty signature', 'page_0199abc.'],
    ['no page', token.slice(token.lastIndexOf('.'))],
    ['nothing', ''],
  ])('is refused with %s', (_what, forged) => expect(readAckToken(secret, forged)).toBeNull());

  it('is refused under another secret', () => expect(readAckToken(Buffer.alloc(32, 4), token)).toBeNull());
});
