import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RestAnswer } from './rest';
import { refusal } from './rest';

/** One request to the REST interface, from the right account. */
export interface RestRequest {
  readonly resource: 'message' | 'call';
  readonly method: string;
  /** Of one text or call; null for the list. */
  readonly sid: string | null;
  readonly form: URLSearchParams;
  readonly query: URLSearchParams;
  readonly idempotencyToken: string | null;
}

/** A running REST interface. */
export interface RestServer {
  readonly url: string;
  readonly requests: number;
  close(): Promise<void>;
}

/** Listens on this machine; "hang" never answers, and while it is down every connection is cut. */
export async function openRestServer(options: {
  readonly port: number;
  readonly accountSid: string;
  readonly authToken: string;
  readonly isDown: () => boolean;
  readonly answer: (request: RestRequest) => RestAnswer | 'hang';
}): Promise<RestServer> {
  const { accountSid, authToken, isDown, answer } = options;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const path = new RegExp(`^/2010-04-01/Accounts/${accountSid}/(Messages|Calls)(?:/(\\w+))?\\.json$`);
  const sockets = new Set<Socket>();
  let requests = 0;

  function route(request: IncomingMessage, body: string): RestAnswer | 'hang' {
    if (request.headers.authorization !== authorization) return refusal(401, 20003);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, resource, sid = null] = path.exec(pathname) ?? [];
    if (resource === undefined) return refusal(404, 20404);
    const { method = '', headers } = request;
    if (method === 'POST' && !headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return refusal(415, 20415);
    const token = headers['i-twilio-idempotency-token'];
    return answer({
      ...{ resource: resource === 'Messages' ? 'message' : 'call', method, sid, form: new URLSearchParams(body), query: searchParams },
      idempotencyToken: typeof token === 'string' ? token : null,
    });
  }

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    requests += 1;
    if (isDown()) return void request.socket.destroy();
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const result = route(request, body);
      if (result === 'hang') return;
      response.writeHead(result.status, { 'content-type': 'application/json' }).end(JSON.stringify(result.body));
    });
  };
  const server = createServer(serve);
  server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
