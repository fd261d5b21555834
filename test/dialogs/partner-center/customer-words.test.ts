/** The words with which staff name a customer, and sentences about a customer that name none. */
import assert from 'node:assert/strict';
import { customerNamed } from '../../../dialogs/partner-center/customer-words.js';

/** Text → the name. */
const NAMED: Readonly<Record<string, string>> = {
  'customer Contoso': 'Contoso',
  'for customer Contoso Hotels': 'Contoso Hotels',
  'For the customer Alpine Ski House': 'Alpine Ski House',
  'Customer: contoso': 'contoso',
  'customer "contoso hotels"': 'contoso hotels',
  'customer School of Fine Art': 'School of Fine Art',
  'client 4th Coffee': '4th Coffee',
  'Kunde Contoso': 'Contoso',
  'für Kunde: contoso': 'contoso',
  'client : contoso': 'contoso',
  'pour le client « Contoso »': 'Contoso',
  'para el cliente Contoso': 'Contoso',
  'per il cliente Contoso': 'Contoso',
  'voor klant Contoso': 'Contoso',
  'cliente: contoso': 'contoso',
  '顧客 Contoso': 'Contoso',
  '顧客：コントソ': 'コントソ',
  '고객 Contoso': 'Contoso',
  客户Contoso: 'Contoso',
  '客戶：康拓': '康拓',
  'العميل: كونتوسو': 'كونتوسو',
};

const NOT_NAMED = [
  'customer',
  'customer:',
  'customer cannot log in',
  'customers Contoso',
  'CustomerContoso',
  'customer says it is urgent',
  'Customer Contoso cannot log in',
  'customer Contoso cannot log in',
  'who supports the customer Contoso',
  'customer: can you help me?',
  'Kunde kann sich nicht anmelden',
  '客户无法登录',
  '고객 로그인 불가',
  'العميل لا يستطيع الدخول',
  `customer ${'Contoso '.repeat(30)}`,
];

describe('the name of a customer', () => {
  for (const [text, name] of Object.entries(NAMED))
    it(`is read in “${text}”`, () => {
      assert.equal(customerNamed(text), name);
    });
  for (const text of NOT_NAMED)
    it(`is not read in “${text.slice(0, 40)}”`, () => {
      assert.equal(customerNamed(text), undefined);
    });
});
