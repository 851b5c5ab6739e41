import type { JSX } from 'preact';
import type { CareTimeline, TimelineRow } from '../../model/web-edge';
import { Linked } from './linked';
import { Modal } from './modal';
import type { Page, View } from './page';
import { texts } from './texts';

/** The patient's own dates: a picture, the same as a list, and a file for the calendar. */
export function TimelineDialog({ page, view }: { page: Page; view: View }): JSX.Element {
  const { timeline } = view;
  return (
    <Modal title={texts.timeline} isOpen={view.dialog === 'timeline'} onClose={() => page.open(null)}>
      {timeline === 'loading' && <p role="status">{texts.timelineLoading}</p>}
      {timeline === 'failed' && <p role="alert">{texts.timelineFailed}</p>}
      {typeof timeline === 'object' && timeline.plan && <Plan plan={timeline.plan} />}
      {typeof timeline === 'object' && !timeline.plan && <p>{texts.timelineFailed}</p>}
      {typeof timeline === 'object' && timeline.calendar !== null && (
        <p>
          <a class="plain" href={timeline.calendar} target="_blank" rel="noopener">
            {texts.calendar}
          </a>
        </p>
      )}
    </Modal>
  );
}

function Plan({ plan }: { plan: CareTimeline }): JSX.Element {
  return (
    <>
      {plan.treated !== null && <p>{plan.treated}</p>}
      <p>{plan.note}</p>
      {plan.treated !== null && (
        <>
          <Picture plan={plan} />
          <Legend />
        </>
      )}
      {plan.rows.length > 0 && (
        <table>
          <caption>{texts.timelineText}</caption>
          <tbody>
            {plan.rows.map((row) => (
              <tr key={row.topic}>
                <th scope="row">{row.name}</th>
                <td>
                  <b>{row.when}</b> <Linked text={row.text} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const WIDTH = 320;
const NAME_HEIGHT = 16;
const ROW_HEIGHT = 34;
const BAR_HEIGHT = 12;
/** The picture ends a day after the last change. */
const DAY_HOURS = 24;

/** Hours are squeezed, so that the first days, where most happens, get most of the room. */
function scaleOf(rows: readonly TimelineRow[], nowHours: number): (hours: number | null) => number {
  const last = Math.max(2 * DAY_HOURS, ...rows.flatMap((row) => row.spans.map((span) => span.from)), nowHours) + DAY_HOURS;
  const squeeze = (hours: number): number => Math.sqrt(Math.max(0, Math.min(hours, last)));
  return (hours) => (squeeze(hours ?? last) / squeeze(last)) * WIDTH;
}

/** The list beside it says the same, so the picture is hidden from screen readers. */
function Picture({ plan }: { plan: CareTimeline }): JSX.Element {
  const x = scaleOf(plan.rows, plan.nowHours);
  const height = plan.rows.length * ROW_HEIGHT + NAME_HEIGHT;
  const nowAt = x(plan.nowHours);
  return (
    <svg class="picture" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      {plan.rows.map((row, at) => (
        <g key={row.topic}>
          <text x="0" y={at * ROW_HEIGHT + NAME_HEIGHT - 4}>
            {row.name}
          </text>
          {row.spans.map((span) => (
            <rect
              key={span.from}
              class={span.kind}
              x={x(span.from)}
              y={at * ROW_HEIGHT + NAME_HEIGHT}
              width={Math.max(2, x(span.until) - x(span.from) - 1)}
              height={BAR_HEIGHT}
              rx="2"
            />
          ))}
          <line x1={nowAt} x2={nowAt} y1={at * ROW_HEIGHT + NAME_HEIGHT - 2} y2={at * ROW_HEIGHT + NAME_HEIGHT + BAR_HEIGHT + 2} />
        </g>
      ))}
      <text class="now" x={Math.min(nowAt, WIDTH - 30)} y={height - 3}>
        {plan.nowMark}
      </text>
    </svg>
  );
}

function Legend(): JSX.Element {
  return (
    <p class="legend" aria-hidden="true">
      {(['wait', 'ask', 'open'] as const).map((kind) => (
        <span key={kind}>
          <svg class="picture" viewBox="0 0 24 12">
            <rect class={kind} x="1" y="1" width="22" height="10" rx="2" />
          </svg>
          {texts.legend[kind]}
        </span>
      ))}
    </p>
  );
}
