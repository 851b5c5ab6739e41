import type { JSX } from 'preact';
import { Linked } from './linked';
import type { PageConfig } from './page-config';
import { emergencyNumbers, telephone } from './text-parts';
import { texts } from './texts';

/** What to do in an emergency, with numbers large enough for shaking hands. */
export function EmergencyCard({ text, clinic }: { text: string; clinic: PageConfig['clinic'] }): JSX.Element {
  return (
    <div class="card" dir="auto">
      <strong>{texts.getHelp}</strong>
      <p>
        <Linked text={text} />
      </p>
      <p class="calls">
        {emergencyNumbers(text).map((number) => (
          <a href={telephone(number)} key={number}>
            {texts.callNumber(number)}
          </a>
        ))}
        <a href={clinic.tel}>{texts.call}</a>
      </p>
    </div>
  );
}
