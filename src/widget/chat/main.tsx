import { render } from 'preact';
import { App } from './app';
import { paint } from './paint';
import { Page } from './page';
import { readPageConfig } from './page-config';

const root = document.getElementById('chat');
if (root) {
  const config = readPageConfig(document.body);
  paint(config.colour);
  let page: Page | null = null;
  let isDue = false;
  const draw = (): void => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      if (page) render(<App page={page} view={page.view} />, root);
    });
  };
  root.replaceChildren();
  page = new Page(config, draw);
  draw();
}
