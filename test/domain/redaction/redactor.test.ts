import { describe, expect, it } from 'vitest';
import { createRedactor, SECRET_FAMILIES } from '../../../domain/redaction/index.ts';

describe('createRedactor', () => {
  it('gives the same value the same placeholder in all texts of a record', () => {
    const redactor = createRedactor();
    expect(redactor.redact('keeper@harbor.example asks crew@harbor.example')).toBe('[EMAIL_1] asks [EMAIL_2]');
    expect(redactor.redact('crew@harbor.example answers Keeper@Harbor.example')).toBe('[EMAIL_2] answers [EMAIL_1]');
  });

  it('starts again at 1 for another record', () => {
    createRedactor().redact('keeper@harbor.example');
    expect(createRedactor().redact('crew@harbor.example')).toBe('[EMAIL_1]');
  });

  it('numbers every kind by itself and counts occurrences by detector', () => {
    const redactor = createRedactor();
    const text = 'keeper@harbor.example, (415) 555-2671, fax: 5552671, card 4242 4242 4242 4242, keeper@harbor.example';
    expect(redactor.redact(text)).toBe('[EMAIL_1], [PHONE_1], fax: [PHONE_2], card [CARD_1], [EMAIL_1]');
    expect(redactor.counts).toEqual({ email: 2, phone: 1, announced_phone: 1, card: 1 });
  });

  it('takes spellings of one card, number or account for the same value', () => {
    const redacted = createRedactor().redact(
      '4242 4242 4242 4242 4242424242424242 (415) 555-2671 +1 415 555 2671 GB82 WEST 1234 5698 7654 32, GB82WEST12345698765432',
    );
    expect(redacted).toBe('[CARD_1] [CARD_1] [PHONE_1] [PHONE_1] [IBAN_1], [IBAN_1]');
  });

  it('returns the very same string and no counts for a clean text', () => {
    const redactor = createRedactor();
    const text = 'The tide comes in at 10:22 on 2024-05-15.';
    expect(redactor.redact(text)).toBe(text);
    expect(redactor.counts).toEqual({});
  });

  it('lets secrets go before personal data', () => {
    const redactor = createRedactor();
    expect(redactor.redact('postgres://keeper:gull99@charts.example/tides')).toBe('postgres://[CREDENTIALS_1]@charts.example/tides');
    expect(redactor.counts).toEqual({ connection_string: 1 });
  });

  it('looks only for what the given families find', () => {
    expect(createRedactor().redact('keeper@harbor.example password=gull99', SECRET_FAMILIES)).toBe(
      'keeper@harbor.example password=[PASSWORD_1]',
    );
  });

  it('finds nothing in a text that is redacted already', () => {
    const redacted =
      'password=[PASSWORD_1] Bearer [BEARER_TOKEN_1] phone: [PHONE_1] api_key="[API_KEY_1]" https://[CREDENTIALS_1]@charts.example';
    expect(createRedactor().redact(redacted)).toBe(redacted);
  });
});
