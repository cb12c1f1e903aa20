/** Upper bounds of the classes of a token histogram; the last class has none. */
export const TOKEN_BOUNDS = [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768] as const;
