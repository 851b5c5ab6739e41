import type { Request, Response } from 'express';

import type { WidgetFile } from './widget-files';

/** Sends a built file in the smallest form that the browser takes. */
export function sendFile(request: Request, response: Response, file: WidgetFile): void {
  response.vary('Accept-Encoding');
  const coding = request.acceptsEncodings('br', 'gzip');
  if (coding === 'br' || coding === 'gzip') response.setHeader('Content-Encoding', coding);
  response.send(coding === 'br' ? file.brotli : coding === 'gzip' ? file.gzip : file.body);
}
