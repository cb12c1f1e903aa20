import { DuckDBInstance, structValue, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainValue, type PlainValue } from '../../../adapters/lake/plain-value.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function valueOf(expression: string): Promise<PlainValue> {
  const reader = await connection.runAndReadAll(`SELECT ${expression}`);
  return plainValue(reader.getRows()[0]![0]!);
}

describe('plainValue', () => {
  test.each<[string, PlainValue]>([
    ['NULL', null],
    ['true', true],
    ["'quay'", 'quay'],
    ['42::INTEGER', 42],
    // 2^53 - 1 is the largest integer that has no double for a neighbour to be mistaken for.
    ['9007199254740991::BIGINT', 9007199254740991],
    ['9007199254740992::BIGINT', '9007199254740992'],
    ['9007199254740993::BIGINT', '9007199254740993'],
    ['(-9007199254740991)::BIGINT', -9007199254740991],
    ['(-9007199254740993)::BIGINT', '-9007199254740993'],
    ['18446744073709551615::UBIGINT', '18446744073709551615'],
    ['84::HUGEINT', 84],
    ['170141183460469231731687303715884105727::HUGEINT', '170141183460469231731687303715884105727'],
    ['sum(x) FROM (VALUES (40::BIGINT), (2)) t(x)', 42],
  ])('integers: %s', async (expression, expected) => {
    expect(await valueOf(expression)).toBe(expected);
  });

  test.each<[string, PlainValue]>([
    ['1.50::DECIMAL(9,2)', 1.5],
    ['(-0.50)::DECIMAL(9,2)', -0.5],
    ['(-1.05)::DECIMAL(9,2)', -1.05],
    ['0.00::DECIMAL(9,2)', 0],
    ['(-12.00)::DECIMAL(9,2)', -12],
    ['0.0000001::DECIMAL(18,7)', 1e-7],
    // 17 significant digits: the nearest double is ….90625.
    ['(-123456789012345.91)::DECIMAL(18,2)', '-123456789012345.91'],
    ['123456789012.345::DECIMAL(18,3)', 123456789012.345],
    ['99999999999999999999999999999999999999::DECIMAL(38,0)', '99999999999999999999999999999999999999'],
  ])('decimals: %s', async (expression, expected) => {
    expect(await valueOf(expression)).toBe(expected);
  });

  test.each<[string, PlainValue]>([
    ["'NaN'::DOUBLE", 'NaN'],
    ["'Infinity'::DOUBLE", 'Infinity'],
    ["'-Infinity'::FLOAT", '-Infinity'],
    ['0.1::DOUBLE', 0.1],
  ])('doubles: %s', async (expression, expected) => {
    expect(await valueOf(expression)).toBe(expected);
  });

  test.each<[string, PlainValue]>([
    ["TIMESTAMP '1970-01-01 00:00:00'", '1970-01-01T00:00:00'],
    ["TIMESTAMP '1969-12-31 23:59:59.999999'", '1969-12-31T23:59:59.999999'],
    ["TIMESTAMP '1912-04-15 02:20:00'", '1912-04-15T02:20:00'],
    ["TIMESTAMP_S '1969-12-31 23:59:59'", '1969-12-31T23:59:59'],
    ["TIMESTAMP_MS '1969-12-31 23:59:59.5'", '1969-12-31T23:59:59.5'],
    ["TIMESTAMP_NS '1969-12-31 23:59:59.000000001'", '1969-12-31T23:59:59.000000001'],
    // An instant is told in UTC, whatever the zone it was written in and the zone of this machine.
    ["TIMESTAMPTZ '1970-01-01 01:30:00+02'", '1969-12-31T23:30:00Z'],
    ["'-infinity'::TIMESTAMP", '-infinity'],
    ["'infinity'::TIMESTAMPTZ", 'infinity'],
    ["DATE '1969-12-31'", '1969-12-31'],
    ["'infinity'::DATE", 'infinity'],
    ["'-infinity'::DATE", '-infinity'],
    ["TIME '23:59:59.5'", '23:59:59.5'],
    ["INTERVAL '1 day 2 hours'", '1 day 02:00:00'],
  ])('times: %s', async (expression, expected) => {
    expect(await valueOf(expression)).toBe(expected);
  });

  test.each<[string, PlainValue]>([
    ['[1, NULL, 9007199254740993]', [1, null, '9007199254740993']],
    ['[1, 2]::INTEGER[2]', [1, 2]],
    ["{'berth': 7, 'free': [true, NULL], 'rate': (-0.5)::DECIMAL(3,1)}", { berth: 7, free: [true, null], rate: -0.5 }],
    ["MAP {7: 'ferry'}", [{ key: 7, value: 'ferry' }]],
    ["union_value(name := 'ferry')", { name: 'ferry' }],
    ['7::VARIANT', 7],
    ["'\\xAB'::BLOB", '\\xAB'],
    ["'f47ac10b-58cc-4372-a567-0e02b2c3d479'::UUID", 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
  ])('nested and others: %s', async (expression, expected) => {
    expect(await valueOf(expression)).toEqual(expected);
  });

  test('a field that is called __proto__ is a field', () => {
    const value = plainValue(structValue(Object.fromEntries([['__proto__', 'a pier']])));
    expect(JSON.stringify(value)).toBe('{"__proto__":"a pier"}');
  });

  test('every type of DuckDB has a form that JSON can hold', async () => {
    const reader = await connection.runAndReadAll('SELECT * FROM test_all_types()');
    const rows = reader.getRows().map((row) => row.map(plainValue));
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
    expect(rows).toHaveLength(3);
  });
});
