import { classify } from '../../../src/understand/classifier/classify';
import { deserializeModel, serializeModel } from '../../../src/understand/classifier/model-file';
import { trainClassifier } from '../../../src/understand/classifier/train-classifier';
import { aftercareExamples } from './aftercare-examples';

const examples = aftercareExamples();

describe('a stored model', () => {
  const model = trainClassifier(examples);
  const stored = serializeModel(model);

  test.each(['net', 'svm', 'both'] as const)('answers exactly as before storing, parts: %s', (parts) => {
    const fresh = trainClassifier(examples, { parts });
    const loaded = deserializeModel(serializeModel(fresh));
    for (const text of ['can i wear makeup', 'sun?', 'zyzzyva', '']) expect(classify(loaded, text)).toEqual(classify(fresh, text));
  });

  test('loads from the middle of a larger buffer at any alignment', () => {
    const shifted = Buffer.concat([Buffer.from('abc'), stored]).subarray(3);
    expect(classify(deserializeModel(shifted), 'sun')).toEqual(classify(model, 'sun'));
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another kind of file', Buffer.from('{"a": "json file"}')],
    ['another version', Buffer.concat([Buffer.from('AFTCLS99'), stored.subarray(8)])],
    ['its first bytes only', stored.subarray(0, 10)],
    ['half a file', stored.subarray(0, stored.length >> 1)],
    ['a file without its last byte', stored.subarray(0, stored.length - 1)],
  ])('is refused with a clear error when it is %s', (_, bytes) => {
    expect(() => deserializeModel(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_UNREADABLE' }));
  });

  test('is refused when one byte differs', () => {
    const altered = Buffer.from(stored);
    altered.writeUInt8(altered.readUInt8(altered.length >> 1) ^ 1, altered.length >> 1);
    expect(() => deserializeModel(altered)).toThrow('checksum');
  });
});
