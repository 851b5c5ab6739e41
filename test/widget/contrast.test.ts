import { contrast, inkOn, readableOn, readColour } from '../../src/widget/shared/contrast';

/** 300 colours spread over all of them. */
const colours = Array.from(
  { length: 300 },
  (_, at) =>
    `#${Math.floor((at * 0xffffff) / 299)
      .toString(16)
      .padStart(6, '0')}`,
);

describe("contrast of a clinic's colour", () => {
  it('measures as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('is enough for the text on it, whatever the colour', () => {
    expect(colours.filter((colour) => contrast(colour, inkOn(colour)) < 4.5)).toEqual([]);
  });

  it.each(['#fffdf9', '#1d2324'])('is enough for text in it on %s, whatever the colour', (paper) => {
    expect(colours.filter((colour) => contrast(readableOn(paper, colour), paper) < 4.5)).toEqual([]);
  });

  it('leaves a colour alone that can be read', () => {
    expect(readableOn('#fffdf9', '#1f5b55')).toBe('#1f5b55');
  });

  it.each([
    ['#ABC', '#aabbcc'],
    ['#1f5b55', '#1f5b55'],
    ['red', null],
    ['#12345', null],
    ['#123456;background:url(x)', null],
  ])('reads %s as %s', (text, colour) => {
    expect(readColour(text)).toBe(colour);
  });
});
