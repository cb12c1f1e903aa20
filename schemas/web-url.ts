import { z } from 'zod';

/** Part of every JavaScript engine, though not of the language's own library. */
declare const URL: { canParse(text: string): boolean };

/** An http or https address without user and password. */
export const webUrlSchema = z
  .string()
  .regex(/^https?:\/\/[^\s@/]+(?:\/\S*)?$/, 'expected http://… or https://… without user and password')
  .refine((text) => URL.canParse(text), 'expected a URL');

/** Name of a variable of the environment. */
export const environmentNameSchema = z.string().regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable');
