import { isTransient, storeFault } from '../../../lambda/shared/service-fault';

const fault = (name: string, more: object = {}) => Object.assign(new Error('fault'), { name, ...more });

test.each([
  ['ThrottlingException', fault('ThrottlingException', { $fault: 'client', $metadata: { httpStatusCode: 400 } }), true],
  ['SlowDown', fault('SlowDown', { $metadata: { httpStatusCode: 503 } }), true],
  ['a fault of the service', fault('InternalServerError', { $fault: 'server', $metadata: { httpStatusCode: 500 } }), true],
  ['no answer', fault('TimeoutError'), true],
  ['a reset connection', fault('Error', { code: 'ECONNRESET', $metadata: { attempts: 3 } }), true],
  ['a refused connection', fault('Error', { code: 'ECONNREFUSED' }), true],
  ['a denied request', fault('AccessDeniedException', { $fault: 'client', $metadata: { httpStatusCode: 400 } }), false],
  ['a missing table', fault('ResourceNotFoundException', { $fault: 'client', $metadata: { httpStatusCode: 400 } }), false],
  ['a defect of the program', new TypeError('x is not a function'), false],
  ['a thrown text', 'text', false],
])('%s passes by itself: %s', (_, error, transient) => {
  expect(isTransient(error)).toBe(transient);
});

test('a passing fault gets the name that retriers know, a defect keeps its own', () => {
  const throttled = fault('ThrottlingException');
  expect(storeFault('cannot write', throttled)).toMatchObject({
    name: 'Store.Unavailable',
    message: 'cannot write: fault',
    cause: throttled,
  });
  const defect = fault('AccessDeniedException', { $fault: 'client', $metadata: { httpStatusCode: 400 } });
  expect(storeFault('cannot write', defect)).toBe(defect);
});
