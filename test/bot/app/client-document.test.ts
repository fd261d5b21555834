/** The interface for other systems in each form: valid by the form's own schema, with the same four operations. */
import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import { clientDocument, DOCUMENT_FORMS } from '../../../bot/app/client-document.js';

const OPTIONS = { version: '1.2.3', server: 'https://desk.contoso.com' };

describe('the documents for other systems', () => {
  for (const form of DOCUMENT_FORMS) {
    it(`is valid as ${form}`, async () => {
      const document = clientDocument(form, OPTIONS);
      const { valid, errors } = await new Validator().validate(structuredClone(document));
      assert.ok(valid, JSON.stringify(errors));
      const ids = [...JSON.stringify(document).matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
      assert.deepEqual(ids, ['whoIsResponsible', 'findOffers', 'openOutages', 'reportWrongContact']);
    });
  }

  it('has a version of the specification that each tool reads', () => {
    const version = (form: (typeof DOCUMENT_FORMS)[number]) => {
      const { openapi, swagger } = clientDocument(form, OPTIONS);
      return openapi ?? swagger;
    };
    assert.deepEqual(DOCUMENT_FORMS.map(version), ['3.1.0', '3.0.3', '2.0', '3.0.3']);
  });

  it('gives a connector the host, the key in a header, and values without unions, which it does not read', () => {
    const connector = clientDocument('power-automate', OPTIONS);
    assert.equal(connector.host, 'desk.contoso.com');
    assert.deepEqual(connector.securityDefinitions, {
      apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
    });
    assert.doesNotMatch(JSON.stringify(connector), /anyOf|oneOf|"const"|nullable|#\/components/);
  });
});
