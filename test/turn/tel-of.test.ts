import { telOf } from '../../src/turn/take-turn';

test.each(['(555) 010-0199', '555-010-0199', '1 (555) 010-0199', '+1 555 010 0199', '1-555-010-0199'])('%s dials', (phone) => {
  expect(telOf({ phone })).toBe('tel:+15550100199');
});
