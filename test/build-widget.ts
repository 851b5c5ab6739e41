import { join } from 'node:path';
import { readWidgetFiles, type WidgetFiles } from '../src/channels/web/widget-files';
import { bundleWidget } from '../src/widget/build/bundle';

const root = join(__dirname, '..');
/** Where the server looks for the built widget. */
export const builtWidget = join(root, 'dist', 'widget');

/** Builds the widget once before all tests, so that they never meet an old one. */
// oxlint-disable-next-line import/no-default-export -- jest calls the default export of a global set-up
export default function buildWidget(): Promise<void> {
  return bundleWidget(root, builtWidget);
}

/** The built widget, as a server sends it. */
export function widgetFiles(): WidgetFiles {
  return readWidgetFiles(builtWidget, null);
}
