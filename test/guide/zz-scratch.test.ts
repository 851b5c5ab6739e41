import { findWordingFaults } from '../../src/guide/find-wording-faults';
import { readKnowledge } from '../../src/guide/read-knowledge';
import * as faults from '../../src/guide/find-faults';
import { writeFileSync } from 'node:fs';
test('x', () => {
  let k: any;
  const real = faults.findFaults;
  try { k = readKnowledge('knowledge'); } catch (e) { writeFileSync('/tmp/kf.txt', String(e)); throw e; }
  writeFileSync('/tmp/wf.txt', findWordingFaults(k).join('\n'));
});
