// Lets a child process of a test run the TypeScript sources as they stand: node --import <this file> program.ts
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
