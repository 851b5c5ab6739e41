import type { Dialog } from 'botbuilder-dialogs';
import { aboutTreatment } from './about-treatment';
import { answerQuestion } from './answer-question';
import { askClinic } from './ask-clinic';
import { askTreatmentTime } from './ask-treatment-time';
import { careSteps } from './care-steps';
import { checkSymptom } from './check-symptom';
import { choice } from './choice';
import { clarify } from './clarify';
import { clinicSign } from './clinic-sign';
import { flagOpen } from './flag-open';
import { guideSilent } from './guide-silent';
import { handOver } from './hand-over';
import { minor } from './minor';
import { otherTreatment } from './other-treatment';
import { photo } from './photo';
import { reached } from './reached';
import { redFlag } from './red-flag';
import { smallTalk } from './small-talk';
import { timeline } from './timeline';
import { treatmentTime } from './treatment-time';
import { welcome } from './welcome';

/** Every conversation handler, each known by its id in src/turn/plan-turn.ts. */
export const dialogs: readonly Dialog[] = [
  aboutTreatment,
  answerQuestion,
  askClinic,
  askTreatmentTime,
  careSteps,
  checkSymptom,
  choice,
  clarify,
  clinicSign,
  flagOpen,
  guideSilent,
  handOver,
  minor,
  otherTreatment,
  photo,
  reached,
  redFlag,
  smallTalk,
  timeline,
  treatmentTime,
  welcome,
];
