import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import express, { type Router } from 'express';

import type { WebClinic } from '../../model/web-edge';

import { escapeHtml, telephoneAddress } from './html';

/** Built code runs from dist/, where only scripts are; the page's files stay in src/. */
function pageFolder(): string {
  const beside = join(__dirname, 'page');
  return existsSync(beside) ? beside : join(__dirname, '../../../../src/channels/web/page');
}

/** Serves the demo clinic's page at `/`: a site like any clinic's, strict policy included, with the launcher's one script tag. */
export function demoPage(clinic: WebClinic): Router {
  const folder = pageFolder();
  const style = readFileSync(join(folder, 'demo.css'), 'utf8');
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
    .replaceAll('{{clinicId}}', () => escapeHtml(clinic.id))
    .replaceAll('{{clinicName}}', () => escapeHtml(clinic.name))
    .replaceAll('{{clinicPhone}}', () => escapeHtml(clinic.phone))
    .replaceAll('{{clinicTel}}', () => escapeHtml(telephoneAddress(clinic.phone)));
  const router = express.Router();

  router.get(['/', '/demo.css'], (_request, response, next) => {
    response.set({
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
      'Cache-Control': 'no-cache',
    });
    next();
  });
  router.get('/', (_request, response) => void response.type('html').send(html));
  router.get('/demo.css', (_request, response) => void response.type('css').send(style));
  return router;
}
