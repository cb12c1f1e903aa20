import { expect, test } from 'vitest';
import { classifyAddress, isMetadataName } from '../../../domain/shared/address-class.ts';

test.each(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '0000:0000::0001', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
  '%s is this machine',
  (address) => {
    expect(classifyAddress(address)).toBe('loopback');
  },
);

test.each([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'FD00:0EC2:0:0:0:0:0:0254',
  'fd20:ce::254',
  'fe80::a9fe:a9fe%eth0',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  '::169.254.169.254',
  '64:ff9b::169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  'fe80::5efe:169.254.169.254',
])('%s is a metadata service', (address) => {
  expect(classifyAddress(address)).toBe('metadata');
});

test.each([
  '10.0.0.7',
  '169.254.1.1',
  '0.0.0.0',
  '::',
  '2001:db8::1',
  'fd00::1',
  '64:ff9b::127.0.0.1',
  '::127.0.0.1',
  '128.0.0.1',
  '126.255.255.255',
])('%s is any other machine', (address) => {
  expect(classifyAddress(address)).toBe('other');
});

test.each([
  '',
  'localhost',
  '127.1',
  '0x7f.0.0.1',
  '256.0.0.1',
  '1.2.3',
  '1.2.3.4.5',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '::12345',
  'g::1',
  '::1.2.3',
  '1::2:3:4:5:6:7:8',
])('%j is no address', (text) => {
  expect(classifyAddress(text)).toBeUndefined();
});

test('names of metadata services, with a final dot and in capitals, too', () => {
  for (const name of ['metadata.google.internal', 'METADATA.google.internal.', 'metadata', 'instance-data', 'a.metadata.goog'])
    expect(isMetadataName(name)).toBe(true);
  for (const name of ['localhost', 'metadata.harbour.example', 'mymetadata', 'internal']) expect(isMetadataName(name)).toBe(false);
});
