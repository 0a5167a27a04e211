import fc from 'fast-check';
import { credentialScope } from '../../../../lib/local/gateway/credential-scope';

const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc';

describe('who signed a request, and for which service', () => {
  test('is read from the Authorization header', () => {
    expect(credentialScope({ headers: { authorization: SIGNED }, url: '/' })).toEqual({
      accessKeyId: 'AKID',
      region: 'eu-west-1',
      service: 'lambda',
    });
  });

  test('is read from a presigned URL', () => {
    const url =
      '/bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Expires=9';
    expect(credentialScope({ headers: {}, url })).toEqual({ accessKeyId: 'AKID', region: 'eu-west-1', service: 's3' });
  });

  test('is read from a multi-region signature', () => {
    const authorization = 'AWS4-ECDSA-P256-SHA256 Credential=AKID/20260101/s3/aws4_request, SignedHeaders=host, Signature=abc';
    expect(credentialScope({ headers: { authorization }, url: '/' })).toEqual({ accessKeyId: 'AKID', region: '*', service: 's3' });
  });

  test.each([
    [{ headers: {}, url: '/' }],
    [{ headers: {}, url: undefined }],
    [{ headers: { authorization: 'Bearer token' }, url: '/' }],
    [{ headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKID/2026/eu-west-1/lambda/aws4_request' }, url: '/' }],
    [{ headers: {}, url: '/?X-Amz-Credential=AKID' }],
  ])('is unknown for %j', (request) => {
    expect(credentialScope(request)).toBeUndefined();
  });

  test('survives any order of the parts of the header', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/);
    fc.assert(
      fc.property(word, word, word, fc.boolean(), (accessKeyId, region, service, first) => {
        const credential = `Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request`;
        const parts = ['SignedHeaders=host', 'Signature=abc'];
        const authorization = `AWS4-HMAC-SHA256 ${(first ? [credential, ...parts] : [...parts, credential]).join(', ')}`;
        expect(credentialScope({ headers: { authorization }, url: '/' })).toEqual({ accessKeyId, region, service });
      }),
    );
  });
});
