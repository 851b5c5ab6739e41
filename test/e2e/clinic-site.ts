import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';

/** A clinic's own website on another origin than the chat. */
export interface ClinicSite {
  /** e.g. `http://localhost:40124`; the chat's server is at 127.0.0.1, so the two are different sites. */
  readonly origin: string;
  /** What a page of the site shows; the script tag's attributes and more of its head. */
  readonly show: (page: SitePage) => void;
  close(): Promise<void>;
}

/** One page of the site. */
export interface SitePage {
  /** The script tag's `src`. */
  readonly src: string;
  readonly attributes?: string;
  readonly head?: string;
  readonly body?: string;
  readonly policy?: string;
}

/** Starts a site whose pages all look the same; `show` changes them. */
export async function startClinicSite(host: 'localhost' | '127.0.0.1' = 'localhost'): Promise<ClinicSite> {
  let page: SitePage = { src: '' };
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (page.policy !== undefined) response.setHeader('content-security-policy', page.policy);
    response.end(
      `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>A clinic</title>` +
        `<link rel="icon" href="data:,">${page.head ?? ''}<script src="${page.src}" defer ${page.attributes ?? ''}></script></head>` +
        `<body><main><h1>A clinic</h1><p><a href="/next">Next page</a></p>${page.body ?? ''}</main></body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    show: (next) => (page = next),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
