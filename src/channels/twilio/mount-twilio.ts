import type { Router } from 'express';
import express from 'express';
import { refuseUnreadable } from '../refuse';
import { signedForm } from './signed-form';
import { takeInboundText } from './sms-routes';
import { takeStatus } from './status-routes';
import type { TwilioDeps } from './twilio-deps';
import { voiceRoutes } from './voice-routes';

/**
 * Opens the doors that Twilio knocks at: texts (`/sms/inbound`), reports (`/sms/status`, `/voice/status`) and what a page's call says and
 * hears (`/voice/page/:pageId`, its `/keys` and `/pin`). Everything is stored before it is answered; what cannot be stored is
 * answered with an error, so that nothing counts as done that is not.
 */
export function mountTwilio(app: Router, deps: TwilioDeps): void {
  const doors = express.Router();
  const signed = [...signedForm(deps)];
  const voice = voiceRoutes(deps);
  const status = takeStatus(deps);
  doors.post('/sms/inbound', signed, takeInboundText(deps));
  doors.post('/sms/status', signed, status);
  doors.post('/voice/status', signed, status);
  doors.post('/voice/page/:pageId', signed, voice.page);
  doors.post('/voice/page/:pageId/keys', signed, voice.keys);
  doors.post('/voice/page/:pageId/pin', signed, voice.pin);
  doors.use(refuseUnreadable);
  app.use(doors);
}
