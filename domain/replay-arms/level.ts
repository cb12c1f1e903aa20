/** Level of the tests of replays; intervals are those of 95 %. */
export const LEVEL = 0.05;
