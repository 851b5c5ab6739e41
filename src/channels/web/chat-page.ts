import express, { type Request, type Router } from 'express';
import { z } from 'zod';

import type { WebClinic } from '../../model/web-edge';

import { chooseClinic } from './choose-clinic';
import { escapeHtml, telephoneAddress } from './html';
import { createOriginCheck } from './origin-check';
import { socketAddress } from './public-address';
import { Refusal } from './refusal';
import { sendFile } from './send-file';
import type { WebChannelDeps } from './web-channel-deps';

const yearSeconds = 365 * 24 * 60 * 60;
/** What the framed page may do; `allow-same-origin` is safe because the frame's origin is not the clinic's. */
const sandbox =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-top-navigation-to-custom-protocols';

const query = z.object({
  clinic: z.string().optional(),
  host: z
    .string()
    .regex(/^https?:\/\/[^\s/'"<>;,]+$/)
    .optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .optional(),
  dir: z.enum(['ltr', 'rtl']).optional(),
});

/** Who may put the page into a frame, for the Content-Security-Policy. */
function frameAncestors({ origins }: WebClinic, publicUrl: string | null): string {
  const listed = [...origins, ...(publicUrl === null ? [] : [publicUrl])].map((url) => new URL(url).origin);
  return ["'self'", ...new Set(listed)].join(' ');
}

function pagePolicy(request: Request, clinic: WebClinic, publicUrl: string | null): string {
  const socket = new URL(socketAddress(request, publicUrl)).origin;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src 'self' ${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors(clinic, publicUrl)}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    `sandbox ${sandbox}`,
  ].join('; ');
}

interface PageConfig {
  readonly clinic: { readonly id: string; readonly name: string; readonly phone: string; readonly tel: string };
  /** The page around the frame, checked against the clinic's list; null when there is none. */
  readonly host: string | null;
  readonly colour: string | null;
  readonly words: ReturnType<WebChannelDeps['pages']['words']>;
}

function pageHtml(config: PageConfig, dir: 'ltr' | 'rtl', { chatScript, chatStyle }: WebChannelDeps['widget']): string {
  const { name, phone, tel } = config.clinic;
  return `<!doctype html>
<html lang="en" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(name)}: aftercare chat</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/chat/${chatStyle.version}.css">
<script src="/chat/${chatScript.version}.js" defer></script>
</head>
<body data-config="${escapeHtml(JSON.stringify(config))}">
<main class="chat" id="chat">
<header class="head"><div class="who"><h1>${escapeHtml(name)}</h1></div><a class="call" href="${escapeHtml(tel)}">Call ${escapeHtml(phone)}</a></header>
<p class="opening">Opening the chat. In an emergency call <a href="tel:911">911</a>.</p>
<noscript><p class="opening">The chat needs JavaScript. Please call ${escapeHtml(name)}: ${escapeHtml(phone)}.</p></noscript>
</main>
</body>
</html>
`;
}

/** Serves the launcher (`/widget.js`), the framed page (`/chat`) and its files. */
export function chatPage(deps: WebChannelDeps): Router {
  const { publicUrl, widget, pages } = deps;
  const router = express.Router();

  const launcherHeaders = (maxAge: string): Readonly<Record<string, string>> => ({
    'Cache-Control': maxAge,
    'X-Content-Type-Options': 'nosniff',
    // an integrity attribute works on scripts of another origin only when they may be read
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  const forGood = `public, max-age=${yearSeconds}, immutable`;

  router.get('/widget.js', (request, response) => {
    response.set(launcherHeaders('public, max-age=300')).type('js');
    sendFile(request, response, widget.launcher);
  });
  router.get('/widget/:file', (request, response, next) => {
    const launcher = widget.launchers.get(/^([0-9a-f]{16})\.js$/.exec(request.params.file)?.[1] ?? '');
    if (launcher === undefined) {
      next();
      return;
    }
    response.set(launcherHeaders(forGood)).type('js');
    sendFile(request, response, launcher);
  });

  for (const [type, file] of [['js', widget.chatScript] as const, ['css', widget.chatStyle] as const]) {
    router.get(`/chat/${file.version}.${type}`, (request, response) => {
      response.set({ 'Cache-Control': forGood, 'X-Content-Type-Options': 'nosniff' }).type(type);
      sendFile(request, response, file);
    });
  }

  router.get('/chat', (request, response) => {
    // until the site has been checked, nobody may show even the refusal
    response.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    const asked = query.safeParse(request.query);
    if (!asked.success)
      throw new Refusal('bad_request', 'Open chat: its address is of the wrong form; expected one that the launcher makes');
    const { host, color, dir } = asked.data;
    const clinic = chooseClinic(deps.clinics, asked.data.clinic);
    if (host !== undefined && !createOriginCheck(publicUrl, clinic.origins)(host, request.get('host'))) {
      throw new Refusal('origin_refused', 'Open chat: this site may not show it; expected one that the clinic has listed');
    }
    const config: PageConfig = {
      clinic: { id: clinic.id, name: clinic.name, phone: clinic.phone, tel: telephoneAddress(clinic.phone) },
      host: host ?? null,
      colour: color ?? clinic.colour ?? null,
      words: pages.words(clinic),
    };
    response.set({
      'Content-Security-Policy': pagePolicy(request, clinic, publicUrl),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
      'Cache-Control': 'no-cache',
    });
    response.type('html').send(pageHtml(config, dir ?? 'ltr', widget));
  });

  return router;
}
