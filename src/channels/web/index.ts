export { mountWebChannel } from './mount-web-channel';
export { defaultWebLimits, type WebLimits } from './rate-limit';
export type { Streams } from './stream';
export { directLineSecret } from './tokens';
export type { WebChannelDeps } from './web-channel-deps';
export { readWidgetFiles, type WidgetFiles } from './widget-files';
