import { readFileSync, existsSync } from 'node:fs';
import { extname, join } from 'node:path';

import express, { type Router } from 'express';

import { socketAddress } from './public-address';

const files = ['chat.js', 'direct-line.js', 'chat.css'] as const;

/** Built code runs from dist/, where only scripts are; the page's files stay in src/. */
function pageFolder(): string {
  const beside = join(__dirname, 'page');
  return existsSync(beside) ? beside : join(__dirname, '../../../../src/channels/web/page');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** `(555) 010-0199` as a `tel:` address can hold it. */
function telephoneAddress(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`;
}

/** Serves the demo clinic page at `/` with its style and script, under a policy that allows nothing inline and nothing foreign. */
export function demoPage(clinic: { readonly name: string; readonly phone: string }, publicUrl: string | null): Router {
  const folder = pageFolder();
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
    .replaceAll('{{clinicName}}', () => escapeHtml(clinic.name))
    .replaceAll('{{clinicPhone}}', () => escapeHtml(clinic.phone))
    .replaceAll('{{clinicTel}}', () => escapeHtml(telephoneAddress(clinic.phone)));
  const router = express.Router();

  router.get(['/', ...files.map((file) => `/${file}`)], (request, response, next) => {
    const socket = new URL(socketAddress(request, publicUrl)).origin;
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ${socket}; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
    response.setHeader('Cache-Control', 'no-cache');
    next();
  });
  router.get('/', (_request, response) => void response.type('html').send(html));
  for (const file of files) {
    const content = readFileSync(join(folder, file), 'utf8');
    router.get(`/${file}`, (_request, response) => void response.type(extname(file)).send(content));
  }
  return router;
}
