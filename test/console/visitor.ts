import type { Response, Test } from 'supertest';
import request from 'supertest';
import type { SmallHouse } from './small-house';

/** Somebody with a browser: keeps cookies, and sends forms with the CSRF token of the page that they stand on. */
export interface Visitor {
  get(path: string): Test;
  /** Sends a form from the page at `from`. */
  post(path: string, fields?: Record<string, string>, from?: string): Promise<Response>;
  /** Sends a form and reads the page after it. */
  does(path: string, fields?: Record<string, string>, from?: string): Promise<string>;
  readonly cookies: Map<string, string>;
}

export function visit({ server }: Pick<SmallHouse, 'server'>): Visitor {
  const cookies = new Map<string, string>();
  const keep = (test: Test): Test =>
    test.on('response', (response: { headers: Record<string, unknown> }) => {
      for (const line of (response.headers['set-cookie'] as string[] | undefined) ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
    });
  const header = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const visitor: Visitor = {
    cookies,
    get: (path) => keep(request(server).get(path).set('cookie', header())),
    async post(path, fields = {}, from = '/console/review') {
      const { text } = await visitor.get(from);
      const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
      const form = { csrf, ...fields };
      return keep(request(server).post(path).set('cookie', header()).type('form').send(form));
    },
    async does(path, fields, from) {
      const { status, headers, text } = await visitor.post(path, fields, from);
      if (status !== 303) throw new Error(`Send form to ${path}: expected 303, got ${status}: ${text}`);
      return (await visitor.get(String(headers['location'])).expect(200)).text;
    },
  };
  return visitor;
}

/** Signs in through the link that staff are sent, with the PIN where one is given. */
export async function signIn(house: SmallHouse, contact: string, pin?: string): Promise<Visitor> {
  const visitor = visit(house);
  await visitor.post('/console/sign-in', { contact });
  const path = new URL(house.signInLinks.at(-1)!.link).pathname;
  const { status } = await visitor.post(path, pin === undefined ? {} : { pin });
  if (status !== 303) throw new Error(`Sign in: expected 303, got ${status}.`);
  return visitor;
}

/** Signs in with the link that the server prints when it starts. */
export async function signInAsOwner(house: SmallHouse): Promise<Visitor> {
  const visitor = visit(house);
  await visitor.get(`/console?token=${house.token}`).expect(303);
  return visitor;
}
