import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { ErrorRequestHandler, Express } from 'express';
import express from 'express';
import { AftercareError } from './tools/errors';
import type { Log } from './tools/log';

/** An express server before anything but its health pages is mounted. */
export interface House {
  readonly app: Express;
  readonly server: Server;
}

/** Makes the server with /healthz and /readyz; `ready` throws what is wrong. */
export function makeServer(ready: () => Promise<void>): House {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    await ready();
    response.json({ status: 'ok' });
  });
  return { app, server: createServer(app) };
}

/** Ends the chain: unknown addresses and errors, always as {"error":{"code","message"}} and never with patient words or a stack. */
export function finishServer(app: Express, log: Log): void {
  app.use(
    (_request, response) =>
      void response.status(404).json({ error: { code: 'NOT_FOUND', message: 'Find route: there is none at this address.' } }),
  );
  const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const known = error instanceof AftercareError ? error : null;
    if (!known) log.error({ err: error }, 'a request failed');
    response
      .status(known?.status ?? 500)
      .json({ error: { code: known?.code ?? 'INTERNAL', message: known?.message ?? 'Answer request: something failed on our side.' } });
  };
  app.use(onError);
}

/** Listens; rejects with PORT_TAKEN and what to do when the port is in use. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new AftercareError(
              'PORT_TAKEN',
              `Listening on ${host}:${port} failed: another program uses the port. Stop it, or set PORT to a free one.`,
            )
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
