import type { Activity, DirectLine, Message } from 'botframework-directlinejs';
import { WebSocket } from 'ws';

import type { StartedServer, StartServer } from './started-server';

interface WidgetToken {
  readonly token: string;
  readonly conversationId: string;
  readonly userId: string;
}

/** The client expects a browser around it: a WebSocket and an XMLHttpRequest. */
async function loadClient(): Promise<typeof import('botframework-directlinejs')> {
  const { XMLHttpRequest } = (await import('xhr2-cookies')) as { XMLHttpRequest: unknown };
  Object.assign(globalThis, { WebSocket, XMLHttpRequest });
  return import('botframework-directlinejs');
}

async function widgetToken(url: string): Promise<WidgetToken> {
  return (await (await fetch(`${url}/widget/token`, { method: 'POST' })).json()) as WidgetToken;
}

/** A lost line is tried again after 3 to 15 s; the client lets a caller pick the point, so that the test need not wait. */
const soonest: object = { random: () => 0 };

/** One connected client and everything it was shown. */
class Visitor {
  readonly seen: Activity[] = [];

  constructor(readonly line: DirectLine) {
    line.activity$.subscribe({ next: (activity) => this.seen.push(activity), error: () => undefined });
  }

  texts(): string[] {
    return this.seen.map((activity) => ('text' in activity ? (activity.text ?? '') : ''));
  }

  async sees(text: RegExp, withinMs = 5_000): Promise<void> {
    const until = Date.now() + withinMs;
    while (!this.texts().some((seen) => text.test(seen))) {
      if (Date.now() > until) throw new Error(`Wait for reply: nothing matched ${String(text)} in ${withinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  says(text: string, clientActivityID: string): Promise<string> {
    const message: Message = { type: 'message', from: { id: 'mallory' }, text, channelData: { clientActivityID } };
    return new Promise((resolve, reject) => this.line.postActivity(message).subscribe({ next: resolve, error: reject }));
  }
}

/** The Bot Framework's own Direct Line client, over WebSocket and over polling. */
export function directLineClientSuite(name: string, startServer: StartServer): void {
  describe(`the real Direct Line client against ${name}`, () => {
    let server: StartedServer;
    let client: Awaited<ReturnType<typeof loadClient>>;
    const lines: DirectLine[] = [];

    beforeAll(async () => {
      client = await loadClient();
      server = await startServer();
    });
    afterAll(async () => {
      for (const line of lines) line.end();
      await server.close();
    });

    const visit = async (
      options: { webSocket: boolean },
      given?: WidgetToken,
      resume?: { watermark: string },
    ): Promise<[Visitor, WidgetToken]> => {
      const token = given ?? (await widgetToken(server.url));
      const line = new client.DirectLine({
        domain: `${server.url}/v3/directline`,
        token: token.token,
        ...options,
        ...soonest,
        pollingInterval: 200,
        ...(resume ? { conversationId: token.conversationId, ...resume } : {}),
      });
      lines.push(line);
      return [new Visitor(line), token];
    };

    it.each([{ webSocket: true }, { webSocket: false }])('greets, echoes and answers with %o', async (options) => {
      const [visitor, { userId }] = await visit(options);
      await visitor.sees(server.bot.greeting);
      const id = await visitor.says(server.bot.question, 'client-1');
      await visitor.sees(server.bot.answer);
      const echo = visitor.seen.find((activity) => activity.id === id);
      expect(echo).toMatchObject({ from: { id: userId }, text: server.bot.question, channelData: { clientActivityID: 'client-1' } });
    });

    it('takes the same message sent twice as one', async () => {
      const [visitor] = await visit({ webSocket: true });
      await visitor.sees(server.bot.greeting);
      const ids = [await visitor.says(server.bot.question, 'same'), await visitor.says(server.bot.question, 'same')];
      await visitor.sees(server.bot.answer);
      expect(ids[0]).toBe(ids[1]);
      expect(visitor.seen.filter((activity) => activity.id === ids[0])).toHaveLength(1);
    });

    it('comes back after the socket is cut and misses nothing', async () => {
      const [visitor, token] = await visit({ webSocket: true });
      await visitor.sees(server.bot.greeting);
      server.cutSockets();
      await fetch(`${server.url}/v3/directline/conversations/${token.conversationId}/activities`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'message', from: { id: 'x' }, text: server.bot.question }),
      });
      await visitor.sees(server.bot.answer, 18_000);
      expect(visitor.texts().filter((text) => server.bot.greeting.test(text))).toHaveLength(1);
    }, 25_000);

    it.each([{ webSocket: true }, { webSocket: false }])(
      'replays the whole history to a page that was loaded again, with %o',
      async (options) => {
        const [first, token] = await visit(options);
        await first.sees(server.bot.greeting);
        await first.says(server.bot.question, 'before-reload');
        await first.sees(server.bot.answer);
        first.line.end();
        const [second] = await visit(options, token, { watermark: '0' });
        await second.sees(server.bot.greeting);
        await second.sees(server.bot.answer);
      },
    );
  });
}
