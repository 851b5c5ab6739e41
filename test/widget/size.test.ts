import { measureWidget, SIZE_LIMITS } from '../../src/widget/build/size';
import { builtWidget } from '../build-widget';

describe('the weight of the widget', () => {
  const sizes = measureWidget(builtWidget);

  it.each(Object.entries(SIZE_LIMITS))('%s stays under %i bytes', (part, limit) => {
    expect(sizes[part as keyof typeof sizes]).toBeGreaterThan(0);
    expect(sizes[part as keyof typeof sizes]).toBeLessThan(limit);
  });
});
