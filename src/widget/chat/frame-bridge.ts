import type { ToPage } from '../shared/frame-messages';
import { readFrameMessage } from '../shared/frame-messages';

/** The page around the frame, as far as the chat may talk to it. */
export interface FrameBridge {
  /** Whether there is one, so that closing makes sense. */
  readonly isFramed: boolean;
  close(): void;
  unread(count: number): void;
}

/** Talks to the launcher; only messages of the listed page itself are heard, and only it is told anything. */
export function makeFrameBridge(host: string | null, onShown: (isShown: boolean) => void): FrameBridge {
  const isFramed = host !== null && window.parent !== window;
  const tell = (message: ToPage): void => {
    if (isFramed) window.parent.postMessage(message, host);
  };
  if (isFramed) {
    addEventListener('message', (event) => {
      const type = readFrameMessage(event, { origin: host, source: window.parent });
      if (type === 'shown' || type === 'hidden') onShown(type === 'shown');
    });
  }
  tell({ aftercare: 1, type: 'ready' });
  return {
    isFramed,
    close: () => tell({ aftercare: 1, type: 'close' }),
    unread: (count) => tell({ aftercare: 1, type: 'unread', count }),
  };
}
