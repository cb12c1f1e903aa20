import { DataType } from 'apache-arrow';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';

/** A JSON value as a builder of the type takes it: counts as bigint, and in a text column whatever is no text as its JSON text. */
export function columnValue(type: DataType, value: JsonValue | undefined): unknown {
  if (value === undefined || value === null) return null;
  if (DataType.isUtf8(type)) return typeof value === 'string' ? value : canonicalJson(value);
  if (DataType.isInt(type)) return BigInt(value as number);
  if (DataType.isList(type)) return (value as JsonValue[]).map((item) => columnValue(type.valueType as DataType, item));
  if (DataType.isStruct(type)) {
    if (!isObject(value)) return null;
    return Object.fromEntries(type.children.map((field) => [field.name, columnValue(field.type as DataType, value[field.name])]));
  }
  return value;
}
