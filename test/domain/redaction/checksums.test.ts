import { describe, expect, it } from 'vitest';
import { isCardNumber, isSsn, readIban } from '../../../domain/redaction/checksums.ts';

describe('isCardNumber', () => {
  // Luhn by hand for 79927398713, the example of the patent: 7+9+9+4+7+6+9+7+7+2+3 = 70. It has no issuer, so it is no card.
  it('asks for an issuer besides the check digit', () => {
    expect(isCardNumber('79927398713')).toBe(false);
  });

  // 4242 4242 4242 4242 from the right: (2 + 8) eight times is 80.
  it.each(['4242424242424242', '5555555555554444', '378282246310005', '6011111111111117', '3530111333300000', '30569309025904'])(
    'accepts %s',
    (digits) => {
      expect(isCardNumber(digits)).toBe(true);
    },
  );

  it.each(['4242424242424241', '5555555555554445', '37828224631000', '1234567890123456', '42424242424242', ''])('refuses %s', (digits) => {
    expect(isCardNumber(digits)).toBe(false);
  });
});

describe('readIban', () => {
  it('reads the length of the country and leaves what follows', () => {
    expect(readIban('DE89 3704 0044 0532 0130 00 BIC')).toBe('DE89 3704 0044 0532 0130 00');
    expect(readIban('NO9386011117947')).toBe('NO9386011117947');
  });

  it('refuses a wrong check digit, an unknown country, too few and too many characters', () => {
    expect(readIban('DE88370400440532013000')).toBeUndefined();
    expect(readIban('XX89370400440532013000')).toBeUndefined();
    expect(readIban('DE89 3704 0044')).toBeUndefined();
    expect(readIban('NO93860111179471')).toBeUndefined();
  });
});

describe('isSsn', () => {
  it('follows the rules of allocation', () => {
    expect(['123456789', '665129876', '899010001'].every(isSsn)).toBe(true);
    expect(['000123456', '666123456', '900123456', '123004567', '123450000', '12345678'].some(isSsn)).toBe(false);
  });
});
