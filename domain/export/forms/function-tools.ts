import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';

/**
 * Tool declarations in the one spelling that trainers share: `{type: "function", function: {name, description?, parameters?, strict?}}`. Read are that
 * spelling, the flat one of newer APIs (`name`, `parameters`), and the one with `input_schema`; what declares no function (a hosted search, say) is
 * left out.
 */
export function functionTools(tools: readonly unknown[] | undefined): JsonObject[] {
  return (tools ?? []).flatMap((tool) => {
    const declared = declarationOf(tool as JsonValue);
    return declared === undefined ? [] : [{ type: 'function', function: declared }];
  });
}

function declarationOf(tool: JsonValue): JsonObject | undefined {
  if (!isObject(tool)) return undefined;
  if (isObject(tool.function)) return declarationOf(tool.function);
  if (typeof tool.name !== 'string') return undefined;
  if (tool.type !== undefined && tool.type !== 'function' && tool.type !== 'custom') return undefined;
  const parameters = tool.parameters ?? tool.input_schema;
  return {
    name: tool.name,
    ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
    ...(isObject(parameters) ? { parameters } : {}),
    ...(typeof tool.strict === 'boolean' ? { strict: tool.strict } : {}),
  };
}
