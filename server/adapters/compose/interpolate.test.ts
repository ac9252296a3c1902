// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose's own variables, not JavaScript's.
import { expect, test } from 'vitest';
import { interpolate } from './interpolate';

const environment = { SET: 'value', EMPTY: '', INNER: 'in' };

test.each([
  ['plain', 'plain'],
  ['$SET-x ${SET}', 'value-x value'],
  ['$UNSET|${UNSET}', '|'],
  ['${UNSET:-default} ${EMPTY:-default} ${EMPTY-default}', 'default default '],
  ['${UNSET-default}', 'default'],
  ['${SET:+instead}|${UNSET:+instead}|${EMPTY:+instead}|${EMPTY+instead}', 'instead|||instead'],
  ['${UNSET:-${INNER:-deep}}-${UNSET:-${ALSO:-deep}}', 'in-deep'],
  ['$$SET $$', '$SET $'],
  ['${UNSET:?say so}', '${UNSET:?say so}'],
  ['100$ and ${unclosed', '100$ and ${unclosed'],
  ['${LAB_IMAGE:-electrode-lab/replica:dev}', 'electrode-lab/replica:dev'],
])('%s becomes %s', (text, expected) => {
  expect(interpolate(text, environment)).toBe(expected);
});
